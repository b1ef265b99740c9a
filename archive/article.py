"""What a batch is read into: an Article, or a Rejection with its reason."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

DateOrigin = Literal["metadata", "page", "text", "url", "sitemap", "option"]


@dataclass(frozen=True, slots=True)
class Published:
    """When the paper says it was printed: wall-clock at the paper, and where that was read."""

    day: dt.date | None = None
    time: dt.time | None = None
    origin: DateOrigin | None = None


UNDATED = Published()


@dataclass(frozen=True, slots=True)
class Article:
    """One press item as its batch delivered it; paragraphs hold no line breaks."""

    path: str  # its name inside the batch: "2003/05/a.html", "dump.jsonl:17"
    paragraphs: tuple[str, ...]
    title: str | None = None
    published: Published = UNDATED
    source: str | None = None
    own_id: str | None = None
    url: str | None = None
    author: str | None = None
    rubric: str | None = None
    issue: str | None = None
    page: str | None = None
    persons: tuple[str, ...] = ()  # as a cataloguer gave them
    enterprises: tuple[str, ...] = ()
    encoding: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Title and paragraphs joined by line breaks: the text that every offset counts in (code points)."""
        return "\n".join((self.title, *self.paragraphs) if self.title else self.paragraphs)

    @property
    def identity(self) -> str:
        """What makes it the same article again, inside its source: own id, else address, else name in the batch."""
        if self.own_id:
            return "id:" + self.own_id
        return "url:" + self.url if self.url else "path:" + self.path

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hex: one text, one annotation."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def heading(self) -> str:
        """The title, or the first sentence cut at a word near 90 characters."""
        return self.title or first_words(self.paragraphs[0] if self.paragraphs else "")


class ExportedArticle(Article):
    """An article that an archive had before: nothing in it is to be guessed or warned of anew."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the store keeps it; `id` never changes, `version` counts its texts from 1."""

    id: int
    version: int
    batch: int
    article: Article


@dataclass(frozen=True, slots=True)
class Rejection:
    """What could not be read, with the reason in plain Russian."""

    path: str
    reason: str


class Consulted(Rejection):
    """A sitemap: no article, but articles of its batch took their dates from it; `reason` says how many."""

    __slots__ = ()


HEADING_LENGTH = 90


def first_words(text: str, limit: int = HEADING_LENGTH) -> str:
    """The first sentence of `text`, cut at a word near `limit` characters with an ellipsis.

    >>> first_words("Завод пустил стан. Его ждали год.")
    'Завод пустил стан.'
    """
    for stop in (i + 1 for i, c in enumerate(text[:limit]) if c in ".!?…"):
        if stop >= limit // 4 and text[stop : stop + 1].isspace() and text[stop + 1 : stop + 2].isupper():
            return text[:stop]
    if len(text) <= limit:
        return text
    return text[: limit + 1].rsplit(None, 1)[0].rstrip(" ,;:—–-") + "…"

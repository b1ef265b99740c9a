"""Declares what a batch is read into: articles, and rejections with their reasons."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

DateOrigin = Literal["metadata", "page", "text", "url", "sitemap", "option"]


@dataclass(frozen=True, slots=True)
class Published:
    """The moment when the paper says it was printed, in the paper's local time, and where that was read."""

    day: dt.date | None = None
    time: dt.time | None = None
    origin: DateOrigin | None = None


UNDATED = Published()
MOST_ARTICLE_CHARS = 2_000_000  # a longer text is no article: a thick book has as many
CHARS_WITH_NAMES = 200_000  # names are looked for in the beginning of a longer text: a whole issue has as many


@dataclass(frozen=True, slots=True)
class Article:
    """One press item as its batch delivered it; no paragraph holds a line break."""

    path: str  # its name inside the batch: "2003/05/a.html", "dump.jsonl:17"
    paragraphs: tuple[str, ...]
    title: str | None = None
    published: Published = UNDATED
    source: str | None = None
    own_id: str | None = None
    url: str | None = None
    author: str | None = None
    rubric: str | None = None
    genre: str | None = None  # «интервью», as the paper says it
    issue: str | None = None
    page: str | None = None
    persons: tuple[str, ...] = ()  # as a cataloguer gave them
    enterprises: tuple[str, ...] = ()
    encoding: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Joins title and paragraphs by line breaks: every offset counts in this text (in code points)."""
        return "\n".join((self.title, *self.paragraphs) if self.title else self.paragraphs)

    @property
    def identity(self) -> str:
        """Identifies the article within its source when it comes again: by its own id, else its address, else its name
        in the batch."""
        if self.own_id:
            return "id:" + self.own_id
        return "url:" + self.url if self.url else "path:" + self.path

    @property
    def digest(self) -> str:
        """Computes the SHA-256 of the text, in hex: a text is annotated once."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def heading(self) -> str:
        """Gives the title, or the first sentence cut at a word near 90 characters."""
        return self.title or first_words(self.paragraphs[0] if self.paragraphs else "")


class ExportedArticle(Article):
    """An article that an archive of ours exported: nothing in it is guessed or warned of again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article in the store; `id` never changes, `version` counts its texts from 1."""

    id: int
    version: int
    batch: int
    article: Article


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that could not be read, with the reason in plain Russian."""

    path: str
    reason: str


class SitemapReport(Rejection):
    """A sitemap, which is no article but gave its dates to articles of its batch; `reason` says to how many."""

    __slots__ = ()


HEADING_CHARS = 90


def first_words(text: str, limit: int = HEADING_CHARS) -> str:
    """Gives the first sentence of `text`, cut at a word near `limit` characters with an ellipsis; no sentence that is
    shorter than a quarter of them.

    >>> first_words("Завод пустил стан. Его ждали год.", limit=40), first_words("И. Ждали год.", limit=12)
    ('Завод пустил стан.', 'И. Ждали…')
    """
    for stop in (i + 1 for i, c in enumerate(text[:limit]) if c in ".!?…"):
        if stop >= limit // 4 and text[stop : stop + 1].isspace() and text[stop + 1 : stop + 2].isupper():
            return text[:stop]
    if len(text) <= limit:
        return text
    return text[: limit + 1].rsplit(None, 1)[0].rstrip(" ,;:—–-") + "…"

"""Declares the records that a store keeps of batches, of what became of their items, and of every revision."""

from dataclasses import dataclass
from typing import Literal

from archive.article import Published

Outcome = Literal["new", "changed", "unchanged", "rejected", "sitemap"]


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """How many items of a batch met each outcome: read = new + changed + unchanged + rejected + sitemap."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    sitemap: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """One delivery; times are UTC, in ISO 8601."""

    id: int
    name: str
    path: str
    source: str | None
    started: str
    finished: str | None
    status: Literal["open", "published", "removed"]
    who: str
    counts: BatchCounts


@dataclass(frozen=True, slots=True)
class BatchItem:
    """What became of one item of a batch; `article` is its id where it stands in the archive."""

    path: str
    outcome: Outcome
    reason: str | None
    article: int | None
    published: Published
    encoding: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """The present state of an article that a revision touched; `digest` is that of its current text."""

    id: int
    version: int
    digest: str
    removed: bool


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A revision: who did what, when (UTC) and why, and the ids of articles removed or put back one by one."""

    revision: int
    at: str
    who: str
    what: Literal["publish", "remove", "unremove", "remove batch", "unremove batch"]
    batch: int | None
    why: str
    articles: tuple[int, ...]

"""Declares the records that a store keeps of batches, of what became of their items, and of every revision."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.article import Published
from archive.database.database import Database

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


def article_changes(database: Database, after: int) -> Iterator[ArticleChange]:
    """The present state of every article touched by a revision later than `after`, some thousands a query."""
    last = (after, 1 << 62)
    while rows := database.rows(
        "SELECT a.id, a.version, t.digest, a.removed IS NOT NULL, a.revision FROM articles a "
        "JOIN versions v ON v.article = a.id AND v.version = a.version JOIN texts t ON t.id = v.text "
        "WHERE (a.revision, a.id) > (?, ?) ORDER BY a.revision, a.id LIMIT 5000",
        last,
    ):
        for id, version, digest, removed, _ in rows:
            yield ArticleChange(id, version, digest, bool(removed))
        last = (rows[-1][4], rows[-1][0])

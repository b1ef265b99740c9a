"""Declares what a store records of its own life: batches, what became of their items, changed articles, the log."""

from dataclasses import dataclass
from typing import Literal

from archive.article import Published

Outcome = Literal["new", "changed", "unchanged", "rejected", "sitemap"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of a batch: read = new + changed + unchanged + rejected + sitemap."""

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
    counts: Counts


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one thing that a batch delivered; `article` is its id where it stands in the archive."""

    path: str
    outcome: Outcome
    reason: str | None
    article: int | None
    published: Published
    encoding: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The present state of an article; `digest` is its current text's."""

    id: int
    version: int
    digest: str
    removed: bool


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A revision: who did what, when (UTC) and why; the ids of articles removed or put back by themselves."""

    revision: int
    at: str
    who: str
    what: Literal["publish", "remove", "unremove", "remove batch", "unremove batch"]
    batch: int | None
    why: str
    articles: tuple[int, ...]

"""What the store tells of itself: batches and what became of them, changes, the log, what it holds."""

import datetime as dt
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


@dataclass(frozen=True, slots=True)
class Contents:
    """What the archive holds, in numbers; `versions` counts replaced texts too."""

    articles: int
    removed: int
    versions: int
    undated: int
    first: dt.date | None
    last: dt.date | None
    sources: tuple[tuple[str | None, int], ...]
    batches: int
    annotations: int

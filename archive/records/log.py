"""Declares the records that a store keeps of batches, of what became of their items, and of every revision."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Literal

from archive.article import Published
from archive.database.database import Database

Outcome = Literal["new", "changed", "unchanged", "rejected", "sitemap", "removed", "removed_batch", "erased"]
LogAction = Literal["publish", "remove", "unremove", "remove batch", "unremove batch", "erase"]


@dataclass(frozen=True, slots=True)
class BatchCounts:
    """How many items of a batch met each outcome; all of them add up to `read`.

    `removed`: their articles stay out, as they were taken out by their numbers; `removed_batch`: with a batch;
    `erased`: they are destroyed.
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    sitemap: int = 0
    removed: int = 0
    removed_batch: int = 0
    erased: int = 0


COUNT_COLUMNS = ", ".join(field.name for field in fields(BatchCounts))  # of the table of batches


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
    """The present state of an article that a revision touched; `digest` is that of its current text, if it has one."""

    id: int
    version: int
    digest: str
    removed: bool


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A revision: who did what, when (UTC) and why, and the ids of articles removed, put back or destroyed by number.

    `restored`: how many articles that were out with their batch a new batch took in again. `notice`: what readers are
    told of articles that were taken out; `why` is for the archive's keepers.
    """

    revision: int
    at: str
    who: str
    what: LogAction
    batch: int | None
    why: str
    notice: str
    restored: int
    articles: tuple[int, ...]


def article_changes(database: Database, after: int) -> Iterator[ArticleChange]:
    """The present state of every article touched by a revision later than `after`, some thousands a query."""
    last = (after, 1 << 62)
    while rows := database.rows(
        "SELECT a.id, a.version, coalesce(t.digest, ''), a.removed IS NOT NULL, a.revision FROM articles a "
        "LEFT JOIN versions v ON v.article = a.id AND v.version = a.version LEFT JOIN texts t ON t.id = v.text "
        "WHERE (a.revision, a.id) > (?, ?) ORDER BY a.revision, a.id LIMIT 5000",
        last,
    ):
        for id, version, digest, removed, _ in rows:
            yield ArticleChange(id, version, digest, bool(removed))
        last = (rows[-1][4], rows[-1][0])


def all_batches(database: Database) -> Iterator[Batch]:
    """Lists all batches, the oldest first; an interrupted one is open."""
    for row in database.rows(
        "SELECT id, name, path, source, started, finished, status, (SELECT who FROM log WHERE batch = id AND "
        f"what = 'publish'), {COUNT_COLUMNS} FROM batches ORDER BY id"
    ):
        yield Batch(*[*row[:7], row[7] or "", BatchCounts(*row[8:])])


def log_entries(database: Database) -> Iterator[LogEntry]:
    """Lists all revisions, the oldest first."""
    for row in database.rows(
        "SELECT revision, at, who, what, batch, why, notice, restored, (SELECT json_group_array(article) FROM moves m "
        "WHERE m.revision = log.revision) FROM log ORDER BY revision"
    ):
        yield LogEntry(*[*row[:8], tuple(json.loads(row[8]))])


def write_revision(database: Database, who: str, what: LogAction, batch: int | None, why: str, notice: str = "") -> int:
    """Writes a new revision into the log and returns its number."""
    return database.insert(
        "INSERT INTO log (at, who, what, batch, why, notice) VALUES (?, ?, ?, ?, ?, ?)",
        (utc_now(), who, what, batch, why, notice),
    )


def utc_now() -> str:
    """Tells the moment in UTC, in ISO 8601."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def archive_id(database: Database) -> str:
    """Tells one archive from another by its first revision, whatever is added to it or destroyed in it since; empty
    where there is none."""
    kept: str | None = database.value("SELECT archive FROM erasure_salt")
    first = database.rows("SELECT at, who, what, name, path FROM log LEFT JOIN batches ON id = batch LIMIT 1")
    return kept or (sha256(repr(first).encode()).hexdigest()[:16] if first else "")

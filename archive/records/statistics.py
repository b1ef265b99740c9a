"""Counts what a store holds and what its batches brought."""

import datetime as dt
from dataclasses import dataclass

from archive.database.database import Database

BATCHES = """
    SELECT count(*), coalesce(sum(read), 0), coalesce(sum(rejected), 0), coalesce(sum(status = 'removed'), 0)
    FROM batches WHERE status != 'open'
"""
SHOWN = "FROM articles a JOIN versions v ON v.article = a.id AND v.version = a.version WHERE a.removed IS NULL"
SOURCES = "SELECT source, count(*) FROM articles WHERE removed IS NULL GROUP BY source ORDER BY 2 DESC, 1"


@dataclass(frozen=True, slots=True)
class Contents:
    """What the archive holds; `versions` counts replaced texts too."""

    articles: int
    removed: int
    versions: int
    undated: int
    first: dt.date | None
    last: dt.date | None
    sources: tuple[tuple[str | None, int], ...]
    batches: int
    annotations: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What all batches brought, removed ones included, and what became of it."""

    batches: int
    batches_removed: int
    read: int
    rejected: int
    removed: int  # articles
    versions: int  # texts of articles, replaced ones too
    annotated: int  # texts


def contents(database: Database) -> Contents:
    """Counts the articles by date and source; reads all current versions."""
    articles, dated, first, last = database.rows(f"SELECT count(*), count(day), min(day), max(day) {SHOWN}")[0]
    return Contents(
        articles=articles,
        removed=_removed(database),
        versions=_versions(database),
        undated=articles - dated,
        first=dt.date.fromisoformat(first) if first else None,
        last=dt.date.fromisoformat(last) if last else None,
        sources=tuple((source or None, count) for source, count in database.rows(SOURCES)),
        batches=database.value("SELECT count(*) FROM batches WHERE status != 'open'"),
        annotations=database.value("SELECT count(*) FROM annotations"),
    )


def totals(database: Database) -> Totals:
    """Adds up the batches; uses narrow indexes only and reads no text."""
    batches, read, rejected, gone = database.rows(BATCHES)[0]
    return Totals(
        batches=batches,
        batches_removed=gone,
        read=read,
        rejected=rejected,
        removed=_removed(database),
        versions=_versions(database),
        annotated=database.value("SELECT count(DISTINCT text) FROM annotations"),
    )


def _removed(database: Database) -> int:
    return int(database.value("SELECT count(*) FROM articles WHERE removed IS NOT NULL"))


def _versions(database: Database) -> int:
    return int(database.value("SELECT count(*) FROM versions"))

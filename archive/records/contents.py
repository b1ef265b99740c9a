"""A store in, what it holds in numbers out."""

import datetime as dt

from archive.database.database import Database
from archive.records.log import Contents


def contents(ask: Database) -> Contents:
    """What the archive holds."""
    live = "FROM articles a JOIN versions v ON v.article = a.id AND v.version = a.version WHERE a.removed IS NULL"
    articles, dated, first, last = ask.rows(f"SELECT count(*), count(day), min(day), max(day) {live}")[0]
    sources = ask.rows("SELECT source, count(*) FROM articles WHERE removed IS NULL GROUP BY source ORDER BY 2 DESC, 1")
    return Contents(
        articles=articles,
        removed=ask.value("SELECT count(*) FROM articles WHERE removed IS NOT NULL"),
        versions=ask.value("SELECT count(*) FROM versions"),
        undated=articles - dated,
        first=dt.date.fromisoformat(first) if first else None,
        last=dt.date.fromisoformat(last) if last else None,
        sources=tuple((source or None, count) for source, count in sources),
        batches=ask.value("SELECT count(*) FROM batches WHERE status != 'open'"),
        annotations=ask.value("SELECT count(*) FROM annotations"),
    )

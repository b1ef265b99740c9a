"""The store in, what came and went in numbers out; counted by narrow indexes, no text is read."""

from dataclasses import dataclass

from archive.database.database import Database

BATCHES = """
    SELECT count(*), coalesce(sum(read), 0), coalesce(sum(rejected), 0), coalesce(sum(status = 'removed'), 0)
    FROM batches WHERE status != 'open'
"""


@dataclass(frozen=True, slots=True)
class Tallies:
    """What batches brought, those taken out again too, and what became of it."""

    batches: int
    batches_removed: int
    read: int
    rejected: int
    removed: int  # articles
    versions: int  # texts of articles, replaced ones too
    annotated: int  # texts


def tallies(database: Database) -> Tallies:
    """The tallies of a store."""
    batches, read, rejected, gone = database.rows(BATCHES)[0]
    return Tallies(
        batches=batches,
        batches_removed=gone,
        read=read,
        rejected=rejected,
        removed=database.value("SELECT count(*) FROM articles WHERE removed IS NOT NULL"),
        versions=database.value("SELECT count(*) FROM versions"),
        annotated=database.value("SELECT count(DISTINCT text) FROM annotations"),
    )

"""Lists the versions of an article: which text came when, with which batch."""

from dataclasses import dataclass

from archive.database.database import Database

# None of a removed article, nor what was before it was removed and delivered anew, nor what came with a batch that is
# out of the archive.
VERSIONS = """
    SELECT v.version, b.finished, b.name, v.version = a.version
    FROM articles a JOIN versions v ON v.article = a.id JOIN batches b ON b.id = v.batch
    JOIN log p ON p.batch = b.id AND p.what = 'publish'
    WHERE a.id = ? AND a.removed IS NULL AND v.version <= a.version
      AND (v.version = a.version OR b.status = 'published' AND NOT EXISTS (
          SELECT 1 FROM moves m JOIN log l USING (revision)
          WHERE m.article = a.id AND l.what = 'remove' AND m.revision > p.revision
            AND NOT EXISTS (SELECT 1 FROM moves n WHERE n.article = a.id AND n.revision > m.revision)
      ))
    ORDER BY v.version
"""


@dataclass(frozen=True, slots=True)
class Version:
    """One text of an article; `at` is when it came into the archive, UTC in ISO 8601."""

    number: int
    at: str
    batch: str
    current: bool


def readable_versions(database: Database, article: int) -> tuple[Version, ...]:
    """Lists the versions that may be read, the first one first."""
    rows = database.rows(VERSIONS, (article,))
    return tuple(Version(number, at, batch, bool(current)) for number, at, batch, current in rows)

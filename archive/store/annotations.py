"""Keeps annotations by text: a text is annotated once, whatever article prints it."""

from collections.abc import Iterable, Iterator, Mapping

from archive.database.database import Database
from archive.database.rows import ROWS_PER_QUERY, in_groups

# The next few texts to look at, by narrow indexes: (place to go on from, text id).
STAGED = """
    SELECT s.rowid, t.id FROM staged s CROSS JOIN texts t USING (digest)
    WHERE s.rowid > :last
      AND NOT EXISTS (SELECT 1 FROM annotations n WHERE n.text = t.id AND n.annotator = :annotator)
      AND NOT EXISTS (SELECT 1 FROM staged earlier WHERE earlier.digest = s.digest AND earlier.rowid < s.rowid)
    ORDER BY s.rowid LIMIT :some
"""
PUBLISHED = """
    SELECT DISTINCT v.text, v.text FROM versions v
    WHERE v.text > :last
      AND NOT EXISTS (SELECT 1 FROM annotations n WHERE n.text = v.text AND n.annotator = :annotator)
    ORDER BY v.text LIMIT :some
"""
CURRENT = """
    EXISTS (SELECT 1 FROM versions v JOIN articles a ON a.id = v.article AND a.version = v.version
            WHERE v.text = t.id AND a.removed IS NULL)
    AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.digest = t.digest)
"""
COUNT = """
    SELECT count(*) FROM (
        SELECT t.id FROM staged s CROSS JOIN texts t USING (digest)
        UNION
        SELECT v.text FROM articles a JOIN versions v ON v.article = a.id AND v.version = a.version
        WHERE a.removed IS NULL AND NOT :staged_only
    ) seen WHERE NOT EXISTS (SELECT 1 FROM annotations n WHERE n.text = seen.id AND n.annotator = :annotator)
"""


def unannotated(database: Database, annotator: str, staged_only: bool) -> Iterator[tuple[str, str]]:
    """(digest, text) of every text, staged or current, that the annotator has not seen; each text once."""
    for places, condition in ((STAGED, "1"),) if staged_only else ((STAGED, "1"), (PUBLISHED, CURRENT)):
        last = 0
        while found := database.rows(places, {"annotator": annotator, "last": last, "some": ROWS_PER_QUERY}):
            marks = ", ".join("?" * len(found))
            yield from database.rows(
                f"SELECT t.digest, t.text FROM texts t WHERE t.id IN ({marks}) AND {condition} ORDER BY t.id",
                [text for _, text in found],
            )
            last = found[-1][0]


def unannotated_count(database: Database, annotator: str, staged_only: bool) -> int:
    """How many texts `unannotated` yields."""
    return int(database.value(COUNT, {"annotator": annotator, "staged_only": int(staged_only)}))


def kept(database: Database, digests: Iterable[str], annotator: str) -> dict[str, bytes]:
    """Digest → annotation, for those texts that have one."""
    found: dict[str, bytes] = {}
    for some in in_groups(digests, ROWS_PER_QUERY):
        found.update(
            database.rows(
                "SELECT t.digest, n.data FROM texts t JOIN annotations n ON n.text = t.id AND n.annotator = ? "
                f"WHERE t.digest IN ({', '.join('?' * len(some))})",
                [annotator, *some],
            )
        )
    return found


def keep(database: Database, annotator: str, items: Mapping[str, bytes]) -> None:
    """Keep annotations of stored texts, by digest."""
    with database.transaction():
        database.change_many(
            "INSERT OR REPLACE INTO annotations (text, annotator, data) SELECT id, ?, ? FROM texts WHERE digest = ?",
            [(annotator, data, digest) for digest, data in items.items()],
        )

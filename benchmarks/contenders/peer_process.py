"""Asks another engine for the same archive and requests: run with a Python that has numpy and the peer, not with ours.

    python -m benchmarks.contenders.peer_process build|ask tantivy|xapian|postgres|fts5 FOLDER --articles N --seed S

FOLDER holds vocabulary.txt and asked.json; the index is made in FOLDER/<engine>. `ask` reads lines "first stop" from
its input and answers those requests: a line of JSON with the milliseconds of each; all answers, as they were the first
time, go to <engine>.json when its input ends.
"""

import argparse
import importlib
import json
import shutil
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.invented.corpus import Corpus, Words
from benchmarks.invented.requests import Answer, Asked, read_asked, write
from benchmarks.invented.rows import TOP, VALUES, rows

# With its own segment_size tantivy miscounts values over several segments; so large a one counts them exactly.
EXACT = {"size": VALUES, "segment_size": 5_000, "order": {"_count": "desc"}}
OTHERS = {
    "xapian": ("benchmarks.contenders.xapian_peer", "Xapian"),
    "postgres": ("benchmarks.contenders.postgres_peer", "Postgres"),
}


class Tantivy:
    """Facets are its own aggregations over fast fields of numbers."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy, self._folder = tantivy, folder
        builder = tantivy.SchemaBuilder()
        for field in ("lemma", "form"):
            builder.add_text_field(field, stored=False, tokenizer_name="whitespace", index_option="position")
        for field in ("id", "day", "month", "person", "enterprise"):
            builder.add_integer_field(field, stored=False, indexed=field in ("day", "person"), fast=True)
        self._schema = builder.build()

    def build(self, corpus: Corpus) -> None:
        """One thread; its own merge policy."""
        self._folder.mkdir()
        index = self._tantivy.Index(self._schema, path=str(self._folder))
        writer = index.writer(heap_size=1_000_000_000, num_threads=1)
        for id, lemmas, forms, day, month, persons, enterprises in rows(corpus):
            document = self._tantivy.Document(lemma=lemmas, form=forms)
            for field, values in (("person", persons), ("enterprise", enterprises)):
                for value in values:
                    document.add_integer(field, value)
            for field, value in (("id", id), ("day", day), ("month", month)):
                document.add_integer(field, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """A searcher over what was built."""
        index = self._tantivy.Index.open(str(self._folder))
        index.reload()
        self._searcher = index.searcher()

    def page(self, asked: Asked) -> Answer:
        """Ten best and total in one pass, facets in another: its Python interface has no way to do both in one."""
        query = self._query(asked)
        found = self._searcher.search(query, TOP, count=True, order_by_field="day" if asked.newest else None)
        counted = self._searcher.aggregate(
            query,
            {
                "person": {"terms": {"field": "person", **EXACT}},
                "enterprise": {"terms": {"field": "enterprise", **EXACT}},
                "month": {"terms": {"field": "month", "size": 1000}},
            },
        )
        persons, enterprises, months = (
            [(int(bucket["key"]), bucket["doc_count"]) for bucket in counted[name]["buckets"]]
            for name in ("person", "enterprise", "month")
        )
        return Answer(found.count, tuple(persons), tuple(enterprises), tuple(sorted(months)))

    def _query(self, asked: Asked) -> Any:
        t, schema, must, without = self._tantivy, self._schema, self._tantivy.Occur.Must, self._tantivy.Occur.MustNot
        parts = [(must, t.Query.term_query(schema, "lemma", word)) for word in asked.every]
        if asked.any:
            either = [(t.Occur.Should, t.Query.term_query(schema, "lemma", word)) for word in asked.any]
            parts.append((must, t.Query.boolean_query(either)))
        if asked.row:
            parts.append((must, t.Query.phrase_query(schema, "lemma", list(asked.row))))
        if asked.form:
            parts.append((must, t.Query.term_query(schema, "form", asked.form)))
        if asked.prefix:
            parts.append((must, t.Query.regex_query(schema, "form", asked.prefix + ".*")))
        if asked.days:
            parts.append((must, t.Query.range_query(schema, "day", t.FieldType.Integer, *asked.days)))
        if asked.person is not None:
            parts.append((must, t.Query.term_query(schema, "person", asked.person)))
        parts += [(without, t.Query.term_query(schema, "lemma", word)) for word in asked.none]
        if not parts:
            return t.Query.all_query()
        return parts[0][1] if len(parts) == 1 else t.Query.boolean_query(parts)


class Fts5:
    """SQLite's full text with tables of persons and enterprises beside it; facets are GROUP BY over the match."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, corpus: Corpus) -> None:
        """One transaction."""
        self._folder.mkdir()
        self.open()
        self._db.executescript(
            "CREATE VIRTUAL TABLE words"
            " USING fts5(lemma, form, content='', tokenize=\"unicode61 remove_diacritics 0\");"
            "CREATE TABLE article (id INTEGER PRIMARY KEY, day INTEGER, month INTEGER);"
            "CREATE TABLE person (article INTEGER, value INTEGER, PRIMARY KEY (article, value)) WITHOUT ROWID;"
            "CREATE TABLE enterprise (article INTEGER, value INTEGER, PRIMARY KEY (article, value)) WITHOUT ROWID;"
        )
        for id, lemmas, forms, day, month, persons, enterprises in rows(corpus):
            self._db.execute("INSERT INTO words (rowid, lemma, form) VALUES (?, ?, ?)", (id, lemmas, forms))
            self._db.execute("INSERT INTO article VALUES (?, ?, ?)", (id, day, month))
            for table, values in (("person", persons), ("enterprise", enterprises)):
                self._db.executemany(f"INSERT INTO {table} VALUES (?, ?)", ((id, value) for value in values))
        self._db.execute("CREATE INDEX person_value ON person (value, article)")
        self._db.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._db.execute("ANALYZE")
        self._db.commit()

    def open(self) -> None:
        """A connection with the file mapped."""
        self._db = sqlite3.connect(self._folder / "index.sqlite")
        self._db.execute("PRAGMA mmap_size = 30000000000")

    def page(self, asked: Asked) -> Answer:
        """The match once into a temporary table, the rest from there."""
        expression, where, values = self._parts(asked)
        self._db.execute("DROP TABLE IF EXISTS temp.found")
        order = "day DESC, id DESC" if asked.newest or not expression else "score"
        if expression:
            source = "words JOIN article ON article.id = words.rowid"
            sql = f"SELECT article.id, day, month, bm25(words) AS score FROM {source} WHERE words MATCH ? {where}"
            values = [expression, *values]
        else:
            sql = "SELECT id, day, month, 0 AS score FROM article"
        self._db.execute(f"CREATE TEMP TABLE found AS {sql}", values)
        self._db.execute(f"SELECT id FROM found ORDER BY {order} LIMIT {TOP}").fetchall()
        total = self._db.execute("SELECT COUNT(*) FROM found").fetchone()[0]
        top = (
            "FROM found CROSS JOIN {0} ON {0}.article = found.id GROUP BY value ORDER BY COUNT(*) DESC, value LIMIT {1}"
        )
        persons, enterprises = (
            self._db.execute("SELECT value, COUNT(*) " + top.format(table, VALUES)).fetchall()
            for table in ("person", "enterprise")
        )
        months = self._db.execute("SELECT month, COUNT(*) FROM found GROUP BY month ORDER BY month").fetchall()
        return Answer(total, tuple(persons), tuple(enterprises), tuple(months))

    def _parts(self, asked: Asked) -> tuple[str, str, list[Any]]:
        parts = [f"lemma:{word}" for word in asked.every]
        parts += ["(" + " OR ".join(f"lemma:{word}" for word in asked.any) + ")"] if asked.any else []
        parts += ['lemma:"' + " ".join(asked.row) + '"'] if asked.row else []
        parts += [f"form:{asked.form}"] if asked.form else []
        parts += [f"form:{asked.prefix}*"] if asked.prefix else []
        expression = " AND ".join(parts) + "".join(f" NOT lemma:{word}" for word in asked.none)
        where, values = "", list[Any]()
        if asked.days:
            where, values = " AND day BETWEEN ? AND ?", list(asked.days)
        if asked.person is not None:
            where += " AND article.id IN (SELECT article FROM person WHERE value = ?)"
            values.append(asked.person)
        return expression, where, values


def engine(name: str, folder: Path) -> Any:
    """The engine of this name; what only one peer needs is imported for it alone."""
    if name in OTHERS:
        module, kind = OTHERS[name]
        return getattr(importlib.import_module(module), kind)(folder)
    return {"tantivy": Tantivy, "fts5": Fts5}[name](folder)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("build", "ask"))
    parser.add_argument("engine", choices=("tantivy", "fts5", *OTHERS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    folder = options.folder / options.engine
    peer = engine(options.engine, folder)
    if options.step == "build":
        shutil.rmtree(folder, ignore_errors=True)
        started = time.perf_counter()
        peer.build(Corpus(Words.read(options.folder / "vocabulary.txt"), options.articles, options.seed))
        print(f"{options.engine}: built in {time.perf_counter() - started:.0f} s")
        return
    peer.open()
    asked = read_asked(options.folder / "asked.json")
    answers: dict[int, Answer] = {}
    print("open", flush=True)
    for line in sys.stdin:
        first, stop = map(int, line.split())
        took = []
        for place in range(first, stop):
            started = time.perf_counter()
            answer = peer.page(asked[place])
            took.append(1000 * (time.perf_counter() - started))
            answers.setdefault(place, answer)
        print(json.dumps(took), flush=True)
    write(options.folder / f"{options.engine}.json", [answers[place] for place in range(len(asked))])


if __name__ == "__main__":
    main()

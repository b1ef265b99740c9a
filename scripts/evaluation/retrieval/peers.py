"""Other engines over the same articles: BM25 over lemmas, SQLite's FTS5 with and without Snowball, PostgreSQL.

All of them rank whatever has any word of the query (OR), which is the best that each does on these tasks. FTS5 is of
Python's own SQLite; Snowball wants the package snowballstemmer; PostgreSQL wants psycopg and a database that
PODSHIVKA_POSTGRES names.
"""

import importlib
import importlib.util
import os
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from indexer.text.lemmas import lemmas
from indexer.text.tokens import fold

K1, B = 1.2, 0.75
WORD = re.compile(r"[^\W_]+")
STOP = frozenset(  # the stop words of Snowball's Russian list that a headline may have
    """и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от
    меня еще нет о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам ведь
    там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже
    себе под будет ж тогда кто этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы нее сейчас
    были куда зачем всех никогда можно при наконец два об другой хоть после над больше тот через эти нас про всего них
    какая много разве три эту моя впрочем хорошо свою этой перед иногда лучше чуть том нельзя такой им более всегда
    конечно всю между""".split()
)


class Peer(Protocol):
    """An engine that is measured beside ours."""

    def build(self, articles: tuple[Article, ...]) -> None:
        """Index the articles."""

    def search(self, text: str, count: int) -> list[str]:
        """The own ids of the best articles, the best first."""


def words(text: str) -> list[str]:
    """Folded words; a hyphen parts them."""
    return WORD.findall(fold(text))


def content_words(text: str) -> list[str]:
    """Words without stop words, unless there are no others."""
    found = words(text)
    return [word for word in found if word not in STOP] or found


class LemmaBm25:
    """BM25 in numpy; a word is one term that any of its lemmas matches."""

    def build(self, articles: tuple[Article, ...]) -> None:
        """Index the articles."""
        docs: dict[str, list[int]] = defaultdict(list)
        counts: dict[str, list[int]] = defaultdict(list)
        lengths = np.zeros(len(articles))
        for number, article in enumerate(articles):
            own: dict[str, int] = defaultdict(int)
            for word in words(article.text):
                lengths[number] += 1
                for lemma in lemmas(word):
                    own[lemma] += 1
            for lemma, count in own.items():
                docs[lemma].append(number)
                counts[lemma].append(count)
        self._ids = [article.own_id or "" for article in articles]
        self._postings = {lemma: (np.array(docs[lemma]), np.array(counts[lemma])) for lemma in docs}
        self._norms = K1 * (1 - B + B * lengths / lengths.mean())

    def search(self, text: str, count: int) -> list[str]:
        """The best articles."""
        scores = np.zeros(len(self._ids))
        for word in content_words(text):
            scores += self._gain(lemmas(word))
        best = np.argsort(-scores, kind="stable")[:count]
        return [self._ids[number] for number in best if scores[number] > 0]

    def _gain(self, group: tuple[str, ...]) -> NDArray[np.float64]:
        """What a word adds to the score of each article."""
        counts = np.zeros(len(self._ids))
        for lemma in group:
            if lemma in self._postings:
                docs, own = self._postings[lemma]
                counts[docs] = np.maximum(counts[docs], own)
        held = np.count_nonzero(counts)
        rarity = np.log(1 + (len(self._ids) - held + 0.5) / (held + 0.5))
        gain: NDArray[np.float64] = rarity * counts * (K1 + 1) / (counts + self._norms)
        return gain


class Fts5:
    """SQLite's full text, bm25() with its own constants; words may be stemmed on the way in."""

    def __init__(self, stem: Callable[[str], str] = str) -> None:
        self._stem = stem

    def build(self, articles: tuple[Article, ...]) -> None:
        """Index the articles."""
        self._ids = [article.own_id or "" for article in articles]
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='unicode61')")
        self._db.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)",
            ((number, " ".join(map(self._stem, words(one.text)))) for number, one in enumerate(articles)),
        )

    def search(self, text: str, count: int) -> list[str]:
        """The best articles."""
        wanted = " OR ".join(f'"{self._stem(word)}"' for word in content_words(text))
        rows = self._db.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words), rowid LIMIT ?", (wanted, count)
        )
        return [self._ids[number] for (number,) in rows]


class Postgres:
    """PostgreSQL's own Russian configuration, ts_rank that divides by the logarithm of the length."""

    def build(self, articles: tuple[Article, ...]) -> None:
        """Index the articles in a temporary table."""
        psycopg: Any = importlib.import_module("psycopg")
        self._db = psycopg.connect(os.environ["PODSHIVKA_POSTGRES"], autocommit=True)
        self._db.execute("CREATE TEMP TABLE article (number integer, id text, words tsvector)")
        with self._db.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO article VALUES (%s, %s, to_tsvector('russian', %s))",
                [(number, one.own_id, " ".join(words(one.text))) for number, one in enumerate(articles)],
            )
        self._db.execute("CREATE INDEX ON article USING gin(words)")

    def search(self, text: str, count: int) -> list[str]:
        """The best articles."""
        rows = self._db.execute(
            "SELECT id FROM article, websearch_to_tsquery('russian', %s) wanted WHERE words @@ wanted "
            "ORDER BY ts_rank(words, wanted, 1) DESC, number LIMIT %s",
            (" or ".join(words(text)), count),
        )
        return [id for (id,) in rows]


@cache
def _snowball() -> Any:
    return importlib.import_module("snowballstemmer").stemmer("russian")


def stem(word: str) -> str:
    """The Snowball stem of a word."""
    found: str = _snowball().stemWord(word)
    return found


def installed() -> Iterator[tuple[str, Peer]]:
    """The peers that this machine has."""
    yield "BM25 over lemmas", LemmaBm25()
    yield "FTS5", Fts5()
    if importlib.util.find_spec("snowballstemmer"):
        yield "FTS5 + Snowball", Fts5(stem)
    if importlib.util.find_spec("psycopg") and os.environ.get("PODSHIVKA_POSTGRES"):
        yield "PostgreSQL", Postgres()

"""Measures how fast a whole page of results is, over an archive at hand.

    python -m benchmarks.page [--home FOLDER] [--requests 30] [--seed 1]

Asks requests of every kind with words, rows of words and persons drawn (by `seed`) from the archive's own articles; a
page is ten hits with their excerpts, the total and all facets. Every request is asked twice and the second asking is
counted. The home is PODSHIVKA_HOME, else var/, as for the command `podshivka`.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import datetime as dt
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from archive.home import Home, default_home
from archive.store.store import Store
from indexer.text.tokens import tokenize
from search.request import NONE, SearchRequest
from search.searcher import Searcher

SAMPLE = 400  # articles that words are drawn from
LONG_WORD = 4
COMMON, RARE = 0.15, 0.003  # of the sampled articles


class Material:
    """Words and rows of words that stand in the archive's articles, persons and days of the archive."""

    def __init__(self, home: Home, searcher: Searcher, chance: random.Random) -> None:
        self._chance = chance
        with Store(home.store) as store:
            pairs = [(change.id, change.version) for change in store.changes(0) if not change.removed]
            some = store.articles(chance.sample(pairs, min(SAMPLE, len(pairs)))).values()
        self._texts = [[token.form for token in tokenize(stored.article.text)] for stored in some]
        counts = Counter(
            form for text in self._texts for form in set(text) if len(form) >= LONG_WORD and form.isalpha()
        )
        ranked = [form for form, _ in counts.most_common()]
        self.common = [form for form in ranked if counts[form] >= COMMON * len(self._texts)] or ranked[:20]
        self.rare = [form for form in ranked if counts[form] <= max(1, RARE * len(self._texts))]
        self.middling = ranked[len(self.common) : len(self.common) + 1000] or ranked
        facets = {facet.name: facet.values for facet in searcher.search(SearchRequest(facet_size=50)).facets}
        self.persons = [value.key for value in facets["person"] if value.key != NONE] or [NONE]
        overview = searcher.overview()
        self._first, self._last = overview.first or dt.date(2000, 1, 1), overview.last or dt.date(2000, 12, 31)

    def word(self, words: list[str]) -> str:
        """One of the words."""
        return self._chance.choice(words)

    def row(self, length: int) -> str:
        """Words that stand in a row in some article."""
        while True:
            text = self._chance.choice(self._texts)
            start = self._chance.randrange(len(text))
            row = text[start : start + length]
            if len(row) == length and all(row):
                return " ".join(row)

    def in_period(self, text: str) -> SearchRequest:
        """The query in a twelfth of the archive's days."""
        days = (self._last - self._first).days
        first = self._first + dt.timedelta(self._chance.randrange(days + 1))
        return SearchRequest(text, date_from=first, date_to=first + dt.timedelta(days // 12))


def kinds(stuff: Material) -> dict[str, Callable[[], SearchRequest]]:
    """What is asked, by the name of its kind."""
    common, middling, rare = stuff.common, stuff.middling, stuff.rare
    word = stuff.word
    return {
        "everything": lambda: SearchRequest(),
        "a frequent word": lambda: SearchRequest(word(common)),
        "a rare word": lambda: SearchRequest(word(rare)),
        "two words": lambda: SearchRequest(f"{word(common)} {word(middling)}"),
        "three words": lambda: SearchRequest(f"{word(common)} {word(common)} {word(middling)}"),
        "three frequent words": lambda: SearchRequest(" ".join(word(common) for _ in range(3))),
        "one of three words": lambda: SearchRequest(" | ".join(word(common) for _ in range(3))),
        "a phrase of two": lambda: SearchRequest(f'"{stuff.row(2)}"'),
        "a phrase of three": lambda: SearchRequest(f'"{stuff.row(3)}"'),
        "an exact form": lambda: SearchRequest("!" + word(middling)),
        "a prefix of four": lambda: SearchRequest(word(middling)[:4] + "*"),
        "a prefix of two": lambda: SearchRequest(word(middling)[:2] + "*"),
        "an exclusion": lambda: SearchRequest(f"{word(common)} -{word(middling)}"),
        "a word in a period": lambda: stuff.in_period(word(common)),
        "a word and a person": lambda: SearchRequest(word(common), chosen={"person": (word(stuff.persons),)}),
        "a word, newest first": lambda: SearchRequest(word(common), sort="newest"),
        "eight words of a text": lambda: SearchRequest(stuff.row(8)),
        "words that do not meet": lambda: SearchRequest(" ".join(word(middling) for _ in range(6))),
    }


def milliseconds(searcher: Searcher, asked: list[SearchRequest]) -> Iterator[float]:
    """How long each request takes when it is asked for the second time."""
    for request in asked:
        searcher.search(request)
        started = time.perf_counter()
        searcher.search(request)
        yield 1000 * (time.perf_counter() - started)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--requests", type=int, default=30, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    home = Home(options.home) if options.home else default_home()
    searcher = Searcher(home)
    started = time.perf_counter()
    total = searcher.search(SearchRequest()).total
    print(f"{home.path}: {total} articles, opened and first page in {time.perf_counter() - started:.2f} s")
    if not total:
        return
    stuff = Material(home, searcher, random.Random(options.seed))
    every: list[float] = []
    print(f"{'':24}{'median':>9}{'p95':>9}{'slowest':>9}  ms")
    for name, ask in kinds(stuff).items():
        took = list(milliseconds(searcher, [ask() for _ in range(options.requests)]))
        every += took
        print(f"{name:24}{np.median(took):9.2f}{np.percentile(took, 95):9.2f}{max(took):9.2f}")
    print(f"{'all of them':24}{np.median(every):9.2f}{np.percentile(every, 95):9.2f}{max(every):9.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, mapped files included")


if __name__ == "__main__":
    main()

"""Draws the articles of an invented archive from a vocabulary and a seed, as numbers: the same in every process.

Lemmas are Zipfian, and so are the forms of a lemma. Articles come day by day over FIRST..LAST; persons and enterprises
are Zipfian too, but each is in the news only round a day of its own, some for weeks, some for decades.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 5_000  # articles drawn together
WORDS = 230  # an article, on average
FLATTENED = 25.0  # lemma r is drawn 1 / (r + FLATTENED) ** STEEPNESS times as often
STEEPNESS = 1.05
FIRST, LAST = dt.date(1991, 1, 1).toordinal(), dt.date(2024, 12, 31).toordinal()
TRIED = 12  # persons drawn for an article; those not in the news are left out
ARTICLES_A_PERSON = 20


@dataclass(frozen=True, slots=True)
class Words:
    """All forms as one list; the forms of lemma k are forms[starts[k]:starts[k + 1]]."""

    lemmas: list[str]
    forms: list[str]
    starts: NDArray[np.int64]
    form_lemmas: NDArray[np.int32]

    @classmethod
    def read(cls, path: Path) -> "Words":
        """The vocabulary written by benchmarks/invented/vocabulary."""
        rows = [line.split() for line in path.read_text("utf-8").splitlines()]
        counts = np.array([len(row) - 1 for row in rows])
        starts = np.concatenate([[0], np.cumsum(counts)])
        codes = np.repeat(np.arange(len(rows), dtype=np.int32), counts)
        return cls([row[0] for row in rows], [form for row in rows for form in row[1:]], starts, codes)


@dataclass(frozen=True, slots=True)
class Block:
    """Articles first, first + 1, …: article i has forms[form_offsets[i]:form_offsets[i + 1]], and so on."""

    first: int
    days: NDArray[np.int64]  # ordinals
    forms: NDArray[np.int32]
    form_offsets: NDArray[np.int64]
    persons: NDArray[np.int32]
    person_offsets: NDArray[np.int64]
    enterprises: NDArray[np.int32]
    enterprise_offsets: NDArray[np.int64]


class Corpus:
    """An archive of `size` articles; block k is the same whatever is asked before it."""

    def __init__(self, words: Words, size: int, seed: int) -> None:
        self.words, self.size, self._seed = words, size, seed
        self._lemmas = cumulated((np.arange(len(words.lemmas)) + FLATTENED) ** -STEEPNESS)
        chance = np.random.default_rng((seed, size))
        self.persons = News(chance, max(50, size // ARTICLES_A_PERSON))
        self.enterprises = News(chance, max(50, size // ARTICLES_A_PERSON // 4))

    def blocks(self) -> Iterator[Block]:
        """All articles in order of publication."""
        for first in range(0, self.size, BLOCK):
            yield self.block(first, min(BLOCK, self.size - first))

    def block(self, first: int, count: int) -> Block:
        """`count` articles from the `first` on."""
        chance = np.random.default_rng((self._seed, self.size, first))
        days = FIRST + (first + np.arange(count)) * (LAST - FIRST) // self.size
        lengths = np.maximum(20, chance.lognormal(np.log(WORDS) - 0.18, 0.6, count)).astype(np.int64)
        lemmas = np.searchsorted(self._lemmas, chance.random(lengths.sum()))
        counts = np.diff(self.words.starts)[lemmas]
        nth = np.minimum((counts + 1) ** chance.random(len(lemmas)) - 1, counts - 1).astype(np.int64)
        persons, person_offsets = self.persons.of(chance, days)
        enterprises, enterprise_offsets = self.enterprises.of(chance, days)
        return Block(
            first=first,
            days=days,
            forms=(self.words.starts[lemmas] + nth).astype(np.int32),
            form_offsets=np.concatenate([[0], np.cumsum(lengths)]),
            persons=persons,
            person_offsets=person_offsets,
            enterprises=enterprises,
            enterprise_offsets=enterprise_offsets,
        )


class News:
    """Who is written about when: number k is in the news within `spans[k]` days of `days[k]`."""

    def __init__(self, chance: np.random.Generator, size: int) -> None:
        self._ranks = cumulated((np.arange(size) + 5.0) ** -0.9)
        self._days = chance.integers(FIRST, LAST, size)
        self._spans = np.exp(chance.uniform(np.log(20), np.log(8000), size))

    def of(self, chance: np.random.Generator, days: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The numbers of each article's persons, ascending, each once, and where they begin."""
        found = np.searchsorted(self._ranks, chance.random((len(days), TRIED))).astype(np.int64)
        kept = np.abs(self._days[found] - days[:, None]) < self._spans[found]
        rows = np.broadcast_to(np.arange(len(days))[:, None], found.shape)
        pairs = np.unique(rows[kept] << 32 | found[kept])
        starts = np.searchsorted(pairs >> 32, np.arange(len(days) + 1))
        return (pairs & 0xFFFFFFFF).astype(np.int32), starts


def cumulated(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights as bounds between 0 and 1 for a uniform draw."""
    bounds = np.cumsum(weights)
    return np.asarray(bounds / bounds[-1])

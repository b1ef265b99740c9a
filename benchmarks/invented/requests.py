"""Draws requests of every kind from the articles of an invented archive: the same for all engines."""

import json
import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.invented.corpus import BLOCK, Corpus

FREQUENT, MIDDLING, RARE = (0.15, 0.7), (0.01, 0.05), (0.0002, 0.002)  # of the articles
PREFIX = 4

Counts = tuple[tuple[int, int], ...]  # number, articles


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: lemmas joined by AND, by OR, in a row, to be absent; a form, the beginning of one; conditions."""

    kind: str
    every: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    form: str = ""
    prefix: str = ""
    days: tuple[int, int] | None = None
    person: int | None = None
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What must be equal in all engines."""

    total: int
    persons: Counts  # by articles, the most first
    enterprises: Counts
    months: Counts  # of year * 12 + month - 1, ascending; those that have any


class Sample:
    """Some of the archive's articles and the words in them by frequency."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self.chance = random.Random(seed)
        self._words = corpus.words
        count = min(BLOCK, corpus.size)
        self.block = corpus.block((corpus.size - count) // 2 // BLOCK * BLOCK, count)
        self.lemmas = corpus.words.form_lemmas[self.block.forms].astype(np.int64)
        docs = np.repeat(np.arange(count), np.diff(self.block.form_offsets))
        shares = np.bincount(np.unique(self.lemmas * count + docs) // count, minlength=len(corpus.words.lemmas)) / count
        self.frequent, self.middling, self.rare = (
            np.flatnonzero((shares >= low) & (shares < high)).tolist() for low, high in (FREQUENT, MIDDLING, RARE)
        )

    def words(self, *kinds: list[int]) -> tuple[str, ...]:
        """A word of each kind, all different."""
        while True:
            numbers = [self.chance.choice(kind) for kind in kinds]
            if len(set(numbers)) == len(numbers):
                return tuple(self._words.lemmas[number] for number in numbers)

    def row(self, length: int) -> tuple[str, ...]:
        """Frequent lemmas that stand in a row in some article."""
        offsets = self.block.form_offsets
        frequent = np.isin(self.lemmas, self.frequent)
        starts = np.flatnonzero(np.logical_and.reduce([np.roll(frequent, -n) for n in range(length)]))
        article = np.searchsorted(offsets, starts, "right")
        starts = starts[starts + length <= offsets[article]]
        start = self.chance.choice(starts.tolist())
        return tuple(self._words.lemmas[number] for number in self.lemmas[start : start + length])

    def form(self) -> str:
        """A form of a middling word."""
        number = self.chance.choice(self.middling)
        return self._words.forms[self.chance.randrange(self._words.starts[number], self._words.starts[number + 1])]

    def days(self, corpus: Corpus) -> tuple[int, int]:
        """Two years inside the archive's days."""
        first = self.chance.randrange(int(corpus.block(0, 1).days[0]), int(corpus.block(corpus.size - 1, 1).days[0]))
        return first, first + 730

    def person(self) -> int:
        """Somebody who is named in an article."""
        return int(self.chance.choice(self.block.persons.tolist()))


def kinds(sample: Sample, corpus: Corpus) -> dict[str, Callable[[str], Asked]]:
    """How a request of each kind is drawn, by the name of the kind."""
    often, middling, rare, words = sample.frequent, sample.middling, sample.rare, sample.words
    return {
        "one frequent word": lambda kind: Asked(kind, words(often)),
        "one rare word": lambda kind: Asked(kind, words(rare)),
        "two AND": lambda kind: Asked(kind, words(often, middling)),
        "three AND": lambda kind: Asked(kind, words(often, often, middling)),
        "three frequent AND": lambda kind: Asked(kind, words(often, often, often)),
        "three OR": lambda kind: Asked(kind, any=words(often, often, middling)),
        "phrase of two frequent": lambda kind: Asked(kind, row=sample.row(2)),
        "phrase of three": lambda kind: Asked(kind, row=sample.row(3)),
        "word and dates": lambda kind: Asked(kind, words(often), days=sample.days(corpus)),
        "word and person": lambda kind: Asked(kind, words(often), person=sample.person()),
        "exact form": lambda kind: Asked(kind, form=sample.form()),
        "prefix of four": lambda kind: Asked(kind, prefix=sample.form()[:PREFIX]),
        "exclusion": lambda kind: excluding(kind, *words(often, often)),
        "everything": lambda kind: Asked(kind),
        "newest first": lambda kind: Asked(kind, words(often), newest=True),
    }


def excluding(kind: str, wanted: str, unwanted: str) -> Asked:
    """A word without another."""
    return Asked(kind, (wanted,), none=(unwanted,))


def draw(corpus: Corpus, number: int, seed: int) -> list[Asked]:
    """`number` requests of each kind."""
    sample = Sample(corpus, seed)
    return [ask(kind) for kind, ask in kinds(sample, corpus).items() for _ in range(number)]


def write(path: Path, items: list[Asked] | list[Answer]) -> None:
    """Requests or answers as JSON."""
    path.write_text(json.dumps([asdict(item) for item in items], ensure_ascii=False), "utf-8")


def read_asked(path: Path) -> list[Asked]:
    """The requests that were written."""
    items = json.loads(path.read_text("utf-8"))
    return [
        Asked(**{key: tuple(value) if isinstance(value, list) else value for key, value in item.items()})
        for item in items
    ]


def read_answers(path: Path) -> list[Answer]:
    """The answers that were written."""
    tables = ("persons", "enterprises", "months")
    return [
        Answer(**item | {name: tuple(map(tuple, item[name])) for name in tables})
        for item in json.loads(path.read_text("utf-8"))
    ]

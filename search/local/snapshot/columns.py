"""Turns a segment's column into a facet's: values numbered alike in all segments, in the order of their labels."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.registry.name_table import alphabetical
from search.local.matching.match import Docs
from search.local.segments.segment import Column
from search.result import FacetValue, as_value

DENSE_SHARE = 7  # more than one article in so many: values are counted one by one over a mask of the articles
FEW_CODES_SHARE = 12  # fewer codes to count than one in so many values: they are sorted, not laid out
LABELS_KEPT = 1 << 14  # values of a facet whose labels are kept


class CodeCounts(NamedTuple):
    """How many articles have each value (not 0), by the values' numbers, ascending; how many have any."""

    numbers: NDArray[np.signedinteger[Any]]
    counts: NDArray[np.signedinteger[Any]]
    valued: int


NOTHING = CodeCounts(np.empty(0, np.int64), np.empty(0, np.int64), 0)


@dataclass(frozen=True)
class NumberedValues:
    """The values of a facet, ordered by label."""

    keys: Sequence[str]
    labels: Sequence[str]
    numbers: Mapping[str, int]  # by key, also by keys that the value once had

    @classmethod
    def of(cls, labels: Mapping[str, str]) -> "NumberedValues":
        """Values from labels by key."""
        keys = tuple(sorted(labels, key=lambda key: (alphabetical(labels[key]), key)))
        numbers = {key: number for number, key in enumerate(keys)}
        return cls(keys, tuple(labels[key] for key in keys), numbers)

    @cached_property
    def named(self) -> Callable[[int], tuple[str, str]]:
        """Key and label by number; those asked for last stay decoded."""
        return lru_cache(LABELS_KEPT)(lambda number: (self.keys[number], self.labels[number]))

    @cached_property
    def shown(self) -> Callable[[int, int], FacetValue]:
        """The value with its count, neither chosen nor excluded; small counts come again, and so do such values."""
        return lru_cache(LABELS_KEPT)(lambda number, count: as_value((*self.named(number), count, False, False)))

    @cached_property
    def sought(self) -> Callable[[str], int | None]:
        """Number by key, None where it is unknown; those asked for last are remembered."""
        return lru_cache(LABELS_KEPT)(self.numbers.get)

    def number(self, key: str | None) -> int:
        """A value's number, -1 for none."""
        return -1 if key is None else self.numbers[key]

    def called(self, label: str) -> str | None:
        """The key of a value with this label, large and small letters alike."""
        wanted = alphabetical(label)
        place = bisect_left(range(len(self.labels)), wanted, key=lambda number: alphabetical(self.labels[number]))
        while place < len(self.labels) and alphabetical(self.labels[place]) == wanted:
            if self.numbers[self.keys[place]] == place:
                return self.keys[place]
            place += 1
        return None


@dataclass(frozen=True)
class CodedColumn:
    """A facet of articles: article i has the values codes[offsets[i]:offsets[i + 1]], each once."""

    offsets: NDArray[np.int64]
    codes: NDArray[np.int32]
    rows: NDArray[np.int32]  # the article of each code

    @classmethod
    def joined(cls, parts: Sequence["CodedColumn"]) -> "CodedColumn":
        """The articles of several columns in a row."""
        articles = np.cumsum([0, *(len(part.offsets) - 1 for part in parts)])
        codes = np.cumsum([0, *(len(part.codes) for part in parts)])
        pairs = list(zip(parts, articles.tolist(), codes.tolist(), strict=False))
        return cls(
            np.concatenate([*(part.offsets[:-1] + code for part, _, code in pairs), codes[-1:]]),
            np.concatenate([part.codes for part in parts]),
            np.concatenate([part.rows + np.int32(article) for part, article, _ in pairs]),
        )

    def counts(self, docs: Docs) -> CodeCounts:
        """How many of the articles have each value."""
        size = len(self.offsets) - 1
        if len(docs) * DENSE_SHARE > size:
            mask = np.zeros(size, np.bool_)
            mask[docs] = True
            every = self._totals if len(docs) == size else sums_between(mask.take(self._by_value), self._starts)
            return counts_above_zero(every, int(np.count_nonzero(mask & self._filled)))
        codes, valued = codes_of_articles(self.offsets, self.codes, docs)
        if len(codes) * FEW_CODES_SHARE >= self.size:
            return counts_above_zero(np.bincount(codes), valued)
        return CodeCounts(*sorted_counts(codes), valued)

    def valued(self, docs: Docs) -> NDArray[np.bool_]:
        """For each of the articles, whether it has any value."""
        return self._filled.take(docs)

    def having(self, numbers: Sequence[int]) -> NDArray[np.bool_]:
        """By article: whether it has any of these values."""
        mask = np.zeros(len(self.offsets) - 1, np.bool_)
        for number in numbers:
            mask[self.articles(number)] = True
        return mask

    def articles(self, number: int) -> Docs:
        """The articles that have a value, ascending."""
        if number >= self.size:
            return np.empty(0, np.int64)
        return self._by_value[self._starts[number] : self._starts[number + 1]]

    @property
    def size(self) -> int:
        """All numbers are smaller."""
        return len(self._totals)

    @cached_property
    def _filled(self) -> NDArray[np.bool_]:
        """By article: whether it has any value."""
        filled: NDArray[np.bool_] = self.offsets[1:] > self.offsets[:-1]
        return filled

    @cached_property
    def _totals(self) -> NDArray[np.int64]:
        """By value: how many articles have it."""
        return np.bincount(self.codes)

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """By value: where its articles begin in _by_value; the end of the last."""
        return np.concatenate([[0], np.cumsum(self._totals)])

    @cached_property
    def _by_value(self) -> NDArray[np.int64]:
        """The articles of each value, value by value."""
        return self.rows[np.argsort(self.codes, kind="stable")].astype(np.int64)


def codes_of_articles(
    offsets: NDArray[np.int64], codes: NDArray[np.int32], docs: Docs
) -> tuple[NDArray[np.int32], int]:
    """The values of the articles, one after another, and how many have any."""
    starts, counts = offsets.take(docs), offsets.take(docs + 1)
    counts -= starts
    starts += counts
    starts -= counts.cumsum()
    places = starts.repeat(counts)
    places += np.arange(len(places))
    return codes.take(places), int(np.count_nonzero(counts))


def sorted_counts(codes: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The numbers among `codes`, which are sorted in place, ascending, and how often each stands there."""
    codes.sort()
    ends = np.ones(len(codes), np.bool_)
    np.not_equal(codes[1:], codes[:-1], out=ends[:-1])
    last = ends.nonzero()[0]
    counts = last + 1
    counts[1:] -= last[:-1] + 1
    return codes.take(last), counts


def sums_between(having: NDArray[np.bool_], starts: NDArray[np.int64]) -> NDArray[np.int32]:
    """How many are true from each start to the next."""
    sums = np.zeros(len(having) + 1, np.int32)
    np.cumsum(having, out=sums[1:])
    ends = sums.take(starts)
    return ends[1:] - ends[:-1]


def counts_above_zero(every: NDArray[np.signedinteger[Any]], valued: int) -> CodeCounts:
    """Counts from those of all values, 0 where none has it."""
    numbers = (every > 0).nonzero()[0]
    return CodeCounts(numbers, every.take(numbers), valued)


@dataclass(frozen=True)
class FacetColumn(CodedColumn):
    """A facet in one segment, with what its column calls the values."""

    column: Column
    meanings: NDArray[np.int32]  # the column's own code → the value's number, -1: of another facet
    exceptions: dict[int, int]  # place in the column → the value's number there

    @classmethod
    def of(
        cls,
        column: Column,
        meanings: NDArray[np.int32],
        exceptions: Sequence[tuple[NDArray[np.int64], int]],
        values: int,
    ) -> "FacetColumn":
        """The column with its own codes replaced by numbers below `values`, at some places by others."""
        size = len(column.offsets) - 1
        rows = np.repeat(np.arange(size, dtype=np.int64), np.diff(column.offsets))
        codes = meanings[column.codes]
        for places, number in exceptions:
            codes[places] = number
        kept = codes >= 0
        pairs = np.sort(rows[kept] * max(values, 1) + codes[kept])
        pairs = pairs[np.diff(pairs, prepend=-1) != 0]
        rows, codes = np.divmod(pairs, max(values, 1))
        offsets = np.searchsorted(rows, np.arange(size + 1))
        apart = {place: number for places, number in exceptions for place in places.tolist()}
        return cls(offsets, codes.astype(np.int32), rows.astype(np.int32), column, meanings, apart)

    def named(self, doc: int) -> Iterator[tuple[str, str, int]]:
        """The column's own values in one article and their labels, each with the number it has here."""
        for place in range(self.column.offsets[doc], self.column.offsets[doc + 1]):
            code = int(self.column.codes[place])
            number = self.exceptions.get(place, int(self.meanings[code]))
            if number >= 0:
                yield self.column.values[code], self.column.labels[code], number

"""A segment's column in, a facet's column out: values numbered alike in all segments, in the order of their labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from search.matching import Docs
from search.segment import Column

DENSE = 3  # more than one article in so many: its values are taken through a mask, not one by one


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a facet, ordered by label."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    numbers: dict[str, int]  # by key, also by keys that the value once had

    @classmethod
    def of(cls, labels: Mapping[str, str], moved: Mapping[str, str] = MappingProxyType({})) -> "Values":
        """Values from labels by key; a key that has `moved` is known as the other's too."""
        keys = tuple(sorted(labels, key=lambda key: (alphabetical(labels[key]), key)))
        numbers = {key: number for number, key in enumerate(keys)}
        numbers |= {old: numbers[new] for old, new in moved.items() if new in numbers}
        return cls(keys, tuple(labels[key] for key in keys), numbers)

    def number(self, key: str | None) -> int:
        """A value's number, -1 for none."""
        return -1 if key is None else self.numbers[key]


@dataclass(frozen=True)
class Coded:
    """A facet of articles: article i has the values codes[offsets[i]:offsets[i + 1]], each once."""

    offsets: NDArray[np.int64]
    codes: NDArray[np.int32]
    rows: NDArray[np.int32]  # the article of each code

    @classmethod
    def joined(cls, parts: Sequence["Coded"]) -> "Coded":
        """The articles of several columns in a row."""
        articles = np.cumsum([0, *(len(part.offsets) - 1 for part in parts)])
        codes = np.cumsum([0, *(len(part.codes) for part in parts)])
        pairs = list(zip(parts, articles.tolist(), codes.tolist(), strict=False))
        return cls(
            np.concatenate([*(part.offsets[:-1] + code for part, _, code in pairs), codes[-1:]]),
            np.concatenate([part.codes for part in parts]),
            np.concatenate([part.rows + np.int32(article) for part, article, _ in pairs]),
        )

    def of_article(self, doc: int) -> NDArray[np.int32]:
        """The values of one article."""
        return self.codes[self.offsets[doc] : self.offsets[doc + 1]]

    def of_articles(self, docs: Docs) -> NDArray[np.int32]:
        """The values of the articles, one after another."""
        size = len(self.offsets) - 1
        if len(docs) == size:
            return self.codes
        if len(docs) * DENSE > size:
            mask = np.zeros(size, np.bool_)
            mask[docs] = True
            return self.codes.take(np.flatnonzero(mask.take(self.rows)))
        starts = self.offsets[docs]
        counts = self.offsets[docs + 1] - starts
        places = np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        found: NDArray[np.int32] = self.codes[places]
        return found

    def valued(self, docs: Docs) -> NDArray[np.bool_]:
        """For each of the articles, whether it has any value."""
        return self._filled[docs]

    def having(self, numbers: Sequence[int]) -> NDArray[np.bool_]:
        """By article: whether it has any of these values."""
        rows, codes = self._by_value
        mask = np.zeros(len(self.offsets) - 1, np.bool_)
        for number in numbers:
            first, last = np.searchsorted(codes, (number, number + 1)).tolist()
            mask[rows[first:last]] = True
        return mask

    @cached_property
    def _filled(self) -> NDArray[np.bool_]:
        """By article: whether it has any value."""
        filled: NDArray[np.bool_] = np.diff(self.offsets) > 0
        return filled

    @cached_property
    def _by_value(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The articles and their values, ordered by value."""
        order = np.argsort(self.codes, kind="stable")
        return self.rows[order], self.codes[order]


@dataclass(frozen=True)
class FacetColumn(Coded):
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

    def named(self, doc: int) -> Iterator[tuple[str, int]]:
        """The column's own values in one article, each with the number it has here."""
        for place in range(self.column.offsets[doc], self.column.offsets[doc + 1]):
            code = int(self.column.codes[place])
            number = self.exceptions.get(place, int(self.meanings[code]))
            if number >= 0:
                yield self.column.values[code], number


def alphabetical(label: str) -> str:
    """What labels are ordered by: case ignored, ё as е."""
    return label.lower().replace("ё", "е")

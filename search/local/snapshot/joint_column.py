"""Counts all facets of the same few articles at one time.

In one column each facet has a run of numbers of its own: the first stands for articles without any value, the others
for the facet's values.
"""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.local.matching.match import Docs
from search.local.snapshot.columns import NOTHING, CodeCounts, CodedColumn, codes_of_articles, sorted_counts

FEW_ARTICLES = 1_000  # articles: more are counted faster facet by facet


class JointColumn:
    """The facets of a view as one column, put together at the first asking."""

    def __init__(self, facets: Mapping[str, CodedColumn]) -> None:
        self._every = facets

    def counts(self, docs: Docs) -> dict[str, CodeCounts]:
        """By facet: how many of the articles have each value."""
        found = dict.fromkeys(self._every, NOTHING)
        if not self._valued:
            return found
        offsets, codes = self._column
        numbers, counts = sorted_counts(codes_of_articles(offsets, codes, docs)[0])
        bounds = numbers.searchsorted(self._bounds).tolist()
        runs = zip(self._valued, self._bounds[1::2].tolist(), bounds[:-1:2], bounds[1::2], bounds[2::2], strict=True)
        for name, first, nothing, start, stop in runs:
            without = int(counts[nothing]) if nothing < start else 0
            found[name] = CodeCounts(numbers[start:stop] - first, counts[start:stop], len(docs) - without)
        return found

    @cached_property
    def _valued(self) -> dict[str, CodedColumn]:
        """The facets that have any value."""
        return {name: facet for name, facet in self._every.items() if facet.size}

    @cached_property
    def _bounds(self) -> NDArray[np.int32]:
        """Of each facet that has any value its first number and that of its first value; the end of all."""
        sizes = [size for facet in self._valued.values() for size in (1, facet.size)]
        return np.cumsum([0, *sizes], dtype=np.int32)

    @cached_property
    def _column(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Offsets by article and numbers, as of one facet."""
        facets = list(self._valued.values())
        taken = [np.maximum(np.diff(facet.offsets), 1) for facet in facets]  # by article: numbers of each facet
        offsets = np.cumsum(np.concatenate([[0], sum(taken)]))
        codes = np.empty(offsets[-1], np.int32)
        places = offsets[:-1].copy()  # where an article's numbers of the next facet begin
        for facet, numbers, first in zip(facets, taken, self._bounds[1::2].tolist(), strict=True):
            codes[places] = first - 1  # stays where there is no value
            codes[(places - facet.offsets[:-1]).take(facet.rows) + np.arange(len(facet.codes))] = facet.codes + first
            places += numbers
        return offsets, codes

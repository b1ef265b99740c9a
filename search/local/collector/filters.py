"""Picks of matched articles those that meet a request's conditions, all of them or all but one facet's own.

A facet whose choice can be changed (dates, fields) is counted without that choice.
"""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.local.matching.match import Docs, DocSet, intersection
from search.local.snapshot.columns import CodeCounts
from search.local.snapshot.joint_column import FEW_ARTICLES
from search.local.snapshot.snapshot import JoinedView, SegmentView, Snapshot
from search.request import ENTITY_FACETS, FACETS, FIELD_FACETS, NONE, SearchRequest
from search.work import spend


class FilteredMatch:
    """The matched articles of one segment under the request's conditions."""

    def __init__(
        self, snapshot: Snapshot, view: SegmentView | JoinedView, found: DocSet, request: SearchRequest
    ) -> None:
        self._snapshot, self._view = snapshot, view
        for facet in ENTITY_FACETS:
            for key in request.chosen.get(facet, ()):
                found = DocSet(self._naming(facet, key, found))
        docs = found.docs
        for name in FACETS:
            for key in request.excluded.get(name, ()):
                docs = docs[~self._having(name, (key,), docs)]
        self._docs = docs
        self._own: dict[str, NDArray[np.bool_]] = {
            facet: self._having(facet, request.chosen[facet], docs)
            for facet in FIELD_FACETS
            if request.chosen.get(facet)
        }
        if request.date_from or request.date_to or request.undated == "only":
            self._own["date"] = in_range(view.segment.days[docs], request)
        self.docs = self._meeting(self._own)

    def without(self, facet: str) -> Docs:
        """The articles that meet all conditions but the facet's own choice."""
        return self._meeting(name for name in self._own if name != facet) if facet in self._own else self.docs

    def counts(self, facet: str) -> CodeCounts:
        """How many of the articles that meet all conditions but the facet's own choice have each of its values."""
        if facet in self._own or len(self.docs) > FEW_ARTICLES:
            return self._view.facets[facet].counts(self.without(facet))
        return self._few[facet]

    @cached_property
    def _few(self) -> dict[str, CodeCounts]:
        """By facet: its counts when its own choice is a condition like the others."""
        return self._view.joint.counts(self.docs)

    def _meeting(self, facets: Iterable[str]) -> Docs:
        masks = [self._own[facet] for facet in facets]
        return self._docs[np.logical_and.reduce(masks)] if masks else self._docs

    def _naming(self, facet: str, key: str, found: DocSet) -> Docs:
        """Those of the articles that have the value, NONE: no value; a value of few articles is looked up in them."""
        column, number = self._view.facets[facet], self._snapshot.values[facet].sought(key)
        if key == NONE or number is None:
            return found.docs[self._having(facet, (key,), found.docs)]
        return intersection([found, DocSet(column.articles(number))], self._view.segment.size)

    def _having(self, facet: str, keys: tuple[str, ...], docs: Docs) -> NDArray[np.bool_]:
        """For each of the articles, whether it has any of the values; NONE: whether it has no value."""
        column, values = self._view.facets[facet], self._snapshot.values[facet]
        spend(self._view.segment.size + len(docs) * len(keys))
        numbers = map(values.sought, keys)
        having = column.having([number for number in numbers if number is not None])[docs]
        return having | ~column.valued(docs) if NONE in keys else having


def in_range(days: NDArray[np.int32], request: SearchRequest) -> NDArray[np.bool_]:
    """For each day (0: none), whether the request's range has it."""
    undated: NDArray[np.bool_] = days == 0
    if request.undated == "only":
        return undated
    first = request.date_from.toordinal() if request.date_from else 1
    last = request.date_to.toordinal() if request.date_to else np.iinfo(np.int32).max
    inside: NDArray[np.bool_] = (days >= first) & (days <= last)
    return inside | undated if request.undated == "also" else inside

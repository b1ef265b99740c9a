"""Joins the segments of a snapshot into one, so that a request costs the same however many there are.

Article n of segment k is number firsts[k] + n here. Joined postings are kept beside those of the segments; what is
mapped (streams, tables of words) stays with the segments.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.storage.postings import Postings
from search.local.segments.cache import OPENINGS
from search.local.segments.segment import Segment, TermField, newness


class JoinedSegments:
    """Several segments of one snapshot as one."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.opened = next(OPENINGS)
        self.segments = tuple(segments)
        self.firsts = np.cumsum([0, *(segment.size for segment in segments)])[:-1]
        self.size = sum(segment.size for segment in segments)
        self.ids: NDArray[np.int64] = np.concatenate([segment.ids for segment in segments])
        self.days: NDArray[np.int32] = np.concatenate([segment.days for segment in segments])
        self.minutes: NDArray[np.int64] = np.concatenate([segment.minutes for segment in segments])

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """False for deleted articles; None where there are none."""
        if all(segment.live is None for segment in self.segments):
            return None
        masks = (np.ones(one.size, np.bool_) if one.live is None else one.live for one in self.segments)
        return np.concatenate(list(masks))

    def postings(self, field: TermField, term: str) -> Postings:
        """As of one segment; what lies on the disk is read for all segments at one time."""
        for segment in self.segments:
            segment.expect(field, term)
        return self.joined([segment.decoded(field, term) for segment in self.segments])

    def postings_of_prefix(self, prefix: str) -> Postings:
        """As of one segment."""
        return self.joined([segment.postings_of_prefix(prefix) for segment in self.segments])

    def joined(self, parts: Sequence[Postings]) -> Postings:
        """Postings of each segment as those of the whole."""
        docs = [part.docs + np.int32(first) for part, first in zip(parts, self.firsts.tolist(), strict=True)]
        return Postings(np.concatenate(docs), np.concatenate([part.freqs for part in parts]))

    def parted(self, docs: NDArray[np.signedinteger[Any]]) -> list[NDArray[np.int32]]:
        """Ascending articles by the segments that have them, numbered as there."""
        bounds = docs.searchsorted(self.firsts).tolist()
        pairs = zip(bounds, [*bounds[1:], len(docs)], self.firsts.tolist(), strict=True)
        return [(docs[start:stop] - first).astype(np.int32) for start, stop, first in pairs]

    def located(self, docs: NDArray[np.signedinteger[Any]]) -> tuple[list[int], list[int]]:
        """The segments that have the articles, and the articles' numbers there."""
        numbers, firsts = docs.tolist(), self._firsts
        parts = [bisect_right(firsts, number) - 1 for number in numbers]
        return parts, [number - firsts[part] for number, part in zip(numbers, parts, strict=True)]

    @cached_property
    def _firsts(self) -> list[int]:
        return self.firsts.tolist()  # type: ignore[no-any-return]

    @cached_property
    def recency(self) -> NDArray[np.int64]:
        """As of one segment."""
        return newness(self.minutes, self.ids)

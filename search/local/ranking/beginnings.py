"""Reads the first tokens of the articles to be ranked, and finds the words of a query among them."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.local.matching.match import Docs
from search.local.matching.terms import term_types
from search.local.segments.segment import Segment
from search.local.snapshot.snapshot import JoinedView, SegmentView
from search.query.tree import Term

TOKENS_READ = 400  # tokens of an article, from its first
LEAD_TOKENS = 60  # tokens of the body that open it

Numbers = NDArray[np.signedinteger[Any]]


class Beginnings(NamedTuple):
    """First tokens of some articles of a segment, one after another: of which article, at which place, of which
    type. `rows`: the numbers of the articles among all that are ranked; `docs`: in the segment."""

    segment: Segment
    rows: Numbers
    docs: Numbers
    row: Numbers
    place: Numbers
    types: NDArray[np.uint32]


class Occurrences(NamedTuple):
    """Where the terms of a query stand in the beginnings: article by article, by place."""

    row: Numbers
    place: Numbers
    term: Numbers


def beginnings(view: SegmentView | JoinedView, docs: Docs) -> Iterator[Beginnings]:
    """The beginnings of the articles, segment by segment."""
    if isinstance(view, SegmentView):
        yield _of_segment(view.segment, np.arange(len(docs)), docs)
        return
    parts, own = map(np.array, view.segment.located(docs))
    for part in np.unique(parts).tolist():
        rows = np.flatnonzero(parts == part)
        yield _of_segment(view.segment.segments[part], rows, own[rows])


def occurrences(read: Sequence[Beginnings], terms: Sequence[Term]) -> Occurrences:
    """Where the terms stand; a token that means several of them counts for the first."""
    found = []
    for some in read:
        codes = np.zeros(some.segment.type_count, np.uint8)
        for number in reversed(range(len(terms))):
            codes[term_types(some.segment, terms[number])] = number + 1
        code = codes.take(some.types)
        at = code.nonzero()[0]
        found.append((some.row[at], some.place[at], code[at].astype(np.int64) - 1))
    row, place, term = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(row, kind="stable")  # places ascend already
    return Occurrences(row[order], place[order], term[order])


def title_sizes(read: Sequence[Beginnings], size: int) -> Numbers:
    """How many tokens of each article are its title."""
    sizes = np.zeros(size, np.int64)
    for some in read:
        sizes[some.rows] = some.segment.titles[some.docs]
    return sizes


def _of_segment(segment: Segment, rows: Numbers, docs: Numbers) -> Beginnings:
    starts = segment.stream_offsets[docs].astype(np.int64)
    sizes = np.minimum(segment.stream_offsets[docs + 1].astype(np.int64) - starts, TOKENS_READ)
    place = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    types = segment.stream.take(np.repeat(starts, sizes) + place)
    return Beginnings(segment, rows, docs, np.repeat(rows, sizes), place, types)

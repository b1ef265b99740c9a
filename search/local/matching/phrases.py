"""Finds the articles where tokens of given types stand one right after another.

The places of the rarest term are known, and only round them is anything looked at; where candidates are so few that
their texts are shorter than that, their part of the forward stream is read instead, block by block.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.storage.arrays import Squeezed
from indexer.storage.postings import MAX_FREQUENCY, NO_POSTINGS, Postings
from search.local.segments.segment import Segment

TOKENS_A_BLOCK = 2_000_000  # tokens looked at together
Mask = NDArray[np.bool_]  # by token type


def phrase_postings(segment: Segment, docs: NDArray[np.int32], masks: Sequence[Mask], order: Sequence[int]) -> Postings:
    """Those of the articles that have the row, and how often; `order`: places in the row, the rarest term's first."""
    found = [_in_block(segment, block, masks, order) for block in _blocks(segment, docs)]
    if not found:
        return NO_POSTINGS
    return Postings(np.concatenate([one.docs for one in found]), np.concatenate([one.freqs for one in found]))


def phrase_at(segment: Segment, places: NDArray[np.uint32], masks: Sequence[Mask], order: Sequence[int]) -> Postings:
    """The live articles that have the row, from the places in the stream of its rarest term."""
    first = _beginnings(segment.stream, places.astype(np.int64), masks, order)
    if not len(first):
        return NO_POSTINGS
    docs = segment.stream_offsets.searchsorted(first, "right") - 1
    docs = docs[first + len(masks) <= segment.stream_offsets[docs + 1]]
    if segment.live is not None:
        docs = docs[segment.live[docs]]
    found, counts = np.unique(docs, return_counts=True)
    return Postings(found.astype(np.int32), np.minimum(counts, MAX_FREQUENCY).astype(np.uint16))


def row_places(types: NDArray[np.uint32], masks: Sequence[Mask], order: Sequence[int] = ()) -> NDArray[np.int64]:
    """Where in a run of tokens the row begins."""
    order = order or range(len(masks))
    return _beginnings(types, masks[order[0]].take(types).nonzero()[0], masks, order)


def _beginnings(
    types: NDArray[np.uint32] | Squeezed, places: NDArray[np.int64], masks: Sequence[Mask], order: Sequence[int]
) -> NDArray[np.int64]:
    """Where the rows begin whose term order[0] stands at the places: the rarer of the others is looked at first."""
    first = places - order[0]
    first = first[(first >= 0) & (first + len(masks) <= len(types))]
    for place in order[1:]:
        first = first[masks[place].take(types.take(first + place))]
    return first


def _blocks(segment: Segment, docs: NDArray[np.int32]) -> Iterator[NDArray[np.int32]]:
    """The articles, BLOCK tokens at a time."""
    if not len(docs):
        return
    tokens = np.cumsum(segment.stream_offsets[docs + 1] - segment.stream_offsets[docs], dtype=np.int64)
    cuts = np.searchsorted(tokens, np.arange(TOKENS_A_BLOCK, int(tokens[-1]) + 1, TOKENS_A_BLOCK), "right")
    for block in np.split(docs, np.unique(cuts)):
        if len(block):
            yield block


def _in_block(segment: Segment, docs: NDArray[np.int32], masks: Sequence[Mask], order: Sequence[int]) -> Postings:
    starts = segment.stream_offsets[docs].astype(np.int64)
    stops = segment.stream_offsets[docs + 1].astype(np.int64)
    lengths = stops - starts
    if stops[-1] - starts[0] <= 2 * lengths.sum():  # near enough to each other to read what is between too
        types = segment.stream[starts[0] : stops[-1]]
        starts, stops = starts - starts[0], stops - starts[0]
    else:
        begins = np.cumsum(lengths) - lengths
        types = segment.stream.take(np.repeat(starts - begins, lengths) + np.arange(lengths.sum()))
        starts, stops = begins, begins + lengths
    first = row_places(types, masks, order)
    rows = np.searchsorted(starts, first, "right") - 1
    inside = first + len(masks) <= stops[rows]
    counts = np.bincount(rows[inside], minlength=len(docs))
    kept = np.flatnonzero(counts)
    return Postings(docs[kept], np.minimum(counts[kept], MAX_FREQUENCY).astype(np.uint16))

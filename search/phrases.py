"""Candidate articles and a row of token masks in, the articles where they stand one right after another out.

The forward stream is read for the candidates only, block by block, so that memory is bounded whatever the archive's
size; inside a block the rarest term's places are found first and only round them is anything else looked at.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.codec import NO_POSTINGS, Postings
from search.segment import Segment

BLOCK = 2_000_000  # tokens looked at together
Mask = NDArray[np.bool_]  # by token type


def phrase_postings(segment: Segment, docs: NDArray[np.int32], masks: Sequence[Mask], rarest: int) -> Postings:
    """Those of the articles that have the row, and how often; `rarest`: the place of the rarest term in the row."""
    found = [_in_block(segment, block, masks, rarest) for block in _blocks(segment, docs)]
    if not found:
        return NO_POSTINGS
    return Postings(np.concatenate([one.docs for one in found]), np.concatenate([one.freqs for one in found]))


def row_places(types: NDArray[np.uint32], masks: Sequence[Mask], rarest: int = 0) -> NDArray[np.int64]:
    """Where in a run of tokens the row begins."""
    first = np.flatnonzero(masks[rarest][types]) - rarest
    first = first[(first >= 0) & (first + len(masks) <= len(types))]
    for place, mask in enumerate(masks):
        if place != rarest:
            first = first[mask[types[first + place]]]
    return first


def _blocks(segment: Segment, docs: NDArray[np.int32]) -> Iterator[NDArray[np.int32]]:
    """The articles, BLOCK tokens at a time."""
    if not len(docs):
        return
    tokens = np.cumsum(segment.stream_offsets[docs + 1] - segment.stream_offsets[docs], dtype=np.int64)
    cuts = np.searchsorted(tokens, np.arange(BLOCK, int(tokens[-1]) + 1, BLOCK), "right")
    for block in np.split(docs, np.unique(cuts)):
        if len(block):
            yield block


def _in_block(segment: Segment, docs: NDArray[np.int32], masks: Sequence[Mask], rarest: int) -> Postings:
    starts = segment.stream_offsets[docs].astype(np.int64)
    stops = segment.stream_offsets[docs + 1].astype(np.int64)
    lengths = stops - starts
    if stops[-1] - starts[0] <= 2 * lengths.sum():  # near enough to each other to read what is between too
        types = segment.stream[starts[0] : stops[-1]]
        starts, stops = starts - starts[0], stops - starts[0]
    else:
        begins = np.cumsum(lengths) - lengths
        types = segment.stream[np.repeat(starts - begins, lengths) + np.arange(lengths.sum())]
        starts, stops = begins, begins + lengths
    first = row_places(types, masks, rarest)
    rows = np.searchsorted(starts, first, "right") - 1
    inside = first + len(masks) <= stops[rows]
    counts = np.bincount(rows[inside], minlength=len(docs))
    kept = np.flatnonzero(counts)
    return Postings(docs[kept], np.minimum(counts[kept], np.iinfo(np.uint16).max).astype(np.uint16))

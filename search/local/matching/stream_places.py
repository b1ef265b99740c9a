"""Reads runs of a segment's stream, and says which articles stand at places of it."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.storage.postings import MAX_FREQUENCY, NO_POSTINGS, Postings
from search.local.segments.segment import Segment

TOKENS_READ = 2_000_000  # tokens of a block

StreamPlaces = NDArray[np.int64]  # ascending


def token_runs(
    segment: Segment, starts: NDArray[Any], stops: NDArray[Any]
) -> Iterator[tuple[StreamPlaces, NDArray[np.uint32]]]:
    """Runs of the stream, block by block: the places, and the types of the tokens there."""
    lengths = stops.astype(np.int64) - starts
    ends = lengths.cumsum()
    cuts = ends.searchsorted(np.arange(TOKENS_READ, int(lengths.sum()) + 1, TOKENS_READ), "right")
    for block in np.split(np.arange(len(starts)), np.unique(cuts)):
        sizes = lengths[block]
        begins = sizes.cumsum() - sizes
        places = np.repeat(starts[block].astype(np.int64) - begins, sizes) + np.arange(int(sizes.sum()))
        yield places, segment.stream.take(places)


def articles_at(segment: Segment, places: StreamPlaces) -> Postings:
    """The live articles that have the places, and how many of them."""
    if not len(places):
        return NO_POSTINGS
    docs, counts = np.unique(segment.stream_offsets.searchsorted(places, "right") - 1, return_counts=True)
    if segment.live is not None:
        kept = segment.live[docs]
        docs, counts = docs[kept], counts[kept]
    return Postings(docs.astype(np.int32), np.minimum(counts, MAX_FREQUENCY).astype(np.uint16))


def title_runs(segment: Segment, docs: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the titles of articles begin and end in the stream."""
    starts = segment.stream_offsets[docs]
    return starts, starts + segment.titles[docs]

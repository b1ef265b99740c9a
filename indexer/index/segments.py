"""Reads an index's segments back with their article ids, and says which articles are live."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.store.store import Store
from indexer.index.schema import ARRAYS_EXTENSION
from indexer.registry.update import NameColumn
from indexer.storage.arrays import ArrayFile

VERSION_BITS = 20

ArticleVersions = NDArray[np.int64]  # id << VERSION_BITS | version


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """A segment: Whoosh's object, the arrays beside it, which of its articles are live."""

    segment: Any
    first: int  # its first document number in the whole index
    arrays: ArrayFile
    live: NDArray[np.bool_]

    @property
    def live_count(self) -> int:
        """Articles not deleted."""
        return int(np.count_nonzero(self.live))

    def names(self) -> NameColumn:
        """The names in its live articles."""
        return NameColumn.of(self.segment.segment_id(), self.arrays, self.live)

    def pairs(self) -> ArticleVersions:
        """Its live articles."""
        return paired_numbers(self.arrays["ids"][self.live], self.arrays["versions"][self.live])


def changed_articles(store: Store, after: int) -> tuple[NDArray[np.int64], ArticleVersions]:
    """Ids of all articles touched after a revision, and those of them that are now to be indexed."""
    touched, fresh = array("q"), array("q")
    for change in store.changes(after):
        touched.append(change.id)
        if not change.removed:
            fresh.append(change.id << VERSION_BITS | change.version)
    return np.array(touched, np.int64), np.array(fresh, np.int64)


def paired_numbers(ids: NDArray[np.int64], versions: NDArray[np.int32]) -> ArticleVersions:
    """Ids and versions as one number each."""
    return ids << VERSION_BITS | versions


def open_segments(folder: Path, segments: Iterable[Any]) -> list[OpenSegment]:
    """Whoosh's segments with the arrays beside them."""
    found: list[OpenSegment] = []
    first = 0
    for segment in segments:
        live = np.ones(segment.doc_count_all(), np.bool_)
        live[list(segment.deleted_docs())] = False
        found.append(OpenSegment(segment, first, ArrayFile(folder / (segment.segment_id() + ARRAYS_EXTENSION)), live))
        first += len(live)
    return found

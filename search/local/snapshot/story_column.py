"""Says which articles of a segment are of a story, and of which."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.reprints.reprint_groups import Stories
from search.local.matching.match import Docs
from search.local.segments.joined import JoinedSegments
from search.local.segments.segment import Segment

StoryNumbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class StoryColumn:
    """The articles of a segment that are of a story, ascending, and the stories' numbers."""

    docs: Docs
    numbers: StoryNumbers

    @classmethod
    def of(cls, segment: Segment | JoinedSegments, stories: Stories) -> "StoryColumn":
        """The column of one segment."""
        ids = np.array(sorted(stories.numbers), np.int64)
        docs = np.flatnonzero(np.isin(segment.ids, ids)).astype(np.int32)
        numbers = [stories.numbers[id] for id in segment.ids[docs].tolist()]
        return cls(docs, np.array(numbers, np.int32))

    def among(self, docs: Docs) -> tuple[NDArray[np.int64], StoryNumbers]:
        """Places in `docs` (ascending) of articles of a story, and the stories' numbers."""
        some, others = (docs, self.docs) if len(docs) < len(self.docs) else (self.docs, docs)
        places = np.searchsorted(others, some)
        places[places == len(others)] = 0
        kept = np.flatnonzero(others[places] == some) if len(others) else np.empty(0, np.int64)
        if some is docs:
            return kept, self.numbers[places[kept]]
        return places[kept], self.numbers[kept]

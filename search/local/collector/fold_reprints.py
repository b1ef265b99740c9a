"""Picks of each story the best of its found articles in the order asked for; the others are told beside it.

What it costs depends on how many of the found articles are reprints or were reprinted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.reprints.reprint_groups import Stories
from search.engine import ArticleKey, IndexedArticle
from search.local.collector.top_hits import Candidates, OrderedCandidates, SegmentArticle, segment_articles
from search.local.matching.match import Docs
from search.local.snapshot.story_column import StoryColumn, StoryNumbers


@dataclass(frozen=True, slots=True)
class FoldedStories:
    """Found articles, their stories told apart; `docs` and `numbers`: those of a story, story by story."""

    found: Candidates
    hidden: NDArray[np.int64]  # places in found.docs: all of a story but its best
    docs: Docs
    numbers: StoryNumbers

    @classmethod
    def of(cls, column: StoryColumn, ordered: OrderedCandidates) -> "FoldedStories":
        """The articles under the best of their story."""
        found = ordered.found
        places, numbers = column.among(found.docs)
        order = np.lexsort((*(key(places) for key in reversed(ordered.keys)), numbers))
        numbers = numbers[order]
        followed = np.append(numbers[1:] == numbers[:-1], np.zeros(min(1, len(numbers)), np.bool_))
        return cls(found, places[order[followed]], found.docs[places[order]], numbers)

    def story(self, number: int) -> list[SegmentArticle]:
        """The found articles of a story."""
        start, stop = np.searchsorted(self.numbers, [number, number + 1]).tolist()
        return segment_articles(self.found, self.docs[start:stop], np.zeros(stop - start, np.float32))


def others_of(article: IndexedArticle, stories: Stories, folded: Sequence[FoldedStories]) -> Iterator[ArticleKey]:
    """The found articles of the article's story but itself, as they were printed."""
    id, _ = article.key
    if id in stories.numbers:
        found = {other.key[0]: other.key for some in folded for other in some.story(stories.numbers[id])}
        yield from (found[other] for other in stories.story(id) if other in found and other != id)


def stories_among(column: StoryColumn, docs: Docs) -> int:
    """How many stories the articles tell, those that stand alone among them."""
    places, numbers = column.among(docs)
    return len(docs) - len(places) + len(np.unique(numbers))

"""Picks of each story the best of its found articles in the order asked for; the others are told beside it.

What it costs depends on how many of the found articles are reprints or were reprinted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.reprints.reprint_groups import Stories
from search.engine import ArticleKey, IndexedArticle
from search.local.collector.top_hits import Candidates, SegmentArticle, TermWeights, segment_articles
from search.local.matching.bm25 import EVERYWHERE, scores, sort_keys
from search.local.matching.match import Docs
from search.local.snapshot.snapshot import Snapshot
from search.local.snapshot.story_column import StoryColumn, StoryNumbers
from search.request import Sort


@dataclass(frozen=True, slots=True)
class FoldedStories:
    """Found articles, their stories told apart; `docs` and `numbers`: those of a story, story by story."""

    found: Candidates
    hidden: NDArray[np.int64]  # places in found.docs: all of a story but its best
    docs: Docs
    numbers: StoryNumbers

    @classmethod
    def of(cls, column: StoryColumn, found: Candidates, worth: TermWeights, sort: Sort) -> "FoldedStories":
        """The articles under the best of their story."""
        places, numbers = column.among(found.docs)
        docs = found.docs[places]
        score = scores(found.match, docs, found.view.norms, worth if sort == "relevance" else {})
        first = [key(places) for key in found.first]
        keys = (*first, *(key(EVERYWHERE) for key in sort_keys(found.match.segment, docs, sort, score)))
        order = np.lexsort((*reversed(keys), numbers))
        numbers = numbers[order]
        followed = np.append(numbers[1:] == numbers[:-1], np.zeros(min(1, len(numbers)), np.bool_))
        return cls(found, places[order[followed]], docs[order], numbers)

    def story(self, number: int) -> list[SegmentArticle]:
        """The found articles of a story."""
        start, stop = np.searchsorted(self.numbers, [number, number + 1]).tolist()
        return segment_articles(self.found, self.docs[start:stop], np.zeros(stop - start, np.float32))


def fold(snapshot: Snapshot, found: Sequence[Candidates], worth: TermWeights, sort: Sort) -> list[FoldedStories]:
    """The articles of each segment, folded."""
    pairs = zip(snapshot.story_columns, found, strict=False)  # nothing may be found of any segment
    return [FoldedStories.of(column, some, worth, sort) for column, some in pairs]


def best_of_stories(folded: Sequence[FoldedStories]) -> list[Candidates]:
    """What stands on the pages: one article of each story."""
    return [replace(some.found, hidden=some.hidden) for some in folded]


def others_of(article: IndexedArticle, stories: Stories, folded: Sequence[FoldedStories]) -> Iterator[ArticleKey]:
    """The found articles of the article's story but itself, as they were printed."""
    id, _ = article.key
    if id in stories.numbers:
        found = {other.key[0]: other.key for some in folded for other in some.story(stories.numbers[id])}
        yield from (found[other] for other in stories.story(id) if other in found and other != id)

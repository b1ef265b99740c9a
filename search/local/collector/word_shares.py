"""Finds the articles that have some of a query's words, by how many and which they lack."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search.local.collector.top_hits import ArticleGroups, Candidates, TermWeights
from search.local.matching.match import Docs, DocSet, Match, among
from search.local.snapshot.snapshot import JoinedView, SegmentView
from search.query.most_words import HALF, LEAST_WEIGHT, WantedWords
from search.query.tree import Word

ROUNDING = 1e-5  # of sums of weights


class WordShares:
    """Which of the wanted words the articles have: of a short query to tell those that lack some, of a longer one to
    tell those that have half of them by weight."""

    def __init__(self, match: Match, wanted: WantedWords, weights: TermWeights, whole: DocSet | None = None) -> None:
        self._match, self._wanted = match, wanted  # the match of what else is asked for
        self._whole = whole  # the articles above the line; None where half of the words by weight are enough for that
        self._weights = np.array([weights[word] for word in wanted.words], np.float32)

    @property
    def above(self) -> DocSet:
        """The articles with half of the words by weight."""
        return DocSet(self._having(self._has_half))

    @property
    def below(self) -> DocSet:
        """The articles that have fewer words than those above, but are worth a look."""
        if self._whole is not None:
            docs = self._having(self._is_below[self._sets])
            return DocSet(docs[~among(docs, self._whole, self._match.segment.size)])
        enough = self._by_weight >= LEAST_WEIGHT * self._weights.sum()
        return DocSet(self._having(enough & ~self._has_half))

    def candidates(self, view: SegmentView | JoinedView, docs: Docs) -> Candidates:
        """Articles below the line; of a short query those that lack the same words together."""
        if self._whole is None:
            return Candidates(view, self._match, docs)
        return Candidates(
            view, self._match, docs, (), ArticleGroups(self._sets[docs], self._set_weights, self._lacking)
        )

    def _lacking(self, present: int) -> tuple[Word, ...]:
        """The words that a set of words lacks."""
        return tuple(word for number, word in enumerate(self._wanted.words) if not present >> number & 1)

    def _having(self, kept: NDArray[np.bool_]) -> Docs:
        docs = self._match.docs
        return docs[kept[docs]]

    @cached_property
    def _sets(self) -> NDArray[np.uint8]:
        """By article, which of the few words it has, a bit each."""
        sets = np.zeros(self._match.segment.size, np.uint8)
        for number, word in enumerate(self._wanted.words):
            sets[self._match.postings(word).docs] |= np.uint8(1 << number)
        return sets

    @cached_property
    def _set_weights(self) -> NDArray[np.float32]:
        """By set of words: what they weigh together."""
        weights = np.zeros(1, np.float32)
        for weight in self._weights:
            weights = np.append(weights, weights + weight)
        return weights

    @cached_property
    def _is_below(self) -> NDArray[np.bool_]:
        """By set of words, whether it is at least half of them."""
        counts = np.array([number.bit_count() for number in range(len(self._set_weights))])
        enough: NDArray[np.bool_] = self._set_weights >= HALF * self._weights.sum() - ROUNDING
        return enough | (counts >= HALF * len(self._weights))

    @cached_property
    def _has_half(self) -> NDArray[np.bool_]:
        enough: NDArray[np.bool_] = self._by_weight >= HALF * self._by_weight.max(initial=0) - ROUNDING
        return enough

    @cached_property
    def _by_weight(self) -> NDArray[np.float32]:
        """By article: what the words that it has weigh together."""
        found = np.zeros(self._match.segment.size, np.float32)
        for word, weight in zip(self._wanted.words, self._weights, strict=True):
            every = self._match.frequencies(word)
            if every is None:
                found[self._match.postings(word).docs] += weight
            else:
                found += weight * (every > 0)
        return found

"""Picks the best of the found articles for a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.annotation import Kind
from search.engine import ArticleKey, MatchedRange, NameInArticle
from search.local.matching.bm25 import EVERYWHERE, Bm25Scores, OrderKey, best, scores, sort_keys
from search.local.matching.match import Docs, Match, SegmentMatch
from search.local.matching.positions import matched_ranges
from search.local.ranking.second_stage import RankedScores, ranked_scores
from search.local.snapshot.snapshot import JoinedView, SegmentView
from search.query.tree import Phrase, Term, Word
from search.request import Sort

RANKED_ARTICLES = 300  # the best by BM25, that are ranked anew; the others follow as they are
NOWHERE = np.empty(0, np.int64)

TermWeights = Mapping[Term | Phrase, float]
ScoreParts = Mapping[str, float]
NO_PARTS: ScoreParts = {}


class SegmentArticle(NamedTuple):
    """A found article: its segment, the match there, its number, its score and what that is made of, what it lacks."""

    view: SegmentView
    match: SegmentMatch
    doc: int
    score: float
    score_parts: ScoreParts = NO_PARTS
    lacking: tuple[Word, ...] = ()

    @property
    def key(self) -> ArticleKey:
        """Its id and version."""
        return int(self.view.segment.ids[self.doc]), int(self.view.segment.versions[self.doc])

    def ranges(self, items: Sequence[Term | Phrase], text: str) -> list[MatchedRange]:
        """Where the items stand in its text."""
        return matched_ranges(self.match, self.doc, items, text)

    def names(self, kind: Kind) -> list[NameInArticle]:
        """Who is named in it, by the alphabet of those who are meant."""
        named = self.view.values[kind].named
        found = sorted(self.view.facets[kind].named(self.doc), key=itemgetter(2))
        return [NameInArticle(name, label, *named(number)) for name, label, number in found]


as_article = partial(tuple.__new__, SegmentArticle)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Articles of one segment, or of all as one, that may stand on the page."""

    view: SegmentView | JoinedView
    match: Match
    docs: Docs
    first: tuple[OrderKey, ...] = ()  # what goes before any other order
    groups: "ArticleGroups | None" = None


@dataclass(frozen=True, slots=True)
class ArticleGroups:
    """Articles that lack the same words of a query stand together; the group of the best article goes first."""

    groups: NDArray[np.uint8]  # by place of the article
    worth: Bm25Scores  # by group: what the words that it has weigh together
    lacking: Callable[[int], tuple[Word, ...]]  # by group

    def key(self, first: NDArray[np.int64], scores: Bm25Scores) -> OrderKey:
        """What the articles are ordered by; `first`: places of those that are ranked, with scores."""
        best_score = np.full(len(self.worth), -np.inf, np.float32)
        np.maximum.at(best_score, self.groups[first], scores)
        order = np.empty(len(self.worth), np.int64)
        order[np.lexsort((self.worth, best_score))] = np.arange(len(order))
        return lambda places: order.take(self.groups[places])


class OrderedCandidates:
    """Candidates with all that they are ordered by; `anew`: the best of them by BM25 are ranked once more."""

    def __init__(self, found: Candidates, weights: TermWeights, sort: Sort, anew: bool) -> None:
        self.found, self._weights = found, weights
        self._by_score = sort == "relevance"
        self._score = scores(found.match, found.docs, found.view.norms, weights if self._by_score else {})
        self.keys: tuple[OrderKey, ...] = (
            *found.first,
            *sort_keys(found.match.segment, found.docs, sort, self._score),
        )
        self._ranked: RankedScores | None = None
        self._first = NOWHERE  # places of those that are ranked anew, ascending
        if anew and self._by_score and weights:
            self._rank_anew(sort)
        if found.groups:
            self.keys = (found.groups.key(self._first, self._score[self._first]), *self.keys)

    def _rank_anew(self, sort: Sort) -> None:
        """The best by BM25 stand before all others, in an order of their own."""
        found = self.found
        self._first = np.sort(best(self.keys, len(found.docs), RANKED_ARTICLES))
        if not len(self._first):
            return
        self._ranked = ranked_scores(found.view, found.match, found.docs[self._first], self._weights)
        order = self._score.copy()
        order[self._first] = self._ranked.total + (self._score.max() - self._ranked.total.min() + 1)
        self._score[self._first] = self._ranked.total
        self.keys = (*found.first, *sort_keys(found.match.segment, found.docs, sort, order))

    def page(self, start: int, count: int, hidden: NDArray[np.int64] = NOWHERE) -> list[SegmentArticle]:
        """`count` articles from the `start`-th best on but for those at the hidden places."""
        keys, found = self.keys, self.found
        if len(hidden):
            keys = (hidden_last(keys[0](EVERYWHERE), hidden).__getitem__, *keys[1:])
        top = best(keys, len(found.docs), min(start + count, len(found.docs) - len(hidden)))[start:]
        score = self._score[top]
        if not self._by_score:  # scores are worked out of ascending articles
            order = top.argsort()
            score[order] = scores(found.match, found.docs[top[order]], found.view.norms, self._weights)
        articles = segment_articles(found, found.docs[top], score)
        if found.groups:
            lacking = map(found.groups.lacking, found.groups.groups[top].tolist())
            articles = [one._replace(lacking=words) for one, words in zip(articles, lacking, strict=True)]
        return [one._replace(score_parts=self._parts(place)) for one, place in zip(articles, top, strict=True)]

    def _parts(self, place: int) -> ScoreParts:
        """What the score of the article at a place is made of."""
        at = int(self._first.searchsorted(place))
        if self._ranked is None or at == len(self._first) or self._first[at] != place:
            return NO_PARTS
        return {name: float(values[at]) for name, values in self._ranked.parts.items()}


def hidden_last(key: NDArray[Any], places: NDArray[np.int64]) -> NDArray[Any]:
    """The key with the least there is at these places."""
    key = key.copy()
    key[places] = -np.inf if key.dtype.kind == "f" else np.iinfo(key.dtype).min
    return key


def segment_articles(some: Candidates, docs: Docs, score: Bm25Scores) -> list[SegmentArticle]:
    """Articles in the segments that they are of."""
    if isinstance(some.view, SegmentView):
        own = zip(docs.tolist(), score.tolist(), strict=True)
        return [SegmentArticle(some.view, some.match.part(0), doc, value) for doc, value in own]
    parts, own_docs = some.view.segment.located(docs)
    of_parts = map(some.view.parts.__getitem__, parts), map(some.match.part, parts)
    return list(map(as_article, zip(*of_parts, own_docs, score.tolist(), repeat(NO_PARTS), repeat(()))))

"""Picks the best of the found articles for a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.annotation import Kind
from search.engine import ArticleKey, MatchedRange, NameInArticle
from search.local.matching.bm25 import EVERYWHERE, Bm25Scores, OrderKey, best, scores, sort_keys
from search.local.matching.match import Docs, Match, SegmentMatch
from search.local.matching.positions import matched_ranges
from search.local.snapshot.snapshot import JoinedView, SegmentView
from search.query.tree import Phrase, Term
from search.request import Sort

NOWHERE = np.empty(0, np.int64)

TermWeights = Mapping[Term | Phrase, float]


class SegmentArticle(NamedTuple):
    """A found article: its segment, the match there, its number and its score."""

    view: SegmentView
    match: SegmentMatch
    doc: int
    score: float

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
    """Articles of one segment that may stand on the page, but for those at the `hidden` places; `first`: what goes
    before any other order."""

    view: SegmentView | JoinedView
    match: Match
    docs: Docs
    first: tuple[OrderKey, ...] = ()
    hidden: NDArray[np.int64] = field(default_factory=lambda: NOWHERE)


def best_articles(
    found: Sequence[Candidates], weights: TermWeights, sort: Sort, start: int, count: int
) -> list[SegmentArticle]:
    """`count` articles from the `start`-th best on; all segments are one part, or there is none."""
    if not found:
        return []
    (some,) = found
    by_score = sort == "relevance"
    score = scores(some.match, some.docs, some.view.norms, weights if by_score else {})
    keys = (*some.first, *sort_keys(some.match.segment, some.docs, sort, score))
    if len(some.hidden):
        keys = (hidden_last(keys[0](EVERYWHERE), some.hidden).__getitem__, *keys[1:])
    top = best(keys, len(some.docs), min(start + count, len(some.docs) - len(some.hidden)))[start:]
    score = score[top]
    if not by_score:  # scores are worked out of ascending articles
        order = top.argsort()
        score[order] = scores(some.match, some.docs[top[order]], some.view.norms, weights)
    return segment_articles(some, some.docs[top], score)


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
    return list(map(as_article, zip(*of_parts, own_docs, score.tolist(), strict=True)))

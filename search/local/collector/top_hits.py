"""Matches of all segments in, the places of one page out, the best first; also of articles with most of the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.local.collector.filters import Constrained
from search.local.matching.bm25 import EVERYWHERE, Key, Score, best, scores, sort_keys, weights
from search.local.matching.match import Docs, Found, Match, SegmentMatch
from search.local.snapshot.snapshot import Snapshot, View, WholeView
from search.query.parser import Query
from search.query.tree import And, Node, Phrase, Term, Word, both
from search.request import SearchRequest, Sort

FEWEST_WORDS = 3  # a query of so many words may match in part: by two words at least
SHORT = 5  # so many words are counted: more than half of them; more are weighed
LEAST_WEIGHT = 0.15  # of the idf of all words: nDCG@10 of events .658, recall@100 .787; with .25: .656, .746

NOWHERE = np.empty(0, np.int64)

Weights = Mapping[Term | Phrase, float]


class Place(NamedTuple):
    """A found article: its segment, the match there, its number and its score."""

    view: View
    match: SegmentMatch
    doc: int
    score: float

    @property
    def article(self) -> tuple[int, int]:
        """Its id and version."""
        return int(self.view.segment.ids[self.doc]), int(self.view.segment.versions[self.doc])


as_place = partial(tuple.__new__, Place)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Articles of one segment that may stand on the page, but for those at the `hidden` places; `first`: what goes
    before any other order."""

    view: View | WholeView
    match: Match
    docs: Docs
    first: tuple[Key, ...] = ()
    hidden: NDArray[np.int64] = field(default_factory=lambda: NOWHERE)


def ranked(found: Sequence[Candidates], weights: Weights, sort: Sort, start: int, count: int) -> list[Place]:
    """`count` places from the `start`-th best on; all segments are one part, or there is none."""
    if not found:
        return []
    (some,) = found
    by_score = sort == "relevance"
    score = scores(some.match, some.docs, some.view.norms, weights if by_score else {})
    keys = (*some.first, *sort_keys(some.match.segment, some.docs, sort, score))
    if len(some.hidden):
        keys = (lowered(keys[0](EVERYWHERE), some.hidden).__getitem__, *keys[1:])
    top = best(keys, len(some.docs), min(start + count, len(some.docs) - len(some.hidden)))[start:]
    score = score[top]
    if not by_score:  # scores are worked out of ascending articles
        order = top.argsort()
        score[order] = scores(some.match, some.docs[top[order]], some.view.norms, weights)
    return placed(some, some.docs[top], score)


def lowered(key: NDArray[Any], places: NDArray[np.int64]) -> NDArray[Any]:
    """The key with the least there is at these places."""
    key = key.copy()
    key[places] = -np.inf if key.dtype.kind == "f" else np.iinfo(key.dtype).min
    return key


def placed(some: Candidates, docs: Docs, score: Score) -> list[Place]:
    """Articles in the segments that they are of."""
    if isinstance(some.view, View):
        own = zip(docs.tolist(), score.tolist(), strict=True)
        return [Place(some.view, some.match.part(0), doc, value) for doc, value in own]
    parts, own_docs = some.view.segment.located(docs)
    of_parts = map(some.view.parts.__getitem__, parts), map(some.match.part, parts)
    return list(map(as_place, zip(*of_parts, own_docs, score.tolist(), strict=True)))


def with_most_words(
    snapshot: Snapshot, matches: Sequence[Match], query: Query, request: SearchRequest
) -> list[Candidates]:
    """Articles that have most of a query's words, phrases taken apart, and all else that it asks for; `matches` are
    those of the whole query. A short query counts its words, a long one (a pasted headline) weighs them."""
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    words = tuple(dict.fromkeys(word for part in parts for word in plain_words(part)))
    if len(words) < FEWEST_WORDS or len(parts) < 2:
        return []
    required = both(part for part in parts if not plain_words(part))
    loose = [Match(view.segment, required) for view in snapshot.searched]
    weight = weights(loose, words, snapshot.articles)
    found = []
    for view, match, whole in zip(snapshot.searched, loose, matches, strict=True):
        counts, shares = word_counts(match, words, weight)
        if len(words) <= SHORT:
            kept = counts * 2 > len(words)
        else:
            kept = (counts > 1) & (shares >= LEAST_WEIGHT * sum(weight.values()))
        kept[whole.docs] = False
        docs = Constrained(snapshot, view, Found(match.docs[kept[match.docs]]), request).docs
        found.append(Candidates(view, match, docs, (counts[docs].__getitem__,) if len(words) <= SHORT else ()))
    return found


def plain_words(part: Node) -> tuple[Word, ...]:
    """The words of a word or of a phrase of words; none of anything else."""
    terms = part.terms if isinstance(part, Phrase) else (part,)
    words = tuple(term for term in terms if isinstance(term, Word))
    return words if len(words) == len(terms) else ()


def word_counts(match: Match, words: Sequence[Word], weight: Weights) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """By article, how many of the words it has and their weight together."""
    counts = np.zeros(match.segment.size, np.uint8)
    shares = np.zeros(match.segment.size, np.float32)
    for word in words:
        docs = match.postings(word).docs
        counts[docs] += 1
        shares[docs] += weight[word]
    return counts, shares

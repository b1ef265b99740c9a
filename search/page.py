"""Matches of all segments in, the places of one page out, the best first; also of articles with most of the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from search.constraints import Constrained
from search.language import And, Phrase, Query, Term, Word, both
from search.matching import Docs, Match, SegmentMatch
from search.ranking import Keys, Score, best, scores, sort_keys
from search.request import SearchRequest, Sort
from search.snapshot import Snapshot, View, WholeView

FEWEST_WORDS = 3  # a query of so many words may match in part: by two words at least

Weights = Mapping[Term | Phrase, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A found article: its segment, the match there, its number and its score."""

    view: View
    match: SegmentMatch
    doc: int
    score: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Articles of one segment that may stand on the page; `first`: what goes before any other order."""

    view: View | WholeView
    match: Match
    docs: Docs
    first: Keys = ()


def ranked(found: Sequence[Candidates], weights: Weights, sort: Sort, start: int, count: int) -> list[Place]:
    """`count` places from the `start`-th best on."""
    kept: list[tuple[Candidates, Docs, Keys, Score]] = []
    for some in found:
        by_score = sort == "relevance"
        score = scores(some.match, some.docs, some.view.norms, weights if by_score else {})
        keys = (*some.first, *sort_keys(some.match.segment, some.docs, sort, score))
        top = best(keys, start + count)
        docs = some.docs[top]
        shown = score[top] if by_score else scores(some.match, docs, some.view.norms, weights)
        kept.append((some, docs, tuple(key[top] for key in keys), shown))
    if not kept:
        return []
    keys = tuple(map(np.concatenate, zip(*(keys for _, _, keys, _ in kept), strict=True)))
    places = [
        placed(some, doc, value)
        for some, docs, _, shown in kept
        for doc, value in zip(docs.tolist(), shown.tolist(), strict=True)
    ]
    return [places[place] for place in best(keys, start + count)[start:].tolist()]


def placed(some: Candidates, doc: int, score: float) -> Place:
    """An article in the segment that it is of."""
    if isinstance(some.view, View):
        return Place(some.view, some.match.parts[0], doc, score)
    part, own = some.view.segment.located(doc)
    return Place(some.view.parts[part], some.match.parts[part], own, score)


def with_most_words(snapshot: Snapshot, query: Query, request: SearchRequest) -> list[Candidates]:
    """Articles with more than half of a query's plain words, not all, and all else that it asks for."""
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    words = [part for part in parts if isinstance(part, Word)]
    if len(words) < FEWEST_WORDS:
        return []
    required = both(part for part in parts if not isinstance(part, Word))
    found = []
    for view in snapshot.searched:
        match = Match(view.segment, required)
        counts = match.word_counts(words)
        here = counts[match.docs]
        most = match.docs[(here > len(words) / 2) & (here < len(words))]
        docs = Constrained(snapshot, view, most, request).docs
        found.append(Candidates(view, match, docs, (counts[docs],)))
    return found

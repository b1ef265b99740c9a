"""Puts the score of each article together from parts that can be told.

BM25 found the articles; they are looked into once more: where the words stand, how near each other, what the article is
about and what it shares with the best. The sum of the parts is the score.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.senses.centroids import centroid, nearness
from search.local.matching.bm25 import K1, item_frequencies
from search.local.matching.match import Docs, Match
from search.local.ranking.beginnings import LEAD_TOKENS, Beginnings, Occurrences, beginnings, occurrences, title_sizes
from search.local.ranking.feedback import feedback
from search.local.ranking.proximity import proximity
from search.local.ranking.recipes import Recipe, recipe
from search.local.snapshot.snapshot import JoinedView, SegmentView
from search.query.tree import Capital, Exact, Phrase, Term, Word

Scores = NDArray[np.float32]


class RankedScores(NamedTuple):
    """The score of each article, and its parts."""

    total: Scores
    parts: Mapping[str, Scores]


def ranked_scores(
    view: SegmentView | JoinedView, match: Match, docs: Docs, weights: Mapping[Term | Phrase, float]
) -> RankedScores:
    """The scores of some articles, ascending, for a query of the weighed words and phrases."""
    terms = list(
        dict.fromkeys(term for item in weights for term in (item.terms if isinstance(item, Phrase) else (item,)))
    )
    wanted = recipe(len(terms))
    read = list(beginnings(view, docs))
    found = occurrences(read, terms)
    norms = view.norms.take(docs) / np.float32(K1)
    parts = _words(match, docs, norms, weights, terms, read, found, wanted)
    whole = sum(weights.values())
    rarities = [weights.get(term, 0.0) for term in terms]
    if wanted.proximity:
        parts["proximity"] = np.float32(wanted.proximity) * proximity(found, rarities, len(docs))
    if wanted.vectors:
        parts["vectors"] = np.float32(wanted.vectors * whole) * _vectors(read, terms, len(docs))
    if wanted.feedback:
        ranking = np.sum(list(parts.values()), axis=0)
        ids = view.segment.ids.take(docs)
        lent = feedback(view.segment, read, ranking, norms * np.float32(K1), ids)
        parts["feedback"] = np.float32(wanted.feedback * len(terms)) * lent
    return RankedScores(np.sum(list(parts.values()), axis=0), parts)


def _words(
    match: Match,
    docs: Docs,
    norms: Scores,
    weights: Mapping[Term | Phrase, float],
    terms: list[Term],
    read: list[Beginnings],
    found: Occurrences,
    wanted: Recipe,
) -> dict[str, Scores]:
    """BM25 of the words, what titles and leads add to it, and what it loses where words are lacking."""
    titles = title_sizes(read, len(docs)).take(found.row)
    shape = len(terms), len(docs)
    cells = found.term * len(docs) + found.row
    in_title = found.place < titles
    in_lead = ~in_title & (found.place < titles + LEAD_TOKENS)
    title, lead = (
        np.bincount(cells[kept], minlength=shape[0] * shape[1]).reshape(shape) for kept in (in_title, in_lead)
    )
    sums = np.zeros((3, len(docs)), np.float32)
    had = np.zeros(len(docs), np.float32)
    for item, weight in weights.items():
        rows = [terms.index(term) for term in (item.terms if isinstance(item, Phrase) else (item,))]
        plain = item_frequencies(match, item, docs).astype(np.float32)
        with_title = plain + (wanted.title - 1) * title[rows].min(axis=0)
        with_lead = with_title + (wanted.lead - 1) * lead[rows].min(axis=0)
        for total, times in zip(sums, (plain, with_title, with_lead), strict=True):
            total += weight * (wanted.k1 + 1) * times / (times + wanted.k1 * norms)
        had += weight * (plain > 0)
    parts: dict[str, Scores] = {"words": sums[0], "title": sums[1] - sums[0], "lead": sums[2] - sums[1]}
    if wanted.coordination:
        share = had / np.float32(sum(weights.values()) or 1)
        parts["coordination"] = sums[2] * (share ** np.float32(wanted.coordination) - 1)
    return parts


def _vectors(read: list[Beginnings], terms: list[Term], size: int) -> Scores:
    """How near each article lies to the query."""
    found = np.zeros(size, np.float32)
    vector = centroid([term.form for term in terms if isinstance(term, Word | Exact | Capital)])
    if vector is not None:
        for some in read:
            found[some.rows] = nearness(vector, some.segment.centroids[some.docs])
    return found

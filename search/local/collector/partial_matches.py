"""Finds articles that have most of a query's words, not all."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.local.collector.field_articles import view_match
from search.local.collector.filters import FilteredMatch
from search.local.collector.top_hits import Candidates, TermWeights
from search.local.matching.bm25 import weights
from search.local.matching.match import DocSet, Match
from search.local.snapshot.snapshot import Snapshot
from search.query.most_words import LEAST_WEIGHT, most_words
from search.query.tree import Node, Word
from search.request import SearchRequest


def with_most_words(
    snapshot: Snapshot, matches: Sequence[Match], tree: Node, request: SearchRequest
) -> list[Candidates]:
    """Articles that have most of a query's words and all else that it asks for; `matches` are those of the whole
    query."""
    wanted = most_words(tree)
    if not wanted:
        return []
    loose = [view_match(snapshot, view, wanted.required) for view in snapshot.searched]
    weight = weights(loose, wanted.words, snapshot.articles)
    found = []
    for view, match, whole in zip(snapshot.searched, loose, matches, strict=True):
        counts, shares = word_counts(match, wanted.words, weight)
        if wanted.are_counted:
            kept = counts * 2 > len(wanted.words)
        else:
            kept = (counts > 1) & (shares >= LEAST_WEIGHT * sum(weight.values()))
        kept[whole.docs] = False
        docs = FilteredMatch(snapshot, view, DocSet(match.docs[kept[match.docs]]), request).docs
        found.append(Candidates(view, match, docs, (counts[docs].__getitem__,) if wanted.are_counted else ()))
    return found


def word_counts(
    match: Match, words: Sequence[Word], weight: TermWeights
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """By article, how many of the words it has and their weight together."""
    counts = np.zeros(match.segment.size, np.uint8)
    shares = np.zeros(match.segment.size, np.float32)
    for word in words:
        docs = match.postings(word).docs
        counts[docs] += 1
        shares[docs] += weight[word]
    return counts, shares

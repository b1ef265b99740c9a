"""Matches in, the best first out: BM25, a word's lemmas as one group, over all segments as if they were one.

idf and average length are those of all live articles; lengths are exact. A phrase counts as one term, as rare as its
words together and as frequent as the phrase. Equal scores: the newer first, then the smaller id; the undated last.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.codec import Postings
from search.language import Phrase, Term
from search.matching import Docs, Match
from search.request import Sort
from search.segment import Segment
from search.whole import Whole

K1 = 1.2
B = 0.75

Score = NDArray[np.float32]
Keys = tuple[NDArray[Any], ...]  # the first decides, the next where it is equal; larger is better

MOST_COMMON = 8  # a term this many times rarer than the articles to be scored is spread over them, not looked up


def length_norms(lengths: NDArray[np.int32], average: float) -> Score:
    """The part of BM25 that depends on the article alone."""
    return (K1 * (1 - B + B * lengths / max(average, 1.0))).astype(np.float32)


def weights(matches: Sequence[Match], items: Sequence[Term | Phrase], articles: int) -> dict[Term | Phrase, float]:
    """The inverse document frequency of each term; of a phrase the sum of its terms'."""

    def weight(term: Term) -> float:
        found = sum(len(match.postings(term).docs) for match in matches)
        return math.log(1 + (articles - found + 0.5) / (found + 0.5))

    return {item: sum(map(weight, item.terms)) if isinstance(item, Phrase) else weight(item) for item in items}


def scores(match: Match, docs: Docs, norms: Score, weights: Mapping[Term | Phrase, float]) -> Score:
    """BM25 of each of the articles."""
    found = np.zeros(len(docs), np.float32)
    if not len(docs):
        return found
    own = norms[docs]
    for item, weight in weights.items():
        postings = match.postings(item)
        factor = np.float32(weight * (K1 + 1))
        if postings.docs is docs:
            freqs = postings.freqs.astype(np.float32)
            found += factor * freqs / (freqs + own)
        elif len(postings.docs) * MOST_COMMON < len(docs):
            places, kept = _places(postings.docs, docs)
            freqs = postings.freqs[kept].astype(np.float32)
            found[places] += factor * freqs / (freqs + own[places])
        else:
            freqs = _frequencies(postings, docs, match.segment.size)
            found += factor * freqs / (freqs + own)
    return found


def sort_keys(segment: Segment | Whole, docs: Docs, sort: Sort, score: Score) -> Keys:
    """What the articles are ordered by."""
    minutes = segment.minutes[docs]
    ids = -segment.ids[docs]
    if sort == "newest":
        return minutes, ids
    if sort == "oldest":
        return np.where(minutes < 0, np.iinfo(np.int64).min + 1, -minutes), ids  # the least is for what is hidden
    return score, minutes, ids


def best(keys: Keys, count: int) -> NDArray[np.int64]:
    """Places of the `count` largest, the largest first; the whole is never sorted."""
    kept = _largest(keys, count)
    return kept[np.lexsort([key[kept] for key in reversed(keys)])[::-1]]


def _largest(keys: Keys, count: int) -> NDArray[np.int64]:
    """Places of the `count` largest, in no order."""
    first, *others = keys
    if len(first) <= count or not count:
        return np.arange(min(len(first), count))
    threshold = np.partition(first, len(first) - count)[len(first) - count]
    above = np.flatnonzero(first > threshold)
    equal = np.flatnonzero(first == threshold)
    if others and len(above) + len(equal) > count:
        equal = equal[_largest(tuple(key[equal] for key in others), count - len(above))]
    return np.concatenate([above, equal[: count - len(above)]])


def _places(some: Docs, docs: Docs) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where those of `some` that are among `docs` stand there, and which they are."""
    places = np.searchsorted(docs, some)
    places[places == len(docs)] = 0
    kept = docs[places] == some
    return places[kept], kept


def _frequencies(postings: Postings, docs: Docs, size: int) -> NDArray[np.float32]:
    """How often the term stands in each of `docs`; 0 where it does not."""
    if len(docs) * MOST_COMMON < len(postings.docs):
        freqs = np.zeros(len(docs), np.float32)
        places, kept = _places(docs, postings.docs)
        freqs[kept] = postings.freqs[places]
        return freqs
    dense = np.zeros(size, np.float32)
    dense[postings.docs] = postings.freqs
    return dense[docs]

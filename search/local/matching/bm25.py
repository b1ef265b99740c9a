"""Weighs matches by BM25, a word's lemmas as one group, over all segments as if they were one, and picks the best.

idf and average length are those of all live articles; lengths are exact. A phrase counts as one term, as rare as its
words together and as frequent as the phrase. Equal scores: the newer first, then the smaller id; the undated last.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.storage.postings import Postings
from search.local.matching.match import Docs, Match, places_among
from search.local.segments.joined import JoinedSegments
from search.local.segments.segment import Segment
from search.query.tree import Phrase, Term
from search.request import Sort
from search.work import spend

K1 = 1.2
B = 0.75

Bm25Scores = NDArray[np.float32]
ArticlePlaces = NDArray[np.int64] | slice
OrderValues = NDArray[Any]
OrderKey = Callable[[ArticlePlaces], OrderValues]  # what the articles at some places are ordered by; larger is better

EVERYWHERE = slice(None)

PLACES_SORTED = 150  # so many are sorted by all keys in less time than the larger ones are told from the smaller
TIMES_RARER = 8  # a term this many times rarer than the articles to be scored is spread over them, not looked up


def length_norms(lengths: NDArray[np.int32], average: float) -> Bm25Scores:
    """The part of BM25 that depends on the article alone."""
    return (K1 * (1 - B + B * lengths / max(average, 1.0))).astype(np.float32)


def weights(matches: Sequence[Match], items: Sequence[Term | Phrase], articles: int) -> dict[Term | Phrase, float]:
    """The inverse document frequency of each term; of a phrase the sum of its terms'."""

    def weight(term: Term) -> float:
        found = sum(len(match.postings(term).docs) for match in matches)
        return math.log(1 + (articles - found + 0.5) / (found + 0.5))

    return {item: sum(map(weight, item.terms)) if isinstance(item, Phrase) else weight(item) for item in items}


def scores(match: Match, docs: Docs, norms: Bm25Scores, weights: Mapping[Term | Phrase, float]) -> Bm25Scores:
    """BM25 of each of the articles."""
    found = np.zeros(len(docs), np.float32)
    if not len(docs) or not weights:
        return found
    own = norms.take(docs)
    for item, weight in weights.items():
        postings, every = match.postings(item), match.frequencies(item)
        spend(len(docs), item)
        factor = np.float32(weight * (K1 + 1))
        if postings.docs is docs:
            found += _part(postings.freqs, own, factor)
        elif every is not None:
            found += _part(every.take(docs), own, factor)
        elif len(postings.docs) * TIMES_RARER < len(docs):
            places, kept = _places(postings.docs, docs)
            found[places] += _part(postings.freqs[kept], own.take(places), factor)
        else:
            found += _part(_frequencies(postings, docs, match.segment.size), own, factor)
    return found


def item_frequencies(match: Match, item: Term | Phrase, docs: Docs) -> NDArray[np.unsignedinteger[Any]]:
    """How often a term or phrase stands in each of the articles."""
    every = match.frequencies(item)
    return every.take(docs) if every is not None else _frequencies(match.postings(item), docs, match.segment.size)


def sort_keys(segment: Segment | JoinedSegments, docs: Docs, sort: Sort, score: Bm25Scores) -> tuple[OrderKey, ...]:
    """What the articles are ordered by."""

    def recency(places: ArticlePlaces) -> OrderValues:
        return segment.recency.take(docs[places])

    def earliness(places: ArticlePlaces) -> OrderValues:
        own = segment.minutes.take(docs[places])
        return np.where(own < 0, np.iinfo(np.int64).min + 1, -own)  # the least is for what is hidden

    def ids(places: ArticlePlaces) -> OrderValues:
        return -segment.ids.take(docs[places])

    def arrival(places: ArticlePlaces) -> OrderValues:
        return segment.ids.take(docs[places])

    if sort in ("newest", "added"):
        return (recency if sort == "newest" else arrival,)
    return (earliness, ids) if sort == "oldest" else (score.__getitem__, recency)


def best(keys: Sequence[OrderKey], size: int, count: int) -> NDArray[np.int64]:
    """Places below `size` of the `count` largest, the largest first; no key is looked at but where those before it are
    equal, and what is many is never sorted."""
    if size <= PLACES_SORTED:
        return np.lexsort([key(EVERYWHERE) for key in reversed(keys)])[::-1][:count]
    places: ArticlePlaces = EVERYWHERE
    sure: list[NDArray[np.int64]] = []
    for key in keys:
        if size <= count or not count:
            break
        values = key(places)
        least = np.partition(values, size - count)[size - count]
        above, equal = (values > least).nonzero()[0], (values == least).nonzero()[0]
        if not isinstance(places, slice):
            above, equal = places[above], places[equal]
        sure.append(above)
        places, size, count = equal, len(equal), count - len(above)
    rest = np.arange(size) if isinstance(places, slice) else places
    kept = np.concatenate([*sure, rest[:count]])
    return kept[np.lexsort([key(kept) for key in reversed(keys)])[::-1]]


def _part(freqs: NDArray[Any], norms: Bm25Scores, factor: np.float32) -> Bm25Scores:
    """One term's part of BM25."""
    part = freqs.astype(np.float32)
    below = part + norms
    part *= factor
    part /= below
    return part


def _places(some: Docs, docs: Docs) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where those of `some` that are among `docs` stand there, and which they are."""
    places = places_among(some, docs)
    kept = docs.take(places, mode="clip") == some
    return places[kept], kept


def _frequencies(postings: Postings, docs: Docs, size: int) -> NDArray[np.uint16]:
    """How often the term stands in each of `docs`; 0 where it does not."""
    if len(docs) * TIMES_RARER < len(postings.docs):
        freqs = np.zeros(len(docs), np.uint16)
        places, kept = _places(docs, postings.docs)
        freqs[kept] = postings.freqs[places]
        return freqs
    every = np.zeros(size, np.uint16)
    every[postings.docs] = postings.freqs
    return every.take(docs)

"""Rewards articles that speak as the best do (J. Rocchio, Relevance feedback in information retrieval, 1971).

The best articles of the ranking so far lend the query the lemmas that tell them from the rest of the archive.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.local.ranking.beginnings import Beginnings
from search.query.function_words import FUNCTION_WORDS

BEST_ARTICLES = 5
LENT_LEMMAS = 20
SHORTEST_LEMMA = 3  # letters
K1 = 1.2

Scores = NDArray[np.float32]


class LentLemma(NamedTuple):
    """A lemma of the best articles, its share of what they lend, and how rare it is."""

    lemma: str
    share: float
    rarity: float


class InBest(NamedTuple):
    """A lemma in the best articles of one segment: how much of it they have, and in how many articles it stands."""

    lemma: str
    amount: float
    articles: int
    of: int


def feedback(read: Sequence[Beginnings], ranking: Scores, norms: Scores) -> Scores:
    """For each article, BM25 of the lemmas that the best of `ranking` lend, by their shares; `norms` are of K1."""
    lent = lent_lemmas(read, ranking)
    found = np.zeros((len(lent), len(ranking)), np.float32)
    for some in read:
        texts = some.segment.lemmas.texts
        codes = np.zeros(len(texts) + 1, np.uint8)
        for number, one in enumerate(lent, 1):
            if (lemma := texts.find(one.lemma)) >= 0:
                codes[lemma] = number
        code = codes.take(some.segment.likeliest_lemmas(some.types))
        at = code.nonzero()[0]
        places = (code[at].astype(np.int64) - 1) * len(ranking) + some.row[at]
        found += np.bincount(places, minlength=found.size).reshape(found.shape)
    worth = np.array([one.share * one.rarity for one in lent], np.float32)
    part: Scores = worth @ (found * (K1 + 1) / (found + norms))
    return part


def lent_lemmas(read: Sequence[Beginnings], ranking: Scores) -> list[LentLemma]:
    """The lemmas that tell the best articles from the rest, the best lemma first."""
    best = np.argsort(-ranking, kind="stable")[:BEST_ARTICLES]
    trust = np.zeros(len(ranking), np.float32)
    trust[best] = np.maximum(ranking[best], 0) / max(float(np.maximum(ranking[best], 0).sum()), 1e-9)
    met: dict[str, list[InBest]] = defaultdict(list)
    for one in (found for some in read for found in _of_best(some, trust)):
        met[one.lemma].append(one)
    worth = []
    for lemma, several in met.items():
        articles, of = sum(one.articles for one in several), sum(one.of for one in several)
        rarity = math.log(1 + (of - articles + 0.5) / (articles + 0.5))
        worth.append((sum(one.amount for one in several) * rarity, lemma, rarity))
    worth = sorted(worth, reverse=True)[:LENT_LEMMAS]
    whole = sum(value for value, _, _ in worth)
    return [LentLemma(lemma, value / whole, rarity) for value, lemma, rarity in worth if whole]


def _of_best(some: Beginnings, trust: Scores) -> Iterator[InBest]:
    """The lemmas of those articles of a segment that are trusted."""
    lemmas = some.segment.lemmas
    kept = np.flatnonzero(trust[some.row] > 0)
    numbers = some.segment.likeliest_lemmas(some.types[kept])
    real = numbers < len(lemmas.texts)
    pairs, counts = np.unique(some.row[kept][real] * (1 << 32) + numbers[real], return_counts=True)
    rows, numbers = pairs >> 32, pairs & ((1 << 32) - 1)
    amounts = trust[rows] * counts / (counts + K1)
    own, places = np.unique(numbers, return_inverse=True)
    sums = np.bincount(places, amounts, len(own))
    for number, amount in zip(own.tolist(), sums.tolist(), strict=True):
        lemma = lemmas.texts[number]
        if len(lemma) >= SHORTEST_LEMMA and lemma not in FUNCTION_WORDS:
            yield InBest(lemma, amount, int(lemmas.counts[number]), some.segment.size)

"""Rewards articles that speak as the best do (J. Rocchio, Relevance feedback in information retrieval, 1971).

The best articles of the ranking so far lend the query the lemmas that tell them from the rest of the archive.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.local.ranking.beginnings import Beginnings, Numbers
from search.local.segments.joined import JoinedSegments
from search.local.segments.segment import Segment
from search.query.function_words import FUNCTION_WORDS

BEST_ARTICLES = 5
LENT_LEMMAS = 20
LEMMAS_WEIGHED = 150  # of the best articles, those that they have most of: each is looked up in the index
DIGITS = 5  # of an amount: the rest is how floats were added
SHORTEST_LEMMA = 3  # letters
K1 = 1.2

Scores = NDArray[np.float32]


class LentLemma(NamedTuple):
    """A lemma of the best articles, its share of what they lend, and how rare it is."""

    lemma: str
    share: float
    rarity: float


def feedback(
    segment: Segment | JoinedSegments, read: Sequence[Beginnings], ranking: Scores, norms: Scores, ids: Numbers
) -> Scores:
    """For each article, BM25 of the lemmas that the best of `ranking` lend, by their shares; `norms` are of K1; of
    equals the smaller of `ids` is the better."""
    lent = lent_lemmas(segment, read, ranking, ids)
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


def lent_lemmas(
    segment: Segment | JoinedSegments, read: Sequence[Beginnings], ranking: Scores, ids: Numbers
) -> list[LentLemma]:
    """The lemmas that tell the best articles from the rest, the best lemma first. Nothing depends on how the archive
    is parted into segments: lemmas are weighed by the articles that stand in all of them."""
    best = np.lexsort((ids, -ranking))[:BEST_ARTICLES]
    trust = np.zeros(len(ranking), np.float32)
    trust[best] = np.maximum(ranking[best], 0) / max(float(np.maximum(ranking[best], 0).sum()), 1e-9)
    amounts: dict[str, float] = defaultdict(float)
    for lemma, amount in sorted(one for some in read for one in _of_best(some, trust)):
        amounts[lemma] += amount
    most = sorted(amounts, key=lambda lemma: (-round(amounts[lemma], DIGITS), lemma))[:LEMMAS_WEIGHED]
    of = segment.size if segment.live is None else int(np.count_nonzero(segment.live))
    rarities = {lemma: _rarity(articles_with(segment, lemma), of) for lemma in most}
    worth = sorted(((amounts[lemma] * rarities[lemma], lemma) for lemma in most), reverse=True)[:LENT_LEMMAS]
    whole = sum(value for value, _ in worth)
    return [LentLemma(lemma, value / whole, rarities[lemma]) for value, lemma in worth if whole]


def articles_with(segment: Segment | JoinedSegments, lemma: str) -> int:
    """In how many articles that stand a lemma is."""
    docs = segment.postings("lemma", lemma).docs
    return len(docs) if segment.live is None else int(np.count_nonzero(segment.live[docs]))


def _rarity(articles: int, of: int) -> float:
    return math.log(1 + (of - articles + 0.5) / (articles + 0.5))


def _of_best(some: Beginnings, trust: Scores) -> Iterator[tuple[str, float]]:
    """The lemmas of those articles of a segment that are trusted, and how much of each they have."""
    lemmas = some.segment.lemmas
    kept = np.flatnonzero(trust[some.row] > 0)
    numbers = some.segment.likeliest_lemmas(some.types[kept])
    real = numbers < len(lemmas.texts)
    pairs, counts = np.unique(some.row[kept][real] * (1 << 32) + numbers[real], return_counts=True)
    rows, numbers = pairs >> 32, pairs & ((1 << 32) - 1)
    for number, amount in zip(numbers.tolist(), (trust[rows] * counts / (counts + K1)).tolist(), strict=True):
        lemma = lemmas.texts[number]
        if len(lemma) >= SHORTEST_LEMMA and lemma not in FUNCTION_WORDS:
            yield lemma, amount

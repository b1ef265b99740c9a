"""Scores answers: nDCG@10, MRR@10, recall@100, and how sure a difference between two engines is."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

DEPTH = 100  # articles of an answer that count
TOP = 10
DRAWS = 2000  # of the bootstrap
SEED = 4


class Scores(NamedTuple):
    """What the answer to one query is worth, each from 0 to 1."""

    ndcg: float  # at 10
    mrr: float  # at 10
    recall: float  # at 100
    nothing: float  # 1 where nothing was found


class Difference(NamedTuple):
    """The mean of paired differences and its 95 % interval."""

    mean: float
    low: float
    high: float


def scored(answer: Sequence[str], relevant: frozenset[str]) -> Scores:
    """The scores of an answer, best article first; `relevant` is not empty."""
    gains = [place for place, own_id in enumerate(answer[:TOP], 1) if own_id in relevant]
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(TOP, len(relevant)) + 1))
    return Scores(
        sum(1 / math.log2(place + 1) for place in gains) / ideal,
        1 / gains[0] if gains else 0.0,
        len(relevant.intersection(answer[:DEPTH])) / len(relevant),
        float(not answer),
    )


def mean(scores: Sequence[Scores]) -> Scores:
    """The mean of each score."""
    return Scores(*np.asarray(scores).mean(axis=0).tolist())


def difference(ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    """How much larger ours are, query by query, with the interval of a paired bootstrap (percentiles of DRAWS means;
    B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993)."""
    pairs = np.asarray(ours) - np.asarray(theirs)
    draws = np.random.default_rng(SEED).integers(0, len(pairs), (DRAWS, len(pairs)))
    low, high = np.percentile(pairs[draws].mean(axis=1), [2.5, 97.5])
    return Difference(float(pairs.mean()), float(low), float(high))

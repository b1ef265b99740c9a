"""Rewards articles where neighbours of the query stand near each other, in either order."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.local.ranking.beginnings import TOKENS_READ, Occurrences

NEAR_TOKENS = 8  # tokens from one neighbour to the other

Scores = NDArray[np.float32]


def proximity(found: Occurrences, weights: Sequence[float], size: int) -> Scores:
    """For each article the sum over pairs of neighbours: the lesser weight, divided by how far apart they are."""
    keys = found.row * (TOKENS_READ + NEAR_TOKENS + 1) + found.place
    places = [keys[found.term == number] for number in range(len(weights))]
    rows = [found.row[found.term == number] for number in range(len(weights))]
    total = np.zeros(size, np.float32)
    for number in range(len(weights) - 1):
        some, others = places[number], places[number + 1]
        if not len(some) or not len(others):
            continue
        after = others.searchsorted(some)
        apart = np.minimum(
            np.abs(others.take(after, mode="clip") - some), np.abs(others.take(after - 1, mode="clip") - some)
        )
        near = apart <= NEAR_TOKENS
        best = np.zeros(size, np.float32)
        np.maximum.at(best, rows[number][near], 1 / np.maximum(apart[near], 1).astype(np.float32))
        total += best * np.float32(min(weights[number], weights[number + 1]))
    return total

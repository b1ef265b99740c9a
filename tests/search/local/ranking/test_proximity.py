"""Neighbours of the query are rewarded for standing near each other in the same article."""

import numpy as np
import pytest

from search.local.ranking.beginnings import Occurrences
from search.local.ranking.proximity import proximity


@pytest.mark.parametrize(
    ("places", "reward"),
    [
        ({0: [5], 1: [6]}, 1),  # in a row
        ({0: [6], 1: [5]}, 1),  # in either order
        ({0: [5, 30], 1: [9, 28]}, 0.5),  # the nearest pair
        ({0: [5], 1: [20]}, 0),
        ({0: [5]}, 0),
    ],
)
def test_the_nearer_the_more(places: dict[int, list[int]], reward: float) -> None:
    rows = [(0, place, term) for term, several in places.items() for place in several]
    rows += [(1, 399, 0), (2, 0, 1)]  # the end of one article and the beginning of the next
    row, place, term = np.array(sorted(rows), np.int64).T
    assert proximity(Occurrences(row, place, term), [1.0, 2.0], 3).tolist() == [reward, 0, 0]

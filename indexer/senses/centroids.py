"""Finds where a text lies among the vectors of its words: the centroid that the index keeps a bit of each number of.

A word counts the less, the more often it stands in the news (S. Arora, Y. Liang, T. Ma, A simple but tough-to-beat
baseline for sentence embeddings, 2017); vectors are taken from the middle of all words, each one long.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.text.slovnet import Floats, word_vectors

NUMBERS = 300  # of a vector
PACKED_BYTES = -(-NUMBERS // 8)  # of a centroid in the index
COMMON_SHARE = 1e-4  # a word that is this share of all words in the news counts half as much as a rare one
SHORTEST_WORD = 3  # letters
BODY_WORDS = 80  # words of an article, after its title, that tell what it is about


def centroid(words: Sequence[str]) -> Floats | None:
    """The middle of the words' vectors, one long; None where no word has a vector."""
    vectors = word_vectors()
    found = (vectors.numbers.get(word) for word in words if len(word) >= SHORTEST_WORD)
    numbers = np.array([number for number in found if number is not None], np.int64)
    if not len(numbers):
        return None
    rows = vectors.rows(numbers) - vectors.mean
    shares = vectors.counts[numbers] / vectors.total
    counted = (COMMON_SHARE / (COMMON_SHARE + shares) / np.linalg.norm(rows, axis=1)).astype(np.float32)
    middle: Floats = counted @ rows
    return middle / np.linalg.norm(middle)


def packed(vector: Floats | None) -> bytes:
    """The signs of a vector's numbers, a bit each; no vector: all of them 0."""
    return bytes(PACKED_BYTES) if vector is None else np.packbits(vector > 0).tobytes()


def nearness(vector: Floats, rows: NDArray[np.uint8]) -> Floats:
    """The cosine of a vector, one long, with each of some packed ones, shape (n, PACKED_BYTES); 0 with none."""
    signs = np.unpackbits(rows, axis=1, count=NUMBERS)
    found: Floats = (2 * (signs @ vector) - vector.sum()) / np.float32(np.sqrt(NUMBERS))
    return np.where(rows.any(axis=1), found, np.float32(0))

"""Makes of a text its shingles (pairs of neighbouring words) and a short signature by which like texts meet.

Two texts are as alike as the share of shingles they have in common (Jaccard). A signature is a byte of each of 192
MinHashes: as many bytes agree as the share says, and three in a row are a band, the key under which two texts meet.
"""

from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.text.tokens import forms

BANDS = 64
BAND_ROWS = (
    3  # a text with 20 % of its words replaced has .47 of its shingles in common: 64 × 3 miss one such in a thousand
)
BYTES = BANDS * BAND_ROWS

Shingles = NDArray[np.uint64]  # ascending, each once

_SHIFT = np.uint64(24)  # the byte taken lies below those that being the least makes zero
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FACTORS = np.random.Generator(np.random.PCG64(1703)).integers(1, 1 << 63, BYTES, np.uint64) * np.uint64(2) + np.uint64(
    1
)
_AT_ONCE = 4096  # shingles: 6 MB of products


@lru_cache(1 << 17)
def word_hash(form: str) -> int:
    """A number of 64 bits, the same in every process."""
    return int.from_bytes(blake2b(form.encode("utf-8", "backslashreplace"), digest_size=8).digest())


def shingles(text: str) -> Shingles:
    """Every two words that stand side by side, across paragraphs too: papers part those anew."""
    words = np.array([word_hash(form) for form in forms(text)[0] if form], np.uint64)
    if len(words) < 2:
        return words
    pairs = words[:-1] * _MIX + words[1:]
    pairs = (pairs ^ (pairs >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
    return np.unique(pairs ^ (pairs >> np.uint64(29)))


def share(one: Shingles, other: Shingles) -> float:
    """How much of what either has both have, from 0 to 1."""
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / max(1, len(one) + len(other) - both)


def signature(text: Shingles) -> bytes:
    """BYTES bytes; none of a text without words."""
    if not len(text):
        return b""
    least = np.full(BYTES, np.iinfo(np.uint64).max, np.uint64)
    for first in range(0, len(text), _AT_ONCE):
        least = np.minimum(least, (_FACTORS[:, None] * text[None, first : first + _AT_ONCE]).min(axis=1))
    return ((least >> _SHIFT) & np.uint64(0xFF)).astype(np.uint8).tobytes()

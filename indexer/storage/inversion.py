"""Turns a stream of token types into posting lists: sorts them as arrays, a slab of terms at a time.

With the stream and what is written of it, it takes about 20 bytes a token at the worst moment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.storage.arrays import Array, narrow, offsets
from indexer.storage.postings import Inverted, encode

SLAB_TOKENS = 1 << 19  # tokens worked on at a time, some 50 bytes each
DOC_BITS = 20  # of a 64-bit sort key; above it a term's number
MAX_DOCUMENTS = 1 << DOC_BITS
PLACE_BITS = 32

Ordinals = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of numbers one after another: list k is values[starts[k]:starts[k + 1]]."""

    values: Ordinals
    starts: NDArray[np.int64]

    def joined(self, chosen: Ordinals) -> Ordinals:
        """The values of the chosen lists, list after list."""
        firsts, ends = self.starts[chosen], np.cumsum(self.starts[chosen + 1] - self.starts[chosen])
        sizes = np.diff(ends, prepend=0)
        return self.values[np.repeat(firsts - ends + sizes, sizes) + np.arange(sizes.sum())]


def replace(numbers: Ordinals, table: Ordinals) -> None:
    """Puts table[n] in the place of every n; at one stroke numpy would take 8 bytes a number for it."""
    for first in range(0, len(numbers), SLAB_TOKENS):
        slab = numbers[first : first + SLAB_TOKENS]
        slab[:] = table[slab]


def inverse(stream: Ordinals, size: int) -> Lists:
    """Where in the stream each of `size` token types stands, ascending."""
    keys = stream.astype(np.uint64)
    keys <<= np.uint64(PLACE_BITS)
    keys |= np.arange(len(stream), dtype=np.uint32)
    keys.sort()
    starts = np.searchsorted(keys, np.arange(size + 1, dtype=np.uint64) << np.uint64(PLACE_BITS))
    return Lists(keys.astype(np.uint32), starts)


def posting_arrays(name: str, terms: Lists, holders: Lists) -> dict[str, Array]:
    """A field's posting lists, where each begins and how many articles it holds.

    `terms`: the token types of each term; `holders`: the article of every token, token type by token type.
    """
    lists, sizes, counts = [], [], []
    for slab in inverted(terms, holders):
        coded, places = encode(slab)
        lists.append(coded)
        sizes.append(np.diff(places))
        counts.append(np.diff(slab.starts))
    return {
        name + ".counts": narrow(joined(counts, np.int64)),
        name + ".places": narrow(offsets(joined(sizes, np.int64))),
        name + ".postings": joined(lists, np.uint8),
    }


def document_counts(terms: Lists, holders: Lists) -> Array:
    """How many articles hold each term."""
    return narrow(joined([np.diff(slab.starts) for slab in inverted(terms, holders)], np.int64))


def joined(arrays: Iterable[Array], kind: type[np.generic]) -> Array:
    """One array after another; none is an array of nothing."""
    return np.concatenate([np.empty(0, kind), *arrays])


def inverted(terms: Lists, holders: Lists) -> Iterator[Inverted]:
    """Postings of the terms in their order, about SLAB_TOKENS tokens at a time."""
    tokens = offsets(np.diff(holders.starts)[terms.values])[terms.starts]  # before each term
    first, size = 0, len(tokens) - 1
    while first < size:
        last = max(first + 1, int(np.searchsorted(tokens, tokens[first] + SLAB_TOKENS, "right")) - 1)
        yield postings(Lists(terms.values, terms.starts[first : last + 1]), np.diff(tokens[first : last + 1]), holders)
        first = last


def postings(terms: Lists, tokens: NDArray[np.int64], holders: Lists) -> Inverted:
    """Postings of some terms, each with its number of tokens."""
    numbers = np.arange(len(tokens) + 1, dtype=np.uint64) << np.uint64(DOC_BITS)
    keys = np.repeat(numbers[:-1], tokens)
    keys |= holders.joined(terms.values[terms.starts[0] : terms.starts[-1]])
    keys.sort()
    firsts = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint64(1)))
    freqs = np.diff(firsts, append=len(keys)).astype(np.uint32)
    keys = keys[firsts]
    docs = (keys & np.uint64(MAX_DOCUMENTS - 1)).astype(np.uint32)
    return Inverted(np.searchsorted(keys, numbers), docs, freqs)

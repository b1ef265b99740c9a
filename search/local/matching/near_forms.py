"""Finds words of the archive that differ from a typed one by a slip or two of the hand.

A slip is a letter too many, too few or another, or two neighbours that changed places (optimal string alignment, L.
Boytsov, Indexing methods for approximate dictionary searching, 2011). All words of a length are compared at one time,
but for those that have too many other letters: a slip changes the set of letters by two at most.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import NearForm
from search.local.segments.cache import CACHE
from search.local.segments.segment import Segment

FORMS_OF_LARGE_SEGMENT = 200_000  # of so many those that one article has are passed over: often slips themselves
FORMS_LOOKED_AT = 400_000  # words looked at: whatever is met often stands in the largest segments
TOO_MANY_SLIPS = 99  # slips that no word is allowed
LETTER_BITS = 0x3F  # of a byte: they tell the letters of an alphabet apart
LEADING_BYTES = (
    0xC0  # from here on a byte is the first of a letter's, and says only which half of the alphabet it is of
)

Letters = NDArray[np.uint8] | NDArray[np.uint16]
Slips = NDArray[np.uint8]


def near_forms(segments: Iterable[Segment], form: str, most: int) -> list[NearForm]:
    """Forms at most so many slips from a folded one, the nearest first, of equally near ones the frequent first.

    Only words of one alphabet are looked for: all letters Cyrillic or all Latin.
    """
    width = 1 if form.isascii() else 2
    if not most or not form.isalpha() or len(form.encode()) != len(form) * width:
        return []
    found: dict[str, NearForm] = {}
    for segment in _largest(segments):
        for other, slips, articles in _near_in(segment, form, width, most):
            before = found[other].rarity if other in found else 0
            found[other] = NearForm(slips, before - articles, other)
    return sorted(found.values())


def slips(word: Letters, others: Letters, most: int) -> Slips:
    """How many slips part a word from each of many that are of one length, letter by letter; more than `most`:
    TOO_MANY_SLIPS."""
    long, size = len(others), others.shape[1]
    far = np.full(size, TOO_MANY_SLIPS, np.uint8)
    earlier: dict[int, Slips] = {}
    last = {at: np.full(size, at, np.uint8) for at in range(min(long, most) + 1)}
    for row, letter in enumerate(word, 1):
        present: dict[int, Slips] = {0: np.full(size, row, np.uint8)} if row <= most else {}
        for at in range(max(1, row - most), min(long, row + most) + 1):
            cost = last.get(at - 1, far) + (others[at - 1] != letter)
            np.minimum(cost, last.get(at, far) + np.uint8(1), out=cost)
            np.minimum(cost, present.get(at - 1, far) + np.uint8(1), out=cost)
            if at > 1 and at - 2 in earlier:
                swapped = (others[at - 2] == letter) & (others[at - 1] == word[row - 2])
                np.minimum(cost, np.where(swapped, earlier[at - 2] + np.uint8(1), far), out=cost)
            present[at] = cost
        earlier, last = last, present
    found = last.get(long, far)
    return np.where(found <= most, found, far)


def _largest(segments: Iterable[Segment]) -> Iterable[Segment]:
    """The segments of the most words, as many as have FORMS_LOOKED_AT."""
    seen = 0
    for segment in sorted(segments, key=lambda one: -len(one.forms()[0])):
        if seen < FORMS_LOOKED_AT:
            yield segment
        seen += len(segment.forms()[0])


def _near_in(segment: Segment, form: str, width: int, most: int) -> Iterable[tuple[str, int, int]]:
    """Near forms of one segment with their slips and articles; a letter takes `width` bytes."""
    kind = "<u2" if width == 2 else "u1"
    word = np.frombuffer(form.encode(), kind)
    table, counts = segment.forms()
    text, starts = table.arrays()
    sizes = np.diff(starts)
    if len(table) > FORMS_OF_LARGE_SEGMENT:
        sizes = np.where(counts > 1, sizes, 0)
    differing = np.bitwise_count(letter_sets(segment) ^ letters_of(np.frombuffer(form.encode(), np.uint8), [0])[0])
    for size in range(len(form) - most, len(form) + most + 1):
        bits = 2 * most - abs(size - len(form))  # a letter too many or too few changes the set by one
        places = np.flatnonzero((sizes == size * width) & (differing <= bits))
        if not len(places):
            continue
        rows = text[starts[places].astype(np.int64)[:, None] + np.arange(size * width)]
        found = slips(word, np.ascontiguousarray(rows.view(kind).T), most)
        for nth in np.flatnonzero(found <= most).tolist():
            place = int(places[nth])
            yield table[place], int(found[nth]), int(counts[place])


def letter_sets(segment: Segment) -> NDArray[np.uint64]:
    """By word of a segment, which letters it has, a bit each; kept in the cache."""
    key = (segment.opened, "letter sets")
    found: NDArray[np.uint64] | None = CACHE.get(key)
    if found is None:
        text, starts = segment.forms()[0].arrays()
        found = np.zeros(len(starts) - 1, np.uint64)
        filled = np.flatnonzero(np.diff(starts))
        if len(filled):
            found[filled] = letters_of(text, starts[filled])
        CACHE.put(key, found)
    return found


def letters_of(text: NDArray[np.uint8], starts: Sequence[int] | NDArray[np.integer[Any]]) -> NDArray[np.uint64]:
    """The letters of words that stand one after another, by where each begins."""
    bits = np.where(text < LEADING_BYTES, np.uint64(1) << (text & LETTER_BITS).astype(np.uint64), np.uint64(0))
    found: NDArray[np.uint64] = np.bitwise_or.reduceat(bits, np.asarray(starts, np.int64))
    return found

"""Finds the forms of a segment that a pattern with stars meets, the most frequent of too many."""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.local.segments.cache import CACHE
from search.local.segments.segment import Segment

MOST_FORMS = 5_000  # of a segment; more are what nobody asks for, and take tens of milliseconds

UNITS_OF_FORM = 100  # of work: a form that is matched letter by letter

FormNumbers = NDArray[np.int64]


class MaskedForms(NamedTuple):
    """The numbers of forms, ascending; whether there were too many."""

    numbers: FormNumbers
    cut: bool

    @property
    def nbytes(self) -> int:
        """Memory that they take."""
        return self.numbers.nbytes


def masked_forms(segment: Segment, pattern: str) -> MaskedForms:
    """The forms that begin, go on and end as the pattern's parts do («ст*ль»: «сталь», «стиль»)."""
    key = (segment.opened, pattern, "forms")
    found: MaskedForms | None = CACHE.get(key)
    if found is None:
        found = _masked(segment, pattern)
        CACHE.put(key, found)
    return found


def units_to_look_through(segment: Segment, pattern: str) -> int:
    """The work that it takes to find these forms, wherever they are kept."""
    first, *rest = pattern.split("*")
    texts, _ = segment.forms()
    return (len(texts.with_prefix(first)) if first else len(texts)) * (UNITS_OF_FORM if len(rest) > 1 else 1)


def _masked(segment: Segment, pattern: str) -> MaskedForms:
    texts, counts = segment.forms()
    first, *middle, last = pattern.split("*")
    begun = texts.with_prefix(first) if first else range(len(texts))
    numbers = np.arange(begun.start, begun.stop)
    if last:
        numbers = numbers[_ending(segment, numbers, last.encode(), len(first.encode()))]
    if middle:
        whole = re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
        numbers = np.array([one for one in numbers.tolist() if whole.fullmatch(texts[one])], np.int64)
    if len(numbers) <= MOST_FORMS:
        return MaskedForms(numbers, cut=False)
    frequent = np.argsort(-counts[numbers].astype(np.int64), kind="stable")[:MOST_FORMS]
    return MaskedForms(np.sort(numbers[frequent]), cut=True)


def _ending(segment: Segment, numbers: FormNumbers, end: bytes, begun: int) -> NDArray[np.bool_]:
    """For each of the forms, whether it ends so after its first `begun` bytes."""
    text, offsets = segment.forms()[0].arrays()
    stops = offsets[numbers + 1].astype(np.int64)
    ends = stops - offsets[numbers].astype(np.int64) >= begun + len(end)
    for place, byte in enumerate(reversed(end) if len(text) else (), 1):
        ends &= text.take(stops - place, mode="clip") == byte
    return ends

"""Writes posting lists as bytes, decodes them, and gives the terms of a field in a segment.

A field's terms are a sorted string table; beside it stands, per term, in how many articles it is. Of lemmas it is kept,
too, where each posting list begins. A posting list is bytes: the two widths (low half: gap, high half: frequency), the
first article number (4 bytes), gap upon gap to the others, then the frequencies, none where all are 1. Widths are the
fewest bytes that hold the list's largest.

A form has no posting list: the places of its token types in the stream tell where it stands.
"""

import struct
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.storage.arrays import Array, ArrayFile, Strings, offsets

LIST_HEAD = struct.Struct("<BI")
DTYPE_BY_BYTES = {1: "<u1", 2: "<u2", 4: "<u4"}
MAX_FREQUENCY = 65_535  # larger ones are cut


@dataclass(frozen=True, slots=True)
class Inverted:
    """Postings of one field: those of term k are docs[starts[k]:starts[k + 1]], ascending, with their frequencies."""

    starts: NDArray[np.int64]
    docs: NDArray[np.uint32]
    freqs: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Article numbers of one term, ascending, and how often it stands in each (up to MAX_FREQUENCY)."""

    docs: NDArray[np.int32]
    freqs: NDArray[np.uint16]

    @property
    def nbytes(self) -> int:
        """Memory that the arrays take."""
        return self.docs.nbytes + self.freqs.nbytes


NO_PLACES = np.empty(0, np.uint32)
NO_POSTINGS = Postings(np.empty(0, np.int32), np.empty(0, np.uint16))


def encode(inverted: Inverted) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """All posting lists of a field as bytes, and where each begins; a term without postings has no bytes."""
    held = np.flatnonzero(np.diff(inverted.starts))
    sizes = np.zeros(len(inverted.starts) - 1, np.int64)
    if not len(held):
        return np.empty(0, np.uint8), offsets(sizes)
    lists, sizes[held] = encode_held(inverted, inverted.starts[held])
    return lists, offsets(sizes)


def encode_held(inverted: Inverted, starts: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Posting lists, none empty, one after another, and the size of each; `starts` says where each begins."""
    docs, freqs = inverted.docs, np.minimum(inverted.freqs, MAX_FREQUENCY)
    counts = np.diff(starts, append=len(docs))
    gaps = np.diff(docs, prepend=docs[:1])
    gaps[starts] = 0
    most = np.maximum.reduceat(freqs, starts)
    gap_widths, freq_widths = widths(np.maximum.reduceat(gaps, starts)), np.where(most == 1, 0, widths(most))
    sizes = LIST_HEAD.size + (counts - 1) * gap_widths + counts * freq_widths
    places = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), np.uint8)
    out[places] = gap_widths | freq_widths << 4
    scatter(out, places + 1, docs[starts], np.full(len(places), 4))
    nth = np.arange(len(docs)) - np.repeat(starts, counts)
    gaps_at = np.repeat(places + LIST_HEAD.size - gap_widths, counts) + nth * np.repeat(gap_widths, counts)
    scatter(out, gaps_at, gaps, np.where(nth == 0, 0, np.repeat(gap_widths, counts)))
    freqs_at = np.repeat(places + LIST_HEAD.size + (counts - 1) * gap_widths, counts)
    scatter(out, freqs_at + nth * np.repeat(freq_widths, counts), freqs, np.repeat(freq_widths, counts))
    return out, sizes


def widths(largest: NDArray[np.uint32]) -> NDArray[np.int64]:
    """How many bytes each number needs: 1, 2 or 4."""
    return np.where(largest < 1 << 8, 1, np.where(largest < 1 << 16, 2, 4))


def scatter(out: NDArray[np.uint8], places: Array, values: NDArray[np.uint32], bytes_each: Array) -> None:
    """Writes each value at its place, little-endian, in as many bytes as told."""
    for byte in range(4):
        chosen = np.flatnonzero(bytes_each > byte)
        out[places[chosen] + byte] = values[chosen] >> np.uint32(8 * byte)


def decode(lists: NDArray[np.uint8], place: int, count: int) -> Postings:
    """The posting list of `count` articles that begins at `place`."""
    data = lists.data
    kind, first = LIST_HEAD.unpack_from(data, place)
    gap_width, freq_width = kind & 15, kind >> 4
    place += LIST_HEAD.size
    docs = np.empty(count, np.int32)
    docs[0] = first
    docs[1:] = np.frombuffer(data, DTYPE_BY_BYTES[gap_width], count - 1, place)
    np.cumsum(docs, out=docs)
    if not freq_width:
        return Postings(docs, np.ones(count, np.uint16))
    freqs = np.frombuffer(data, DTYPE_BY_BYTES[freq_width], count, place + (count - 1) * gap_width)
    return Postings(docs, freqs.astype(np.uint16))


class Terms(Protocol):
    """The terms of one field of a segment."""

    @property
    def texts(self) -> Strings:
        """All of them, sorted."""

    def count(self, text: str) -> int:
        """In how many articles the term is, deleted ones too."""

    def postings(self, text: str) -> Postings:
        """The term's postings; NO_POSTINGS where the segment does not have it."""

    def expect(self, text: str) -> None:
        """Lets the system read the term's postings before they are asked for."""


class Lemmas:
    """The lemmas of a segment."""

    def __init__(self, arrays: ArrayFile) -> None:
        self._arrays = arrays
        self.texts: Strings = arrays.strings("lemma")
        self.counts = arrays["lemma.counts"]
        self._places = arrays["lemma.places"]
        self._lists = arrays["lemma.postings"]

    def count(self, text: str) -> int:
        """As of Terms."""
        term = self.texts.find(text)
        return int(self.counts[term]) if term >= 0 else 0

    def postings(self, text: str) -> Postings:
        """As of Terms."""
        term = self.texts.find(text)
        return decode(self._lists, int(self._places[term]), int(self.counts[term])) if term >= 0 else NO_POSTINGS

    def expect(self, text: str) -> None:
        """As of Terms."""
        term = self.texts.find(text)
        if term >= 0:
            first, last = self._places[term : term + 2].tolist()
            self._arrays.expect("lemma.postings", first, last - first)


class TypePlaces:
    """Where in the stream the token types of a segment stand; a form's types are a run, those of a prefix too."""

    def __init__(self, arrays: ArrayFile) -> None:
        self._arrays = arrays
        self._repeated = arrays["form.repeated"]  # ascending: the form of each type but the first of its form
        self._starts = arrays["type.places.offsets"]
        self._ends = arrays["stream.offsets"]
        self._places = arrays.squeezed("type.places")
        self.types = len(self._starts) - 1

    def types_of(self, forms: range) -> range:
        """The types of a run of forms."""
        before = self._repeated.searchsorted(np.array([forms.start, forms.stop], self._repeated.dtype)).tolist()
        return range(forms.start + before[0], forms.stop + before[1])

    def types_of_each(self, forms: NDArray[np.int64]) -> NDArray[np.uint32]:
        """The types of some forms, ascending."""
        kind = self._repeated.dtype
        first = forms + self._repeated.searchsorted(forms.astype(kind))
        after = forms + 1 + self._repeated.searchsorted((forms + 1).astype(kind))
        sizes = after - first
        begins = sizes.cumsum() - sizes
        return (np.repeat(first - begins, sizes) + np.arange(int(sizes.sum()))).astype(np.uint32)

    def count(self, types: NDArray[np.uint32]) -> int:
        """How many places they have."""
        return int((self._starts[types + 1].astype(np.int64) - self._starts[types]).sum())

    def places(self, types: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The places of some types, type by type."""
        runs = zip(self._starts[types].tolist(), self._starts[types + 1].tolist(), strict=True)
        parts = [self._places[first:last] for first, last in runs]
        return parts[0] if len(parts) == 1 else np.concatenate([NO_PLACES, *parts])

    def expect(self, types: range) -> None:
        """Lets the system read the places of a run of types before they are asked for."""
        first, last = self._run(types)
        for half in ("lower", "upper"):
            self._arrays.expect(f"type.places.{half}", first, last - first)

    def postings(self, types: range) -> Postings:
        """The articles where any of a run of types stands, and how often in each."""
        first, last = self._run(types)
        places = self._places[first:last]
        if len(types) > 1:
            places.sort()
        if last - first > len(self._ends):
            freqs = np.diff(places.searchsorted(self._ends.astype(np.uint32)))
            docs = freqs.nonzero()[0]
            freqs = freqs.take(docs)
        else:
            found = self._ends.searchsorted(places, "right") - 1
            starts = np.flatnonzero(np.diff(found, prepend=-1))
            docs, freqs = found.take(starts), np.diff(starts, append=len(found))
        return Postings(docs.astype(np.int32), np.minimum(freqs, MAX_FREQUENCY).astype(np.uint16))

    def _run(self, types: range) -> tuple[int, int]:
        """Where the places of a run of types begin and end."""
        return int(self._starts[types.start]), int(self._starts[types.stop])


class Forms:
    """The forms of a segment."""

    def __init__(self, arrays: ArrayFile, places: TypePlaces) -> None:
        self._places = places
        self.texts: Strings = arrays.strings("form")
        self.counts = arrays["form.counts"]

    def count(self, text: str) -> int:
        """As of Terms."""
        form = self.texts.find(text)
        return int(self.counts[form]) if form >= 0 else 0

    def postings(self, text: str) -> Postings:
        """As of Terms."""
        return self._places.postings(self.types(text)) if text else NO_POSTINGS

    def expect(self, text: str) -> None:
        """As of Terms."""
        self._places.expect(self.types(text))

    def types(self, text: str) -> range:
        """The token types printed as a form."""
        form = self.texts.find(text)
        return self._places.types_of(range(form, form + 1) if form >= 0 else range(0))


def term_lists(arrays: ArrayFile) -> dict[str, Terms]:
    """The terms of a segment by field."""
    return {"form": Forms(arrays, TypePlaces(arrays)), "lemma": Lemmas(arrays)}

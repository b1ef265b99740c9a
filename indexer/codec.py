"""Terms and postings as arrays: written at one stroke, decoded at one stroke, read by stock Whoosh too.

A field's terms are a sorted string table; beside it stand, per term, in how many articles it is and where its posting
list begins. A posting list is bytes: the two widths (low half: gap, high half: frequency), the first article number (4
bytes), gap upon gap to the others, then the frequencies, none where all are 1. Widths are the fewest bytes that hold
the list's largest.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base, whoosh3
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_uint

from indexer.arrays import Array, ArrayFile, Strings, offsets
from indexer.schema import ARRAYS, TERM_FIELDS

HEAD = struct.Struct("<BI")
WIDTHS = {1: "<u1", 2: "<u2", 4: "<u4"}
MAX_FREQUENCY = 65_535  # larger ones are cut

Term = tuple[str, bytes]  # field, text


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
    sizes = HEAD.size + (counts - 1) * gap_widths + counts * freq_widths
    places = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), np.uint8)
    out[places] = gap_widths | freq_widths << 4
    scatter(out, places + 1, docs[starts], np.full(len(places), 4))
    nth = np.arange(len(docs)) - np.repeat(starts, counts)
    gaps_at = np.repeat(places + HEAD.size - gap_widths, counts) + nth * np.repeat(gap_widths, counts)
    scatter(out, gaps_at, gaps, np.where(nth == 0, 0, np.repeat(gap_widths, counts)))
    freqs_at = np.repeat(places + HEAD.size + (counts - 1) * gap_widths, counts)
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
    kind, first = HEAD.unpack_from(data, place)
    gap_width, freq_width = kind & 15, kind >> 4
    place += HEAD.size
    docs = np.empty(count, np.int32)
    docs[0] = first
    docs[1:] = np.frombuffer(data, WIDTHS[gap_width], count - 1, place)
    np.cumsum(docs, out=docs)
    if not freq_width:
        return Postings(docs, np.ones(count, np.uint16))
    freqs = np.frombuffer(data, WIDTHS[freq_width], count, place + (count - 1) * gap_width)
    return Postings(docs, freqs.astype(np.uint16))


class TermList:
    """The terms of one field of a segment."""

    def __init__(self, arrays: ArrayFile, field: str) -> None:
        self._arrays, self._name = arrays, field + ".postings"
        self.texts: Strings = arrays.strings(field)
        self._counts = arrays[field + ".counts"]
        self._places = arrays[field + ".places"]
        self._lists = arrays[field + ".postings"]

    def count(self, text: str) -> int:
        """In how many articles the term is, deleted ones too."""
        term = self.texts.find(text)
        return int(self._counts[term]) if term >= 0 else 0

    def postings(self, text: str) -> Postings:
        """The term's postings; NO_POSTINGS where the segment does not have it."""
        term = self.texts.find(text)
        return self.nth(term) if term >= 0 and self._counts[term] else NO_POSTINGS

    def expect(self, text: str) -> None:
        """Lets the system read the term's postings before they are asked for."""
        term = self.texts.find(text)
        if term >= 0 and self._counts[term]:
            first = int(self._places[term])
            last = int(self._places[term + 1]) if term + 1 < len(self._places) else len(self._lists)
            self._arrays.expect(self._name, first, last - first)

    def nth(self, term: int) -> Postings:
        """The postings of the n-th term."""
        return decode(self._lists, int(self._places[term]), int(self._counts[term]))


class ArrayTermsReader(base.TermsReader):
    """Whoosh's view of the terms: all that its queries ask for, but for fuzzy ones."""

    def __init__(self, arrays: ArrayFile) -> None:
        self._fields = {field: TermList(arrays, field) for field in TERM_FIELDS}

    def __contains__(self, term: Term) -> bool:
        return self.doc_frequency(*term) > 0

    def indexed_field_names(self) -> tuple[str, ...]:
        return TERM_FIELDS

    def terms(self) -> Iterator[Term]:
        return self.terms_from(TERM_FIELDS[0], b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        for field in TERM_FIELDS[TERM_FIELDS.index(fieldname) :]:
            texts = self._fields[field].texts
            first = texts.with_prefix(prefix.decode()).start if field == fieldname else 0
            yield from ((field, texts[place].encode()) for place in range(first, len(texts)) if texts[place])

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        return self.items_from(TERM_FIELDS[0], b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return self._fields[fieldname].count(text.decode())

    def frequency(self, fieldname: str, text: bytes) -> int:
        return int(self._fields[fieldname].postings(text.decode()).freqs.sum(dtype=np.int64))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        found = self._fields[fieldname].postings(text.decode())
        if found is NO_POSTINGS:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return self._info(found)

    def _info(self, found: Postings) -> TermInfo:
        return TermInfo(
            weight=float(found.freqs.sum(dtype=np.int64)),
            df=len(found.docs),
            minlength=1,  # a bound serves Whoosh as well
            maxlength=1 << 16,
            maxweight=float(found.freqs.max()),
            minid=int(found.docs[0]),
            maxid=int(found.docs[-1]),
        )

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        found = self._fields[fieldname].postings(text.decode())
        if found is NO_POSTINGS:
            raise TermNotFound(f"{fieldname}:{text!r}")
        freqs = found.freqs.tolist()
        return ListMatcher(
            found.docs.tolist(),
            [float(freq) for freq in freqs],
            [pack_uint(freq) for freq in freqs],
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self._info(found),
        )

    def close(self) -> None:
        """Nothing to do: the mapping goes with the last array that uses it."""


class ArrayCodec(whoosh3.W3Codec):
    """Whoosh's codec with terms and postings out of the segment's arrays; pickled by name into every commit."""

    def terms_reader(self, storage: FileStorage, segment: Any) -> ArrayTermsReader:
        return ArrayTermsReader(ArrayFile(Path(storage.folder) / segment.make_filename(ARRAYS)))

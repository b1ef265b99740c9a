"""Postings as raw arrays in Whoosh's segments: bulk writing, decoding by block, no copy of a file in memory.

A posting list is one or more blocks. A block: HEADER, then count - 1 gaps between document numbers, then count
frequencies, each in the fewest bytes that hold the list's largest; no frequencies where all are 1. Whoosh's own
matchers read the same blocks (ArrayMatcher), so that any stock Whoosh query still works.
"""

import io
import mmap
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import whoosh3
from whoosh.filedb.structfile import StructFile
from whoosh.system import pack_int, pack_long, pack_uint, pack_ushort
from whoosh.util.numeric import byte_to_length, length_to_byte

HEADER = struct.Struct("<iIIIfBBBB")  # body length (zero or negative: last block), count, first, last, max frequency,
#                                       min and max length bytes, bytes a gap, bytes a frequency (0: all are 1)
BLOCK = 1 << 15  # postings
SLAB = 1 << 20  # postings turned to bytes at a time
WIDTHS = {1: "<u1", 2: "<u2", 4: "<u4"}
MAX_FREQUENCY = 65_535  # larger ones are cut


@dataclass(frozen=True, slots=True)
class Inverted:
    """Postings of one field: those of term k are docs[starts[k]:starts[k + 1]], ascending, with their frequencies."""

    starts: NDArray[np.int64]
    docs: NDArray[np.uint32]
    freqs: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Document numbers of one term, ascending, and how often it stands in each."""

    docs: NDArray[np.int32]
    freqs: NDArray[np.uint16]

    @property
    def nbytes(self) -> int:
        """Bytes of memory held."""
        return self.docs.nbytes + self.freqs.nbytes


NO_POSTINGS = Postings(np.empty(0, np.int32), np.empty(0, np.uint16))


class Cursor(io.RawIOBase):
    """A read position of its own over shared bytes."""

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._at = 0

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + (0, self._at, len(self._view))[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        part = self._view[self._at : self._at + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)


class MappedFile(StructFile):
    """Whoosh's file interface over a mapped file; `get` touches no shared state, so threads may read postings."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self.view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        super().__init__(Cursor(self.view), name=path.name)
        self.is_real = False

    def get(self, position: int, length: int) -> bytes:
        return bytes(self.view[position : position + length])


def read_blocks(view: memoryview) -> Iterator[Postings]:
    """The blocks of one posting list, `view` reaching from its start."""
    offset, length = 0, 1
    while length > 0:
        length, count, first, _, _, _, _, gap_width, freq_width = HEADER.unpack_from(view, offset)
        offset += HEADER.size
        docs = np.empty(count, np.int32)
        docs[0] = first
        docs[1:] = np.frombuffer(view, WIDTHS[gap_width], count - 1, offset)
        if freq_width:
            freqs = np.frombuffer(view, WIDTHS[freq_width], count, offset + (count - 1) * gap_width).astype(np.uint16)
        else:
            freqs = np.ones(count, np.uint16)
        yield Postings(np.cumsum(docs, dtype=np.int32, out=docs), freqs)
        offset += abs(length)


class ArrayMatcher(whoosh3.W3LeafMatcher):
    """A stock Whoosh matcher over our blocks."""

    def _read_header(self) -> None:
        self._baseoffset = self._startoffset

    def _goto(self, position: int) -> None:
        head = HEADER.unpack(self._postfile.get(position, HEADER.size))
        length, self._blocklength, _, self._maxid, self._maxweight, shortest, longest = head[:7]
        self._minlength, self._maxlength = byte_to_length(shortest), byte_to_length(longest)
        self._ids: list[int] | None = None
        self._weights: list[float] | None = None
        self._values: list[bytes] | None = None
        self._i = 0
        self._lastblock = length <= 0
        self._dataoffset = position
        self._nextoffset = position + HEADER.size + abs(length)

    def _read_data(self) -> None:
        block = next(read_blocks(memoryview(self._postfile.get(self._dataoffset, self._nextoffset - self._dataoffset))))
        self._ids, freqs = block.docs.tolist(), block.freqs.tolist()
        self._weights = [float(freq) for freq in freqs]
        self._values = [pack_uint(freq) for freq in freqs]

    _read_ids = _read_weights = _read_values = _read_data


class ArrayTermsReader(whoosh3.W3TermsReader):
    """Whoosh's term dictionary with a bulk read of a term's postings."""

    def postings(self, field: str, term: str) -> Postings:
        """All postings of a term; NO_POSTINGS where the segment does not have it."""
        try:
            start, length = self._range_for_key(field, term.encode())
        except KeyError:
            return NO_POSTINGS
        info = whoosh3.W3TermInfo.from_bytes(self._dbfile.get(start, length))
        blocks = list(read_blocks(self._postfile.view[info.extent()[0] :]))
        if len(blocks) == 1:
            return blocks[0]
        return Postings(np.concatenate([b.docs for b in blocks]), np.concatenate([b.freqs for b in blocks]))


class ArrayFieldWriter(whoosh3.W3FieldWriter):
    """Whoosh's term dictionary and postings file, filled field by field from inverted arrays."""

    def __init__(self, codec: whoosh3.W3Codec, storage: Any, segment: Any) -> None:
        super().__init__(codec, storage, segment)
        self._postfile.write(b"PSTA")  # an empty file could not be mapped

    def add_inverted(self, name: str, field: Any, terms: Sequence[str], inverted: Inverted, lengths: bytes) -> None:
        """Writes a whole field: `terms` sorted, `lengths` one Whoosh length byte a document."""
        self.start_field(name, field)
        by_doc = np.frombuffer(lengths, np.uint8)
        first = 0
        while first < len(terms):
            reach = inverted.starts[first] + SLAB
            last = max(first + 1, int(np.searchsorted(inverted.starts, reach, "right")) - 1)
            self._add_slab(terms[first:last], inverted, first, by_doc)
            first = last
        self.finish_field()

    def _add_slab(self, terms: Sequence[str], inverted: Inverted, first: int, by_doc: NDArray[np.uint8]) -> None:
        bounds = inverted.starts[first : first + len(terms) + 1]
        docs = inverted.docs[bounds[0] : bounds[-1]]
        freqs = np.minimum(inverted.freqs[bounds[0] : bounds[-1]], MAX_FREQUENCY)
        bounds = bounds - bounds[0]
        starts = bounds[:-1]
        gaps = np.diff(docs, prepend=docs[:1])
        gaps[starts] = 0
        largest = np.maximum.reduceat(freqs, starts)
        lengths = by_doc[docs]
        gap_widths = widths(np.maximum.reduceat(gaps, starts))
        freq_widths = np.where(largest == 1, 0, widths(largest))
        gap_bytes = {width: gaps.astype(dtype).tobytes() for width, dtype in WIDTHS.items()}
        freq_bytes = {0: b""} | {width: freqs.astype(dtype).tobytes() for width, dtype in WIDTHS.items()}
        prefix = pack_ushort(self._fieldid)
        write, add, place = self._postfile.write, self._tindex.add, self._postfile.tell()
        info = whoosh3.W3TermInfo._struct
        for term, start, stop, weight, most, shortest, longest, gap, freq in zip(
            terms,
            starts.tolist(),
            bounds[1:].tolist(),
            np.add.reduceat(freqs, starts, dtype=np.int64).tolist(),
            largest.tolist(),
            np.minimum.reduceat(lengths, starts).tolist(),
            np.maximum.reduceat(lengths, starts).tolist(),
            gap_widths.tolist(),
            freq_widths.tolist(),
            strict=True,
        ):
            size = 0
            for a in range(start, stop, BLOCK):
                b = min(a + BLOCK, stop)
                body = gap_bytes[gap][(a + 1) * gap : b * gap] + freq_bytes[freq][a * freq : b * freq]
                length = -len(body) if b == stop else len(body)
                write(HEADER.pack(length, b - a, docs[a], docs[b - 1], most, shortest, longest, gap, freq) + body)
                size += HEADER.size + len(body)
            head = info.pack(0, weight, stop - start, shortest, longest, most, docs[start], docs[stop - 1])
            add(prefix + term.encode(), head + pack_long(place) + pack_int(size))
            place += size


def widths(largest: NDArray[np.uint32]) -> NDArray[np.int64]:
    """How many bytes each number needs: 1, 2 or 4."""
    return np.where(largest < 1 << 8, 1, np.where(largest < 1 << 16, 2, 4))


def length_bytes(lengths: Sequence[int]) -> bytes:
    """Whoosh's one-byte form of each length."""
    return bytes(map(length_to_byte, lengths))


class ArrayCodec(whoosh3.W3Codec):
    """Whoosh 3's codec with postings as arrays; pickled by name into every segment of ours."""

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        return ArrayFieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTermsReader:
        folder = Path(storage.folder)
        terms, postings = (MappedFile(folder / segment.make_filename(ext)) for ext in (self.TERMS_EXT, self.POSTS_EXT))
        return ArrayTermsReader(self, terms, len(terms.view), postings)

    def postings_reader(
        self, dbfile: MappedFile, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> ArrayMatcher:
        return ArrayMatcher(dbfile, *terminfo.extent(), format_, term=term, scorer=scorer)

"""Keeps named arrays in one file, which is written whole or not at all and mapped into memory when read.

The layout: magic, header length, header CRC, header (JSON: name → dtype, offset, count of each array; size and CRC of
all), then the arrays, little-endian, each at a multiple of 64 bytes. A file that is short, torn or of another version
is refused at opening; whether a byte of its arrays has changed is told only where that is asked, as it reads them all.
"""

import json
import mmap
import os
import re
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from archive.disk.atomic import write_whole
from archive.errors import Refusal

MAGIC = b"PODSHIVKA-4\n"
FORMER_MAGIC = re.compile(rb"PODSHIVKA-[1-3]\n")
FILE_HEAD = struct.Struct(f"<{len(MAGIC)}sII")  # magic, header length, header CRC
ALIGNMENT = 64
LAST_CHARACTER = "\U0010ffff"

Array = NDArray[Any]


class TornIndex(Refusal):
    """The index on disk cannot be trusted; it is rebuilt from the store."""

    advice = "Постройте индекс заново: podshivka reindex"


class FormerIndex(TornIndex):
    """The index is of a format that is read no longer."""


class NewerIndex(TornIndex):
    """The index is of a format that only a newer program reads."""

    advice = "Обновите программу или постройте индекс этой: podshivka reindex"


def aligned(offset: int) -> int:
    """The next multiple of ALIGNMENT."""
    return -(-offset // ALIGNMENT) * ALIGNMENT


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Writes `arrays` (one-dimensional) as one file, atomically."""
    solid = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    table: dict[str, list[str | int]] = {}
    offset = 0
    for name, array in solid.items():
        table[name] = [array.dtype.str, offset, len(array)]
        offset = aligned(offset + array.nbytes)
    parts: list[bytes | memoryview] = []
    for array in solid.values():
        parts += [array.data, bytes(aligned(array.nbytes) - array.nbytes)]
    content = reduce(lambda checksum, part: zlib.crc32(part, checksum), parts, 0)
    header = json.dumps({"arrays": table, "size": offset, "checksum": content}).encode()
    prefix = FILE_HEAD.pack(MAGIC, len(header), zlib.crc32(header)) + header
    write_whole(path, prefix.ljust(aligned(len(prefix)), b"\0"), *parts)


class ArrayFile:
    """The arrays of one file, read-only and mapped; any thread may read them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < FILE_HEAD.size:
                raise self._torn("обрезан")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, length, checksum = FILE_HEAD.unpack_from(self._map)
        if FORMER_MAGIC.fullmatch(magic):
            raise FormerIndex(f"файл индекса {path.name} прежней версии")
        if magic != MAGIC:
            raise self._torn("другой версии")
        header = self._map[FILE_HEAD.size : FILE_HEAD.size + length]
        if zlib.crc32(header) != checksum:
            raise self._torn("повреждён")
        content = json.loads(header)
        self._start = aligned(FILE_HEAD.size + length)
        self._table: dict[str, tuple[str, int, int]] = content["arrays"]
        self._checksum: int | None = content.get("checksum")  # files of before have none
        if len(self._map) != self._start + content["size"]:
            raise self._torn("обрезан")

    def need_whole(self) -> None:
        """Reads all arrays; raises TornIndex where a byte is not as it was written."""
        with memoryview(self._map) as every:
            if self._checksum is not None and zlib.crc32(every[self._start :]) != self._checksum:
                raise self._torn("повреждён")

    def _torn(self, how: str) -> TornIndex:
        return TornIndex(f"файл индекса {self.path.name} {how}")

    def __getitem__(self, name: str) -> Array:
        dtype, offset, count = self._table[name]
        return np.frombuffer(self._map, dtype, count, self._start + offset)

    def expect(self, name: str, first: int = 0, count: int | None = None) -> None:
        """Lets the system read `count` elements of an array, or all, from the disk before they are asked for."""
        dtype, offset, size = self._table[name]
        width = np.dtype(dtype).itemsize
        stop = size if count is None else min(first + count, size)
        if first < stop:
            start, end = (self._start + offset + place * width for place in (first, stop))
            page = start - start % mmap.PAGESIZE
            self._map.madvise(mmap.MADV_WILLNEED, page, end - page)

    def forget(self) -> None:
        """Lets go of the pages read so far: whoever goes through all files of an index holds one of them, not all. What
        is asked for again is read again."""
        self._map.madvise(mmap.MADV_DONTNEED)

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def strings(self, name: str) -> "Strings":
        """The string table stored as `name`.text and `name`.offsets."""
        return Strings(self[name + ".text"], self[name + ".offsets"])

    def squeezed(self, name: str) -> "Squeezed":
        """The numbers stored as `name`.lower and `name`.upper."""
        return Squeezed(self[name + ".lower"], self[name + ".upper"])


class Strings(Sequence[str]):
    """A table of strings over mapped bytes; decoded one by one. Lookups need it sorted (by code point)."""

    __slots__ = ("_offsets", "_text")

    def __init__(self, text: NDArray[np.uint8], offsets: Array) -> None:
        self._text = text.data
        self._offsets = offsets.data

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return str(self._text[self._offsets[index] : self._offsets[index + 1]], "utf-8")

    def __iter__(self) -> Iterator[str]:
        text, offsets = bytes(self._text), list(self._offsets)
        return (text[a:b].decode() for a, b in pairwise(offsets))

    def arrays(self) -> tuple[NDArray[np.uint8], Array]:
        """All strings one after another in UTF-8, and where each begins."""
        return np.asarray(self._text), np.asarray(self._offsets)

    def place(self, text: str) -> int:
        """Where `text` stands, or would stand, in a sorted table."""
        return bisect_left(self, text)

    def find(self, text: str) -> int:
        """The place of `text` in a sorted table; -1 where it is not."""
        place = self.place(text)
        return place if place < len(self) and self[place] == text else -1

    def with_prefix(self, prefix: str) -> range:
        """The places of all strings of a sorted table that begin with `prefix`."""
        return range(bisect_left(self, prefix), bisect_left(self, prefix + LAST_CHARACTER))


def string_arrays(name: str, strings: Sequence[str]) -> dict[str, Array]:
    """The two arrays under which a string table is stored."""
    encoded = [string.encode() for string in strings]
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    return {name + ".text": np.frombuffer(b"".join(encoded), np.uint8), name + ".offsets": narrow(offsets(sizes))}


def offsets(counts: Array) -> NDArray[np.int64]:
    """Counts → where each begins, and the end of the last."""
    places = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=places[1:])
    return places


def narrow(numbers: NDArray[np.int64]) -> Array:
    """Numbers, none below 0, in 2 or 4 bytes each where they fit."""
    largest = int(numbers.max(initial=0))
    return numbers.astype(np.uint16 if largest < 1 << 16 else np.uint32 if largest < 1 << 32 else np.int64)


def squeezed_arrays(name: str, numbers: NDArray[np.uint32]) -> dict[str, Array]:
    """The two arrays under which numbers are stored: their lower halves, and the upper ones in no more bytes than the
    largest needs, none where all are 0."""
    upper = numbers >> np.uint32(16)
    largest = int(upper.max(initial=0))
    upper = upper.astype(np.uint8 if largest < 256 else np.uint16)
    return {name + ".lower": numbers.astype(np.uint16), name + ".upper": upper if largest else upper[:0]}


class Squeezed:
    """Numbers out of such arrays; put together as they are asked for."""

    def __init__(self, lower: NDArray[np.uint16], upper: NDArray[np.unsignedinteger[Any]]) -> None:
        self._lower = lower
        self._upper = upper if len(upper) else None

    def __len__(self) -> int:
        return len(self._lower)

    def __getitem__(self, part: slice) -> NDArray[np.uint32]:
        return put_together(self._lower[part], None if self._upper is None else self._upper[part])

    def take(self, places: NDArray[np.signedinteger[Any]]) -> NDArray[np.uint32]:
        """The numbers at some places."""
        return put_together(self._lower.take(places), None if self._upper is None else self._upper.take(places))


def put_together(lower: NDArray[np.uint16], upper: NDArray[np.unsignedinteger[Any]] | None) -> NDArray[np.uint32]:
    """Numbers from their halves."""
    if upper is None:
        return lower.astype(np.uint32)
    numbers = upper.astype(np.uint32)
    numbers <<= 16
    numbers |= lower
    return numbers

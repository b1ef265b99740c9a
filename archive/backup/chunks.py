"""Keeps pieces of files in pack files, each piece once under its checksum, compressed.

A pack is a row of records: checksum and length of a compressed piece, then the piece. Nothing in it is ever written
over, so a state that was saved stays whole; what a killed run left is read back up to its last whole record.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from archive.errors import Refusal

PIECE = 1 << 15  # bytes: a small batch changes scattered pages of a large file (docs/PERFORMANCE.md)
LARGEST_PACK = 1 << 30  # FAT32 takes no file above 4 GB
RECORD = struct.Struct("<16sI")
QUICK = 1  # zlib's level: a USB disk is slower than it


class TornBackup(Refusal):
    """What is wrong with a backup, as a Russian sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a compressed piece stands."""

    pack: int
    offset: int
    length: int


def checksum(piece: bytes) -> bytes:
    """The checksum that a piece is known by."""
    return blake2b(piece, digest_size=16).digest()


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A file from its beginning, cut at the same places every time."""
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def pack_path(folder: Path, number: int) -> Path:
    """The file of a pack."""
    return folder / f"{number:06}.pack"


def pack_numbers(folder: Path) -> list[int]:
    """The packs there are, ascending."""
    return sorted(int(path.stem) for path in folder.glob("*.pack") if path.stem.isdecimal())


def records(path: Path, number: int) -> Iterator[tuple[bytes, Place]]:
    """The whole records at the beginning of a pack that was not finished."""
    with path.open("rb") as file:
        while len(head := file.read(RECORD.size)) == RECORD.size:
            digest, length = RECORD.unpack(head)
            place = Place(number, file.tell(), length)
            if unpacked(file.read(length), digest) is None:
                return
            yield digest, place


def unpacked(data: bytes, digest: bytes) -> bytes | None:
    """The piece in `data`; None where it is not the one of that checksum."""
    try:
        piece = zlib.decompress(data)
    except zlib.error:
        return None
    return piece if checksum(piece) == digest else None


class Packer:
    """Appends pieces to packs from number `first` on, whose first `kept` bytes stay."""

    def __init__(self, folder: Path, first: int, kept: int = 0) -> None:
        self.written = 0  # bytes, on the disk
        self._folder, self._number, self._kept = folder, first, kept
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def add(self, digest: bytes, piece: bytes) -> Place:
        """Keep a piece."""
        if self._file and self._file.tell() > LARGEST_PACK:
            self._close()
            self._number, self._kept = self._number + 1, 0
        if not self._file:
            self._file = pack_path(self._folder, self._number).open("r+b" if self._kept else "wb")
            self._file.truncate(self._kept)
            self._file.seek(self._kept)
        data = zlib.compress(piece, QUICK)
        self._file.write(RECORD.pack(digest, len(data)) + data)
        self.written += RECORD.size + len(data)
        return Place(self._number, self._file.tell() - len(data), len(data))

    def _close(self) -> None:
        """Everything onto the disk, and out of memory: what is read next comes from the disk."""
        if self._file:
            with self._file as file:
                file.flush()
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            self._file = None


class PackReader:
    """Pieces out of packs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[int, BinaryIO] = {}
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    def piece(self, digest: bytes, place: Place) -> bytes | None:
        """The piece at a place; None where it is gone or damaged."""
        try:
            if place.pack not in self._files:
                opened = pack_path(self._folder, place.pack).open("rb")
                self._files[place.pack] = self._opened.enter_context(opened)
            file = self._files[place.pack]
            file.seek(place.offset)
            return unpacked(file.read(place.length), digest)
        except OSError:
            return None

"""Opens the files that a .zip or a .tar (also .tar.gz) holds; any other file is itself, unpacked where it is gzip.

Nothing is written to disk: a member is a stream, to be read before the next one is asked for. What would lead out of
the archive, is locked, or swells beyond all measure is a Rejection.
"""

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from archive.article import Rejection
from archive.batches.folders import composed, is_hidden, printable
from archive.text.encoding import UnreadableBytes, decode

ZIP, GZIP, USTAR = b"PK\x03\x04", b"\x1f\x8b", b"ustar"
EMPTY_ZIP = b"PK\x05\x06"
PACKED = (".zip", ".tar", ".tgz", ".tar.gz", ".7z", ".rar")
BUFFER = 1 << 20
UNMEASURED = 100_000_000  # bytes that may come out of anything
SWELLING = 200  # times its packed size that a larger file may unpack to; text shrinks 3 to 30 times
MOST_FILES = 500_000  # in one .zip: its list of names is held in memory
UTF8_NAME, LOCKED = 0x800, 0x1  # flags of a zip's member
BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError)

Member = tuple[str, io.BufferedReader | Rejection]


class Swollen(ValueError):
    """More came out than any text can have been packed into."""


class Stream(io.RawIOBase):
    """What a compressed stream gives, in full reads; Swollen beyond `most` bytes."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile, most: int) -> None:
        self.file, self.left = file, most

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as there is anything."""
        done = 0
        while done < len(buffer) and (piece := self.file.read(len(buffer) - done)):
            buffer[done : done + len(piece)] = piece
            done += len(piece)
        self.left -= done
        if self.left < 0:
            raise Swollen(f"файл распаковывается больше чем в {SWELLING} раз: это не тексты")
        return done


def buffered(file: IO[bytes] | gzip.GzipFile, most: int) -> io.BufferedReader:
    """The stream with a megabyte that can be looked at before it is read."""
    return io.BufferedReader(Stream(file, most), BUFFER)


def unpacked(file: IO[bytes], name: str, prefix: str) -> Iterator[Member]:
    """The files in an open one, each under `prefix` and its path inside; a plain file is its own only member."""
    start = file.read(len(ZIP))
    size = file.seek(0, io.SEEK_END)
    most = allowed(size)
    file.seek(0)
    if start in (ZIP, EMPTY_ZIP):
        with zipfile.ZipFile(file) as packed:
            if not is_document(packed):
                yield from some(of_zip(packed, prefix, most), name)
                return
        file.seek(0)
    is_packed = start.startswith(GZIP)
    stream = buffered(gzip.GzipFile(fileobj=file) if is_packed else file, most)
    if stream.peek(512)[257:262] == USTAR:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            yield from some(of_tar(tar, prefix, most if is_packed else size), name)
    else:
        yield name, stream


def allowed(size: int) -> int:
    """How many bytes may come out of a packed file of that size."""
    return max(UNMEASURED, SWELLING * size)


def some(members: Iterator[Member], name: str) -> Iterator[Member]:
    """The members, or the reason why there are none."""
    empty = True
    for member in members:
        empty = False
        yield member
    if empty:
        yield name, Rejection(name, "в архиве нет файлов")


def is_document(packed: zipfile.ZipFile) -> bool:
    """Whether a zip is one document: DOCX, XLSX, ODT, EPUB."""
    return bool({"[Content_Types].xml", "mimetype"} & set(packed.namelist()))


def of_zip(packed: zipfile.ZipFile, prefix: str, most: int) -> Iterator[Member]:
    """The files of a zip in the order of their names."""
    infos = [info for info in packed.infolist() if not info.is_dir()]
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > most:
        raise Swollen("в архиве больше файлов или байтов, чем бывает у текстов")
    for inside, info in sorted(zip(zip_names(infos), infos, strict=True), key=lambda pair: pair[0]):
        name = prefix + inside
        if hides(inside):
            continue
        if why := refusal(inside) or zip_refusal(info):
            yield name, Rejection(name, why)
            continue
        try:
            with packed.open(info) as member:
                yield name, buffered(member, info.file_size)
        except BROKEN:
            yield name, Rejection(name, "в архиве этот файл испорчен")


def zip_names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The names of the members: UTF-8 where marked, else the code page that all of them together read best in."""
    raw = [b"" if info.flag_bits & UTF8_NAME else info.orig_filename.encode("cp437", "replace") for info in infos]
    strange = b"\n".join(name for name in raw if not name.isascii())
    try:
        encoding = decode(strange).encoding
    except UnreadableBytes:
        encoding = "utf-8"
    names = (bare.decode(encoding, "replace") or info.filename for bare, info in zip(raw, infos, strict=True))
    return [composed(name.replace("\\", "/")) for name in names]


def zip_refusal(info: zipfile.ZipInfo) -> str | None:
    """Why a member of a zip is not read."""
    if info.flag_bits & LOCKED:
        return "файл в архиве закрыт паролем"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "это не файл, а ссылка"
    if info.file_size > allowed(info.compress_size):
        return f"файл распаковывается больше чем в {SWELLING} раз: это не тексты"
    return None


def of_tar(tar: tarfile.TarFile, prefix: str, most: int) -> Iterator[Member]:
    """The files of a tar in their order; Swollen where one claims to be larger than all that may come out."""
    for info in tar:
        if info.size > most:
            raise Swollen(f"в архиве испорчен размер файла «{printable(info.name)}»: остальное не прочитано")
        inside = printable(info.name).removeprefix("./")
        if info.isdir() or hides(inside):
            continue
        name = prefix + inside
        member = tar.extractfile(info) if info.isreg() else None
        if why := refusal(inside):
            yield name, Rejection(name, why)
        elif member and not info.issparse():
            yield name, buffered(member, info.size)
        else:
            yield name, Rejection(name, "это не файл, а ссылка, устройство или файл с дырами")


def hides(inside: str) -> bool:
    """Whether a path is of what systems leave for themselves."""
    return any(is_hidden(part) and part not in (".", "..") for part in inside.split("/"))


def refusal(inside: str) -> str | None:
    """Why no member with this path is read."""
    path = PurePosixPath(inside)
    if path.is_absolute() or ".." in path.parts or inside[1:2] == ":":
        return "имя ведёт из архива наружу"
    if inside.lower().endswith(PACKED):
        return "архив внутри архива не читается: распакуйте его и добавьте отдельно"
    return None

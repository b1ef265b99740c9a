"""Finds what is left of a text in the files of a folder, compressed or not."""

import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

ZLIB_HEAD = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")


def texts_in(data: bytes) -> Iterator[bytes]:
    """The bytes, and what is compressed in them, wherever it begins."""
    yield data
    for head in ZLIB_HEAD.finditer(data):
        unpacker = zlib.decompressobj(47)  # zlib or gzip
        try:
            yield from texts_in(unpacker.decompress(data[head.start() :]) + unpacker.flush())
        except zlib.error:
            continue


def traces(folder: Path, sought: Sequence[bytes]) -> list[tuple[str, str]]:
    """(file, trace) of all that is left."""
    found = []
    for path in sorted(folder.rglob("*")):
        found += [(path.name, trace.decode()) for trace in sought if trace.decode() in path.name]
        if path.is_file():
            texts = list(texts_in(path.read_bytes()))
            found += [(path.name, trace.decode()) for trace in sought if any(trace in text for text in texts)]
    return found

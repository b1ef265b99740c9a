"""Sends text compressed to whoever takes it so: answers as they come, files of the site as they were at the start."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

import zstandard
from flask import Flask, Response, request

TEXT = (  # how kinds of text begin
    *("text/", "application/json", "application/x-ndjson", "application/javascript"),
    *("application/rss+xml", "application/atom+xml", "application/xml", "image/svg+xml"),
)
LEAST_BYTES = 500  # worth compressing
GZIP_LEVEL, ZSTD_LEVEL = 5, 4  # of answers: more takes longer than it saves
FILE_LEVELS = 9, 19  # of files, compressed once
GZIP = 16 + zlib.MAX_WBITS


class AnswerPacker(Protocol):
    """Compresses what comes piece by piece."""

    def compress(self, data: bytes, /) -> bytes:
        """What is ready after a piece."""

    def flush(self) -> bytes:
        """The rest."""


PACKERS: dict[str, Callable[[], AnswerPacker]] = {  # as browsers name them, the better first
    "zstd": lambda: zstandard.ZstdCompressor(ZSTD_LEVEL).compressobj(),
    "gzip": lambda: zlib.compressobj(GZIP_LEVEL, wbits=GZIP),
}
WHOLE: dict[str, Callable[[bytes], bytes]] = {  # of a file
    "zstd": lambda data: zstandard.ZstdCompressor(FILE_LEVELS[1]).compress(data),
    "gzip": lambda data: gzip.compress(data, FILE_LEVELS[0], mtime=0),
}


def compress_answers(app: Flask) -> None:
    """Let the app send text compressed."""
    files = compressed_files(Path(app.static_folder or ""))

    def compressed(response: Response) -> Response:
        if not (response.mimetype or "").startswith(TEXT):
            return response
        response.vary.add("Accept-Encoding")
        encoding = wanted()
        if response.status_code != 200 or response.content_encoding or not encoding:
            return response
        if request.endpoint != "static":
            compress(response, encoding)
        elif file := files[encoding].get((request.view_args or {}).get("filename", "")):
            response.direct_passthrough = False
            mark(response, file, encoding)
        return response

    app.after_request(compressed)


def compressed_files(folder: Path) -> dict[str, dict[str, bytes]]:
    """Encoding → name below the folder → the file compressed, of those worth it."""
    whole = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {
        encoding: {
            name: packed
            for name, data in whole.items()
            if len(data) >= LEAST_BYTES and len(packed := pack(data)) < 0.9 * len(data)
        }
        for encoding, pack in WHOLE.items()
    }


def wanted() -> str | None:
    """The encoding that the present request takes best, of equal ones the better; None where it takes none."""
    qualities = {encoding: request.accept_encodings.quality(encoding) for encoding in PACKERS}
    best = max(qualities, key=qualities.__getitem__)
    return best if qualities[best] > 0 else None


def compress(response: Response, encoding: str) -> None:
    """Compresses the body, one that is still being made piece by piece."""
    packer = PACKERS[encoding]()
    if response.is_streamed:
        response.response = pieces(response.iter_encoded(), packer)
        response.content_encoding = encoding
    elif len(data := response.get_data()) >= LEAST_BYTES:
        mark(response, packer.compress(data) + packer.flush(), encoding)


def mark(response: Response, packed: bytes, encoding: str) -> None:
    """Puts the compressed body in the place of the body; its tag tells that the bytes are others."""
    response.set_data(packed)
    response.content_encoding = encoding
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)


def pieces(body: Iterable[bytes], packer: AnswerPacker) -> Iterator[bytes]:
    """The body compressed as it comes."""
    for piece in body:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()

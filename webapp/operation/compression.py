"""Sends text compressed to whoever takes it so: answers as they come, files of the site as they were at the start."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from flask import Flask, Response, request

TEXT = (  # how kinds of text begin
    *("text/", "application/json", "application/x-ndjson", "application/javascript"),
    *("application/rss+xml", "application/atom+xml", "application/xml", "image/svg+xml"),
)
LEAST_BYTES = 500  # worth compressing
LEVEL = 5  # of answers: 6 and more take longer than they save
GZIP = 16 + zlib.MAX_WBITS


def compress_answers(app: Flask) -> None:
    """Let the app send text compressed."""
    files = compressed_files(Path(app.static_folder or ""))

    def compressed(response: Response) -> Response:
        if not (response.mimetype or "").startswith(TEXT):
            return response
        response.vary.add("Accept-Encoding")
        if response.status_code != 200 or response.content_encoding or not is_wanted():
            return response
        if request.endpoint != "static":
            compress(response)
        elif file := files.get((request.view_args or {}).get("filename", "")):
            response.direct_passthrough = False
            mark(response, file)
        return response

    app.after_request(compressed)


def compressed_files(folder: Path) -> dict[str, bytes]:
    """Name below the folder → the file compressed, of those worth it."""
    whole = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {
        name: packed
        for name, data in whole.items()
        if len(data) >= LEAST_BYTES and len(packed := gzip.compress(data, mtime=0)) < 0.9 * len(data)
    }


def is_wanted() -> bool:
    """Whether the present request takes gzip."""
    return request.accept_encodings.quality("gzip") > 0


def compress(response: Response) -> None:
    """Compresses the body, one that is still being made piece by piece."""
    if response.is_streamed:
        response.response = pieces(response.iter_encoded())
        response.content_encoding = "gzip"
    elif len(data := response.get_data()) >= LEAST_BYTES:
        mark(response, zlib.compress(data, LEVEL, GZIP))


def mark(response: Response, packed: bytes) -> None:
    """Puts the compressed body in the place of the body; its tag tells that the bytes are others."""
    response.set_data(packed)
    response.content_encoding = "gzip"
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)


def pieces(body: Iterable[bytes]) -> Iterator[bytes]:
    """The body compressed as it comes."""
    packer = zlib.compressobj(LEVEL, wbits=GZIP)
    for piece in body:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()

"""Text goes out compressed to whoever takes it so, the same text as without."""

import gzip
import re
import zlib
from collections.abc import Iterator

import pytest
import zstandard
from flask import Response
from flask.testing import FlaskClient

from archive.home import Home
from webapp.app import create_app

PAGES = (
    *("/", "/search?q=завод", "/search.rss?q=завод", "/search.csv?q=завод", "/search.jsonl?q=завод"),
    "/api/v1/search?q=завод",
)
GZIP = {"Accept-Encoding": "br;q=1.0, gzip;q=0.8"}


def untimed(body: bytes) -> bytes:
    """A body without how long it took to make."""
    return re.sub(rb'"took_ms":\s*[\d.]+', b"", body)


def streamed() -> Response:
    def lines() -> Iterator[str]:
        for number in range(50_000):
            yield f"строка {number}\n"

    return Response(lines(), mimetype="text/plain")


@pytest.fixture
def client(site_home: Home) -> FlaskClient:
    app = create_app(site_home)
    app.add_url_rule("/streamed", "streamed", view_func=streamed)
    return app.test_client()


def unpacked(data: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


@pytest.mark.parametrize(
    ("takes", "encoding"),
    [
        ("br;q=1.0, gzip;q=0.8", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0.5, gzip", "gzip"),
        ("gzip;q=0, zstd", "zstd"),
    ],
)
@pytest.mark.parametrize("url", [*PAGES, "/static/podshivka.css", "/streamed"])
def test_the_same_text_in_fewer_bytes(client: FlaskClient, url: str, takes: str, encoding: str) -> None:
    plain = client.get(url, buffered=True)
    packed = client.get(url, headers={"Accept-Encoding": takes}, buffered=True)
    assert plain.status_code == packed.status_code == 200
    assert plain.vary == packed.vary
    assert "Accept-Encoding" in plain.vary
    assert plain.content_encoding is None
    assert packed.content_encoding == encoding
    assert untimed(unpacked(packed.data, encoding)) == untimed(plain.data)
    assert len(packed.data) < len(plain.data) / 1.5
    assert packed.content_length in (None, len(packed.data))


def test_a_page_of_results_takes_a_fifth(client: FlaskClient) -> None:
    url = "/search?q=завод"
    assert 5 * len(client.get(url, headers=GZIP).data) <= len(client.get(url).data)


@pytest.mark.parametrize("taken", ["", "br", "gzip;q=0", "identity", "gzip;q=0, *;q=0"])
def test_who_does_not_take_it_gets_plain_text(client: FlaskClient, taken: str) -> None:
    for url in (*PAGES, "/static/podshivka.css"):
        answer = client.get(url, headers={"Accept-Encoding": taken}, buffered=True)
        assert answer.content_encoding is None
        assert "Accept-Encoding" in answer.vary


def test_fonts_and_short_answers_go_as_they_are(client: FlaskClient) -> None:
    for url in ("/static/fonts/podshivka-sans-latin.woff2", "/static/icon.svg", "/healthz"):
        assert client.get(url, headers=GZIP).content_encoding is None


def test_a_browser_that_has_the_file_is_told_so_in_either_form(client: FlaskClient) -> None:
    url = "/static/podshivka.css"
    plain, packed = client.get(url).headers["ETag"], client.get(url, headers=GZIP).headers["ETag"]
    assert plain != packed
    for tag in (plain, packed):
        assert client.get(url, headers={**GZIP, "If-None-Match": tag}).status_code == 304
    part = client.get(url, headers={**GZIP, "Range": "bytes=0-9"})
    assert (part.status_code, part.content_encoding, len(part.data)) == (206, None, 10)


def test_head_tells_what_get_would(client: FlaskClient) -> None:
    for url in ("/search?q=завод", "/static/podshivka.css"):
        head, get = client.head(url, headers=GZIP), client.get(url, headers=GZIP)
        assert head.data == b""
        assert head.content_length == get.content_length
        assert head.content_encoding == "gzip"


def test_a_streamed_answer_comes_piece_by_piece(client: FlaskClient) -> None:
    answer = client.get("/streamed", headers=GZIP, buffered=False)
    first = next(iter(answer.iter_encoded()))
    begun = zlib.decompressobj(wbits=31).decompress(first + next(answer.iter_encoded()))
    assert begun.decode(errors="ignore").startswith("строка 0\nстрока 1\n")
    assert len(begun) < 500_000
    answer.close()

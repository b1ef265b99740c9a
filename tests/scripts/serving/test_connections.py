"""What the server itself refuses, before the application sees it."""

import pytest
from waitress.adjustments import Adjustments

from scripts.serving.connections import MOST_HEADER_BYTES, Parser

LONG = b"a" * MOST_HEADER_BYTES


@pytest.mark.parametrize(
    ("sent", "code", "told"),
    [
        (b"GET /search?q=" + LONG, 414, "Слишком длинный адрес"),
        (b"GET / HTTP/1.1\r\nCookie: " + LONG, 431, "Слишком длинные заголовки"),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400, "Запрос записан с ошибкой"),
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400, "Запрос записан с ошибкой"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413, "Запрос слишком велик"),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "Так сюда не обращаются"),
    ],
)
def test_a_refusal_is_told_in_russian(sent: bytes, code: int, told: str) -> None:
    parser = Parser(Adjustments(max_request_header_size=MOST_HEADER_BYTES))
    for start in range(0, len(sent), 8192):
        parser.received(sent[start : start + 8192])
    assert parser.error
    status, headers, body = parser.error.to_response("podshivka")
    assert status.startswith(f"{code} ")
    assert told in body.decode()
    assert headers == [("Content-Type", "text/plain; charset=utf-8")]

"""Serves the home on a web address for as long as the command runs, its index brought up to date beside it."""

import errno
import re
import socket
import sys
from threading import Thread

import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import Error

from archive.errors import Refusal, reason
from archive.home import Home
from scripts.output import messages
from scripts.serving.upkeep import catch_up, start_beside
from webapp.app import create_app
from webapp.current_archive import HOLDINGS, warm
from webapp.operation.request_log import write_to_stderr

THREADS = 3  # more of them only take the one core from each other (docs/PERFORMANCE.md)
MOST_HEADER_BYTES = 64 * 1024  # of an address and all headers together
REFUSALS = {  # of what cannot be a request: reason in English, as HTTP has it, and for whoever reads it
    400: ("Bad Request", "Запрос записан с ошибкой."),
    413: ("Content Too Large", "Запрос слишком велик."),
    414: ("URI Too Long", "Слишком длинный адрес: он длиннее 16 КБ. Задайте запрос короче."),
    431: ("Request Header Fields Too Large", "Слишком длинные заголовки запроса."),
    501: ("Not Implemented", "Так сюда не обращаются."),
}
LAGS = "Индекс отстаёт от архива: догоняет, пока вы ищете."
PREPARES = "Архив готовится после обновления программы: до того страницы говорят, сколько сделано."
NOT_ASCII = re.compile(rb"[\x80-\xff]")


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes an address with Russian letters as they are (`curl …/search?q=завод`), where waitress refuses it; what is
    refused is told in Russian."""

    error: Error | None = None

    def received(self, data: bytes) -> int:
        had_address = b"\n" in self.header_plus + data
        consumed: int = super().received(data)
        refused = self.error
        if refused and not isinstance(refused, RussianError):
            self.error = RussianError(414 if refused.code == 431 and not had_address else refused.code)
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        line, end, headers = header_plus.partition(b"\r\n")
        super().parse_header(NOT_ASCII.sub(lambda m: b"%%%02X" % m.group()[0], line) + end + headers)


class RussianError(Error):  # type: ignore[misc]
    """Why a request is refused before the application sees it."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.reason, self.body = REFUSALS.get(code, REFUSALS[400])

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status line, headers and text."""
        return f"{self.code} {self.reason}", [("Content-Type", "text/plain; charset=utf-8")], self.body.encode()


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are read by Parser."""

    parser_class = Parser


def serve(
    home: Home, host: str, port: int, sample: bool, log_format: str | None, log_queries: bool, show_batches: bool
) -> None:
    """`podshivka serve`: says the address, then answers until it is stopped."""
    listening = listen(host, port)
    format = log_format or ("text" if sys.stderr.isatty() else "json")
    if format == "json":
        messages.be_quiet()  # nothing but JSON goes to stderr
    behind = catch_up(home, sample)
    write_to_stderr(format)
    app = create_app(home, log_queries, show_batches)
    server = waitress.create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        max_request_header_size=MOST_HEADER_BYTES,
        trusted_proxy="127.0.0.1",
        trusted_proxy_headers={"x-forwarded-proto"},  # whole addresses, in feeds, begin with https behind a web server
    )
    server.channel_class = Channel
    Thread(target=warm, args=(app,), daemon=True).start()
    messages.put("Подшивка открыта; остановить – Ctrl-C. Адрес:")
    messages.put(f"http://{f'[{host}]' if ':' in host else host}:{port}")
    upkeep = start_beside(home, format) if behind else None
    if upkeep:
        searched = app.extensions[HOLDINGS].health().articles is not None
        messages.put(LAGS if searched else PREPARES)
    try:
        server.run()
    finally:
        if upkeep:
            upkeep.terminate()


def listen(host: str, port: int) -> socket.socket:
    """A socket at the address; raises Refusal where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise Refusal(f"Порт {port} занят другой программой. Назовите другой: --port {port + 1}.") from error
        raise Refusal(f"Адрес {host}:{port} не открыть: {reason(error)}.") from error
    return listening

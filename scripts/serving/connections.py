"""Reads requests from connections and drops those that are silent or too slow, so that they keep nobody waiting."""

import re
import time
from typing import TYPE_CHECKING

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask
from waitress.utilities import Error

if TYPE_CHECKING:
    import socket

    from waitress.server import BaseWSGIServer

MOST_HEADER_BYTES = 64 * 1024  # of an address and all headers together
MOST_CONNECTIONS = 500  # of a process: with the next the quietest of them is dropped
MOST_ANSWERS = 50  # over one connection
QUIET_SECONDS = 10  # after which a silent connection, or a request not come whole by then, is dropped
REFUSALS = {  # of what cannot be a request: reason in English, as HTTP has it, and for whoever reads it
    400: ("Bad Request", "Запрос записан с ошибкой."),
    413: ("Content Too Large", "Запрос слишком велик."),
    414: ("URI Too Long", "Слишком длинный адрес: он длиннее 16 КБ. Задайте запрос короче."),
    431: ("Request Header Fields Too Large", "Слишком длинные заголовки запроса."),
    501: ("Not Implemented", "Так сюда не обращаются."),
}
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


class CountedAnswer(WSGITask):  # type: ignore[misc]
    """An answer; after some of them its connection is closed. Connections that are opened at once may all come to one
    process: so they spread again, to those that are idle."""

    def build_response_header(self) -> bytes:
        """As waitress does it."""
        self.channel.answered += 1
        if self.channel.answered >= MOST_ANSWERS:
            self.set_close_on_finish()
        header: bytes = super().build_response_header()
        return header


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are read by Parser; one of which nothing more comes gives way to others."""

    parser_class = Parser
    task_class = CountedAnswer
    last_activity: float
    answered = 0  # requests

    def __init__(
        self,
        server: "BaseWSGIServer",
        sock: "socket.socket",
        addr: object,
        adj: Adjustments,
        map: dict[int, object] | None = None,
    ) -> None:
        super().__init__(server, sock, addr, adj, map)
        if len(server.active_channels) > MOST_CONNECTIONS:
            drop_quietest([channel for channel in server.active_channels.values() if channel is not self])

    def handle_read(self) -> None:
        """As waitress does it, but a request that comes in drops stands in time by its first of them."""
        begun, since = self.request, self.last_activity
        super().handle_read()
        if begun is not None and self.request is begun:
            self.last_activity = since

    def writable(self) -> bool:
        """As waitress has it; who does not read what he has asked for is dropped, whatever still writes to him."""
        if self.total_outbufs_len > self.adj.send_bytes and time.time() - self.last_activity > QUIET_SECONDS:
            self.will_close = True
        return bool(super().writable())


def drop_quietest(channels: list[Channel]) -> None:
    """Closes the connection that has been without a request for longest."""
    waiting = [channel for channel in channels if not channel.requests and not channel.will_close]
    if waiting:
        min(waiting, key=lambda channel: channel.last_activity).will_close = True

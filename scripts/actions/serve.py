"""The home on a web address, for as long as the command runs."""

import errno
import re
import socket
import sys
from threading import Thread

import click
import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from archive.errors import Refusal, reason
from archive.home import Home
from scripts.actions.batches import catch_up, catch_up_beside
from scripts.output import messages as telling
from webapp.app import create_app
from webapp.current_archive import warm
from webapp.operation.request_log import write_to_stderr

THREADS = 3  # more of them only take the one core from each other (docs/PERFORMANCE.md)
NOT_ASCII = re.compile(rb"[\x80-\xff]")


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes an address with Russian letters as they are (`curl …/search?q=завод`), where waitress refuses it."""

    def parse_header(self, header_plus: bytes) -> None:
        line, end, headers = header_plus.partition(b"\r\n")
        super().parse_header(NOT_ASCII.sub(lambda m: b"%%%02X" % m.group()[0], line) + end + headers)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are read by Parser."""

    parser_class = Parser


def serve(home: Home, host: str, port: int, sample: bool, log_format: str | None, log_queries: bool) -> None:
    """`podshivka serve`: says the address, then answers until it is stopped."""
    listening = listen(host, port)
    format = log_format or ("text" if sys.stderr.isatty() else "json")
    if format == "json":
        telling.be_quiet()  # nothing but JSON goes to stderr
    lagging = catch_up(home, sample)
    write_to_stderr(format)
    app = create_app(home, log_queries)
    server = waitress.create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        trusted_proxy="127.0.0.1",
        trusted_proxy_headers={"x-forwarded-proto"},  # whole addresses, in feeds, begin with https behind a web server
    )
    server.channel_class = Channel
    Thread(target=warm, args=(app,), daemon=True).start()
    click.echo("Подшивка открыта; остановить – Ctrl-C. Адрес:")
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}")
    if lagging:
        click.echo("Индекс отстаёт от архива: догоняет, пока вы ищете.")
        Thread(target=catch_up_beside, args=(home,), daemon=True).start()
    server.run()


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

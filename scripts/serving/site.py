"""Answers requests on a listening socket until the process is told to end."""

import ctypes
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from types import FrameType

import waitress

from archive.home import Home
from scripts.serving.connections import MOST_CONNECTIONS, MOST_HEADER_BYTES, QUIET_SECONDS, Channel
from webapp.app import create_app
from webapp.current_archive import warm
from webapp.views.robots import RobotsRule

THREADS = 3  # more of them only take the one core of a process from each other (docs/PERFORMANCE.md)
M_ARENA_MAX = -8  # of glibc's malloc.h
ARENAS = 2
BACKLOG = 1024  # connections that wait to be taken


@dataclass(frozen=True, slots=True)
class Site:
    """What is served, and how it is logged."""

    home: Home
    log_format: str
    log_queries: bool
    show_batches: bool
    robots_rule: RobotsRule
    accept_suggestions: bool


def answer(site: Site, listening: socket.socket) -> None:
    """Answers until Ctrl-C or SIGTERM; what is being answered then is finished."""
    app = create_app(site.home, site.log_queries, site.show_batches, site.robots_rule, site.accept_suggestions)
    server = waitress.create_server(
        app,
        sockets=[listening],
        ident=None,  # which server answers, and of which version, is nobody's business
        threads=THREADS,
        backlog=BACKLOG,
        max_request_header_size=MOST_HEADER_BYTES,
        connection_limit=2 * MOST_CONNECTIONS,  # never reached: Channel lets go of the quietest before
        channel_timeout=QUIET_SECONDS,
        cleanup_interval=1,
        asyncore_use_poll=True,
        trusted_proxy="127.0.0.1",
        trusted_proxy_headers={  # whole addresses begin with https behind a web server; whose the suggestions are
            "x-forwarded-proto",
            "x-forwarded-for",
        },
    )
    server.channel_class = Channel
    share_arenas()
    Thread(target=warm, args=(app,), daemon=True).start()
    end_when_told()
    server.run()


def share_arenas() -> None:
    """Lets the threads of this process share two arenas of glibc's allocator; each would keep what it has freed."""
    with suppress(AttributeError, OSError):  # another C library has none
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def end_when_told() -> None:
    """From now on the first SIGTERM ends the process as Ctrl-C does."""
    signal.signal(signal.SIGTERM, end_once)


def end_once(number: int, frame: FrameType | None) -> None:
    """Ends the process; a second signal does not disturb that."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit()

"""Serves the home on a web address for as long as the command runs, its index brought up to date beside it."""

import errno
import os
import socket
import sys

from archive.errors import Refusal, reason
from archive.home import Home
from scripts.actions.indexing import user_name
from scripts.output import messages
from scripts.serving.desk import LOOPBACK, start_desk
from scripts.serving.site import BACKLOG, Site, answer
from scripts.serving.upkeep import catch_up, start_beside
from scripts.serving.workers import keep_answering
from search.searcher import Searcher
from search.statistics import Holdings
from webapp.operation.request_log import write_to_stderr
from webapp.views.robots import RobotsRule

LAGS = "Индекс отстаёт от архива: догоняет, пока вы ищете."
PREPARES = "Архив готовится после обновления программы: до того страницы говорят, сколько сделано."


def serve(
    home: Home,
    host: str,
    port: int,
    workers: int | None,
    sample: bool,
    log_format: str | None,
    log_queries: bool,
    show_batches: bool,
    robots_rule: RobotsRule,
    accept_suggestions: bool,
    desk: int | None,
) -> None:
    """`podshivka serve`: says the address, then answers until it is stopped."""
    listening = listen(host, port)
    at_desk = listen(LOOPBACK, desk) if desk else None
    format = log_format or ("text" if sys.stderr.isatty() else "json")
    if format == "json":
        messages.be_quiet()  # nothing but JSON goes to stderr
    behind = catch_up(home, sample)
    write_to_stderr(format, log_queries)
    listening.listen(BACKLOG)
    messages.put("Подшивка открыта; остановить – Ctrl-C. Адрес:")
    messages.put(f"http://{f'[{host}]' if ':' in host else host}:{port}")
    upkeep = start_beside(home, format) if behind else None
    if upkeep:
        searched = Holdings(home, Searcher(home)).health().articles is not None
        messages.put(LAGS if searched else PREPARES)
    site = Site(home, format, log_queries, show_batches, robots_rule, accept_suggestions)
    beside = [upkeep] if upkeep else []
    if at_desk:
        beside.append(start_desk(home, at_desk, format, user_name()))
    try:
        serve_in(workers or usual_workers(), site, listening)
    finally:
        for process in beside:
            process.terminate()


def serve_in(workers: int, site: Site, listening: socket.socket) -> None:
    """Answers in this process, or in several that this one keeps."""
    if workers == 1:
        answer(site, listening)
    else:
        keep_answering(site, listening, workers)


def usual_workers() -> int:
    """One process for every core that this one may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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

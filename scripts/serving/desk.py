"""Serves the archivist's desk in a process of its own, on this machine alone."""

import multiprocessing
import secrets
import socket
from multiprocessing.process import BaseProcess

import waitress

from archive.home import Home
from indexer.pipeline import start_worker
from scripts.output import messages
from scripts.serving.site import end_when_told
from webapp.desk.desk import create_desk
from webapp.operation.request_log import write_to_stderr

LOOPBACK = "127.0.0.1"
THREADS = 2


def start_desk(home: Home, listening: socket.socket, log_format: str, who: str) -> BaseProcess:
    """Starts the process, and says at which address the archivist finds his desk."""
    port, key = int(listening.getsockname()[1]), secrets.token_urlsafe(24)
    process = multiprocessing.get_context("spawn").Process(
        target=answer_archivist, args=(home, listening, port, key, log_format, who), daemon=True
    )
    process.start()
    messages.put("Стол архивиста, только для этого компьютера:")
    messages.put(f"http://{LOOPBACK}:{port}/?key={key}")
    return process


def answer_archivist(home: Home, listening: socket.socket, port: int, key: str, log_format: str, who: str) -> None:
    """Answers as the only work of a process."""
    start_worker()
    write_to_stderr(log_format, with_queries=False)
    listening.listen()
    server = waitress.create_server(create_desk(home, port, key, who), sockets=[listening], threads=THREADS, ident=None)
    end_when_told()
    server.run()

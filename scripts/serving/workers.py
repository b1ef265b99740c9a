"""Keeps the processes that answer on one listening socket: a dead one is started anew, all end with this one."""

import logging
import multiprocessing
import os
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from archive.errors import Refusal
from indexer.pipeline import start_worker
from scripts.serving.site import Site, answer, end_when_told
from search.searcher import share_memory
from webapp.operation.metrics import COUNTERS_FOLDER, forget_process
from webapp.operation.request_log import write_to_stderr

LOG = logging.getLogger(__name__)
SPAWNED = multiprocessing.get_context("spawn")
SECONDS_BEFORE_NEXT = 0.5  # a process is started in the place of a dead one
SECONDS_TO_START = 10  # a process that ends earlier than that has not come up
DEATHS_AT_START = 5  # a process, one after another, after which the command gives up
SECONDS_TO_END = 10  # for what is being answered


def keep_answering(site: Site, listening: socket.socket, workers: int) -> None:
    """Answers in that many processes until Ctrl-C or SIGTERM. Raises Refusal where they do not come up."""
    end_when_told()
    running: dict[BaseProcess, float] = {}  # and when each was started
    in_vain = 0
    with counters_folder():
        try:
            while in_vain < DEATHS_AT_START * workers:
                while len(running) < workers:
                    running[started(site, listening, workers)] = time.monotonic()
                for process in dead(running):
                    came_up = time.monotonic() - running.pop(process) > SECONDS_TO_START
                    in_vain = 0 if came_up else in_vain + 1
                    time.sleep(SECONDS_BEFORE_NEXT)
            raise Refusal("Сервер не поднимается: его процессы завершаются сразу. Почему, записано в журнале.")
        except KeyboardInterrupt:
            pass
        finally:
            end(list(running))


@contextmanager
def counters_folder() -> Iterator[None]:
    """A folder in which the processes count together, for `/metrics`."""
    with tempfile.TemporaryDirectory(prefix="podshivka-") as folder:
        os.environ[COUNTERS_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[COUNTERS_FOLDER]


def started(site: Site, listening: socket.socket, workers: int) -> BaseProcess:
    """A new process that answers; Ctrl-C at the terminal does not reach it."""
    process = SPAWNED.Process(target=answer_beside, args=(site, listening, workers))
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.start()
    finally:
        signal.signal(signal.SIGINT, former)
    return process


def answer_beside(site: Site, listening: socket.socket, workers: int) -> None:
    """Answers as the only work of a process."""
    start_worker()
    write_to_stderr(site.log_format, site.log_queries)
    share_memory(workers)
    answer(site, listening)


def dead(running: dict[BaseProcess, float]) -> list[BaseProcess]:
    """Waits until processes have died, and tells which; each death is logged."""
    wait([process.sentinel for process in running])
    found = [process for process in running if not process.is_alive()]
    for process in found:
        forget_process(process.pid or 0)
        LOG.error(
            "the process %d that answers readers ended with %s: a new one is started", process.pid, process.exitcode
        )
    return found


def end(processes: list[BaseProcess]) -> None:
    """Ends processes, those that do not obey by force."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + SECONDS_TO_END
    for process in processes:
        process.join(max(0.0, until - time.monotonic()))
        process.kill()
        process.join()

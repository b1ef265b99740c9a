"""Lets one process at a time write to a home; a lock ends with its process and is not inherited by children."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock

from archive.disk.atomic import make_folder
from archive.errors import Refusal, reason

THREADS_IN_TURN = Lock()  # the file's lock does not tell the threads of a process apart


class Locked(Refusal):
    """Another process holds the lock."""


@contextmanager
def writing(home: Path, command: str) -> Iterator[None]:
    """Holds the home's lock; raises Locked, naming the holder, where another process has it."""
    try:
        make_folder(home)
    except OSError as error:
        raise Refusal(f"В папку архива {home} не записать: {reason(error)}.") from error
    with held(home / "lock", f"Архив {home} занят", command):
        yield


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Waits for its turn to hold the lock on the file `path`, among threads and processes: for work that takes others
    no longer than seconds."""
    with THREADS_IN_TURN, opened(path) as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        yield


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Opens the file of a lock, in a folder that there is."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Refusal(f"В папку {path.parent} не записать: {reason(error)}.") from error
    try:
        yield file
    finally:
        os.close(file)


@contextmanager
def held(path: Path, busy: str, command: str) -> Iterator[None]:
    """Holds the lock on the file `path`; raises Locked, which says what is busy and with what."""
    with opened(path) as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(file, 1000, 0).decode(errors="replace").strip()
            raise Locked(f"{busy}: {holder or 'другая команда'}. Дождитесь её конца.") from None
        os.ftruncate(file, 0)
        os.pwrite(file, f"{command} (процесс {os.getpid()}, с {datetime.now():%H:%M:%S %d.%m.%Y})".encode(), 0)
        yield

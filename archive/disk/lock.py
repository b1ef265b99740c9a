"""Lets one process at a time write to a home; a lock ends with its process and is not inherited by children."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from archive.errors import Refusal, reason


class Locked(Refusal):
    """Another process holds the lock."""


@contextmanager
def writing(home: Path, command: str) -> Iterator[None]:
    """Holds the home's lock; raises Locked, naming the holder, where another process has it."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"В папку архива {home} не записать: {reason(error)}.") from error
    with held(home / "lock", f"Архив {home} занят", command):
        yield


@contextmanager
def held(path: Path, busy: str, command: str) -> Iterator[None]:
    """Holds the lock on the file `path`; raises Locked, which says what is busy and with what."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Refusal(f"В папку {path.parent} не записать: {reason(error)}.") from error
    try:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(file, 1000, 0).decode(errors="replace").strip()
            raise Locked(f"{busy}: {holder or 'другая команда'}. Дождитесь её конца.") from None
        os.ftruncate(file, 0)
        os.pwrite(file, f"{command} (процесс {os.getpid()}, с {datetime.now():%H:%M:%S %d.%m.%Y})".encode(), 0)
        yield
    finally:
        os.close(file)

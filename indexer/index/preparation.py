"""Tells whoever serves a home how far the index is that another process builds for it: a small file in the home."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FILE = "preparing"  # in the home, while a process builds


@contextmanager
def preparing(home: Path) -> Iterator[Callable[[int, int], None]]:
    """Yields `told(done, total)`, which leaves the share done where `percent` finds it."""
    file = home / FILE

    def told(done: int, total: int) -> None:
        beside = file.with_name(FILE + ".new")
        beside.write_text(json.dumps([os.getpid(), min(99, 100 * done // max(1, total))]))
        beside.replace(file)

    told(0, 1)
    try:
        yield told
    finally:
        file.unlink(missing_ok=True)


def percent(home: Path) -> int | None:
    """The share done of the index that is being built; None where no living process builds one."""
    with suppress(OSError, ValueError):
        process, done = json.loads((home / FILE).read_bytes())
        if is_alive(process):
            return int(done)
    return None


def is_alive(process: int) -> bool:
    """Whether there is a process of that number, whoever owns it."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

"""Reads the memory of a process with all it has started from the kernel (Linux): its own apart from mapped files."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.5  # seconds between two looks


@dataclass(slots=True)
class Held:
    """MB of memory: anonymous, and pages of mapped files (those of two processes count twice)."""

    own: int = 0
    mapped: int = 0

    def __str__(self) -> str:
        return f"{self.own} MB of its own, {self.mapped} MB mapped"


def held(process: int) -> Held:
    """What a process and all below it hold now; nothing where it has ended."""
    found = Held()
    try:
        status = Path(f"/proc/{process}/status").read_text()
        below = [path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return found
    for name, _, value in (line.partition(":") for line in status.splitlines()):
        if name == "RssAnon":
            found.own += int(value.split()[0]) >> 10
        elif name == "RssFile":
            found.mapped += int(value.split()[0]) >> 10
    for child in " ".join(below).split():
        other = held(int(child))
        found.own, found.mapped = found.own + other.own, found.mapped + other.mapped
    return found


@contextmanager
def watched() -> Iterator[Held]:
    """The most that this process and all it starts hold at any one moment until the end of the block: of their own,
    and, perhaps at another moment, mapped."""
    most, over = Held(), threading.Event()

    def look() -> None:
        while True:
            now = held(os.getpid())
            most.own, most.mapped = max(most.own, now.own), max(most.mapped, now.mapped)
            if over.wait(EVERY):
                return

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()

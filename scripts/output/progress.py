"""Tells how far a long command is: by a bar on a terminal, a line a minute elsewhere, or events for a program.

All of it goes to stderr, but the events.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

from scripts.output import messages
from scripts.output.messages import event, manner

LINE_EVERY, EVENT_EVERY = 60.0, 1.0  # seconds
STAGES = {  # as events call them
    "reading": "Чтение",
    "naming": "Имена",
    "comparing": "Перепечатки",
    "indexing": "Индекс",
    "checking": "Проверка",
    "snapshot": "Снимок",
    "copying": "Копия",
    "verifying": "Проверка копий",
    "restoring": "Восстановление",
    "exporting": "Выгрузка",
    "erasing": "Копии",
}

Told = Callable[..., None]  # (done, total=None)


@contextmanager
def progress(stage: str, unit: str = " статей") -> Iterator[Told]:
    """Yields `told(done, total=None)`, to be called as often as one likes."""
    if manner() == "quiet":
        yield lambda done, total=None: None
    elif manner() == "json":
        yield from as_events(stage)
    elif on_terminal():
        with Bar(desc=STAGES.get(stage, stage), unit=unit, dynamic_ncols=True, leave=False, smoothing=0.1) as bar:
            yield bar.told
    else:
        yield from as_lines(STAGES.get(stage, stage), unit)


def on_terminal() -> bool:
    """Whether a person sees stderr, on a terminal wide enough for a bar."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns > 0
    except (OSError, ValueError):
        return False


class Bar(tqdm):  # type: ignore[type-arg]
    """A bar whose words are Russian."""

    def told(self, done: int, total: int | None = None) -> None:
        """So many are done, of so many where that is known."""
        self.total = total
        self.update(done - self.n)

    @property
    def format_dict(self) -> dict[str, Any]:
        """What tqdm writes, and how."""
        words: dict[str, Any] = super().format_dict  # type: ignore[assignment]
        rate = words["rate"] or (words["n"] / words["elapsed"] if words["elapsed"] else 0)
        words["done"] = amount(words["n"], words["total"], words["unit"])
        words["pace"] = pace(words["n"], words["total"], rate)
        words["bar_format"] = "{desc}: " + ("{percentage:3.0f}% |{bar}| " if words["total"] else "") + "{done}{pace}"
        return words


def as_lines(what: str, unit: str) -> Iterator[Told]:
    """A line at the start, one a minute."""
    messages.put(f"{what}…", err=True)
    start = last = time.monotonic()

    def told(done: int, total: int | None = None) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= LINE_EVERY:
            last = now
            said = amount(done, total, unit) + pace(done, total, done / (now - start))
            messages.put(f"{what}: {said}", err=True)

    yield told


def as_events(stage: str) -> Iterator[Told]:
    """An event at the start, one a second, one for all that was done."""
    last = time.monotonic()
    latest: tuple[int, int | None] = (0, None)
    event("progress", stage=stage, done=0, total=None)

    def told(done: int, total: int | None = None) -> None:
        nonlocal last, latest
        latest = done, total
        if time.monotonic() - last >= EVENT_EVERY:
            last = time.monotonic()
            event("progress", stage=stage, done=done, total=total)

    yield told
    event("progress", stage=stage, done=latest[0], total=latest[0])


def amount(done: int, total: int | None, unit: str) -> str:
    """«1200 из 5000 статей», «1200 статей».

    >>> amount(3, 12, " МБ")
    '3 из 12 МБ'
    """
    return (f"{done} из {total}" if total else str(done)) + unit


def pace(done: int, total: int | None, rate: float) -> str:
    """«, 350 в секунду, осталось 4 мин»; empty where nothing is known yet.

    >>> pace(100, 2200, 8.5)
    ', 8,5 в секунду, осталось 4 мин'
    """
    if not rate:
        return ""
    said = f", {rate:.{0 if rate >= 10 else 1}f} в секунду".replace(".", ",")
    return said + (f", осталось {duration((total - done) / rate)}" if total and total > done else "")


def duration(seconds: float) -> str:
    """«40 с», «4 мин», «2 ч 10 мин».

    >>> duration(7800)
    '2 ч 10 мин'
    """
    if seconds < 60:
        return f"{seconds:.0f} с"
    minutes = round(seconds / 60)
    return f"{minutes} мин" if minutes < 60 else f"{minutes // 60} ч {minutes % 60} мин"

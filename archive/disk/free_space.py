"""Refuses a long command where the disk has too little free space to finish it."""

import shutil
from pathlib import Path

from archive.errors import Refusal

SPARE_BYTES = 20_000_000  # that are to stay free


class NoSpace(Refusal):
    """The disk is too full for what is to be done."""


def index_growth(store: Path) -> int:
    """Estimates the bytes that an index built anew takes: about as many as the store."""
    return store.stat().st_size * 6 // 5


def require_space(home: Path, size: int, what: str) -> None:
    """Raises NoSpace where the home's disk has not so many bytes free."""
    free = shutil.disk_usage(next(folder for folder in (home, *home.parents) if folder.exists())).free
    if free < size + SPARE_BYTES:
        raise NoSpace(
            f"На диске с архивом {home} мало места: {what} нужно около {megabytes(size + SPARE_BYTES)}, "
            f"свободно {megabytes(free)}. Архив не изменён; освободите место и повторите команду."
        )


def megabytes(size: int) -> str:
    """Formats a size for people.

    >>> megabytes(1_234_567_890)
    '1 235 МБ'
    """
    return f"{max(1, round(size / 1e6)):,} МБ".replace(",", " ")

"""Room on the disk: a folder and bytes in, a refusal out before a long command begins what it cannot finish."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from archive.batches.folders import files
from archive.database.database import StoreError

# How many bytes of text, index and journal one of a batch may come to: packed files swell, pages are mostly markup.
GROWTH = {".zip": 12, ".gz": 12, ".tgz": 12, ".docx": 4, ".html": 1, ".htm": 1}
PLAIN_GROWTH = 4
SPARE = 20_000_000  # bytes that are to stay free


def growth(paths: Sequence[Path]) -> int:
    """Bytes that a home may grow by when these files and folders are added; 0 for what is piped in."""
    sizes = ((path, path.stat().st_size) for path, name in files(paths) if isinstance(name, str))
    return sum(size * GROWTH.get(path.suffix.lower(), PLAIN_GROWTH) for path, size in sizes)


def index_growth(store: Path) -> int:
    """Bytes that an index built anew takes: about as many as the store."""
    return store.stat().st_size * 6 // 5


def need_room(home: Path, size: int, what: str) -> None:
    """Raises StoreError where the home's disk has no room for so many bytes more."""
    free = shutil.disk_usage(next(folder for folder in (home, *home.parents) if folder.exists())).free
    if free < size + SPARE:
        raise StoreError(
            f"На диске с архивом {home} мало места: {what} нужно около {megabytes(size + SPARE)}, "
            f"свободно {megabytes(free)}. Архив не изменён; освободите место и повторите команду."
        )


def megabytes(size: int) -> str:
    """A size for people.

    >>> megabytes(1_234_567_890)
    '1 235 МБ'
    """
    return f"{max(1, round(size / 1e6)):,} МБ".replace(",", " ")

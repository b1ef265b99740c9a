"""Copies a store at one moment while others write to it, and tells what the copy holds."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.database.database import Database
from archive.disk.free_space import require_space
from archive.disk.lock import held
from archive.errors import StoreError
from archive.home import Home
from archive.records.log import archive_id

COPY = "backup.sqlite"  # in the home, while a backup is made
EMPTY = "Архив {} пуст: копировать нечего."


@dataclass(frozen=True, slots=True)
class Holding:
    """What a copy of a store holds; `archive` tells one archive from another, whatever is added to it."""

    archive: str
    revision: int
    articles: int


@contextmanager
def snapshot(home: Home, progress: Callable[[int, int], None]) -> Iterator[tuple[Path, Holding]]:
    """The copy, for as long as it is needed; raises StoreError where the store is torn or empty."""
    if not home.store.exists():
        raise StoreError(EMPTY.format(home.path))
    with held(home.path / "backup.lock", f"Архив {home.path} уже копирует", "podshivka backup"):
        copy = home.path / COPY
        try:
            _drop(copy)  # of a killed run
            require_space(
                home.path, sum(path.stat().st_size for path in home.path.glob(home.store.name + "*")), "для снимка"
            )
            with closing(Database(home.store, write=False)) as store:
                store.copy(copy, progress)
            yield copy, holding_of(copy, home)
        finally:
            _drop(copy)


def drop_left_copy(home: Home) -> None:
    """Deletes the copy that a killed backup left; raises Locked while one is made."""
    with held(home.path / "backup.lock", f"Архив {home.path} уже копирует", "podshivka erase"):
        _drop(home.path / COPY)


def _drop(copy: Path) -> None:
    for path in copy.parent.glob(copy.name + "*"):
        path.unlink()


def holding_of(copy: Path, home: Home) -> Holding:
    """Tells what a copy of the store of a home holds; raises StoreError where it is torn or empty."""
    with closing(Database(copy, write=False, immutable=True)) as database:
        if any(said != "ok" for (said,) in database.rows("PRAGMA quick_check(1)")):
            raise StoreError(
                f"Архив {home.store} повреждён, копия с него не сделана. Прежние копии целы: "
                "восстановите архив из последней (podshivka restore)."
            )
        archive = archive_id(database)
        if not archive:
            raise StoreError(EMPTY.format(home.path))
        return Holding(
            archive,
            database.value("SELECT max(revision) FROM log"),
            database.value("SELECT count(*) FROM articles WHERE removed IS NULL"),
        )

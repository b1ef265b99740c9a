"""Names whose entities are known in, what each means out: a part of the store."""

from collections.abc import Iterable, Iterator

from archive.database import Database
from archive.rows import CHUNK, chunks

NameRow = tuple[str, str, str, str]  # name key, entity id, kind, label


class GivenNames:
    """What names were given, in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, keys: Iterable[str]) -> list[NameRow]:
        """The rows of those of the names that have one."""
        return [row for some in chunks(keys, CHUNK) for row in self._some(some)]

    def holds(self, entity: str) -> bool:
        """Whether any name was given this entity."""
        return self._database.value("SELECT 1 FROM names WHERE entity = ? LIMIT 1", (entity,)) is not None

    def _some(self, keys: list[str]) -> Iterator[NameRow]:
        marks = ", ".join("?" * len(keys))
        yield from self._database.rows(f"SELECT key, entity, kind, label FROM names WHERE key IN ({marks})", keys)

"""Keeps which entity each name means, and whom an id once meant: a part of the store."""

from collections.abc import Iterable, Iterator, Mapping

from archive.database.database import Database
from archive.database.name_sums import NameRow, name_sum, whole_rows
from archive.database.rows import ROWS_PER_QUERY, in_groups


class EntityIds:
    """What names were given, in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, keys: Iterable[str]) -> list[NameRow]:
        """The rows of those of the names that have one."""
        return [row for some in in_groups(keys, ROWS_PER_QUERY) for row in self._some(some)]

    def every(self) -> Iterator[NameRow]:
        """All rows, by key. Raises DamagedStore at one that is not what was written."""
        rows = self._database.rows("SELECT key, entity, kind, label, sum FROM names ORDER BY key")
        yield from whole_rows(self._database.path, rows)

    def holder(self, entity: str) -> str | None:
        """A name key that has this entity, else the one that had it before; None where it was never given."""
        found: str | None = self._database.value("SELECT key FROM names WHERE entity = ? LIMIT 1", (entity,))
        return found or self.formerly(entity)

    def names_of(self, entity: str) -> list[str]:
        """The keys of all names that have this entity."""
        return [key for (key,) in self._database.rows("SELECT key FROM names WHERE entity = ?", (entity,))]

    def formerly(self, id: str) -> str | None:
        """The name key by which to find whoever had this id and has another now; None where nobody has."""
        found: str | None = self._database.value("SELECT name FROM former_ids WHERE id = ?", (id,))
        return found

    def save(self, rows: Iterable[NameRow], held: Iterable[str], given_up: Mapping[str, str]) -> None:
        """Keep rows in place of those that their keys had. `held`: ids that are former ones no more; `given_up`: id →
        a name key that had it."""
        with self._database.transaction():
            self._database.change_many(
                "INSERT OR REPLACE INTO names (key, entity, kind, label, sum) VALUES (?, ?, ?, ?, ?)",
                ((*row, name_sum(*row)) for row in rows),
            )
            self._database.change_many("DELETE FROM former_ids WHERE id = ?", ((id,) for id in held))
            self._database.change_many("INSERT OR REPLACE INTO former_ids (id, name) VALUES (?, ?)", given_up.items())

    def _some(self, keys: list[str]) -> Iterator[NameRow]:
        marks = ", ".join("?" * len(keys))
        found = self._database.rows(f"SELECT key, entity, kind, label, sum FROM names WHERE key IN ({marks})", keys)
        yield from whole_rows(self._database.path, found)

"""Opens the one SQLite file: a connection a thread, the schema brought up to date, errors told in Russian."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from archive.database.fingerprint import refreshed
from archive.database.tables import MIGRATIONS
from archive.errors import DamagedStore, StoreError, reason

FROZEN = "ro&immutable=1"  # to SQLite: nobody writes, so no locks and no files beside
BUSY_TIMEOUT = 30.0  # seconds a writer waits for another one's transaction
STAGED_BESIDE = """
DROP TABLE IF EXISTS temp.staged;
CREATE TEMP TABLE staged AS SELECT * FROM main.staged WHERE false;
CREATE UNIQUE INDEX temp.staged_key ON staged (batch, seq);
CREATE INDEX temp.staged_digest ON staged (digest)
"""
COPIED_AT_ONCE = 1000  # pages, then others get their turn
Row = Any  # a tuple of str, int, bytes, None
Value = str | int | float | bytes | None
Values = Sequence[Value] | Mapping[str, Value]


class Database:
    """The file at `path`; readers see an empty database while there is none, a writer makes it.

    Of a `frozen` file nobody else knows: it is read without locks and side files.
    """

    def __init__(self, path: Path, write: bool, frozen: bool = False) -> None:
        self.path = path
        self.write = write
        self._mode = "rwc" if write else FROZEN if frozen else "ro"
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        if write:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"Папку архива {path.parent} не создать: {reason(error)}.") from error
            self._connection()

    def close(self) -> None:
        """Close the connections of all threads."""
        for connection in self._open:
            connection.close()
        self._open.clear()
        self._local = threading.local()

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a statement."""
        with self._told():
            return self._connection().execute(sql, values).fetchall()

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the only row; None where there is no row."""
        rows = self.rows(sql, values)
        return rows[0][0] if rows else None

    def change(self, sql: str, values: Values = ()) -> int:
        """Run a statement; how many rows it touched."""
        with self._told():
            return self._connection().execute(sql, values).rowcount

    def insert(self, sql: str, values: Values = ()) -> int:
        """Insert a row; its id."""
        with self._told():
            return self._connection().execute(sql, values).lastrowid or 0

    def change_many(self, sql: str, values: Iterable[Values]) -> None:
        """Run a statement once for each row of values."""
        with self._told():
            self._connection().executemany(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is changed inside."""
        connection = self._connection()
        with self._told():
            connection.execute("BEGIN IMMEDIATE" if self.write else "BEGIN")
        try:
            yield
        except BaseException:
            connection.rollback()
            raise
        with self._told():
            try:
                connection.execute("COMMIT")
            except sqlite3.Error:
                connection.rollback()
                raise

    def copy(self, target: Path, progress: Callable[[int, int], None]) -> None:
        """All of the file at one moment, into a new one beside which others go on writing; told in bytes."""
        source = self._connection()
        size = self.value("PRAGMA page_size")

        def copied(_status: int, remaining: int, total: int) -> None:
            progress(size * (total - remaining), size * total)

        with self._told(), closing(sqlite3.connect(target, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            source.execute("BEGIN")  # a snapshot: without one, every write of others would begin the copy anew
            try:
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(copy, pages=COPIED_AT_ONCE, progress=copied, sleep=0)
            finally:
                source.rollback()

    @contextmanager
    def dry_run(self) -> Iterator[None]:
        """A snapshot of the file, with an empty temporary `staged` in front of the real one."""
        connection, kept = self._connection(), getattr(self._local, "connection", None)
        self._local.connection = connection
        with self._told():
            connection.executescript(STAGED_BESIDE)
            connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.rollback()
            connection.execute("DROP TABLE IF EXISTS temp.staged")
            self._local.connection = kept

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            with self._told():
                try:
                    found = self._connect(self._mode)
                except sqlite3.OperationalError:
                    if not self._settled():
                        raise
                    return self._connect(FROZEN) or self._empty()  # for this once: soon there may be room
            if found is None:
                return self._empty()
            self._local.connection = found
            self._open.append(found)
        return found

    def _settled(self) -> bool:
        """Whether all is in the file itself: then it can be read where no room is for the files beside it."""
        journal = self.path.with_name(self.path.name + "-wal")
        return not self.write and not (journal.exists() and journal.stat().st_size)

    def _connect(self, mode: str) -> sqlite3.Connection | None:
        """A connection to the file; None where there is nothing to read yet."""
        if not self.write and not self.path.exists():
            return None
        name = f"file:{quote(os.fsencode(self.path))}?mode={mode}"
        connection = sqlite3.connect(
            name, uri=True, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False
        )
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > len(MIGRATIONS):
                raise StoreError(
                    f"Архив {self.path} сделан более новой программой (схема {version}, здесь {len(MIGRATIONS)}). "
                    "Обновите программу."
                )
            if self.write:
                self._prepare(connection)
            elif 0 < version < len(MIGRATIONS):
                raise StoreError(
                    f"Архив {self.path} сделан прежней программой (схема {version}, здесь {len(MIGRATIONS)}). "
                    "Обновите его: podshivka reindex."
                )
        except BaseException:
            connection.close()
            raise
        if version == 0 and not self.write:
            connection.close()
            return None
        return connection

    def _empty(self) -> sqlite3.Connection:
        """The thread's empty database in memory, asked while there is no file."""
        found: sqlite3.Connection | None = getattr(self._local, "empty", None)
        if found is None:
            found = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            found.create_function("refreshed", -1, refreshed)
            found.executescript(";".join(MIGRATIONS))
            self._local.empty = found
            self._open.append(found)
        return found

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("refreshed", -1, refreshed)
        connection.execute("BEGIN IMMEDIATE")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for number, step in enumerate(MIGRATIONS[version:], version + 1):
            for statement in step.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._refusal(error) from error

    def _refusal(self, error: sqlite3.Error) -> StoreError:
        said = str(error)
        if any(sign in said for sign in TORN):
            return DamagedStore(f"Файл архива {self.path} повреждён")
        for sign, sentence in SENTENCES:
            if sign in said:
                return StoreError(sentence.format(path=self.path))
        return StoreError(f"Ошибка базы {self.path}: {said}.")


TORN = ("malformed", "not a database", "Could not decode to UTF-8")
SENTENCES = (  # SQLite's words → ours
    ("disk is full", "На диске не осталось места: архив {path} не изменён."),
    ("readonly", "Нет права записи: архив {path} доступен только для чтения."),
    ("unable to open", "Архив {path} не открыть: нет такой папки или нет права записи в неё."),
    ("locked", "Архив {path} занят другой программой."),
    ("disk I/O error", "Архив {path} не читается или не пишется: сбой диска или файл оборван."),
)

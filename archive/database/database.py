"""Opens the archive's SQLite file: a connection for each thread, the schema brought up to date, errors in Russian."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from archive.database.fingerprint import upgraded_fingerprint
from archive.database.name_sums import name_sum
from archive.database.tables import MIGRATIONS
from archive.disk.atomic import make_folder, sync
from archive.errors import DamagedStore, FormerStore, StoreError, reason

IMMUTABLE = "ro&immutable=1"  # SQLite's mode for a file that nobody writes
BUSY_SECONDS = 30.0  # that a writer waits for another one's transaction
CREATE_TEMP_STAGED = """
DROP TABLE IF EXISTS temp.staged;
CREATE TEMP TABLE staged AS SELECT * FROM main.staged WHERE false;
CREATE UNIQUE INDEX temp.staged_key ON staged (batch, seq);
CREATE INDEX temp.staged_digest ON staged (digest)
"""
PAGES_COPIED_AT_ONCE = 1000  # then others get their turn
Row = Any  # a tuple of str, int, bytes, None
SqlValue = str | int | float | bytes | None
SqlValues = Sequence[SqlValue] | Mapping[str, SqlValue]


class Database:
    """The SQLite file at `path`; readers see an empty database while there is none, a writer creates it.

    An `immutable` file is known to nobody else and read without locks and side files.
    """

    def __init__(self, path: Path, write: bool, immutable: bool = False) -> None:
        self.path = path
        self.write = write
        self._mode = "rwc" if write else IMMUTABLE if immutable else "ro"
        self._local = threading.local()
        self._open: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._keeping = threading.Lock()
        if write:
            try:
                make_folder(path.parent)
            except OSError as error:
                raise StoreError(f"Папку архива {path.parent} не создать: {reason(error)}.") from error
            self._connection()

    def close(self) -> None:
        """Closes the connections of all threads."""
        for _, connection in self._open:
            connection.close()
        self._open.clear()
        self._local = threading.local()

    def rows(self, sql: str, values: SqlValues = ()) -> list[Row]:
        """Returns all rows of a query."""
        with self._errors_in_russian():
            return self._connection().execute(sql, values).fetchall()

    def value(self, sql: str, values: SqlValues = ()) -> Any:
        """Returns the first column of the only row; None where there is no row."""
        rows = self.rows(sql, values)
        return rows[0][0] if rows else None

    def change(self, sql: str, values: SqlValues = ()) -> int:
        """Runs a statement and returns how many rows it changed."""
        with self._errors_in_russian():
            return self._connection().execute(sql, values).rowcount

    def insert(self, sql: str, values: SqlValues = ()) -> int:
        """Inserts a row and returns its id."""
        with self._errors_in_russian():
            return self._connection().execute(sql, values).lastrowid or 0

    def change_many(self, sql: str, values: Iterable[SqlValues]) -> None:
        """Runs a statement once for each row of values."""
        with self._errors_in_russian():
            self._connection().executemany(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Makes all changes inside it or none."""
        connection = self._connection()
        with self._errors_in_russian():
            connection.execute("BEGIN IMMEDIATE" if self.write else "BEGIN")
        try:
            yield
        except BaseException:
            connection.rollback()
            raise
        with self._errors_in_russian():
            try:
                connection.execute("COMMIT")
            except sqlite3.Error:
                connection.rollback()
                raise

    def copy(self, target: Path, progress: Callable[[int, int], None]) -> None:
        """Copies the file as it is at one moment into a new one, while others go on writing; progress is in bytes."""
        source = self._connection()
        size = self.value("PRAGMA page_size")

        def copied(_status: int, remaining: int, total: int) -> None:
            progress(size * (total - remaining), size * total)

        with self._errors_in_russian(), closing(sqlite3.connect(target, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            source.execute("BEGIN")  # a snapshot: without one, every write of others would begin the copy anew
            try:
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(copy, pages=PAGES_COPIED_AT_ONCE, progress=copied, sleep=0)
            finally:
                source.rollback()

    def purge(self) -> None:
        """Rewrites the file without its free space and empties its journal: nothing is left of what was deleted.

        Raises StoreError where another program reads the file for so long that the journal cannot be emptied.
        """
        with self._errors_in_russian():
            connection = self._connection()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.execute("VACUUM")
            (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            sync(self.path.with_name(self.path.name + "-wal"))  # else what was cut off is there after a power cut
        if is_busy:
            raise StoreError(
                f"Архив {self.path} читает другая программа, журнал базы не очищен. Повторите команду позже."
            )

    @contextmanager
    def dry_run(self) -> Iterator[None]:
        """Shows the file at one moment, with an empty temporary table `staged` in front of the real one."""
        connection, kept = self._connection(), getattr(self._local, "connection", None)
        self._local.connection = connection
        with self._errors_in_russian():
            connection.executescript(CREATE_TEMP_STAGED)
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
            with self._errors_in_russian():
                try:
                    found = self._connect(self._mode)
                except sqlite3.OperationalError:
                    if not self._wal_is_empty():
                        raise
                    return self._connect(IMMUTABLE) or self._empty_database()  # for this once: soon there may be room
            if found is None:
                return self._empty_database()
            self._local.connection = found
            self._keep(found)
        return found

    def _keep(self, connection: sqlite3.Connection) -> None:
        """Remembers a connection of this thread, and closes those of threads that have ended."""
        with self._keeping:
            for thread, left in self._open:
                if not thread.is_alive():
                    left.close()
            alive = [pair for pair in self._open if pair[0].is_alive()]
            self._open = [*alive, (threading.current_thread(), connection)]

    def _wal_is_empty(self) -> bool:
        """Tells whether everything is in the file itself; then it can be read where the disk is full."""
        journal = self.path.with_name(self.path.name + "-wal")
        return not self.write and not (journal.exists() and journal.stat().st_size)

    def _connect(self, mode: str) -> sqlite3.Connection | None:
        """Connects to the file; returns None where there is nothing to read yet."""
        if not self.write and not self.path.exists():
            return None
        name = f"file:{quote(os.fsencode(self.path))}?mode={mode}"
        connection = sqlite3.connect(
            name, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
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
                return self._upgraded_copy(connection)
        except BaseException:
            connection.close()
            raise
        if version == 0 and not self.write:
            connection.close()
            return None
        return connection

    def _upgraded_copy(self, former: sqlite3.Connection) -> sqlite3.Connection:
        """Copies a store of a former schema, where nobody can bring it up, into a temporary file and brings that up."""
        if os.access(self.path.parent, os.W_OK) and os.access(self.path, os.W_OK):
            raise FormerStore(
                f"Архив {self.path} сделан прежней программой. Его обновит любая команда, например podshivka stats."
            )
        copy = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        former.backup(copy)
        former.close()
        self._prepare(copy)
        return copy

    def _empty_database(self) -> sqlite3.Connection:
        """Gives the thread an empty database in memory, to be asked while there is no file."""
        found: sqlite3.Connection | None = getattr(self._local, "empty", None)
        if found is None:
            found = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            add_functions(found)
            found.executescript(";".join(MIGRATIONS))
            self._local.empty = found
            self._keep(found)
        return found

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        add_functions(connection)
        connection.execute("BEGIN IMMEDIATE")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for number, step in enumerate(MIGRATIONS[version:], version + 1):
            for statement in step.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")

    @contextmanager
    def _errors_in_russian(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._refusal(error) from error

    def _refusal(self, error: sqlite3.Error) -> StoreError:
        said = str(error)
        if any(sign in said for sign in DAMAGE_SIGNS):
            return DamagedStore(f"Файл архива {self.path} повреждён")
        for sign, sentence in SENTENCE_OF_SIGN:
            if sign in said:
                return StoreError(sentence.format(path=self.path))
        return StoreError(f"Ошибка базы {self.path}: {said}.")


DAMAGE_SIGNS = ("malformed", "not a database", "Could not decode to UTF-8")
SENTENCE_OF_SIGN = (  # SQLite's words → ours
    (
        "disk is full",
        "На диске не осталось места: архив {path} не изменён. Освободите хотя бы 20 МБ и повторите команду.",
    ),
    ("readonly", "Нет права записи: архив {path} доступен только для чтения."),
    ("unable to open", "Архив {path} не открыть: нет такой папки или нет права записи в неё."),
    ("locked", "Архив {path} занят другой программой."),
    ("disk I/O error", "Архив {path} не читается или не пишется: сбой диска или файл оборван."),
)


def add_functions(connection: sqlite3.Connection) -> None:
    """Gives a connection the functions that the steps from one schema to the next call."""
    connection.create_function("upgraded_fingerprint", -1, upgraded_fingerprint)
    connection.create_function("name_sum", 4, name_sum)

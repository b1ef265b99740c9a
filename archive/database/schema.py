"""Brings a store that a former program left to the schema of this one."""

from contextlib import closing
from pathlib import Path

from archive.database.database import Database
from archive.database.tables import MIGRATIONS
from archive.errors import FormerStore

SCHEMA = len(MIGRATIONS)


def bring_up(path: Path) -> bool:
    """Brings the store at `path` up in one transaction; tells whether there was anything to do.

    A process that is killed leaves it as it was, of two at once the second finds it done.
    """
    try:
        with closing(Database(path, write=False)) as database:
            database.value("SELECT 1")
    except FormerStore:
        Database(path, write=True).close()
        return True
    return False

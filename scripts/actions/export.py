"""Writes all articles of the home as JSON Lines, to a file that is there whole or not at all, or to stdout."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from archive.disk.atomic import sync
from archive.home import Home
from archive.records.export import export_line
from scripts.actions.indexing import read_store
from scripts.output import messages
from scripts.output.progress import progress

STDOUT = Path("-")


def export(home: Home, file: Path) -> int:
    """`podshivka export`: 0."""
    with read_store(home) as store, written(file) as out, progress("exporting") as told:
        total, done = store.contents().articles, 0
        for done, stored in enumerate(store.current(), 1):
            out.write(export_line(stored.article))
            told(done, total)
    messages.report(f"Выгружено статей: {done}.", articles=done)
    return 0


@contextmanager
def written(file: Path) -> Iterator[IO[str]]:
    """The file, open under another name until all is written; «-» is stdout."""
    if file == STDOUT:
        yield sys.stdout
        sys.stdout.flush()
        return
    beside = file.with_name(file.name + ".new")
    try:
        with beside.open("w", encoding="utf-8") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
        sync(file.absolute().parent)
    except BaseException as error:
        beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(file)
        raise

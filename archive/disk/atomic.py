"""Files that are there whole or not at all, whatever happens while they are written."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Makes a file's content, or a folder's list of names, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folders(path: Path) -> None:
    """Makes what was deleted in a folder and those below it stay deleted after a power cut."""
    for folder in (path, *(one for one in path.rglob("*") if one.is_dir())):
        sync(folder)


def make_folder(path: Path) -> None:
    """Makes a folder, and those above it that there are not yet, so that it is there after a power cut."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        sync(path.parent)


def write_whole(path: Path, *parts: bytes | memoryview) -> None:
    """Writes a file beside its place and renames it there; the caller syncs the folder."""
    beside = path.with_name(path.name + ".new")
    try:
        with beside.open("wb") as file:
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:  # the system says of a full disk without naming the file
        error.filename = str(path)
        raise
    beside.replace(path)

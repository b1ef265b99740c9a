"""Lists the files under some paths in sorted order, each with its name inside the batch.

A name is the path under the given folder, so that the same folder delivered again gives the same names; where several
folders are given at once, the folder's own name stands before it. What systems leave in folders for themselves
(dotfiles, Thumbs.db, Word's locks) is left out, links back are not followed.
"""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.article import Rejection
from archive.home import Home

OF_SYSTEMS = frozenset(
    ("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information")
)

# Bytes of text, index and journal that a byte of a file may come to: archives swell, pages are mostly markup.
GROWTH_BY_ENDING = {".zip": 12, ".gz": 12, ".tgz": 12, ".docx": 4, ".html": 1, ".htm": 1}
USUAL_GROWTH = 4

Found = tuple[Path, str | Rejection]


def files(paths: Sequence[Path]) -> Iterator[Found]:
    """Every file of the batch with its name, or with the reason why it is none."""
    several = sum(path.is_dir() for path in paths) > 1
    for path in sorted(paths):
        if path.is_dir():
            yield from inside(path, f"{printable(path.resolve().name)}/" if several else "")
        else:
            yield path, file_or_reason(path, printable(path.name))


def inside(folder: Path, prefix: str, above: tuple[tuple[int, int], ...] = ()) -> Iterator[Found]:
    """The files of one folder and of those in it; `above`: the folders on the way here, by device and number."""
    try:
        here = folder.stat()
        names = sorted(name for name in os.listdir(folder) if not is_hidden(name))
    except OSError as error:
        yield folder, Rejection(prefix.rstrip("/") or printable(folder.name), reason(error))
        return
    if Home(folder).store.name in names:  # to read its files would drop its lock, too
        yield folder, Rejection(prefix.rstrip("/") or printable(folder.name), "это папка архива Подшивки, а не статьи")
        return
    place = (here.st_dev, here.st_ino)
    if place in above:
        return
    for name in names:
        path, shown = folder / name, prefix + printable(name)
        if path.is_dir():
            yield from inside(path, f"{shown}/", (*above, place))
        else:
            yield path, file_or_reason(path, shown)


def file_or_reason(path: Path, name: str) -> str | Rejection:
    """The name of a file that can be opened, else why it cannot."""
    if path.is_file():
        return name
    if path.is_symlink() and not path.exists():
        return Rejection(name, "ссылка никуда не ведёт")
    return Rejection(name, "это не файл и не папка" if path.exists() else "такого файла нет")


def growth(paths: Sequence[Path]) -> int:
    """Estimates the bytes that a home grows by when these files and folders are added; 0 for what is piped in."""
    sizes = ((path, path.stat().st_size) for path, name in files(paths) if isinstance(name, str))
    return sum(size * GROWTH_BY_ENDING.get(path.suffix.lower(), USUAL_GROWTH) for path, size in sizes)


def is_hidden(name: str) -> bool:
    """Whether a file or folder is none of a person's.

    >>> [is_hidden(name) for name in (".DS_Store", "Thumbs.db", "~$статья.docx", "статья.docx")]
    [True, True, True, False]
    """
    return name.startswith((".", "~$")) or name.lower() in OF_SYSTEMS


def printable(name: str) -> str:
    """A file's name as text: UTF-8, else windows-1251 as old archives have it; letters as Macs do not part them."""
    raw = os.fsencode(name)
    try:
        return composed(raw.decode())
    except UnicodeDecodeError:
        return raw.decode("windows-1251", "replace")


def printable_path(path: Path) -> str:
    """A path as text, each part of it in the encoding of its time.

    >>> printable_path(Path(os.fsdecode("архив/".encode() + "май".encode("cp1251"))))
    'архив/май'
    """
    return str(Path(*map(printable, path.parts)))


def composed(name: str) -> str:
    """A name whose letters are one character each (NFC): one file has one name on every system."""
    return unicodedata.normalize("NFC", name)


def reason(error: OSError) -> str:
    """Why a file or folder cannot be opened, in Russian."""
    if isinstance(error, PermissionError):
        return "нет права читать"
    return "такого файла нет" if isinstance(error, FileNotFoundError) else f"не читается: {error.strerror or error}"

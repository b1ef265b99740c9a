"""What was saved at one moment: the files of a state and the pieces that they are put together from, as JSON."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from archive.backup.chunks import Place, TornBackup
from archive.backup.store_copy import Holding
from archive.disk.atomic import sync, write_whole

LAYOUT = 1  # of a backup; another number is another program's
STATES = "*.json.gz"


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file by its path in the home, the checksum of all of it, its pieces in order."""

    path: str
    size: int
    checksum: str
    pieces: tuple[tuple[bytes, Place], ...]


@dataclass(frozen=True, slots=True)
class State:
    """An archive at one moment; `name` is when that was, in UTC: 2026-11-22T23-05-10Z.

    `erased`: the numbers of articles destroyed in it since.
    """

    name: str
    holding: Holding
    last_pack: int  # all up to it are finished
    files: tuple[SavedFile, ...]
    erased: tuple[int, ...] = ()

    @property
    def moment(self) -> str:
        """When that was, for people."""
        return f"{self.name[:10]} {self.name[11:19].replace('-', ':')} UTC"


def write_state(folder: Path, state: State) -> None:
    """Writes a state, whole or not at all."""
    content = {
        "layout": LAYOUT,
        "archive": state.holding.archive,
        "revision": state.holding.revision,
        "articles": state.holding.articles,
        "last_pack": state.last_pack,
        "erased": state.erased,
        "files": [
            {
                "path": file.path,
                "size": file.size,
                "checksum": file.checksum,
                "pieces": [[digest.hex(), at.pack, at.offset, at.length] for digest, at in file.pieces],
            }
            for file in state.files
        ],
    }
    data = gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    write_whole(state_path(folder, state.name), data)
    sync(folder)


def read_state(folder: Path, name: str) -> State:
    """A state by its name; raises TornBackup."""
    try:
        content = json.loads(gzip.decompress(state_path(folder, name).read_bytes()))
        if content["layout"] != LAYOUT:
            raise TornBackup(f"Копия {name} сделана другой версией программы: обновите Подшивку.")
        holding = Holding(content["archive"], content["revision"], content["articles"])
        files = tuple(map(saved_file, content["files"]))
        return State(name, holding, content["last_pack"], files, tuple(content.get("erased", ())))
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        raise TornBackup(f"Опись копии {name} повреждена или не читается.") from None


def saved_file(item: dict[str, Any]) -> SavedFile:
    """A file as a state tells of it; raises ValueError where its path would lead out of the home."""
    path = PurePosixPath(item["path"])
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(item["path"])
    pieces = tuple((bytes.fromhex(digest), Place(*place)) for digest, *place in item["pieces"])
    return SavedFile(item["path"], item["size"], item["checksum"], pieces)


def state_path(folder: Path, name: str) -> Path:
    """The file of a state."""
    return folder / (name + STATES[1:])


def state_names(folder: Path) -> list[str]:
    """The states there are, the oldest first."""
    return sorted(path.name.removesuffix(STATES[1:]) for path in folder.glob(STATES))


def readable_states(folder: Path) -> Iterator[State]:
    """The states that can be read, the newest first."""
    for name in reversed(state_names(folder)):
        try:
            yield read_state(folder, name)
        except TornBackup:
            continue

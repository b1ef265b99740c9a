"""Checks what is whole in a backup folder and restores the files of one of its states."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from archive.backup.backup import ABOUT, BackupError, Progress
from archive.backup.chunks import PackReader, Place, TornBackup
from archive.backup.snapshots import State, read_state, state_names
from archive.disk.atomic import make_folder, sync

OTHER = "Какие копии целы, скажет podshivka backup --check {}; выбрать другую – ключ --state."


def need_backup(folder: Path) -> None:
    """Raises BackupError where the folder is no backup."""
    if not (folder / ABOUT).is_file():
        raise BackupError(f"В {folder} нет копий Подшивки: нет файла {ABOUT}. Назовите папку, в которую копировали.")


def verify(folder: Path, progress: Progress) -> Iterator[tuple[str, State | None, tuple[str, ...]]]:
    """(name, state, what is damaged in it) of all states, the oldest first; every piece is read once."""
    need_backup(folder)
    sound: dict[tuple[bytes, Place], bool] = {}
    with PackReader(folder / "packs") as reader:
        for name in state_names(folder / "states"):
            try:
                state = read_state(folder / "states", name)
            except TornBackup as torn:
                yield name, None, (str(torn),)
                continue
            for file in state.files:
                for key in file.pieces:
                    if key not in sound:
                        sound[key] = reader.piece(*key) is not None
                        progress(key[1].length)
            broken = [file.path for file in state.files if not all(map(sound.__getitem__, file.pieces))]
            yield name, state, tuple(f"не прочитать {path}" for path in broken)


def chosen(folder: Path, wanted: str | None) -> State:
    """The last state, or the last of those whose names begin as wanted."""
    need_backup(folder)
    names = state_names(folder / "states")
    fitting = [name for name in names if name.startswith(wanted or "")]
    if not fitting:
        there = f" Есть: {', '.join(names)}." if names else ""
        raise BackupError(f"Копии {wanted or ''} в {folder} нет.{there}".replace("  ", " "))
    try:
        return read_state(folder / "states", fitting[-1])
    except TornBackup as torn:
        raise TornBackup(f"{torn} {OTHER.format(folder)}") from None


def restore(folder: Path, state: State, target: Path, progress: Progress) -> None:
    """Puts the files of a state together in the folder `target`; raises TornBackup at the first damaged one."""
    with PackReader(folder / "packs") as reader:
        for file in state.files:
            path = target / file.path
            make_folder(path.parent)
            whole = hashlib.sha256()
            with path.open("wb") as out:
                for digest, place in file.pieces:
                    piece = reader.piece(digest, place)
                    if piece is None:
                        break
                    whole.update(piece)
                    out.write(piece)
                    progress(len(piece))
                out.flush()
                os.fsync(out.fileno())
            if whole.hexdigest() != file.checksum:
                raise TornBackup(
                    f"Копия от {state.moment} повреждена: не прочитать {file.path}. Ничего не восстановлено. "
                    + OTHER.format(folder)
                )
            sync(path.parent)

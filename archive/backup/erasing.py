"""Destroys articles in every state of a backup folder; each state can be restored and checked as before.

New pieces are written into new packs, then the states are written anew one by one, and last the packs are deleted that
have a piece which no state needs. Killed before that, it is finished by the next run.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.backup.backup import BackupError, Pieces, Progress, Source, read_again, saved
from archive.backup.chunks import RECORD, Packer, PackReader, Place, TornBackup, pack_numbers, pack_path
from archive.backup.restore import need_backup, restore
from archive.backup.snapshots import SavedFile, State, read_state, state_names, write_state
from archive.backup.store_copy import Holding
from archive.disk.atomic import sync, sync_folders

WORKSHOP = "erasing"  # the folder, in that of the backup, where stores are restored meanwhile
DAMAGED = "Какие копии целы, скажет podshivka backup --check; повреждённую удалите."
INDEX = "index/"  # what is left out of a state whose store has changed: `restore` builds it

Rework = Callable[[Path], Holding | None]  # destroys the articles in a store; None where it has none of them


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was done to a backup folder: states in which something was destroyed, states in all."""

    changed: int
    states: int


def erase(folder: Path, archive: str, store: str, ids: Sequence[int], rework: Rework, progress: Progress) -> Rewritten:
    """Destroys articles in all states of a folder that backup_folder() gave. `store`: the path of the store in a home.

    Raises TornBackup where a state cannot be read, BackupError where the states are of another archive.
    """
    need_backup(folder)
    packs, states = folder / "packs", folder / "states"
    every = [read_state(states, name) for name in state_names(states)]
    if any(state.holding.archive != archive for state in every):
        raise BackupError(f"В {folder} копии другого архива: в них ничего не уничтожено.")
    finished = max((state.last_pack for state in every), default=0)
    drop_packs(packs, [number for number in pack_numbers(packs) if number > finished])  # of a killed run
    written: Pieces = {}
    try:
        with Packer(packs, finished + 1) as packer:
            reworked = [reworked_state(folder, state, store, ids, rework, written, packer, progress) for state in every]
            unclean = unclean_packs(packs, reworked, finished)
            move_pieces(packs, reworked, unclean, written, packer)
    except BaseException:
        drop_packs(packs, [number for number in pack_numbers(packs) if number > finished])
        raise
    finally:
        shutil.rmtree(folder / WORKSHOP, ignore_errors=True)
    sync(packs)
    read_again(packs, written)
    last = max(pack_numbers(packs), default=0)
    for state in reworked:
        files = tuple(moved(file, unclean, written) for file in state.files)
        write_state(states, replace(state, last_pack=last, files=files))
    drop_packs(packs, unclean)
    sync_folders(folder)  # the workshop is gone too
    changed = sum(new.holding != old.holding for new, old in zip(reworked, every, strict=True))
    return Rewritten(changed, len(every))


def reworked_state(
    folder: Path,
    state: State,
    store: str,
    ids: Sequence[int],
    rework: Rework,
    written: Pieces,
    packer: Packer,
    progress: Progress,
) -> State:
    """A state without the articles, its store in new pieces, its index left out where it has to be built anew."""
    if set(ids) <= set(state.erased):
        return state
    erased = tuple(sorted({*state.erased, *ids}))
    workshop = folder / WORKSHOP
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir()
    restore(folder, replace(state, files=tuple(file for file in state.files if file.path == store)), workshop, progress)
    holding = rework(workshop / store)
    if holding is None:
        return replace(state, erased=erased)
    with (workshop / store).open("rb") as file:
        copied = saved(Source(store, file), written, packer, progress)
    others = (file for file in state.files if file.path != store and not file.path.startswith(INDEX))
    return replace(state, holding=holding, files=(copied, *others), erased=erased)


def unclean_packs(packs: Path, states: Iterable[State], finished: int) -> list[int]:
    """The packs up to `finished` that have more than the pieces which these states need."""
    used: Counter[int] = Counter()
    for place in {place for _, place in needed_pieces(states)}:
        used[place.pack] += RECORD.size + place.length
    old = [number for number in pack_numbers(packs) if number <= finished]
    return [number for number in old if used[number] != pack_path(packs, number).stat().st_size]


def move_pieces(packs: Path, states: Sequence[State], unclean: Sequence[int], written: Pieces, packer: Packer) -> None:
    """Copies what the states need of unclean packs into new ones; raises TornBackup where a piece is damaged."""
    with PackReader(packs) as reader:
        for digest, place in needed_pieces(states):
            if place.pack in unclean and digest not in written:
                piece = reader.piece(digest, place)
                if piece is None:
                    raise TornBackup(f"В {packs} повреждён пакет {place.pack}: ничего не уничтожено. {DAMAGED}")
                written[digest] = packer.add(digest, piece)


def needed_pieces(states: Iterable[State]) -> set[tuple[bytes, Place]]:
    """All pieces of some states."""
    return {piece for state in states for file in state.files for piece in file.pieces}


def moved(file: SavedFile, unclean: Sequence[int], written: Pieces) -> SavedFile:
    """A file whose pieces stand in packs that stay."""
    pieces = ((digest, written[digest] if place.pack in unclean else place) for digest, place in file.pieces)
    return replace(file, pieces=tuple(pieces))


def drop_packs(packs: Path, numbers: Iterable[int]) -> None:
    """Deletes packs."""
    for number in numbers:
        pack_path(packs, number).unlink(missing_ok=True)
    sync(packs)

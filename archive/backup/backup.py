"""Keeps dated states of a home in a backup folder.

    podshivka.txt      what this folder is, for whoever finds it
    packs/*.pack       pieces of files, each kept once whatever states have it (archive/packs)
    states/*.json.gz   one for each backup: which pieces its files are put together from (archive/states)

A backup writes the pieces that are new, reads them again, and writes its state last: killed before that, it leaves all
earlier states as they were, and the next run goes on with the pieces it finds.
"""

import datetime as dt
import hashlib
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from archive.backup.chunks import (
    RECORD,
    Packer,
    PackReader,
    Place,
    checksum,
    pack_numbers,
    pack_path,
    pieces,
    records,
)
from archive.backup.snapshots import SavedFile, State, readable_states, state_names, state_path, write_state
from archive.backup.store_copy import Holding
from archive.disk.atomic import make_folder, sync, write_whole
from archive.disk.free_space import megabytes
from archive.disk.lock import held
from archive.errors import Refusal

ABOUT = "podshivka.txt"
ABOUT_TEXT = """\
Резервные копии архива газеты, сделанные программой «Подшивка» (podshivka backup).

Вернуть последнюю в пустую папку:  PODSHIVKA_HOME=папка podshivka restore ЭТА_ПАПКА
Проверить, целы ли копии:          podshivka backup --check ЭТА_ПАПКА

Не меняйте и не удаляйте здесь ничего по отдельности: копии хранят общие куски один раз.
"""
SPARE = 5_000_000  # bytes to stay free on the disk of the backup
BEFORE_ABOUT = {"lock", ABOUT + ".new"}  # what a backup killed at once leaves
NAME = "%Y-%m-%dT%H-%M-%SZ"  # of a state: FAT takes no colons
WORTH = 0.5
SAMPLE = 64  # one new piece in so many is compressed to know how much room all will take

Progress = Callable[[int], None]  # bytes just done
Pieces = dict[bytes, Place]  # checksum → where the piece stands


class BackupError(Refusal):
    """Why a backup cannot be made or taken back, as a Russian sentence."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be saved, open for reading, and its path in the home."""

    path: str
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Saved:
    """A finished backup: its state, bytes of the files, bytes that had to be written, older states dropped."""

    state: State
    size: int
    written: int
    dropped: int


@contextmanager
def backup_folder(folder: Path, home: Path) -> Iterator[Path]:
    """The folder, made ready and held against other backups; raises BackupError where it cannot be one."""
    if folder.resolve().is_relative_to(home.resolve()):
        raise BackupError(f"{folder} – внутри архива. Копию держат на другом диске: назовите папку там.")
    if not folder.parent.is_dir():
        raise BackupError(f"Папки {folder.parent} нет. Подключён ли диск?")
    if folder.exists() and not folder.is_dir():
        raise BackupError(f"{folder} – файл, а нужна папка.")
    found = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if ABOUT not in found and found - BEFORE_ABOUT:
        raise BackupError(f"В папке {folder} лежит другое: назовите пустую или новую, например {folder / 'podshivka'}.")
    make_folder(folder)
    with held(folder / "lock", f"В {folder} уже пишет копию", "podshivka backup"):
        if not (folder / ABOUT).exists():
            write_whole(folder / ABOUT, ABOUT_TEXT.encode())
            sync(folder)
        for part in ("packs", "states"):
            make_folder(folder / part)
        yield folder


def save(
    folder: Path, sources: Sequence[Source], holding: Holding, progress: Progress, keep: int | None = None
) -> Saved:
    """A new state of the files, in a folder that backup_folder() gave; of the older ones the last are kept."""
    packs, states = folder / "packs", folder / "states"
    last = next(readable_states(states), None)
    if last and last.holding.archive != holding.archive:
        raise BackupError(f"В {folder} копии другого архива. Назовите для этого архива другую папку.")
    known = still_there(packs, last, WORTH if keep else 0) if last else {}
    first, kept = unfinished(packs, last.last_pack if last else 0, known)
    before = set(known)
    require_space(folder, sources, known)
    try:
        with Packer(packs, first, kept) as packer:
            files = tuple(saved(source, known, packer, progress) for source in sources)
    except OSError:  # no room, or no disk any more: what it has of the pieces is of no use
        for number in pack_numbers(packs):
            if number >= first:
                pack_path(packs, number).unlink(missing_ok=True)
        raise
    sync(packs)
    read_again(packs, {digest: place for digest, place in known.items() if digest not in before})
    state = State(new_name(states), holding, max(pack_numbers(packs), default=0), files)
    write_state(states, state)
    dropped = drop_old(folder, keep) if keep else 0
    return Saved(state, sum(file.size for file in files), packer.written, dropped)


def still_there(packs: Path, state: State, worth: float) -> Pieces:
    """The pieces of a state but those of packs that are gone, cut short, or of use in less than a share `worth`:
    written anew, they let go of such a pack once the older states are dropped."""
    sizes = {number: pack_path(packs, number).stat().st_size for number in pack_numbers(packs)}
    every = {digest: place for file in state.files for digest, place in file.pieces}
    used: Counter[int] = Counter()
    for place in every.values():
        used[place.pack] += RECORD.size + place.length
    good = {number for number, size in sizes.items() if used[number] >= worth * size}
    return {
        digest: place
        for digest, place in every.items()
        if place.pack in good and place.offset + place.length <= sizes[place.pack]
    }


def unfinished(packs: Path, finished: int, known: Pieces) -> tuple[int, int]:
    """What a killed run left in packs after the finished ones comes to the known pieces; pack and byte to go on at."""
    first, kept = finished + 1, 0
    for number in pack_numbers(packs):
        if number >= first:
            first, kept = number, 0
            for digest, place in records(pack_path(packs, number), number):
                known.setdefault(digest, place)
                kept = place.offset + place.length
    return first, kept


def require_space(folder: Path, sources: Iterable[Source], known: Pieces) -> None:
    """Raises BackupError where the new pieces will hardly fit: one in SAMPLE is compressed to know."""
    new: set[bytes] = set()
    tried = packed = size = 0
    for source in sources:
        for piece in pieces(source.file):
            if (digest := checksum(piece)) in known or digest in new:
                continue
            if len(new) % SAMPLE == 0:
                tried, packed = tried + len(piece), packed + len(zlib.compress(piece, 1))
            new.add(digest)
            size += len(piece)
    needed = size * packed // max(1, tried) + SPARE
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupError(
            f"На диске {folder} мало места: для копии нужно около {megabytes(needed)}, свободно {megabytes(free)}. "
            "Прежние копии целы."
        )


def saved(source: Source, known: Pieces, packer: Packer, progress: Progress) -> SavedFile:
    """A file whose pieces are all kept, those that are new since now."""
    whole, row, size = hashlib.sha256(), [], 0
    for piece in pieces(source.file):
        digest = checksum(piece)
        if digest not in known:
            known[digest] = packer.add(digest, piece)
        row.append((digest, known[digest]))
        whole.update(piece)
        size += len(piece)
        progress(len(piece))
    return SavedFile(source.path, size, whole.hexdigest(), tuple(row))


def read_again(packs: Path, new: Pieces) -> None:
    """Raises BackupError where a piece just written does not come back from the disk."""
    with PackReader(packs) as reader:
        if any(reader.piece(digest, place) is None for digest, place in new.items()):
            raise BackupError(f"Записанное в {packs} не читается: диск неисправен. Прежние копии не тронуты.")


def new_name(states: Path) -> str:
    """The name of a state saved now; later than all there are, whatever the clock says."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    if names := state_names(states):
        now = max(now, dt.datetime.strptime(names[-1], NAME).replace(tzinfo=dt.UTC) + dt.timedelta(seconds=1))
    return now.strftime(NAME)


def drop_old(folder: Path, keep: int) -> int:
    """Deletes the oldest states but the last `keep`, and the packs that no state left needs; how many states."""
    states, packs = folder / "states", folder / "packs"
    old = state_names(states)[:-keep]
    for name in old:
        state_path(states, name).unlink()
    sync(states)
    left = list(readable_states(states))
    if len(left) == len(state_names(states)):  # of a torn state nobody knows what it needs
        used = {place.pack for state in left for file in state.files for _, place in file.pieces}
        for number in pack_numbers(packs):
            if number not in used:
                pack_path(packs, number).unlink()
    return len(old)

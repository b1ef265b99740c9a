"""Copies a home into a backup folder without changing it, and restores one into an empty home."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from archive.backup import restore as restoring
from archive.backup.backup import BackupError, Source, backup_folder, save
from archive.backup.chunks import pack_numbers, pack_path
from archive.backup.snapshots import State
from archive.backup.store_copy import snapshot
from archive.disk.atomic import sync, write_whole
from archive.disk.free_space import megabytes, require_space
from archive.disk.lock import writing
from archive.errors import reason
from archive.home import Home
from indexer.index.generations import published_files
from scripts.actions.indexing import changed_store, need_store_of_index, update_index
from scripts.output import messages
from scripts.output.progress import progress

MEGABYTE = 1_000_000
NOT_OF_THE_ARCHIVE = {"lock", "backup.lock", "authority.lock", "errors.log", "errors.log.before"}  # in an empty home
UNFINISHED = "restoring"  # the file of a restored home that names its state, until its index is there
TRIES_TO_OPEN_INDEX = 20  # to open an index that is being written to


def backup(home: Home, folder: Path, with_index: bool, keep: int | None) -> int:
    """`podshivka backup`: 0."""
    folder = folder.absolute()
    need_store_of_index(home)
    with backup_folder(folder, home.path), ExitStack() as opened:
        index = opened_index(home, opened) if with_index else []  # before the store: it may lag behind, never lead
        with progress("snapshot", " МБ") as told, snapshot(home, told_in_megabytes(told)) as (copy, holding):
            own = [(home.store, copy), *((path, path) for path in own_files(home))]
            sources = [
                Source(path.relative_to(home.path).as_posix(), opened.enter_context(there.open("rb")))
                for path, there in own
            ]
            with added_up("copying", sum(size_of(source) for source in (*sources, *index))) as copied:
                made = save(folder, (*sources, *index), holding, copied, keep)
    remember(home, folder)
    messages.report(
        f"Копия от {made.state.moment}: статей {holding.articles}, правка {holding.revision}. Всего "
        f"{megabytes(made.size)}, {f'записано {megabytes(made.written)}' if made.written else 'нового ничего'}."
        + (f" Удалено старых копий: {made.dropped}." if made.dropped else ""),
        state=made.state.name,
        articles=holding.articles,
        revision=holding.revision,
        bytes=made.size,
        written=made.written,
        dropped=made.dropped,
    )
    if folder.stat().st_dev == home.path.stat().st_dev:
        messages.say("Копия на одном диске с архивом: если он сломается, пропадут обе. Лучше другой диск.")
    return 0


def remember(home: Home, folder: Path) -> None:
    """Writes down where the home was copied to."""
    known = home.backups.read_text(encoding="utf-8").splitlines() if home.backups.exists() else []
    if str(folder) not in known:
        write_whole(home.backups, "".join(f"{line}\n" for line in (*known, folder)).encode())
        sync(home.path)


def verify(folder: Path) -> int:
    """`podshivka backup --check`: a line a state; 1 where one is damaged, else 0."""
    restoring.need_backup(folder)
    packs = folder / "packs"
    size = sum(pack_path(packs, number).stat().st_size for number in pack_numbers(packs))
    damaged = 0
    with added_up("verifying", size) as read:
        found = list(restoring.verify(folder, read))
    for name, state, wrong in found:
        damaged += bool(wrong)
        holds = f", статей {state.holding.articles}, правка {state.holding.revision}" if state else ""
        if wrong:
            messages.finding(f"{name}{holds}: повреждена: {'; '.join(wrong)}")
        else:
            messages.say(f"{name}{holds}: цела")
    said = f"Повреждено копий: {damaged}. Сделайте новую копию в другую папку, лучше на другой диск."
    messages.report(said if damaged else f"Копии целы: {len(found)}.", damaged > 0, states=len(found), damaged=damaged)
    return int(damaged > 0)


def restore(home: Home, folder: Path, wanted: str | None) -> int:
    """`podshivka restore`: 0."""
    begun = unfinished(home)
    state = restoring.chosen(folder, wanted or begun)
    if state.name != begun:
        put_in_place(home, folder, state)
    messages.say(f"Архив от {state.moment} восстановлен, осталось подготовить индекс.")
    with changed_store(home, "podshivka restore") as store:
        update_index(store, home)
    (home.path / UNFINISHED).unlink(missing_ok=True)
    articles = state.holding.articles
    messages.report(f"Восстановлено статей: {articles}.", state=state.name, articles=articles)
    return 0


def unfinished(home: Home) -> str | None:
    """The state that a killed run put in place without its index; None where there was none."""
    file = home.path / UNFINISHED
    return file.read_text("ascii", "replace") if file.exists() else None


def put_in_place(home: Home, folder: Path, state: State) -> None:
    """A state in place of the empty home, all of it or nothing."""
    need_empty(home)
    with writing(home.path, "podshivka restore"):
        beside = home.path.with_name(home.path.name + ".restore")
        shutil.rmtree(beside, ignore_errors=True)  # of a killed run
        try:
            put_together(folder, state, beside)
            write_whole(beside / UNFINISHED, state.name.encode())
            sync(beside)
            take_place(beside, home)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise


def need_empty(home: Home) -> None:
    """Raises BackupError where something would be lost."""
    if home.path.is_dir() and any(path.name not in NOT_OF_THE_ARCHIVE for path in home.path.iterdir()):
        raise BackupError(
            f"Папка архива {home.path} не пуста, а восстанавливают в пустую. Переименуйте её "
            f"(mv {home.path} {home.path}-прежний) или назовите другую в PODSHIVKA_HOME."
        )


def put_together(folder: Path, state: State, beside: Path) -> None:
    """The files of a state, checked, in the new folder `beside`."""
    try:
        beside.mkdir()
    except OSError as error:
        raise BackupError(f"Папку {beside} рядом с архивом не создать: {reason(error)}.") from error
    size = sum(file.size for file in state.files)
    require_space(beside.parent, size, "для восстановления")
    with added_up("restoring", size) as done:
        restoring.restore(folder, state, beside, done)


def take_place(beside: Path, home: Home) -> None:
    """The whole folder in place of the empty home, in one step."""
    for name in NOT_OF_THE_ARCHIVE:
        (home.path / name).unlink(missing_ok=True)
    try:
        beside.rename(home.path)
    except OSError as error:
        raise BackupError(
            f"Папку {home.path} не заменить: {reason(error)}. Если это корень диска, назовите в PODSHIVKA_HOME "
            f"папку внутри, например {home.path / 'архив'}."
        ) from error
    sync(home.path.parent)


def own_files(home: Home) -> list[Path]:
    """What people wrote: the authority file, the layouts."""
    return [
        path
        for folder in (home.authority, home.layouts)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(home.path).parts)
    ]


def opened_index(home: Home, opened: ExitStack) -> list[Source]:
    """The files of the published index, open: whoever replaces them meanwhile does not take them from us."""
    for attempt in range(TRIES_TO_OPEN_INDEX):
        with ExitStack() as some:
            try:
                sources = [
                    Source(path.relative_to(home.path).as_posix(), some.enter_context(path.open("rb")))
                    for path in published_files(home.index)
                ]
            except FileNotFoundError:
                if attempt == TRIES_TO_OPEN_INDEX - 1:
                    raise
                time.sleep(0.1)
            else:
                opened.push(some.pop_all())
                return sources
    raise AssertionError


def size_of(source: Source) -> int:
    """The size of an open file."""
    return os.fstat(source.file.fileno()).st_size


def told_in_megabytes(told: Callable[..., None]) -> Callable[[int, int], None]:
    """Takes bytes, tells megabytes."""
    return lambda done, total: told(done // MEGABYTE, total // MEGABYTE)


@contextmanager
def added_up(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Progress that is told how many more bytes are done."""
    done = 0
    with progress(what, " МБ") as told:

        def more(size: int) -> None:
            nonlocal done
            done += size
            told(done // MEGABYTE, total // MEGABYTE)

        yield more

"""Brings batches into the home and takes them out again."""

import signal
from pathlib import Path

from archive.batches.folders import growth, printable, printable_path
from archive.batches.reading import Meter, ReadOptions, read_batch
from archive.disk.free_space import require_space
from archive.home import Home
from indexer.reprints.reprint_groups import Stories
from scripts.actions.indexing import changed_store, find_names, read_store, update_index, user_name
from scripts.output import messages
from scripts.output.batch_report import reprinted, told
from scripts.output.progress import progress
from webapp.presenters.russian import plural

INTERRUPTED = "Прервано: из этой партии ничего не показано. Повторите ту же команду."


def add(
    home: Home,
    paths: tuple[Path, ...],
    options: ReadOptions,
    dry_run: bool,
    report: Path | None,
    workers: int | None,
    name: str | None = None,
    why: str = "",
    restore_removed: bool = False,
) -> int:
    """`podshivka add`: 1 where something was rejected, else 0. A batch is called what its files and folders are."""
    name = name or ", ".join(printable(path.resolve().name) for path in paths)
    if report:
        report.touch()  # better refused now than after all the work
    meter = Meter.of(paths)
    items = read_batch(paths, options, meter)
    if dry_run:
        with read_store(home) as store:
            compared = store.compare(items, restore_removed=restore_removed)
            return told(compared, report, "Проба: архив не изменён. ", dry_run=True)
    with changed_store(home, "podshivka add " + " ".join(map(printable_path, paths))) as store:
        require_space(home.path, growth(paths), "для этой партии")
        batch = store.begin_batch(name, ", ".join(printable_path(path.absolute()) for path in paths), options.source)
        try:
            with progress("reading") as reading:
                store.stage(batch, items, lambda read: reading(read, meter.expected(read)))
            find_names(store, workers, staged_only=True)
        except KeyboardInterrupt:
            messages.stop(INTERRUPTED, 128 + signal.SIGINT)
        store.publish_batch(batch, user_name(), why, restore_removed=restore_removed)
        update_index(store, home)
        original = reprinted(Stories.of(store.reprints.alike(), store.reprints.printed()))
        return told(store.items(batch), report, f"Партия {batch} «{name}». ", original, batch=batch, name=name)


def remove(home: Home, ids: tuple[int, ...], batch: int | None, why: str, notice: str = "") -> int:
    """`podshivka remove`: 1 where an id stood for nothing, else 0."""
    with changed_store(home, "podshivka remove") as store:
        if batch is not None:
            try:
                removed, restored = store.remove_batch(batch, why, user_name(), notice)
            finally:  # where it is out already, the command was perhaps interrupted before the index had it
                update_index(store, home)
            messages.put(f"Партия {batch} убрана: {what_became('убрано', removed, 'прежний', restored)}.")
            return 0
        gone = store.remove(ids, why, user_name(), notice)
        update_index(store, home)
    messages.put(f"Убрано статей: {len(gone)}.")
    return missed(ids, gone, "Таких статей в архиве нет")


def unremove(home: Home, ids: tuple[int, ...], batch: int | None, why: str) -> int:
    """`podshivka unremove`: 1 where an id stood for nothing removed, else 0."""
    with changed_store(home, "podshivka unremove") as store:
        if batch is not None:
            try:
                returned, renewed = store.unremove_batch(batch, why, user_name())
            finally:
                update_index(store, home)
            messages.put(f"Партия {batch} возвращена: {what_became('возвращено', returned, 'её', renewed)}.")
            return 0
        back = store.unremove(ids, why, user_name())
        update_index(store, home)
    messages.put(f"Возвращено статей: {len(back)}.")
    return missed(ids, back, "Таких статей среди убранных нет")


def what_became(done: str, moved: int, whose: str, texts: int) -> str:
    """«убрано статей 12, прежний текст снова у 3 статей»; of what was done to none nothing is said.

    >>> what_became("убрано", 12, "прежний", 0), what_became("возвращено", 0, "её", 1)
    ('убрано статей 12', 'её текст снова у 1 статьи')
    """
    said = [f"{done} статей {moved}"] if moved or not texts else []
    if texts:
        said.append(f"{whose} текст снова у {texts} {plural(texts, 'статьи', 'статей', 'статей')}")
    return ", ".join(said)


def missed(ids: tuple[int, ...], moved: tuple[int, ...], sentence: str) -> int:
    """Tells of the ids that nothing was done with; 1 where there are any."""
    unknown = sorted(set(ids) - set(moved))
    if unknown:
        messages.put(f"{sentence}: {', '.join(map(str, unknown))}.", err=True)
    return int(bool(unknown))

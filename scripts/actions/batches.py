"""Batches into the home and out of it again: read, annotated, published, indexed."""

import getpass
import logging
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

import archive
from archive.batches.folders import growth, printable, printable_path
from archive.batches.reading import Meter, ReadOptions, read_batch
from archive.disk.free_space import index_growth, require_space
from archive.disk.lock import Locked, writing
from archive.errors import Refusal, reason
from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from indexer.index.generations import current, last_commit, read_manifest
from indexer.index.verify import need_archive
from indexer.pipeline import ANNOTATOR, annotate_missing
from indexer.registry.name_table import latest_roll
from indexer.reprints.near_duplicates import compare_new
from indexer.storage.arrays import TornIndex
from scripts.output import messages as telling
from scripts.output.batch_report import reprinted, told
from scripts.output.progress import progress
from search.local.segments.segment import open_segments
from search.local.snapshot.reprint_groups import Stories

SAMPLE = Path(archive.__file__).parent / "sample"
INTERRUPTED = "Прервано: из этой партии ничего не показано. Повторите ту же команду."
MANY = 400  # texts from which it pays to start processes for them


def add(
    home: Home,
    paths: tuple[Path, ...],
    options: ReadOptions,
    dry_run: bool,
    report: Path | None,
    workers: int | None,
    name: str | None = None,
) -> int:
    """`podshivka add`: 1 where something was rejected, else 0. A batch is called what its files and folders are."""
    name = name or ", ".join(printable(path.resolve().name) for path in paths)
    if report:
        report.touch()  # better refused now than after all the work
    meter = Meter.of(paths)
    items = read_batch(paths, options, meter)
    if dry_run:
        with Store(home.store) as store:
            return told(store.compare(items), report, "Проба: архив не изменён. ", dry_run=True)
    with changing(home, "podshivka add " + " ".join(map(printable_path, paths))) as store:
        require_space(home.path, growth(paths), "для этой партии")
        batch = store.begin_batch(name, ", ".join(printable_path(path.absolute()) for path in paths), options.source)
        try:
            with progress("reading") as reading:
                store.stage(batch, items, lambda read: reading(read, meter.expected(read)))
            annotate(store, workers, staged_only=True)
        except KeyboardInterrupt:
            telling.stop(INTERRUPTED, 128 + signal.SIGINT)
        store.publish_batch(batch, who())
        update(store, home)
        original = reprinted(Stories.of(store.reprints.alike(), store.reprints.printed()))
        return told(store.items(batch), report, f"Партия {batch} «{name}». ", original, batch=batch, name=name)


def remove(home: Home, ids: tuple[int, ...], batch: int | None, why: str) -> int:
    """`podshivka remove`: 1 where an id stood for nothing, else 0."""
    with changing(home, "podshivka remove") as store:
        if batch is not None:
            try:
                removed, restored = store.remove_batch(batch, why, who())
            finally:  # where it is out already, the command was perhaps interrupted before the index had it
                update(store, home)
            click.echo(f"Партия {batch} убрана: убрано статей {removed}, прежний текст снова у {restored}.")
            return 0
        gone = store.remove(ids, why, who())
        update(store, home)
    click.echo(f"Убрано статей: {len(gone)}.")
    return missed(ids, gone, "Таких статей в архиве нет")


def unremove(home: Home, ids: tuple[int, ...], batch: int | None, why: str) -> int:
    """`podshivka unremove`: 1 where an id stood for nothing removed, else 0."""
    with changing(home, "podshivka unremove") as store:
        if batch is not None:
            try:
                returned, renewed = store.unremove_batch(batch, why, who())
            finally:
                update(store, home)
            click.echo(f"Партия {batch} возвращена: возвращено статей {returned}, её текст снова у {renewed}.")
            return 0
        back = store.unremove(ids, why, who())
        update(store, home)
    click.echo(f"Возвращено статей: {len(back)}.")
    return missed(ids, back, "Таких статей среди убранных нет")


def missed(ids: tuple[int, ...], moved: tuple[int, ...], sentence: str) -> int:
    """Tells of the ids that nothing was done with; 1 where there are any."""
    unknown = sorted(set(ids) - set(moved))
    if unknown:
        click.echo(f"{sentence}: {', '.join(map(str, unknown))}.", err=True)
    return int(bool(unknown))


def reindex(home: Home, workers: int | None) -> int:
    """`podshivka reindex`: the index built anew beside the live one, then switched."""
    with changing(home, "podshivka reindex") as store:
        require_space(home.path, index_growth(home.store), "чтобы построить индекс рядом с прежним,")
        if dropped := store.drop_unused_texts():
            telling.say(f"Убрано текстов, оставшихся от прерванной партии: {dropped}.")
        annotate(store, workers)
        compare(store)
        with indexing() as told:
            report = build.rebuild(store, home.index, told)
    telling.report(f"Индекс построен заново: статей {report.articles}.", articles=report.articles)
    return 0


def roll_back(home: Home) -> int:
    """`podshivka reindex --rollback`: the index before the last reindex in place of the present one."""
    with changing(home, "podshivka reindex --rollback") as store, indexing() as told:
        report = build.roll_back(store, home.index, told)
    telling.report(f"Служит прежний индекс: статей {report.articles}.", articles=report.articles)
    return 0


def catch_up(home: Home, sample: bool) -> bool:
    """What no reader can do without: the sample in an empty archive, the schema of today, an index that can be opened.
    Whether the index lags behind the store, which `catch_up_beside` sees to.

    Another writer at work will do it itself; in a home that cannot be written nobody can.
    """
    if not home.store.exists() and not sample:
        return False
    if home.store.exists() and not os.access(home.path, os.W_OK):
        with Store(home.store) as store:
            if not searchable(home) or lagging(store, home):
                click.echo(f"В папку архива {home.path} не записать: ищем в том индексе, какой есть.", err=True)
        return False
    try:
        with changing(home, "podshivka serve") as store:
            empty = not store.revision()
            if not empty and not searchable(home):
                update(store, home)
            behind = not empty and lagging(store, home)
        if empty and sample:
            click.echo("Архив пуст: добавляем образец.")
            add(home, (SAMPLE / "batch",), ReadOptions(), dry_run=False, report=None, workers=1, name="образец")
            if not home.authority.exists():
                shutil.copytree(SAMPLE / "authority", home.authority)
        return behind
    except Locked as locked:
        click.echo(f"{locked} Пока ищем в прежнем индексе.", err=True)
        return False


def catch_up_beside(home: Home) -> None:
    """Bring the index up to the store in silence, while readers are answered from what there is."""
    try:
        with changing(home, "podshivka serve") as store:
            compare_new(store)
            build.update(store, home.index)
        click.echo("Индекс догнал архив.")
    except (Refusal, OSError) as error:
        logging.getLogger(__name__).error("the index of %s lags behind: %s", home.path, error)


def searchable(home: Home) -> bool:
    """Whether there is an index that can be opened."""
    try:
        return bool(open_segments(home.index))
    except TornIndex:
        return False


def lagging(store: Store, home: Home) -> bool:
    """Whether the store has what the index has not, or texts that were never compared for reprints."""
    folder = current(home.index)
    if folder is None or store.reprints.uncompared(1):
        return True
    commit = last_commit(folder)
    return read_manifest(folder, commit).revision != store.revision() or latest_roll(folder, commit) is None


@contextmanager
def changing(home: Home, command: str) -> Iterator[Store]:
    """The store to write to, with nobody else writing."""
    try:
        with writing(home.path, command), Store(home.store, write=True) as store:
            need_archive(store, home.index)
            yield store
    except build.BuildError as error:
        raise Refusal(f"Индекс не обновлён: {error}. Статьи в архиве целы; повторите podshivka reindex.") from error


def annotate(store: Store, workers: int | None, staged_only: bool = False) -> None:
    """Find the names in the texts that were not read for them: in all, or in those of the open batch."""
    with progress("naming") as naming:
        texts = store.unannotated_count(ANNOTATOR, staged_only)
        workers = workers or (os.cpu_count() or 1 if texts >= MANY else 1)
        annotate_missing(store, workers, lambda done: naming(done, texts), staged_only)


def compare(store: Store) -> None:
    """Find the reprints among what was published since they were last looked for."""
    if store.reprints.uncompared(1):
        with progress("comparing") as comparing:
            compare_new(store, comparing)


def update(store: Store, home: Home) -> None:
    """Bring the index up to the store."""
    compare(store)
    with indexing() as told:
        build.update(store, home.index, told)


@contextmanager
def indexing() -> Iterator[Callable[[int, int], None]]:
    """Progress of the index; where the disk fails it, the sentence is about the index, for the articles are in."""
    try:
        with progress("indexing") as told:
            yield told
    except OSError as error:
        raise build.BuildError(reason(error)) from error


def who() -> str:
    """Who gives the command, for the log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return f"uid {os.getuid()}"

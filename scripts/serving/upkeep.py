"""Brings a home up to its store and to this program, in a process beside the server that answers from what there is."""

import logging
import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

import archive
from archive.batches.reading import ReadOptions
from archive.disk.lock import Locked, writing
from archive.errors import FormerStore, Refusal
from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from indexer.index.generations import LAYOUT, current, last_commit, need_no_newer, read_manifest
from indexer.index.preparation import preparing
from indexer.index.verify import need_archive
from indexer.pipeline import ANNOTATOR, annotate_missing, start_worker
from indexer.registry.name_table import open_name_table
from indexer.reprints.near_duplicates import compare_new
from scripts.actions.batches import add
from scripts.actions.indexing import changed_store
from scripts.output import messages
from search.searcher import open_engine
from webapp.operation.request_log import write_to_stderr

SAMPLE = Path(archive.__file__).parent / "sample"
NICENESS = 10  # of the process beside the server: readers come first
ARTICLES_A_NAMED_TEXT = 8  # articles that are indexed in the time in which the names of one text are found
LOG = logging.getLogger(__name__)


def catch_up(home: Home, sample: bool) -> bool:
    """Adds the sample to an empty archive; tells whether the home is to be brought up, which `start_beside` sees to.

    Another writer at work will do it itself; in a home that cannot be written nobody can.
    Raises NewerIndex, StoreError.
    """
    need_no_newer(home.index)
    try:
        with Store(home.store) as store:
            need_archive(store, home.index)
            empty = not store.revision()
            if not empty and is_up(home, store):
                return False
        if not empty and not os.access(home.path, os.W_OK):
            messages.put(f"В папку архива {home.path} не записать: ищем в том индексе, какой есть.", err=True)
            return False
    except FormerStore:
        empty = False
    try:
        if empty and sample:
            messages.put("Архив пуст: добавляем образец.")
            add_sample(home)
        elif not empty:
            with writing(home.path, "podshivka serve"):
                return True
    except Locked as locked:
        messages.put(f"{locked} Пока ищем в прежнем индексе.", err=True)
    return False


def add_sample(home: Home) -> None:
    """Adds the sample, with its authority file where the home has none."""
    add(home, (SAMPLE / "batch",), ReadOptions(), dry_run=False, report=None, workers=1, name="образец")
    if not home.authority.exists():
        shutil.copytree(SAMPLE / "authority", home.authority)


def is_up(home: Home, store: Store) -> bool:
    """Whether the index is of the present format and has all that the store has, every text compared for reprints."""
    if is_to_be_rebuilt(home, store) or store.reprints.uncompared(1):
        return False
    folder = current(home.index)
    assert folder
    commit = last_commit(folder)
    return read_manifest(folder, commit).revision == store.revision() and open_name_table(folder, commit) is not None


def is_to_be_rebuilt(home: Home, store: Store) -> bool:
    """Whether there is no index, or one that is torn or of a former format."""
    folder = current(home.index)
    if folder is None or not open_engine(home, store).ready():
        return True
    return read_manifest(folder, last_commit(folder)).layout != LAYOUT


def start_beside(home: Home, log_format: str) -> BaseProcess:
    """Starts the process that brings the home up; it ends with this one."""
    process = multiprocessing.get_context("spawn").Process(target=run_beside, args=(home, log_format))
    process.start()
    threading.Thread(target=watch, args=(process,), daemon=True).start()
    return process


def run_beside(home: Home, log_format: str) -> None:
    """Brings the home up as the only work of a process."""
    start_worker()
    os.nice(NICENESS)
    write_to_stderr(log_format, with_queries=False)
    catch_up_beside(home)


def watch(process: BaseProcess) -> None:
    """Logs that the process did not live to its end."""
    process.join()
    if process.exitcode and process.exitcode > 0:
        LOG.error("the process that brings the index up ended with %d", process.exitcode)


def catch_up_beside(home: Home) -> None:
    """Brings store and index up; who serves them is told how far it is, what goes wrong is logged."""
    try:
        with changed_store(home, "podshivka serve") as store, preparing(home.path) as told:
            compare_new(store)
            build.update(store, home.index, found_names(home, store, told))
        messages.put("Индекс догнал архив.")
    except (Refusal, OSError) as error:
        LOG.error("the index of %s lags behind: %s", home.path, error)


def found_names(home: Home, store: Store, told: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Finds the names of all texts where the index is to be built anew; returns what tells how far that is then."""
    texts = store.unannotated_count(ANNOTATOR) if is_to_be_rebuilt(home, store) else 0
    work = texts * ARTICLES_A_NAMED_TEXT
    articles = store.contents().articles if texts else 0
    if texts:
        annotate_missing(store, 1, lambda done: told(done * ARTICLES_A_NAMED_TEXT, work + articles))
    return lambda done, total: told(work + done, work + total)

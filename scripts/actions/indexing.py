"""Keeps the index in step with the store: builds it, brings it up to date, rolls it back, checks it."""

import getpass
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from archive.disk.free_space import index_growth, megabytes, require_space
from archive.disk.lock import writing
from archive.errors import Refusal, is_full_disk, reason
from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from indexer.index.generations import need_no_newer
from indexer.index.preparation import preparing
from indexer.index.segment_writer import BuildError
from indexer.index.verify import need_archive, sampling_step
from indexer.pipeline import ANNOTATOR, annotate_missing
from indexer.reprints.near_duplicates import compare_new
from indexer.storage.arrays import FormerIndex
from scripts.output import messages
from scripts.output.progress import progress
from search.searcher import Searcher

TEXTS_WORTH_PROCESSES = 400  # from so many on it pays to start processes for them
UNUSED = "Они от партии, которую прервали или ещё читают. Если она не нужна, их уберёт podshivka reindex."


def reindex(home: Home, workers: int | None) -> int:
    """`podshivka reindex`: the index built anew beside the live one, then switched."""
    with changed_store(home, "podshivka reindex", any_index=True) as store:
        require_space(home.path, index_growth(home.store), "чтобы построить индекс рядом с прежним,")
        if dropped := store.drop_unused_texts():
            messages.say(f"Убрано текстов, оставшихся от прерванной партии: {dropped}.")
        find_names(store, workers)
        find_reprints(store)
        with index_progress(home) as told:
            report = build.rebuild(store, home.index, told)
    messages.report(f"Индекс построен заново: статей {report.articles}.", articles=report.articles)
    return 0


def roll_back(home: Home) -> int:
    """`podshivka reindex --rollback`: the index before the last reindex in place of the present one."""
    with changed_store(home, "podshivka reindex --rollback") as store, index_progress(home) as told:
        report = build.roll_back(store, home.index, told)
    messages.report(f"Служит прежний индекс: статей {report.articles}.", articles=report.articles)
    return 0


def check(home: Home, deep: bool) -> int:
    """`podshivka check`: 1 where store and index disagree, else 0. `deep`: the words of every article are compared."""
    wrong = 0
    with read_store(home) as store:
        for sentence in discrepancies(home, store, deep):
            messages.finding(sentence)
            wrong += 1
        articles = store.contents().articles
        unused_texts = store.unused_texts()
    if unused_texts:
        messages.say(f"Текстов, которых нет ни в одной статье: {unused_texts}. {UNUSED}")
    if not deep and (step := sampling_step(articles)) > 1:
        messages.say(f"Слова в индексе сверены у каждой {step}-й статьи; у всех сверит podshivka check --deep.")
    said = f"Расхождений: {wrong}." if wrong else f"Архив и индекс сходятся: статей {articles}."
    messages.report(said, articles=articles, discrepancies=wrong)
    return int(bool(wrong))


def discrepancies(home: Home, store: Store, deep: bool) -> Iterator[str]:
    """What is wrong in the store, then in the index, and what helps. Raises DamagedStore."""
    with progress("checking") if deep else nullcontext(silent) as told:
        yield from store.check(told, deep=deep)
        for sentence in build.check(store, home.index, told if deep else None):
            yield f"{sentence[0].upper()}{sentence[1:]}. Поможет podshivka reindex."


def silent(done: int, total: int) -> None:
    """Progress that nobody is told."""


@contextmanager
def read_store(home: Home) -> Iterator[Store]:
    """The store to read from. Raises DamagedStore where its index has taken in more than it has."""
    with Store(home.store) as store:
        need_archive(store, home.index)
        yield store


def need_store_of_index(home: Home) -> None:
    """Raises DamagedStore where there is an index and the store is gone or has less than it."""
    with read_store(home):
        return


@contextmanager
def changed_store(home: Home, command: str, any_index: bool = False) -> Iterator[Store]:
    """The store to write to, with nobody else writing. `any_index`: one of a newer program does not matter."""
    if not any_index:
        need_no_newer(home.index)
    try:
        with writing(home.path, command):
            if not home.store.exists():  # else it would be made now, and the archive would seem empty
                need_store_of_index(home)
            with Store(home.store, write=True) as store:
                need_archive(store, home.index)
                deque(store.names(), 0)  # read to the end: what is built on them must not spread a damage
                yield store
    except BuildError as error:
        raise Refusal(f"Индекс не обновлён: {error}. Статьи в архиве целы; повторите podshivka reindex.") from error


def searcher_of(home: Home) -> Searcher:
    """Opens the home for search; an index of a format that is read no longer is built anew first, which is said."""
    searcher = Searcher(home)
    try:
        with searcher.moment():
            return searcher
    except FormerIndex:
        messages.warn("Индекс остался от прежней версии программы: строим его заново, это делается один раз.")
    with changed_store(home, "podshivka search") as store:
        find_names(store, None)
        update_index(store, home)
    return Searcher(home)


def find_names(store: Store, workers: int | None, staged_only: bool = False) -> None:
    """Find the names in the texts that were not read for them: in all, or in those of the open batch."""
    with progress("naming") as naming:
        texts = store.unannotated_count(ANNOTATOR, staged_only)
        workers = workers or (os.cpu_count() or 1 if texts >= TEXTS_WORTH_PROCESSES else 1)
        annotate_missing(store, workers, lambda done: naming(done, texts), staged_only)


def find_reprints(store: Store) -> None:
    """Find the reprints among what was published since they were last looked for."""
    if store.reprints.uncompared(1):
        with progress("comparing") as comparing:
            compare_new(store, comparing)


def update_index(store: Store, home: Home) -> None:
    """Bring the index up to the store."""
    find_reprints(store)
    with index_progress(home) as told:
        build.update(store, home.index, told)


@contextmanager
def index_progress(home: Home) -> Iterator[Callable[[int, int], None]]:
    """Progress of the index, told here and to whoever serves the home; where the disk fails it, the sentence is about
    the index, for the articles are in."""
    try:
        with progress("indexing") as told, preparing(home.path) as told_beside:

            def both(done: int, total: int) -> None:
                told(done, total)
                told_beside(done, total)

            yield both
    except OSError as error:
        needed = f", нужно около {megabytes(index_growth(home.store))}" if is_full_disk(error) else ""
        raise BuildError(f"{error.filename or home.index}: {reason(error)}{needed}") from error


def user_name() -> str:
    """Who gives the command, for the log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return f"uid {os.getuid()}"

"""Annotates texts, and all texts of a store that have no annotation yet, in this process or in several."""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager

from archive.article import CHARS_WITH_NAMES
from archive.errors import Refusal
from archive.store.store import Store
from indexer.annotation import Annotation, WordSense, encode
from indexer.entities.article_entities import in_article
from indexer.kinds import enterprises
from indexer.kinds.enterprises import KindSpan
from indexer.ner import public_bodies, rules
from indexer.ner.ner_tagger import tagger
from indexer.senses import homonyms
from indexer.text.cut_text import CutText
from indexer.text.sentences import pieces_of
from indexer.text.spans import Span, Taken

ANNOTATOR = "21"  # raise it with every change of the model, a rule, a list or nominatives: all texts are then read anew
TASK_TEXTS, TASK_CHARS = 64, 1_000_000  # texts annotated and saved together; fewer of long ones
SELDOM_THRESHOLDS = (50_000, 20, 50)  # thresholds of the garbage collector

Text = tuple[str, str]  # digest, text
Encoded = dict[str, bytes]  # digest → encoded annotation


class NamingStopped(Refusal):
    """A process that looked for names did not live to its end; what it had found is kept."""


def annotate(texts: Sequence[str]) -> list[Annotation]:
    """Who is named where in each text, as far as names are looked for, and which of its words mean what they seldom
    mean."""
    cut = [CutText(text[:CHARS_WITH_NAMES]) for text in texts]
    pieces = pieces_of(cut)
    found = zip(cut, tagger().spans_of(pieces, len(cut)), homonyms.unlikely_senses(pieces, len(cut)), strict=True)
    return [annotated(text, spans, meant) for text, spans, meant in found]


def annotated(text: CutText, spans: Sequence[Span], meant: Iterable[WordSense]) -> Annotation:
    """One text's annotation from the raw spans of its names; a person's name means no common word."""
    mentioned = in_article(text, kind_spans(text, rules.corrected_spans(text, spans)))
    persons = Taken(text, ((mention.start, mention.stop) for mention in mentioned if mention.kind == "person"))
    return Annotation(mentioned, tuple(r for r in meant if not persons.meets((r.start, r.start + 1))))


def kind_spans(text: CutText, spans: Sequence[Span]) -> list[KindSpan]:
    """The spans of a text with their kinds, bodies of power in small letters among them."""
    kinds = enterprises.kinds(text, spans)
    small = public_bodies.public_bodies_in(text, [(start, stop) for start, stop, _ in kinds])
    return [*kinds, *((start, stop, "organisation") for start, stop in small)]


def annotate_missing(
    store: Store, workers: int = 1, progress: Callable[[int], None] | None = None, staged_only: bool = False
) -> int:
    """Annotates every text of the store that this annotator has not read, or only those of the open batch; how many.
    `progress` gets the number done."""
    tasks = in_tasks(store.unannotated(ANNOTATOR, staged_only))
    done = 0
    with seldom_collected(), closing(encoded_tasks(tasks, workers)) as results:
        for result in results:
            store.save_annotations(ANNOTATOR, result)
            done += len(result)
            if progress:
                progress(done)
    return done


@contextmanager
def seldom_collected() -> Iterator[None]:
    """The garbage collector runs seldom meanwhile: the caches of words are large and hold no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def in_tasks(texts: Iterator[Text]) -> Iterator[list[Text]]:
    """The texts in tasks of TASK_TEXTS, of fewer where they have TASK_CHARS."""
    task, chars = list[Text](), 0
    for text in texts:
        task.append(text)
        chars += len(text[1])
        if len(task) == TASK_TEXTS or chars >= TASK_CHARS:
            yield task
            task, chars = [], 0
    if task:
        yield task


STOPPED = (
    "Процесс, который искал имена, остановлен: вероятно, не хватило памяти. Ничего не потеряно: повторите команду, она "
    "пойдёт дальше; с ключом --workers 1 памяти нужно меньше."
)
CLOSED_HANDLE = "handle is closed"  # in the words of multiprocessing.connection


def encoded(task: Sequence[Text]) -> Encoded:
    """The annotations of a task as the store keeps them."""
    digests, texts = zip(*task, strict=True)
    return dict(zip(digests, map(encode, annotate(texts)), strict=True))


def encoded_tasks(tasks: Iterable[Sequence[Text]], workers: int) -> Generator[Encoded, None, None]:
    """The annotations of each task, in order."""
    return in_process(tasks) if workers == 1 else in_processes(tasks, workers)


def in_process(tasks: Iterable[Sequence[Text]]) -> Generator[Encoded, None, None]:
    """Results one by one, worked out here."""
    yield from map(encoded, tasks)


def in_processes(tasks: Iterable[Sequence[Text]], workers: int) -> Generator[Encoded, None, None]:
    """Results in order; two tasks a worker are under way, however many there are to come."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # for the workers: two threads in each make both slower
    running: deque[Future[Encoded]] = deque()
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), start_worker)
    try:
        for task in tasks:
            running.append(pool.submit(encoded, task))
            if len(running) > 2 * workers:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
    except BrokenProcessPool:
        raise NamingStopped(STOPPED) from None
    except OSError as error:  # a pool that breaks while it is given work has closed its handle
        if str(error) != CLOSED_HANDLE:
            raise
        raise NamingStopped(STOPPED) from None
    finally:
        pool.shutdown(cancel_futures=True)


def start_worker() -> None:
    """A worker leaves Ctrl-C to its parent and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*SELDOM_THRESHOLDS)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Waits for the parent's end, however it comes."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)

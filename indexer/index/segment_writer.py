"""Writes articles of the store as segments, of many articles in several processes."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np

from archive.article import StoredArticle
from archive.errors import Refusal, StoreError
from archive.store.store import Store
from indexer.annotation import Annotation, encode, readable
from indexer.index.document import IndexDocument, index_document
from indexer.index.segment_draft import SegmentDraft
from indexer.index.segments import VERSION_BITS, ArticleVersions
from indexer.pipeline import ANNOTATOR, annotate, start_worker

SEGMENT_ARTICLES = 25_000
SEGMENT_TOKENS = 8_000_000  # articles may be long: 20 bytes a token at the worst moment of writing
WRITER_PROCESSES = 2  # processes that write segments of a large archive: memory is for so many
ARTICLES_WORTH_PROCESSES = 50_000  # articles that are worth starting processes for
READ_ARTICLES = 400
ArticleProgress = Callable[[int, int], None]  # articles done, articles in all


class BuildError(Refusal):
    """The index could not be built; the one published before is still there. A Russian sentence."""


def write_new(store: Store, folder: Path, pairs: ArticleVersions, progress: ArticleProgress | None) -> Iterator[Any]:
    """Segments of these articles; of many, in several processes, which need all annotations made before."""
    writers = min(WRITER_PROCESSES, os.cpu_count() or 1)
    if len(pairs) < ARTICLES_WORTH_PROCESSES or writers == 1 or next(store.unannotated(ANNOTATOR), None):
        yield from write_segments(folder, documents(store, pairs, progress), len(pairs))
        return
    shares = np.array_split(pairs, max(writers, -(-len(pairs) // SEGMENT_ARTICLES)))
    pool = ProcessPoolExecutor(writers, multiprocessing.get_context("spawn"), start_worker)
    try:
        done = 0
        for share, segments in zip(
            shares, pool.map(write_share, repeat(store.path), repeat(folder), shares), strict=True
        ):
            yield from segments
            done += len(share)
            if progress:
                progress(done, len(pairs))
    except BrokenProcessPool:
        raise BuildError("процесс, который писал индекс, остановлен: вероятно, не хватило памяти") from None
    finally:
        pool.shutdown(cancel_futures=True)


def write_share(path: Path, folder: Path, pairs: ArticleVersions) -> list[Any]:
    """Segments of these articles of the store, in a process of its own."""
    with Store(path) as store:
        return list(write_segments(folder, documents(store, pairs, None), len(pairs)))


def write_segments(folder: Path, stream: Iterator[IndexDocument], expected: int) -> Iterator[Any]:
    """Segments of bounded size and memory; of equal size where there are several."""
    share = -(-expected // max(1, -(-expected // SEGMENT_ARTICLES)))
    draft = SegmentDraft()
    for document in stream:
        draft.add(document)
        if len(draft) >= share or draft.tokens >= SEGMENT_TOKENS:
            yield draft.write(folder)
            draft = SegmentDraft()
    if len(draft):
        yield draft.write(folder)


def documents(store: Store, pairs: ArticleVersions, progress: ArticleProgress | None) -> Iterator[IndexDocument]:
    """Index documents of the articles the store still has; annotates those that are not annotated yet."""
    for first in range(0, len(pairs), READ_ARTICLES):
        some = pairs[first : first + READ_ARTICLES].tolist()
        keys = [(pair >> VERSION_BITS, pair & (1 << VERSION_BITS) - 1) for pair in some]
        found = store.articles(keys)
        stored = [found[key] for key in keys if key in found]
        for article, note in zip(stored, annotations(store, stored), strict=True):
            yield index_document(article, note)
        if progress:
            progress(first + len(some), len(pairs))


def annotations(store: Store, stored: list[StoredArticle]) -> list[Annotation]:
    """The annotation of each article, from the store or made and kept now."""
    texts = {one.article.digest: one.article.text for one in stored}
    digests = [one.article.digest for one in stored]
    found = readable(store.annotations(texts, ANNOTATOR))
    missing = [digest for digest in texts if digest not in found]
    if missing:
        new = dict(zip(missing, annotate([texts[digest] for digest in missing]), strict=True))
        with suppress(StoreError):  # a process that only reads cannot keep them
            store.save_annotations(ANNOTATOR, {digest: encode(note) for digest, note in new.items()})
        found |= new
    return [found[digest] for digest in digests]

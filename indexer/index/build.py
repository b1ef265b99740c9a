"""Brings the published index up to date with the store batch by batch, or rebuilds it beside the live one.

A commit is one rename: new segments, deletions and the manifest become visible together, and whatever fails before it
leaves the index as it was. Small segments are merged by writing their articles anew from the store.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, LockError

from archive.errors import Refusal
from archive.store.store import Store
from indexer.index.generations import (
    LAYOUT,
    Manifest,
    check_sizes,
    current,
    drop_leftovers,
    drop_newer,
    drop_others,
    earlier,
    generations,
    last_commit,
    new_generation,
    publish,
    read_manifest,
    size_and_checksum,
    write_manifest,
)
from indexer.index.schema import INDEX_NAME, DurableStorage, committed_segments, schema
from indexer.index.segment_writer import ArticleProgress, BuildError, write_new
from indexer.index.segments import OpenSegment, changed_articles, open_segments
from indexer.index.verify import check as check
from indexer.index.verify import check_generation, damage, open_whole
from indexer.index.whoosh_codec import ArrayCodec
from indexer.pipeline import ANNOTATOR
from indexer.registry.entity_ids import resolved_and_saved
from indexer.registry.name_table import NO_NAMES, NameTable, drop_other_tables, open_name_table, write_name_table
from indexer.registry.update import updated
from indexer.storage.arrays import Array, NewerIndex, TornIndex

MERGED_ARTICLES = 25_000  # no merge makes a larger segment: it would hold up the batch that sets it off


class NoneEarlier(Refusal):
    """There is no generation to go back to, as a Russian sentence."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: articles written (merged ones too) and taken out; what the index now holds."""

    written: int
    deleted: int
    articles: int
    segments: int
    revision: int
    rebuilt: bool


def update(store: Store, index: Path, progress: ArticleProgress | None = None) -> BuildReport:
    """Takes in what the store has and the index has not; rebuilds an index that is missing or cannot be trusted."""
    folder = current(index)
    try:
        if folder is None:
            return rebuild(store, index, progress)
        drop_newer(index, folder)
        commit = last_commit(folder)
        manifest = read_manifest(folder, commit)
        check_sizes(folder, manifest)
        old = open_segments(folder, committed_segments(folder, commit))
    except NewerIndex:
        raise
    except (TornIndex, FileNotFoundError):
        return rebuild(store, index, progress)
    if manifest.layout != LAYOUT or manifest.revision > store.revision():  # then the store is an older copy put back
        return rebuild(store, index, progress)
    if manifest.revision == store.revision() and open_name_table(folder, commit):
        return BuildReport(0, 0, sum(part.live_count for part in old), len(old), manifest.revision, False)
    return write_commit(store, folder, manifest, progress)


def rebuild(store: Store, index: Path, progress: ArticleProgress | None = None) -> BuildReport:
    """Builds a new generation beside the published one, checks it and switches to it; the one before is kept."""
    before = current(index)
    folder = new_generation(index)
    try:
        TOC.create(DurableStorage(str(folder)), schema(), INDEX_NAME)
        report = write_commit(store, folder, Manifest(0, ANNOTATOR, {}), progress)
        wrong = check_generation(store, folder)
        if wrong:
            raise BuildError("новый не прошёл проверку, служит прежний: " + "; ".join(wrong))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    publish(folder)
    drop_others(index, folder, before)
    return BuildReport(report.written, report.deleted, report.articles, report.segments, report.revision, True)


def roll_back(store: Store, index: Path, progress: ArticleProgress | None = None) -> BuildReport:
    """Publishes the generation before in place of the present one, then brings it up to the store."""
    present = current(index)
    before = earlier(index, present) if present else []
    if not before:
        raise NoneEarlier("Прежнего индекса нет: он остаётся после podshivka reindex.")
    whole = [folder for folder in before if not damage(folder)]
    if not whole:
        raise NoneEarlier(f"Прежний индекс не годится: {damage(before[0])}.")
    publish(whole[0])
    drop_others(index, *before)
    return update(store, index, progress)


def write_commit(store: Store, folder: Path, manifest: Manifest, progress: ArticleProgress | None) -> BuildReport:
    """One commit on top of what `folder` holds: everything the store changed after the manifest's revision."""
    try:
        writer = FileIndex(DurableStorage(str(folder)), indexname=INDEX_NAME).writer(codec=ArrayCodec())
    except LockError:
        raise BuildError("индекс уже обновляется другой командой") from None
    try:
        revision = store.revision()
        touched, fresh = changed_articles(store, manifest.revision)
        old = open_segments(folder, writer.segments)
        deleted = delete_touched(writer, old, touched)
        folded = {id(part): part for part in segments_to_fold(old, len(fresh))}
        destroyed = store.erasures.numbers()
        folded |= {id(part): part for part in old if holds_any(part, destroyed)}
        kept = [part.segment for part in old if id(part) not in folded]
        pairs = np.concatenate([fresh, *(part.pairs() for part in folded.values())])
        new = list(write_new(store, folder, pairs, progress))
        segments = kept + new
        parts = open_segments(folder, segments)
        is_pure = not store.erasures.numbers(manifest.revision)  # else the former table has names that are to go
        names_before = open_name_table(folder, writer.generation - 1) if is_pure else None
        table = write_name_table(folder, writer.generation, next_name_table(store, names_before or NO_NAMES, parts))
        files = {name: manifest.files[name] for segment in kept for name in segment_files(folder, segment)}
        names = (name for segment in new for name in segment_files(folder, segment))
        files |= {name: size_and_checksum(folder / name) for name in (*names, table)}
        write_manifest(folder, writer.generation, Manifest(revision, manifest.annotator, files))
        writer.commit(mergetype=lambda _writer, _segments: segments)
        drop_leftovers(folder, writer.generation)
        drop_other_tables(folder, writer.generation)
    finally:
        if not writer.is_closed:
            writer.cancel()
    return BuildReport(
        len(pairs), deleted, sum(part.live_count for part in parts), len(segments), revision, rebuilt=False
    )


def delete_touched(writer: Any, old: Iterable[OpenSegment], touched: NDArray[np.int64]) -> int:
    """Deletes, by document number, what the index has of the touched articles; says how many."""
    deleted = 0
    for part in old:
        numbers = np.flatnonzero(part.live & np.isin(part.arrays["ids"], touched))
        for number in numbers.tolist():
            writer.delete_document(part.first + number)
        part.live[numbers] = False
        deleted += len(numbers)
    return deleted


def segments_to_fold(old: Iterable[OpenSegment], fresh: int) -> Iterator[OpenSegment]:
    """Segments to be written anew together with `fresh` articles: those of like size, so that an article is rewritten
    as often as the logarithm of the archive; those mostly deleted; those empty."""
    total = fresh
    for part in sorted(old, key=lambda part: part.live_count):
        live = part.live_count
        if total + live <= MERGED_ARTICLES and (live <= 2 * total or live < len(part.live) / 2):
            total += live
            yield part
        elif not live:
            yield part


def next_name_table(store: Store, before: NameTable, parts: Sequence[OpenSegment]) -> dict[str, Array]:
    """The next name table, made anew where names have changed since the commit before; the store keeps what is new."""
    resolved = partial(resolved_and_saved, store.entity_ids)
    return updated(before, [part.names() for part in parts], resolved)


def holds_any(part: OpenSegment, ids: Sequence[int]) -> bool:
    """Tells whether one of these articles stands in a segment, if only as a deleted one."""
    return bool(ids) and bool(np.isin(part.arrays["ids"], ids).any())


def drop_generations_of_destroyed(store: Store, index: Path) -> None:
    """Deletes the generations besides the published one that hold a destroyed article or cannot be read."""
    published, destroyed = current(index), store.erasures.numbers()
    for folder in generations(index).values():
        if folder == published:
            continue
        opened = open_whole(folder)
        if isinstance(opened, str) or any(holds_any(part, destroyed) for part in opened[1]):
            shutil.rmtree(folder)


def segment_files(folder: Path, segment: Any) -> list[str]:
    """Names of all files of a segment, ours too."""
    return sorted(segment.list_files(FileStorage(str(folder))))

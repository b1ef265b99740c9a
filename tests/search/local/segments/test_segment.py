"""Opening a published index: a bounded cache, shared files, readers beside a writer."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from archive.article import Article
from archive.store.store import Store
from indexer.annotation import Annotation, encode
from indexer.index import build
from indexer.pipeline import ANNOTATOR
from indexer.storage.postings import Postings
from search.local.segments import segment
from search.local.segments.cache import PostingsCache
from search.local.segments.segment import index_token, live_mask, open_segments


def add(store: Store, *texts: str) -> None:
    batch = store.begin_batch("партия", "партия")
    store.stage(batch, [Article(text, (text,)) for text in texts])
    empty = encode(Annotation(()))
    store.save_annotations(ANNOTATOR, {digest: empty for digest, _ in list(store.unannotated(ANNOTATOR))})
    store.publish_batch(batch)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "archive.sqlite", write=True) as store:
        yield store


def test_the_cache_is_bounded_in_bytes() -> None:
    cache = PostingsCache(10_000)
    for n in range(100):
        cache.put(n, Postings(np.zeros(100, np.int32), np.zeros(100, np.uint16)))
        cache.get(0)  # asked for again and again: stays
    held = [n for n in range(100) if cache.get(n)]
    assert 0 in held
    assert 99 in held
    assert len(held) == 9  # 1,100 bytes each
    cache.put("велик", Postings(np.zeros(10_000, np.int32), np.zeros(10_000, np.uint16)))
    assert cache.get("велик") is None
    cache.put("мал", Postings(np.zeros(1, np.int32), np.zeros(1, np.uint16)))
    assert cache.get("мал")


@pytest.mark.parametrize(
    ("deleted", "expected"), [([], None), ([1], [True, False, True]), ([0, 1, 2], [False, False, False])]
)
def test_deleted_articles_are_masked(deleted: list[int], expected: list[bool] | None) -> None:
    live = live_mask(3, deleted)
    assert (live if live is None else live.tolist()) == expected


def test_a_segment_is_opened_once_for_all_snapshots(store: Store, tmp_path: Path) -> None:
    add(store, "Завод", "Сталь", "Волга", "Цех")
    build.update(store, tmp_path / "index")
    [first] = open_segments(tmp_path / "index")
    postings = first.postings("lemma", "завод")
    add(store, "Чугун")
    store.remove([2])
    build.update(store, tmp_path / "index")
    again, _ = open_segments(tmp_path / "index")
    assert again._files is first._files
    assert again.postings("lemma", "завод") is postings
    assert first.live is None
    assert again.live is not None
    assert again.live.tolist() == [True, False, True, True]


def test_arrays_are_read_only(store: Store, tmp_path: Path) -> None:
    add(store, "Завод")
    build.update(store, tmp_path / "index")
    [only] = open_segments(tmp_path / "index")
    assert not any(array.flags.writeable for array in (only.ids, only.days, only.versions, only.column("name").codes))
    assert only.type_count == 2
    assert only.terms_with_prefix("form", "за", 5) == ["завод"]
    assert only.terms_with_prefix("form", "за", 0) == []
    assert only.types_with_lemmas(["завод", "сталь"]).tolist() == [1]
    assert only.types_with_lemmas([]).tolist() == []
    assert only.types_with_form("нет").tolist() == only.types_with_prefix("нет").tolist() == []


def test_readers_beside_a_writer_see_whole_commits(store: Store, tmp_path: Path) -> None:
    index = tmp_path / "index"
    add(store, "Завод 0 а", "Завод 0 б")
    build.update(store, index)
    done = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        while not done.is_set():
            token = index_token(index)
            segments = open_segments(index)
            ids = sorted(int(id) for one in segments for id in (one.ids if one.live is None else one.ids[one.live]))
            found = sum(len(one.postings("lemma", "завод").docs) for one in segments)
            if ids != list(range(1, len(ids) + 1)) or len(ids) % 2 or found != len(ids) or token is None:
                wrong.append((token, ids, found))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for n in range(1, 8):
        add(store, f"Завод {n} а", f"Завод {n} б")
        (build.rebuild if n % 3 == 0 else build.update)(store, index)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert segment.index_token(index) == ("gen-3", 2)

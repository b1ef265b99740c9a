"""The order of hits: BM25 by the formula, ties by date, pages cut from one order."""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article, Published
from indexer.index import segment_writer
from search.local.collector import top_hits
from search.local.matching import bm25 as ranking
from search.local.matching.bm25 import best
from search.query.parser import read
from search.request import SearchRequest
from search.result import Hit
from search.searcher import Searcher
from tests.support.random_archives import Archive, articles, published_home, queries


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), unique=True, max_size=16),
    st.integers(0, 20),
    st.sampled_from([-1, 8, 16]),
)
def test_the_best_are_found_without_sorting_the_rest(rows: list[tuple[int, int]], count: int, few: int) -> None:
    keys = tuple(np.array([row[place] for row in rows], np.int64).__getitem__ for place in (0, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "PLACES_SORTED", few)
        assert [rows[place] for place in best(keys, len(rows), count)] == sorted(rows, reverse=True)[:count]


def newness(hit: Hit) -> tuple[dt.datetime, int]:
    day, time = hit.published.day, hit.published.time
    return (dt.datetime.combine(day, time or dt.time()) if day else dt.datetime.min, -hit.id)


@settings(max_examples=10, deadline=None)
@given(articles, st.frozensets(st.integers(1, 14), max_size=4), st.lists(queries, min_size=8, max_size=8))
def test_scores_are_those_of_the_formula(batch: list[Article], removed: frozenset[int], asked: Sequence[str]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(segment_writer, "SEGMENT_ARTICLES", 4)
        patch.setattr(ranking, "TIMES_RARER", 1)
        patch.setattr(top_hits, "RANKED_ARTICLES", 0)
        home = published_home(Path(folder), [batch[:9], batch[9:]], removed)
        searcher, archive = Searcher(home), Archive.of(home)
        stored = {one.id: one for one in archive.articles}
        for typed in asked:
            hits = searcher.search(SearchRequest(typed, sort="relevance", size=100)).hits
            by_hand = [archive.score(read(typed).tree, stored[hit.id]) for hit in hits]
            assert [hit.score for hit in hits] == pytest.approx(by_hand, rel=1e-5, abs=1e-6)
            order = [(np.float32(hit.score), *newness(hit)) for hit in hits]
            assert order == sorted(order, reverse=True)
            paged = [searcher.search(SearchRequest(typed, sort="relevance", size=3, page=n)).hits for n in range(1, 6)]
            assert [hit.id for page in paged for hit in page] == [hit.id for hit in hits]


def test_scores_are_the_same_in_any_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(top_hits, "RANKED_ARTICLES", 0)
    texts = [f"Завод {'Каустик ' * (number == 3)}{number}" for number in range(12)]
    batch = [
        Article(
            path=text, paragraphs=(text,), own_id=str(n), published=Published(dt.date(2000 + n * 5 % 12, 1, 1), None)
        )
        for n, text in enumerate(texts)
    ]
    searcher = Searcher(published_home(tmp_path, [batch]))
    found = [
        {hit.own_id: hit.score for hit in searcher.search(SearchRequest("завод ИЛИ каустик", sort=sort, size=20)).hits}
        for sort in ("relevance", "newest", "oldest")
    ]
    assert found[0] == found[1] == found[2]
    assert max(found[0], key=found[0].__getitem__) == "3"


def test_newest_and_oldest_put_the_undated_last(tmp_path: Path) -> None:
    days = {"в": dt.date(2020, 1, 2), "а": dt.date(1998, 3, 12), "б": dt.date(2020, 1, 2), "г": None}
    batch = [
        Article(
            path=name,
            paragraphs=(f"Завод {name}",),
            own_id=name,
            published=Published(day, dt.time(9) if name == "б" else None),
        )
        for name, day in days.items()
    ]
    searcher = Searcher(published_home(tmp_path, [batch]))

    def order(request: SearchRequest) -> str:
        return "".join(hit.own_id or "" for hit in searcher.search(request).hits)

    assert order(SearchRequest()) == order(SearchRequest(sort="newest", text="завод")) == "бваг"
    assert order(SearchRequest(sort="oldest")) == "авбг"
    assert order(SearchRequest("завод")) == "бваг"
    assert order(SearchRequest("завод", sort="newest", size=1, page=3)) == "а"
    assert all(hit.score > 0 for hit in searcher.search(SearchRequest("завод", sort="oldest")).hits)

"""What a query finds: tables of queries and texts, and brute force over random archives."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from indexer.index import segment_writer
from search.local.matching import match as matching
from search.local.matching import phrases, terms
from search.local.matching.match import DocSet, Match, intersection
from search.local.segments.joined import JoinedSegments
from search.local.segments.segment import open_segments
from search.query.parser import read
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.random_archives import Archive, articles, published_home, queries

TEXTS = {
    "сталь": "Из нержавеющей стали отлили трубу.",
    "спецсталь": "Центр компетенций по спецстали.",
    "октябрь": "На «Красном Октябре» пустили стан.",
    "красный": "Красный флаг. В октябре похолодало.",
    "порознь": "Новый красный\nоктябрь наступил.",
    "титан": "Завод «Титан-Баррикады» выпустил танки.",
    "рост": "Выпуск вырос до 530,5 млрд рублей.",
    "елка": "Ёлку поставили на площади, а БМК – нет.",
    "мантуров": "Денису Мантурову показали цех.",
    "почта": "Пишите: info@zavod.ru.",
}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    batch = [Article(path=name, paragraphs=tuple(text.split("\n")), own_id=name) for name, text in TEXTS.items()]
    return Searcher(published_home(tmp_path_factory.mktemp("matching"), [batch]))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("нержавеющая труба", "сталь"),
        ("спецсталями", "спецсталь"),
        ("!стали", "сталь"),
        ("!Трубу", "сталь"),
        ("!труба", ""),
        ("красный октябрь", "октябрь красный порознь"),
        ('"красный октябрь"', "октябрь"),
        ("«КРАСНОГО ОКТЯБРЯ»", "октябрь"),
        ('!"красном октябре"', "октябрь"),
        ('!"красный октябрь"', ""),
        ('"!красном октябрь"', "октябрь"),
        ('красный -"красный октябрь"', "красный порознь"),
        ('-"красный октябрь" (красный | труба)', "красный порознь сталь"),
        ("Титан-Баррикады", "титан"),
        ("баррикады титан", "титан"),
        ("титан-завод", "титан"),  # all parts, though not in a row
        ("530,5", "рост"),
        ("530.5 млрд", "рост"),
        ('"до 530,5 миллиардов"', "рост"),  # a unit written short
        ("ёлка", "елка"),
        ("елками", "елка"),
        ("БMК", "елка"),
        ("мантурова", "мантуров"),
        ("info@zavod.ru", "почта"),
        ("зав*", "титан"),
        ('"красн* окт*"', "октябрь"),
        ("тру* | танк", "сталь титан"),
        ("нигде | (рубль -доллар)", "рост"),
        ("пустили нигде", ""),
        ("флаг ИЛИ -(на | в | из | по | до)", "красный порознь титан мантуров почта"),
    ],
)
def test_finding(searcher: Searcher, typed: str, found: str) -> None:
    result = searcher.search(SearchRequest(typed, size=100))
    assert {hit.own_id for hit in result.hits} == set(found.split())
    assert result.total == len(result.hits)


@settings(max_examples=15, deadline=None)
@given(
    articles,
    st.frozensets(st.integers(1, 14), max_size=4),
    st.lists(queries, min_size=20, max_size=20),
    st.sampled_from([0, 8]),
)
def test_brute_force_finds_the_same(
    batch: list[Article], removed: frozenset[int], asked: Sequence[str], common: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(segment_writer, "SEGMENT_ARTICLES", 4)
        patch.setattr(phrases, "TOKENS_A_BLOCK", 9)
        patch.setattr(matching, "TIMES_FEWER", 2)
        patch.setattr(terms, "COMMON_SHARE", common)
        home = published_home(Path(folder), [batch[:9], batch[9:]], removed)
        archive = Archive.of(home)
        segments = open_segments(home.index)
        for typed in asked:
            tree = read(typed).tree
            patch.setattr(matching, "PLACES_AN_ARTICLE", 0)  # texts of candidates are read, not places looked up
            docs = [Match(segment, tree).docs for segment in segments]
            assert all((np.diff(some) > 0).all() for some in docs)
            found = [id for segment, some in zip(segments, docs, strict=True) for id in segment.ids[some].tolist()]
            assert sorted(found) == sorted(stored.id for stored in archive.matching(tree, SearchRequest()))
            for long in (0, 100) if segments else ():
                patch.setattr(matching, "PLACES_AN_ARTICLE", long)
                whole = JoinedSegments(segments)
                assert whole.ids[Match(whole, tree).docs].tolist() == found


@given(st.lists(st.frozensets(st.integers(0, 60)), min_size=1, max_size=4))
def test_intersection(sets: list[frozenset[int]]) -> None:
    arrays = [DocSet(np.array(sorted(some), np.int32)) for some in sets]
    assert intersection(arrays, 61).tolist() == sorted(frozenset.intersection(*sets))

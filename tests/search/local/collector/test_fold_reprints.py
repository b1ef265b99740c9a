"""Reprints under the best of their story: no page repeats or loses one, and the order of batches changes nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article, Published
from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from indexer.reprints.near_duplicates import compare_new
from search.request import SearchRequest, Sort
from search.result import Hit
from search.searcher import Searcher
from tests.indexer.reprints.test_near_duplicates import START, printed, text_of
from tests.support.random_archives import add

PAPERS = ("Вести", "Правда", "Труд")


def home_of(folder: Path, batches: Sequence[Sequence[Article]], removed: Sequence[int] = ()) -> Home:
    home = Home(folder / "home")
    home.path.mkdir()
    with Store(home.store, write=True) as store:
        for batch in batches:
            add(home, store, batch)
        store.remove(removed)
        compare_new(store)
        build.rebuild(store, home.index)
    return home


def article(seed: int, edits: int, source: str, day: int, name: str) -> Article:
    published = Published(START + dt.timedelta(day))
    return Article(path=name, paragraphs=(text_of(seed, edits),), source=source, published=published)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(printed, min_size=1, max_size=14, unique_by=lambda one: one.path),
    st.sets(st.integers(1, 14), max_size=3),
    st.sampled_from(("newest", "oldest", "relevance")),
    st.sampled_from(("", "слово7", "слово7 | слово30 | слово120", "слово1 слово2 слово3 слово4")),
    st.integers(1, 4),
)
def test_pages_of_stories_are_the_plain_list_with_each_story_once(
    articles: list[Article], removed: set[int], sort: Sort, text: str, size: int
) -> None:
    with TemporaryDirectory() as folder:
        searcher = Searcher(home_of(Path(folder), [articles[:5], articles[5:]], sorted(removed)))
        request = SearchRequest(text=text, sort=sort, size=100, undated="also")
        plain = searcher.search(replace(request, reprints=True))
        assert plain.total == len(plain.hits)
        stories: dict[object, list[Hit]] = {}
        for hit in plain.hits:
            assert hit.reprints == ()
            page = searcher.article(hit.id)
            assert page
            stories.setdefault(frozenset(one.id for one in page.story) or hit.id, []).append(hit)
        folded = [
            hit
            for number in range(1, searcher.search(replace(request, size=size)).pages + 1)
            for hit in searcher.search(replace(request, size=size, page=number)).hits
        ]
        assert [hit.id for hit in folded] == [story[0].id for story in stories.values()]
        for hit, story in zip(folded, stories.values(), strict=True):
            assert {one.id for one in hit.reprints} == {one.id for one in story[1:]}
        both = searcher.search(request), plain
        assert [(one.total, one.stories) for one in both] == [(len(plain.hits), len(stories))] * 2
        assert both[0].facets == plain.facets
        assert {hit.id for hit in both[0].partial.hits} <= {hit.id for hit in plain.partial.hits}


def test_the_earliest_is_the_original_and_forms_make_no_chain(tmp_path: Path) -> None:
    weather = [
        Article(
            path=f"{paper} {day}",
            paragraphs=(text_of(1, 0) + f" сегодня {day} {day * 7} {day * 5} градусов",),
            source=paper,
            published=Published(START + dt.timedelta(day), dt.time(8 + number)),
        )
        for day in range(5)
        for number, paper in enumerate(PAPERS[:2])
    ]
    searcher = Searcher(home_of(tmp_path, [weather]))
    result = searcher.search(SearchRequest(sort="oldest"))
    assert (result.total, result.stories) == (10, 5)
    assert [(hit.source, [one.source for one in hit.reprints]) for hit in result.hits] == [("Вести", ["Правда"])] * 5


def test_a_removed_original_leaves_its_reprints_to_the_next(tmp_path: Path) -> None:
    batch = [
        article(1, edits, paper, day, "а") for day, (edits, paper) in enumerate(zip((0, 3, 9), PAPERS, strict=True))
    ]
    searcher = Searcher(home_of(tmp_path, [batch], removed=[1]))
    page = searcher.article(3)
    assert page
    assert [one.id for one in page.story] == [2, 3]
    assert searcher.article(1) is None


def test_a_story_is_found_by_any_of_its_articles_but_shows_only_those_that_match(tmp_path: Path) -> None:
    batch = [
        article(1, edits, paper, day, "а") for day, (edits, paper) in enumerate(zip((0, 3, 9), PAPERS, strict=True))
    ]
    searcher = Searcher(home_of(tmp_path, [batch]))
    for text, ids in (("правка9", [3]), ("правка3 | правка9", [2, 3]), ("", [1, 2, 3])):
        result = searcher.search(SearchRequest(text=text, sort="oldest"))
        assert [[hit.id, *(one.id for one in hit.reprints)] for hit in result.hits] == [ids]
        assert (result.total, result.stories, result.pages) == (len(ids), 1, 1)


def test_two_articles_of_a_paper_that_a_correction_makes_the_same_are_one_story(tmp_path: Path) -> None:
    first = [article(1, 0, "Вести", 0, "а"), article(2, 0, "Вести", 100, "б")]
    searcher = Searcher(home_of(tmp_path, [first, [article(1, 0, "Вести", 100, "б")]]))
    result = searcher.search(SearchRequest(sort="oldest"))
    assert [[hit.id, *(one.id for one in hit.reprints)] for hit in result.hits] == [[1, 2]]

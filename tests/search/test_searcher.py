"""Whole answers: partial matches, pages, whatever is typed."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from archive.article import Article
from archive.home import Home
from search.request import NONE, SearchRequest
from search.result import Overview, PartialMatches, Timeline
from search.searcher import Searcher
from tests.support.random_archives import published_home

TEXTS = (
    "Межрегиональный форум по промышленности открыли в Волгограде.",
    "Форум и выставка: промышленность, сталь, энергетика.",
    "Выставка стали закрылась.",
    "Сталь и энергетика подорожали, форум отменили.",
    "Погода на завтра.",
)


def article(number: int, text: str, **fields: object) -> Article:
    return replace(Article(path=str(number), paragraphs=(text,), own_id=str(number)), **fields)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    batch = [
        article(number, text, rubric="Город" if number % 2 else None, persons=("Иван Петров",) if number == 3 else ())
        for number, text in enumerate(TEXTS)
    ]
    return published_home(tmp_path_factory.mktemp("searcher"), [batch])


@pytest.fixture(scope="module")
def searcher(home: Home) -> Searcher:
    return Searcher(home)


@pytest.mark.parametrize(
    ("typed", "all_of_them", "most_of_them"),
    [
        ("форум выставка промышленность сталь", "1", "0:выставка,сталь 3:выставка,промышленность"),
        ("форум сталь энергетика подорожали", "3", "1:подорожали"),
        ("форум сталь погода", "", "3:погода 1:погода"),
        ("форум и сталь в погоду", "", "3:погоду 1:погоду"),  # function words exclude nothing
        ("форум сталь погода -выставка", "", "3:погода"),
        # the words of a phrase need not stand together
        ('форум сталь погода "сталь и энергетика"', "", "3:погода 1:погода"),
        # a headline: its words are weighed, no line parts them
        ("Сталь и энергетика подорожали: губернатор области обещал «выставку»", "3 1", "2:"),
        ('!форум сталь погода снег "сталь и энергетика"', "", "3:погода,снег 1:погода,снег"),
        ("форум погода", "", "4:форум 3:погода 0:погода 1:погода"),
        ("в форуме", "0 1 3", ""),
        ('"форум промышленность"', "", ""),
        ("форум | погода сталь снег", "0 1 3", ""),
    ],
)
def test_the_line(searcher: Searcher, typed: str, all_of_them: str, most_of_them: str) -> None:
    result = searcher.search(SearchRequest(typed))
    assert {hit.own_id for hit in result.hits} == set(all_of_them.split())
    assert [f"{hit.own_id}:{','.join(hit.lacking)}" for hit in result.partial.hits] == most_of_them.split()
    assert result.partial.total == len(result.partial.hits)
    assert searcher.search(SearchRequest(typed, page=2)).partial.hits == ()


def test_partial_matches_meet_the_conditions_and_count_in_no_facet(searcher: Searcher) -> None:
    result = searcher.search(SearchRequest("форум сталь погода", chosen={"person": ("ivan-petrov",)}))
    assert [hit.own_id for hit in result.partial.hits] == ["3"]
    assert (result.total, result.partial.total) == (0, 1)
    assert {value.count for facet in result.facets for value in facet.values} == {0}


@pytest.mark.parametrize("typed", ["форум выставка промышленность сталь", "форум погода", "сталь"])
def test_pages_go_on_below_the_line(searcher: Searcher, typed: str) -> None:
    whole = searcher.search(SearchRequest(typed))
    pages = [searcher.search(SearchRequest(typed, size=1, page=page)) for page in range(1, 7)]
    assert [hit.id for page in pages for hit in (*page.hits, *page.partial.hits)] == [
        hit.id for hit in (*whole.hits, *whole.partial.hits)
    ]
    assert {(page.total, page.partial.total, page.pages) for page in pages} == {
        (whole.total, whole.partial.total, whole.total + whole.partial.total)
    }


def test_pages(searcher: Searcher) -> None:
    pages = [searcher.search(SearchRequest(size=2, page=page)) for page in range(1, 5)]
    assert [len(page.hits) for page in pages] == [2, 2, 1, 0]
    assert {page.pages for page in pages} == {3}
    assert {page.total for page in pages} == {5}
    assert searcher.search(SearchRequest("нигде")).pages == 1


def test_an_empty_home_answers(tmp_path: Path) -> None:
    empty = Searcher(Home(tmp_path / "nothing"))
    assert not empty.engine.ready()
    result = empty.search(SearchRequest("завод", chosen={"source": ("Вести",)}))
    assert (result.total, result.hits, result.pages, result.partial) == (0, (), 1, PartialMatches(0, ()))
    assert [facet.name for facet in result.facets][:2] == ["date", "person"]
    assert empty.article(1) is None
    assert empty.overview() == Overview(0, None, None, 0, (), Timeline(None, "month", (), 0, 0))
    assert not (tmp_path / "nothing").exists()


def test_overview(searcher: Searcher) -> None:
    overview = searcher.overview()
    assert (overview.total, overview.first, overview.last, overview.undated) == (5, None, None, 5)
    assert [(source.key, source.count) for source in overview.sources] == [(NONE, 5)]


def test_an_article(searcher: Searcher) -> None:
    (hit,) = searcher.search(SearchRequest("подорожали")).hits
    page = searcher.article(hit.id, "форум -сталь")
    assert page
    assert page.batch == "партия"
    assert page.title_marks == ()
    assert [TEXTS[3][start:stop] for start, stop in page.paragraph_marks[0]] == ["форум"]
    assert [(name.key, name.label, name.given) for name in page.entities["person"]] == [
        ("ivan-petrov", "Иван Петров", True)
    ]
    assert searcher.article(10**9) is None


ALPHABET = (
    *("форум", "сталь", "Петров", "промышленность", "и", "ИЛИ", "OR", "530,5", "Титан-Баррикады", "ё", "😀", "\0", "ʼ"),
    *' -!|*()"«»„“”\n\t,.@’',
    *"abя-5 ",
)


def test_whatever_is_typed_gets_an_answer(searcher: Searcher) -> None:
    chance = random.Random(2022)
    for _ in range(10_000):
        typed = "".join(chance.choices(ALPHABET, k=chance.randrange(24)))
        result = searcher.search(SearchRequest(typed, facet_size=1))
        assert result.read_as.endswith(".")
        assert result.total <= len(TEXTS)
        if chance.random() < 0.02:
            assert searcher.search(SearchRequest(result.query)).total == result.total, typed

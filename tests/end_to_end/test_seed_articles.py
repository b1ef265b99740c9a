"""The two seed articles, added as they are: the counts and the names a careful archivist would write."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.home import Home
from scripts.cli import commands
from search.request import SearchRequest
from search.searcher import Searcher


@pytest.fixture(scope="module")
def searcher(gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    home = tmp_path_factory.mktemp("seeds") / "home"
    added = CliRunner().invoke(commands, ["add", str(gold / "seed-articles")], env={"PODSHIVKA_HOME": str(home)})
    assert added.exit_code == 0, added.output
    return Searcher(Home(home))


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 2),
        ("спецсталь", 1),
        ("сталь", 1),
        ("Мантурову", 1),
        ("мантуров", 1),
        ("форум", 1),
        ("Бочарова", 2),
        ("предприятие", 2),
        ("завод", 0),
        ('"форум промышленность"', 0),
        ("530,5 млрд", 1),
        ("104,1", 1),
    ],
)
def test_a_word_finds_its_articles(searcher: Searcher, query: str, total: int) -> None:
    assert searcher.search(SearchRequest(query)).total == total


@pytest.mark.parametrize(
    ("facet", "values"),
    [
        ("person", {"Денис Мантуров": 1, "Андрей Иванович Бочаров": 2, "Владимир Путин": 1}),
        ("enterprise", {"Красный Октябрь": 1, "Титан-Баррикады": 1}),
    ],
)
def test_facets_name_whom_an_archivist_would(searcher: Searcher, facet: str, values: dict[str, int]) -> None:
    (found,) = (f for f in searcher.search(SearchRequest()).facets if f.name == facet)
    assert {value.label: value.count for value in found.values if value.key != "none"} == values


def test_the_articles_come_apart_into_their_paragraphs(searcher: Searcher) -> None:
    hits = searcher.search(SearchRequest()).hits
    pages = [searcher.article(hit.id) for hit in hits]
    assert sorted(len(page.stored.article.paragraphs) for page in pages if page) == [8, 14]
    assert all(hit.published.day is None for hit in hits)

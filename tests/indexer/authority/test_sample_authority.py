"""An empty home gets the sample and its authority file, and with it the facets that a careful archivist would write."""

from pathlib import Path

import pytest

from archive.home import Home
from scripts.serving.serve import catch_up
from search.request import SearchRequest
from search.searcher import Searcher


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    home = Home(tmp_path_factory.mktemp("sample") / "home")
    catch_up(home, sample=True)
    return Searcher(home)


@pytest.fixture(scope="module")
def values(searcher: Searcher) -> dict[str, dict[str, int]]:
    """facet → label → articles"""
    facets = searcher.search(SearchRequest(facet_size=1000)).facets
    return {facet.name: {value.label: value.count for value in facet.values} for facet in facets}


PRESENT = [
    ("person", "Андрей Иванович Бочаров", 3),
    ("person", "Денис Валентинович Мантуров", 2),
    ("person", "Сергей Николаевич Иванов", 2),
    ("person", "Сергей Петрович Иванов", 2),
    ("enterprise", "Волжский трубный завод", 3),
    ("enterprise", "Красный Октябрь", 4),
    ("enterprise", "Волгоградский тракторный завод", 3),
    ("enterprise", "ЕПК-Волжский", 2),
    ("enterprise", "Волжский Оргсинтез", 1),
    ("enterprise", "Каучук", 1),
    ("organisation", "Министерство промышленности и торговли РФ", 2),
    ("organisation", "Волжский листок", 1),
]
ABSENT = (
    "ВТЗ", "ВгТЗ", "Минпромторг", "Министерство промышленности и торговли", "Рентген (без имени)",
    "Ивановых (без имени)",
    "Волжский (без имени)", "Абразив (без имени)", "Волжский подшипниковый завод", "Черных (без имени)",
    "Волгоградский завод Царицынский блок", "Зал Воинской славы",
)  # fmt: skip


@pytest.mark.parametrize(("facet", "label", "count"), PRESENT)
def test_who_is_there(values: dict[str, dict[str, int]], facet: str, label: str, count: int) -> None:
    assert values[facet].get(label) == count


@pytest.mark.parametrize("label", ABSENT)
def test_who_is_not(values: dict[str, dict[str, int]], label: str) -> None:
    assert all(label not in labels for labels in values.values())


def test_a_home_with_an_authority_file_keeps_it(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.authority.mkdir(parents=True)
    catch_up(home, sample=True)
    assert not list(home.authority.iterdir())

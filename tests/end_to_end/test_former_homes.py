"""A home that a former version made opens as it is: its index answers at once, nothing is built anew."""

import tarfile
from pathlib import Path

import pytest

from archive.home import Home
from archive.store.store import Store
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.project import ROOT

HOMES = ROOT / "tests" / "homes"


@pytest.fixture
def home_of_0_1(tmp_path: Path) -> Home:
    """Three articles of the sample, added by version 0.1.0."""
    with tarfile.open(HOMES / "home-0.1.0.tar.gz") as packed:
        packed.extractall(tmp_path / "home", filter="data")
    return Home(tmp_path / "home")


def test_an_index_of_0_1_answers(home_of_0_1: Home) -> None:
    Store(home_of_0_1.store, write=True).close()  # brings the tables up, as every command that writes does
    searcher = Searcher(home_of_0_1)
    assert searcher.search(SearchRequest()).total == 3
    result = searcher.search(SearchRequest("фасовка"))
    assert result.total == len(result.hits) > 0


def test_a_facet_that_0_1_did_not_know_is_empty_there(home_of_0_1: Home) -> None:
    Store(home_of_0_1.store, write=True).close()
    searcher = Searcher(home_of_0_1)
    (genre,) = (facet for facet in searcher.search(SearchRequest()).facets if facet.name == "genre")
    assert [(value.label, value.count) for value in genre.values] == [("без жанра", 3)]
    assert searcher.search(SearchRequest(chosen={"genre": ("none",)})).total == 3
    assert searcher.search(SearchRequest(excluded={"genre": ("none",)})).total == 0

"""What docs/search.md gives as examples finds something in the sample archive, and is read as it says."""

import re

import pytest

from archive.home import Home
from search.request import SearchRequest
from search.result import SearchResult
from search.searcher import Searcher
from search.suggest.entities_in_query import subjects
from tests.support.project import ROOT

PAGE = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
CODE = r"`([^`]+)`|<code>([^<]+)</code>"


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    table = PAGE[PAGE.index(f"## {heading}\n") :].split("\n|---", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[1:]]


def examples(cell: str) -> list[str]:
    return [(plain or coded).replace("&#124;", "|") for plain, coded in re.findall(CODE, cell)]


QUERIES = [query for row in rows("Что написать") for query in examples(row[0])]
HINTS = {row[0].strip("«»"): examples(row[2]) for row in rows("Подсказки над найденным")}


def search(home: Home, text: str) -> SearchResult:
    return Searcher(home).search(SearchRequest(text))


@pytest.mark.parametrize("query", QUERIES)
def test_every_example_finds_something(site_home: Home, query: str) -> None:
    assert search(site_home, query).total


@pytest.mark.parametrize("query", HINTS["Возможно, вы искали"])
def test_what_was_meant_is_offered(site_home: Home, query: str) -> None:
    offered = Searcher(site_home).search(SearchRequest(query, as_typed=True)).suggestions
    assert offered
    assert offered[0].total


@pytest.mark.parametrize("query", HINTS["По дате выхода"])
def test_days_in_a_query_are_offered(site_home: Home, query: str) -> None:
    then = Searcher(site_home).search(SearchRequest(query, as_typed=True)).dated
    assert then is not None
    assert then.total


@pytest.mark.parametrize("query", HINTS["Досье"])
def test_names_lead_to_their_pages(site_home: Home, query: str) -> None:
    assert subjects(search(site_home, query))


def test_an_ambiguous_word_offers_the_other_one(site_home: Home) -> None:
    assert [other.meant for other in search(site_home, "стали").other_words] == ["сталь"]


def test_all_kinds_of_examples_are_there() -> None:
    assert len(QUERIES) == 39
    assert HINTS.keys() == {"Возможно, вы искали", "По дате выхода", "Досье"}

"""What a query may become is offered as one types, in any form, alphabet and keyboard layout."""

import pytest
from flask.testing import FlaskClient

from archive.home import Home
from search.request import SearchRequest
from search.searcher import Searcher


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("боча", "person", "Андрей Иванович Бочаров"),
        ("Бочарову", "person", "Андрей Иванович Бочаров"),
        ("андрей боч", "person", "Андрей Иванович Бочаров"),
        (",jxf", "person", "Андрей Иванович Бочаров"),
        ("bochar", "person", "Андрей Иванович Бочаров"),
        ("красный ок", "enterprise", "Красный Октябрь"),
        ("krasn", "enterprise", "Красный Октябрь"),
        ("вечерн", "source", "Вечерний Царицын"),
        ("метал", "word", "металл"),
        ("волжский зав", "word", "волжский завод"),
    ],
)
def test_what_is_offered(site_home: Home, typed: str, kind: str, text: str) -> None:
    found = Searcher(site_home).completions(typed)
    assert (kind, text) in {(one.kind, one.text) for one in found}
    assert len(found) <= 10


@pytest.mark.parametrize("typed", ["", "б", "   ", "ъъъъ", "-", "«", "x" * 500, "\x00боч"])
def test_nothing_typed_is_an_error(site: FlaskClient, typed: str) -> None:
    assert site.get("/api/v1/suggest", query_string={"q": typed}).status_code == 200


@pytest.mark.parametrize("typed", ["боч", "завод", "вечер", "красный октябрь ста"])
def test_a_count_is_what_is_found(site: FlaskClient, site_home: Home, typed: str) -> None:
    searcher = Searcher(site_home)
    for one in searcher.completions(typed):
        request = SearchRequest(one.text) if one.kind == "word" else SearchRequest(chosen={one.kind: (one.key,)})
        assert searcher.search(request).total == one.count
    for row in site.get("/api/v1/suggest", query_string={"q": typed}).get_json():
        assert site.get(row["url"]).status_code == 200

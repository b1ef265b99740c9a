"""Facets as the page of results shows them."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.article import Article
from tests.support.random_archives import published_home
from webapp.app import create_app

PLANTS = ("Баррикады", "Каустик", "Красный Октябрь", "Ротор", "Тракторный", "Химпром", "Алюминий", "Моторный", "Сталь")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    batch = [
        Article(
            path=name,
            paragraphs=(f"Завод работает: {name * 9}.",),
            source="Вестник",
            enterprises=(name, "ТАСС", "Вестник"),
        )
        for name in PLANTS
    ]
    return create_app(published_home(tmp_path_factory.mktemp("quoted"), [batch])).test_client()


def plants(client: FlaskClient, query: str) -> tuple[list[str], list[str]]:
    """The values that stand in the facet, and those that stand below as quoted."""
    facet = BeautifulSoup(client.get(f"/search?{query}").text, "lxml").select_one("#enterprise")
    assert facet
    lists = [[one.text for one in values.select(".pick .what")] for values in facet.select("ul")]
    return lists[0], lists[1] if len(lists) > 1 else []


def test_whom_articles_quote_stands_below_whom_they_are_about(client: FlaskClient) -> None:
    values, quoted = plants(client, "q=завод")
    assert sorted(quoted) == ["Вестник", "ТАСС"]
    assert len(values) == 7
    assert set(values) < set(PLANTS)
    more = BeautifulSoup(client.get("/search?q=завод").text, "lxml").select_one("#enterprise a.more")
    assert more
    assert more.text.startswith("ещё 2")


def test_a_chosen_agency_stands_with_what_is_chosen(client: FlaskClient) -> None:
    key = client.get("/api/v1/entities?q=тасс").get_json()["entities"][0]["key"]
    values, quoted = plants(client, f"q=завод&enterprise={key}")
    assert values[0] == "ТАСС"
    assert quoted == ["Вестник"]

"""An id that was given up when a fuller name came: addresses, requests, the authority file and its commands know it."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.home import Home
from tests.indexer.authority.test_authority import HEAD, article
from tests.scripts.commands.test_authority_commands import run
from tests.support.random_archives import published_home
from webapp.app import create_app

OLD, NOW = "a-bocharov", "andrey-bocharov"
BATCHES = (
    (article(1, "А. Бочаров", day="2019-05-01"),),
    (article(2, "Андрей Бочаров, Сергей Иванов"), article(3, "Пётр Кац")),
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return published_home(tmp_path, BATCHES)


@pytest.fixture
def client(home: Home) -> FlaskClient:
    return create_app(home).test_client()


@pytest.mark.parametrize(
    ("old", "now"),
    [
        (f"/person/{OLD}", f"/person/{NOW}"),
        (f"/search?q=заметка&person={OLD}", f"/search?q=%D0%B7%D0%B0%D0%BC%D0%B5%D1%82%D0%BA%D0%B0&person={NOW}"),
        (f"/search?person={OLD}&person={NOW}&not_person=petr-kats", f"/search?person={NOW}&not_person=petr-kats"),
        (f"/search?not_person={OLD}", f"/search?not_person={NOW}"),
    ],
)
def test_an_address_with_it_leads_to_the_one_of_today(client: FlaskClient, old: str, now: str) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer.location) == (302, now)
    assert client.get(now).status_code == 200


def test_json(client: FlaskClient) -> None:
    assert client.get(f"/api/v1/persons/{OLD}").get_json()["key"] == NOW
    assert client.get(f"/api/v1/search?person={OLD}").get_json()["total"] == 2
    assert client.get(f"/api/v1/search?not_person={OLD}").get_json()["total"] == 1
    assert NOW in client.get(f"/values/person?person={OLD}").get_data(as_text=True)


def test_lines_of_the_file(home: Home, client: FlaskClient) -> None:
    home.authority.mkdir()
    lines = (f"{OLD},Губернатор Бочаров", f"sergey-ivanov,,,Пётр Кац [вместе: {OLD}]", f"petr-kats,,,{OLD}--2")
    (home.authority / "persons.csv").write_text("\n".join([HEAD, *lines]))
    found = client.get("/api/v1/search?size=100").get_json()["facets"]["person"]
    labels = {value["key"]: (value["label"], value["count"]) for value in found if value["key"] != "none"}
    assert labels == {
        NOW: ("Губернатор Бочаров", 2),
        "sergey-ivanov": ("Сергей Иванов", 1),
        "petr-kats": ("Пётр Кац", 1),
    }
    explained = run(home, "explain", OLD).stdout
    assert f"{OLD} теперь {NOW}" in explained
    assert "persons.csv, строка 2" in explained


def test_commands(home: Home) -> None:
    assert "Андрей Бочаров" in run(home, "split", OLD, "Андрей Бочаров из Москвы", "--to", "2019").stdout
    assert run(home, "merge", "petr-kats", OLD).exit_code == 0
    assert "Пётр Кац (персона, petr-kats): 2" in run(home, "explain", OLD).stdout
    assert f"petr-kats,,,{NOW}" in (home.authority / "persons.csv").read_text(encoding="utf-8-sig")


def test_who_was_merged_by_hand_is_chosen_as_the_one_he_is_now(home: Home, client: FlaskClient) -> None:
    assert run(home, "merge", NOW, "petr-kats").exit_code == 0
    assert client.get("/search?person=petr-kats").location == f"/search?person={NOW}"

"""The archivist corrects names by clicks; nobody else can."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive.home import Home
from archive.records.suggestions import SuggestionQueue
from search.searcher import Searcher
from tests.indexer.authority.test_authority import ARTICLES
from tests.support.random_archives import published_home
from webapp.desk.desk import create_desk

PORT, KEY = 8001, "ключ-key"
BASE = f"http://127.0.0.1:{PORT}"
CHANGING = ("/merge", "/split", "/rename", "/hide", "/undo", "/decide")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return published_home(tmp_path, [ARTICLES])


@pytest.fixture
def stranger(home: Home) -> FlaskClient:
    return create_desk(home, PORT, KEY, "архивист").test_client()


@pytest.fixture
def client(stranger: FlaskClient) -> FlaskClient:
    answer = stranger.get("/", query_string={"key": KEY}, base_url=BASE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]
    return stranger


def page(client: FlaskClient, url: str) -> BeautifulSoup:
    answer = client.get(url, base_url=BASE)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.text, "lxml")


def pressed(client: FlaskClient, shown: BeautifulSoup, button: str, **typed: str) -> TestResponse:
    """What comes of a button's form with what is typed into it."""
    found = next(one for one in shown.select("form button") if button in (one.get("aria-label"), one.text))
    form = found.find_parent("form")
    assert form
    given = {str(one["name"]): str(one.get("value", "")) for one in form.select("input")}
    if found.get("name"):
        given[str(found["name"])] = str(found["value"])
    return client.post(str(form["action"]), data=given | typed, headers={"Origin": BASE}, base_url=BASE)


def labels(home: Home) -> set[str]:
    searcher = Searcher(home)
    names = (searcher.values(kind, request_of_all()).values for kind in ("person", "enterprise", "organisation"))
    return {value.label for some in names for value in some}


def request_of_all() -> object:
    from search.request import SearchRequest

    return SearchRequest(facet_size=100)


@pytest.mark.parametrize(
    ("url", "button", "typed", "gone", "come"),
    [
        ("/enterprise/volzhskiy-trubnyy-zavod", "Присоединить", {"other": "vtz"}, "ВТЗ", ""),
        (
            "/person/sergey-ivanov",
            "Назвать",
            {"label": "Сергей Ильич Иванов"},
            "Сергей Иванов",
            "Сергей Ильич Иванов",
        ),
        ("/person/sergey-ivanov", "Отделить", {"label": "Другой", "source": "Правда"}, "", "Другой"),
        ("/person/sergey-ivanov", "Скрыть имя от читателей", {}, "Сергей Иванов", ""),
        ("/enterprise/rentgen", "Это не имя", {}, "Рентген", ""),
    ],
)
def test_a_click_writes_a_line_and_another_takes_it_back(
    client: FlaskClient, home: Home, url: str, button: str, typed: dict[str, str], gone: str, come: str
) -> None:
    before = labels(home)
    assert pressed(client, page(client, url), button, **typed).status_code == 303
    after = labels(home)
    assert gone not in after
    assert not come or come in after
    assert after != before or button == "Присоединить"
    queue = page(client, "/")
    [said] = [row.text for row in queue.select("[aria-labelledby=lines] li span")][:1]
    undo = next(str(one["aria-label"]) for one in queue.select("[aria-labelledby=lines] button"))
    assert said
    assert pressed(client, queue, undo).status_code == 303
    assert labels(home) == before
    assert not page(client, "/").select("[aria-labelledby=lines]")


def test_an_earlier_line_is_undone_alone(client: FlaskClient, home: Home) -> None:
    pressed(client, page(client, "/person/sergey-ivanov"), "Назвать", label="Первый")
    pressed(client, page(client, "/person/andrey-bocharov"), "Назвать", label="Второй")
    queue = page(client, "/")
    first = str(queue.select("[aria-labelledby=lines] button")[-1]["aria-label"])
    assert pressed(client, queue, first).status_code == 303
    assert "Второй" in labels(home)
    assert "Первый" not in labels(home)


@pytest.mark.parametrize(
    ("button", "typed", "says"),
    [
        ("Присоединить", {"other": "nikto"}, "нет имени с id"),
        ("Присоединить", {"other": "sergey-ivanov"}, "два разных"),
        ("Назвать", {"label": "  "}, "не может быть пустым"),
        ("Отделить", {"label": "Другой"}, "какие статьи отделить"),
        ("Отделить", {"label": "Другой", "first": "вчера"}, "не записана"),
    ],
)
def test_what_makes_no_sense_is_said(
    client: FlaskClient, home: Home, button: str, typed: dict[str, str], says: str
) -> None:
    answer = pressed(client, page(client, "/person/sergey-ivanov"), button, **typed)
    assert answer.status_code == 400
    assert says in answer.text
    assert not list(home.authority.glob("*.csv"))


def test_pairs_that_are_likely_one_are_shown_and_joined(client: FlaskClient, home: Home) -> None:
    shown = page(client, "/candidates")
    assert "вместе – " in shown.text
    button = next(str(one["aria-label"]) for one in shown.select("form.keep button") if "ВТЗ" in str(one["aria-label"]))
    assert pressed(client, shown, button).status_code == 303
    assert len(labels(home) & {"ВТЗ", "Волжский трубный завод"}) == 1


def test_suggestions_are_decided(client: FlaskClient, home: Home) -> None:
    kept = SuggestionQueue(home.suggestions)
    for text in ("Не Иванов", "Не Петров <b>"):
        kept.add("/article/1", text)
    shown = page(client, "/")
    assert "Не Петров <b>" in shown.text
    assert pressed(client, shown, "Принято: № 1").status_code == 303
    assert pressed(client, shown, "Отклонить: № 2").status_code == 303
    assert [(one.state, one.who) for one in kept.all()] == [("accepted", "архивист"), ("rejected", "архивист")]
    assert pressed(client, shown, "Отклонить: № 2").status_code == 400


def test_names_are_found(client: FlaskClient) -> None:
    found = [one.text for one in page(client, "/find?q=иван").select(".counts a")]
    assert found == ["Сергей Иванов"]
    assert "нет" in page(client, "/find?q=никто").text


def test_a_stranger_sees_nothing(stranger: FlaskClient) -> None:
    for url in ("/", "/find?q=а", "/candidates", "/person/sergey-ivanov", "/?key=", "/?key=x"):
        answer = stranger.get(url, base_url=BASE)
        assert answer.status_code == 403
        assert "Сергей" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:9999", "[::2]:8001"])
def test_a_name_that_leads_to_this_machine_is_no_way_in(client: FlaskClient, host: str) -> None:
    for url in ("/", "/person/sergey-ivanov", "/static/podshivka.css"):
        answer = client.get(url, headers={"Host": host, "Cookie": f"desk={KEY}"})
        assert answer.status_code == 403
        assert "Сергей" not in answer.text


@pytest.mark.parametrize("url", CHANGING)
def test_a_hostile_page_can_do_nothing(client: FlaskClient, home: Home, url: str) -> None:
    token = str(page(client, "/person/sergey-ivanov").select_one("[name=token]")["value"])  # type: ignore[index]
    given = {"one": "sergey-ivanov", "label": "Чужой", "other": "andrey-bocharov", "what": "hidden", "line": "0"}
    for headers, secret in (
        ({"Origin": "https://evil.example"}, token),
        ({"Origin": "null"}, token),
        ({}, token),
        ({"Origin": BASE}, ""),
        ({"Origin": BASE}, "!" + token[1:]),
        ({"Origin": f"http://localhost:{PORT}"}, token),
    ):
        answer = client.post(url, data=given | {"token": secret}, headers=headers, base_url=BASE)
        assert answer.status_code == 403, (url, headers)
    assert client.get(url, base_url=BASE).status_code == 405
    assert not list(home.authority.glob("*.csv"))


def test_nothing_comes_from_elsewhere(client: FlaskClient) -> None:
    answer = client.get("/", base_url=BASE)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"

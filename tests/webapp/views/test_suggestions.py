"""A reader suggests a correction, within bounds, where the keeper wants it."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.article import Article
from archive.home import Home
from archive.records.suggestions import SuggestionQueue
from tests.support.random_archives import published_home
from webapp.app import create_app
from webapp.views import suggestions
from webapp.views.suggestions import RecentSenders


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return published_home(tmp_path, [[Article(path="1", paragraphs=("Завод.",), persons=("Иван Петров",))]])


@pytest.fixture
def client(home: Home, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(suggestions, "SENDERS", RecentSenders())
    return create_app(home, accept_suggestions=True).test_client()


def sent(client: FlaskClient, **given: str) -> int:
    form = {"page": "/article/1", "text": "Не Иван, а Пётр"} | given
    return client.post("/suggestions", data=form).status_code


@pytest.mark.parametrize("url", ["/article/1", "/person/ivan-petrov"])
def test_a_suggestion_comes_into_the_queue(client: FlaskClient, home: Home, url: str) -> None:
    form = BeautifulSoup(client.get(url).text, "lxml").select_one("details.suggest form")
    assert form
    page = form.select_one("[name=page]")
    assert page
    answer = client.post(str(form["action"]), data={"page": str(page["value"]), "text": " Не Иван,\n а Пётр "})
    assert answer.status_code == 303
    thanks = client.get(answer.headers["Location"])
    assert "Спасибо" in thanks.text
    assert f'href="{url}"' in thanks.text
    [waiting] = SuggestionQueue(home.suggestions).waiting()
    assert (waiting.page, waiting.text) == (url, "Не Иван, а Пётр")
    assert "127.0.0.1" not in home.suggestions.read_text(encoding="utf-8")


def test_none_are_taken_unless_the_keeper_wants_them(home: Home) -> None:
    client = create_app(home).test_client()
    assert "Ошибка в имени" not in client.get("/article/1").text
    assert sent(client) == 404
    assert not home.suggestions.exists()


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"text": ""}, 400),
        ({"text": " \n "}, 400),
        ({"text": "а" * 501}, 400),
        ({"text": "а" * 20_000}, 413),
        ({"email": "robot@example.org"}, 400),
        ({"page": "javascript:alert(1)"}, 400),
        ({"page": "/" + "a" * 300}, 400),
        ({"page": "https://evil.example/article/1"}, 303),  # only the path counts
    ],
)
def test_bounds(client: FlaskClient, home: Home, given: dict[str, str], status: int) -> None:
    assert sent(client, **given) == status
    assert all(one.page == "/article/1" for one in SuggestionQueue(home.suggestions).waiting())


def test_an_address_sends_a_few_an_hour(client: FlaskClient) -> None:
    assert [sent(client) for _ in range(7)] == [303] * 5 + [429] * 2


def test_senders_are_forgotten() -> None:
    senders = RecentSenders()
    assert [senders.may_send("a", now) for now in (0, 1, 2, 3, 4, 5)] == [True] * 5 + [False]
    assert senders.may_send("a", 3602)
    for number in range(12_000):
        senders.may_send(str(number), 4000)
    assert len(senders._times) <= suggestions.ADDRESSES_HELD


def test_a_form_of_another_site_is_refused(client: FlaskClient, home: Home) -> None:
    given = {"page": "/article/1", "text": "слово"}
    assert client.post("/suggestions", data=given, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.get("/suggestions/thanks?page=//evil.example/").text.count("evil.example") == 0
    assert not SuggestionQueue(home.suggestions).all()

"""A reader keeps his searches in a link, or in a cookie that he asks for, and is told what is new."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.article import Article
from archive.home import Home
from archive.store.store import Store
from tests.support.random_archives import add, published_home
from webapp.app import create_app


def article(path: str, text: str) -> Article:
    return Article(path=path, paragraphs=(text,), persons=("Иван Петров",))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    texts = ("Завод открыли.", "Завод закрыли.", "Школа.")
    return published_home(tmp_path, [[article(str(number), text) for number, text in enumerate(texts)]])


@pytest.fixture
def client(home: Home, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr("search.local.live_snapshot.SECONDS_BETWEEN_LOOKS", 0)
    return create_app(home).test_client()


def page(client: FlaskClient, url: str) -> BeautifulSoup:
    answer = client.get(url, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    return BeautifulSoup(answer.text, "lxml")


def save(client: FlaskClient, url: str) -> str:
    """The link to the saved searches after this one is saved."""
    link = BeautifulSoup(client.get(url).text, "lxml").find("a", string="Сохранить поиск")
    assert link
    return client.get(str(link["href"])).headers["Location"]  # type: ignore[index]


def sent(client: FlaskClient, shown: BeautifulSoup, do: str, **headers: str) -> int:
    values = [str(one["value"]) for one in shown.select("form.keep input")]
    return client.post("/saved", data={"search": values, "do": do}, headers=headers).status_code


def told(shown: BeautifulSoup) -> list[str]:
    return [row.text.split(" · ")[0].strip() for row in shown.select(".saved .meta")]


def test_what_is_new_is_told_and_stands_first(client: FlaskClient, home: Home) -> None:
    link = save(client, "/search?q=завод&size=20")
    assert told(page(client, link)) == ["2, ничего нового"]
    with Store(home.store, write=True) as store:
        add(home, store, [article("4", "Завод снова открыли."), article("5", "Погода.")])
    shown = page(client, link)
    assert told(shown) == ["было 2, стало 3: 1 новая"]
    results = BeautifulSoup(client.get(str(shown.select_one(".saved .title a")["href"])).text, "lxml")  # type: ignore[index]
    assert results.select(".hit h2 a")[0]["href"].startswith("/article/4")  # type: ignore[union-attr]
    with Store(home.store, write=True) as store:
        store.remove([1])
    assert told(page(client, link)) == ["было 2, стало 2: 1 новая"]
    assert client.get(link).headers.getlist("Set-Cookie") == []


def test_a_cookie_is_set_only_when_it_is_asked_for(client: FlaskClient) -> None:
    link = save(client, "/search?q=завод&person=ivan-petrov")
    shown = page(client, link)
    assert "персона Иван Петров" in shown.select_one(".saved .title").text  # type: ignore[union-attr]
    assert not client.get_cookie("searches", path="/saved")
    assert page(client, "/saved").find(string=lambda text: "пока пусто" in str(text))
    assert sent(client, shown, "keep") == 303
    cookie = client.get_cookie("searches", path="/saved")
    assert cookie
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert told(page(client, "/saved")) == told(shown)
    both = page(client, save(client, "/search?q=школа"))
    assert len(told(both)) == 2
    assert sent(client, page(client, "/saved"), "forget") == 303
    assert not client.get_cookie("searches", path="/saved")


def test_searches_are_marked_as_seen_and_taken_back(client: FlaskClient, home: Home) -> None:
    link = save(client, "/search?q=завод")
    with Store(home.store, write=True) as store:
        add(home, store, [article("4", "Завод снова открыли.")])
    shown = page(client, link)
    values = [str(one["value"]) for one in shown.select("form.keep input")]
    seen = client.post("/saved", data={"search": values, "do": "seen"})
    assert told(page(client, seen.headers["Location"])) == ["3, ничего нового"]
    assert not client.get_cookie("searches", path="/saved")
    away = shown.find("a", string="убрать")
    assert away
    assert told(page(client, str(away["href"]))) == []  # type: ignore[index]


def test_a_hostile_page_sets_no_cookie(client: FlaskClient) -> None:
    shown = page(client, save(client, "/search?q=завод"))
    assert sent(client, shown, "keep", Origin="https://evil.example") == 403
    assert not client.get_cookie("searches", path="/saved")
    assert sent(client, shown, "keep", Origin="http://localhost") == 303


@pytest.mark.parametrize("url", ["/saved?search=x", "/saved?add=from%3Dвчера", "/saved?search=1.2.q%3D" + "а" * 3000])
def test_bad_links_are_told_of(client: FlaskClient, url: str) -> None:
    page(client, url)


def test_too_many_for_a_cookie_are_told(client: FlaskClient) -> None:
    values = [f"1.1.q={'ы' * 300}{number}" for number in range(9)]
    answer = client.post("/saved", data={"search": values, "do": "keep"})
    assert answer.status_code == 200
    assert "Браузер удержит только первые" in answer.text
    assert "Не взято поисков: 1" in client.get("/saved", query_string={"search": ["x", "1.1.q=а"]}).text

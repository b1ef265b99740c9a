"""A page that has not changed is not sent again; one that might have changed is."""

import datetime as dt
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.article import Article
from archive.home import Home
from archive.store.store import Store
from tests.support.random_archives import add, published_home
from webapp.app import create_app
from webapp.operation import unchanged

PAGES = (
    "/",
    "/search?q=завод",
    "/article/1",
    "/article/1-zavod",
    "/values/person",
    "/calendar/2021",
    "/help",
    "/article/1/compare/2",
)


def article(path: str, text: str) -> Article:
    return Article(path=path, paragraphs=(text,), persons=("Иван Петров",))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return published_home(tmp_path, [[article("1", "Завод открыли."), article("2", "Завод закрыли.")]])


@pytest.fixture
def client(home: Home, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr("search.local.live_snapshot.SECONDS_BETWEEN_LOOKS", 0)
    return create_app(home).test_client()


def tag(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.headers["Cache-Control"] == "no-cache", url
    return answer.headers["ETag"]


def status(client: FlaskClient, url: str, tag: str) -> int:
    return client.get(url, headers={"If-None-Match": tag}).status_code


@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_sent_once(client: FlaskClient, url: str) -> None:
    answer = client.get(url, headers={"If-None-Match": tag(client, url)})
    assert (answer.status_code, answer.data) == (304, b"")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_other_pages_have_other_tags(client: FlaskClient) -> None:
    tags = {tag(client, url) for url in PAGES}
    assert len(tags) == len(PAGES)
    assert tag(client, "/search?q=завод") != create_app_tag(client)


def create_app_tag(client: FlaskClient) -> str:
    """The tag for a reader with a cookie."""
    client.set_cookie("searches", "завод")
    return tag(client, "/search?q=завод")


def test_two_processes_give_one_tag(client: FlaskClient, home: Home) -> None:
    assert tag(client, "/search?q=завод") == tag(create_app(home).test_client(), "/search?q=завод")


def test_what_was_removed_does_not_linger(client: FlaskClient, home: Home) -> None:
    before = {url: tag(client, url) for url in ("/search?q=завод", "/article/1")}
    with Store(home.store, write=True) as store:
        store.remove([1])  # the index has not heard of it yet
    assert status(client, "/search?q=завод", before["/search?q=завод"]) == 200
    assert status(client, "/article/1", before["/article/1"]) == 410
    assert "ETag" not in client.get("/article/1").headers


def test_a_batch_an_edit_and_a_new_day_are_seen(
    client: FlaskClient, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [tag(client, "/")]
    with Store(home.store, write=True) as store:
        add(home, store, [article("3", "Завод достроили.")])
    seen.append(tag(client, "/"))
    home.authority.mkdir()
    (home.authority / "persons.csv").write_text("id;name\n", encoding="utf-8")
    seen.append(tag(client, "/"))

    class Tomorrow(dt.date):
        @classmethod
        def today(cls) -> "Tomorrow":
            return cls(2031, 5, 5)

    monkeypatch.setattr(unchanged.dt, "date", Tomorrow)
    seen.append(tag(client, "/"))
    assert len(set(seen)) == 4


def test_programs_and_errors_have_no_such_tag(client: FlaskClient) -> None:
    for url in ("/api/v1/search?q=завод", "/нет", "/search?from=вчера", "/healthz", "/search.csv?q=завод"):
        assert "ETag" not in client.get(url).headers, url

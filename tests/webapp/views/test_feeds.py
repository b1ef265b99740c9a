"""The feed and the table of a search have the articles of its page, and nothing that could harm who opens them."""

import csv
import datetime as dt
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archive.article import Article, Published
from archive.text.harmless import in_one_line, table_cell
from tests.support.random_archives import published_home
from webapp.app import create_app
from webapp.views.tables import COLUMNS

ARTICLES = (
    Article(
        path="1",
        title="Завод <открыл> & закрыл",
        paragraphs=("Завод пустили в марте.",),
        published=Published(dt.date(2003, 3, 12), dt.time(14, 5)),
        source="Правда",
        persons=("Иван Петров", "Анна Сидорова"),
        url="https://gazeta.example/1",
    ),
    Article(path="2", title='=HYPERLINK("http://evil.example")', paragraphs=("Завод\x01 и цех.",), source="-Правда"),
    Article(path="3", title="Старый завод", paragraphs=("Завод.",), published=Published(dt.date(1998, 1, 2))),
    Article(path="4", title="О погоде", paragraphs=("Дождь.",)),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    home = published_home(tmp_path_factory.mktemp("ленты"), [[replace(one, own_id=one.path) for one in ARTICLES]])
    return create_app(home).test_client()


def read_feed(client: FlaskClient, query: str) -> Any:
    answer = client.get(f"/search.rss?{query}", base_url="https://arhiv.example")
    assert answer.status_code == 200
    assert answer.mimetype == "application/rss+xml"
    return etree.fromstring(answer.data).find("channel")


def read_table(client: FlaskClient, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/search.csv?{query}", base_url="https://arhiv.example")
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    *lines, last = answer.data.decode("utf-8-sig").splitlines(keepends=True)
    rows = list(csv.DictReader(lines, delimiter=";"))  # the empty line before the last is none
    asked, day, count = last.split(";")[1::2]
    assert (day, count.strip()) == (f"{dt.date.today():%d.%m.%Y}", str(len(rows)))
    assert asked in client.application.test_request_context(f"/?{query}").request.args.get("q", "")
    return rows


def test_a_feed_has_the_newest_articles(client: FlaskClient) -> None:
    channel = read_feed(client, "q=завод&sort=oldest&page=7")
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == [ARTICLES[0].title, ARTICLES[2].title, ARTICLES[1].title]
    assert [item.findtext("link") for item in items] == [f"https://arhiv.example/article/{n}" for n in (1, 3, 2)]
    assert parsedate_to_datetime(items[0].findtext("pubDate")) == dt.datetime(2003, 3, 12, 14, 5)
    assert items[2].find("pubDate") is None
    assert items[0].findtext("description") == "Правда, 12\xa0марта 2003, 14:05. Завод пустили в марте."
    assert "\x01" not in items[2].findtext("description")
    page = client.get(channel.findtext("link").removeprefix("https://arhiv.example"))
    assert "Найдено: 3" in page.text


def test_a_feed_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search.rss?q=завод")
    assert client.get("/search.rss?q=завод", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_table_has_every_article_of_the_page(client: FlaskClient) -> None:
    rows = read_table(client, "q=завод&sort=oldest&page=7&size=1")
    assert [row["номер"] for row in rows] == ["3", "1", "2"]
    assert tuple(rows[0]) == COLUMNS
    assert rows[1] == {
        **dict.fromkeys(COLUMNS, ""),
        **{"номер": "1", "дата": "2003-03-12", "время": "14:05", "издание": "Правда", "заголовок": ARTICLES[0].title},
        **{"адрес": "https://gazeta.example/1", "персоны": "Анна Сидорова; Иван Петров"},
        "в архиве": "https://arhiv.example/article/1",
    }
    assert rows[2]["заголовок"] == "'" + str(ARTICLES[1].title)
    assert rows[2]["издание"] == "'-Правда"


@pytest.mark.parametrize("form", ["search.rss", "search.csv"])
def test_conditions_hold_in_every_form(client: FlaskClient, form: str) -> None:
    assert "Старый завод" in client.get(f"/{form}?q=завод&to=1999-01-01").text
    assert "Старый завод" not in client.get(f"/{form}?q=завод&source=none&from=1999-01-01").text
    assert client.get(f"/{form}?from=вчера").status_code == 400


def test_the_page_leads_to_both(client: FlaskClient) -> None:
    page = client.get("/search?q=%D0%B7%D0%B0%D0%B2%D0%BE%D0%B4").text
    for form in ("search.rss", "search.csv"):
        assert client.get(f"/{form}?q=%D0%B7%D0%B0%D0%B2%D0%BE%D0%B4").status_code == 200
        assert f'href="/{form}?q=' in page


@given(st.text(max_size=5))
def test_no_cell_is_worked_out(text: str) -> None:
    assert table_cell(text)[:1] not in set("=+-@\t\r")
    assert table_cell(text).endswith(in_one_line(text))

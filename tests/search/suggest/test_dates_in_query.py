"""Days that a query names are offered as dates of publication."""

import datetime as dt
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article, Published
from archive.home import Home
from scripts.cli import commands
from search.request import SearchRequest
from search.searcher import Searcher
from search.suggest.dates_in_query import named_days
from tests.support.random_archives import articles, published_home
from webapp.app import create_app

TABLE = """
12 апреля 2022                     12 апреля 2022
12 АПРЕЛЯ 2022 года                12 апреля 2022
12-го апреля 2022                  12 апреля 2022
Бочаров 12.04.2022                 12 апреля 2022      бочаров
2022-04-12 завод                   12 апреля 2022      завод
март 1998                          март 1998
дума в мае 2022 г.                 май 2022            дума
за август 2020 аварии на заводе    август 2020         аварии на заводе
заводы 2021 года                   2021                заводы
в 2021 году                        2021
1998–2001                          1998–2001
с 1998 по 2001 год завод           1998–2001           завод
завод 1998-2001 гг.                1998–2001           завод
2022
бюджет 2022
12 апреля
31.02.2022
2001-1998
мама 2022
-март 2022
"март 2022"
март 2022 | завод
телефон 12-04-20-22
итоги 2022 годовщина
"""
ROWS = [(line[:35].strip(), line[35:55].strip(), line[55:].strip()) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("asked", "label", "rest"), ROWS)
def test_what_days_are_named(asked: str, label: str, rest: str) -> None:
    found = named_days(asked)
    if not label:
        assert found is None
        return
    assert found
    assert "–".join(dict.fromkeys((found.first.label, found.last.label))) == label
    assert found.query == rest


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    days = (dt.date(2022, 4, 12), dt.date(2022, 4, 30), dt.date(2021, 4, 12), None)
    batch = [
        Article(path=str(day), paragraphs=(f"Завод открыт: {day}.",), published=Published(day), source="Вести")
        for day in days
    ]
    return published_home(tmp_path_factory.mktemp("дни"), [batch])


def test_the_offer_keeps_the_conditions_and_leads_to_those_days(home: Home) -> None:
    client = create_app(home).test_client()
    page = BeautifulSoup(
        client.get("/search?q=завод+апрель+2022&source=Вести&as_typed=1", follow_redirects=True).text, "lxml"
    )
    (offer,) = (note for note in page.select(".found-head .offers") if note.text.startswith("По дате выхода"))
    assert offer.text == "По дате выхода: завод, апрель 2022 – 2\u00a0статьи."
    url = str(offer.select_one("a")["href"])  # type: ignore[index]
    assert unquote(url) == "/search?q=завод&source=Вести&from=2022-04-01&to=2022-04-30"
    assert "Найдено: 2\u00a0статьи" in client.get(url).text
    answer = client.get("/api/v1/search?q=12.04.2022").get_json()["dated"]
    assert answer == {"query": "", "from": "2022-04-12", "to": "2022-04-12", "total": 1}
    for none in ("q=завод+апрель+2020", "q=завод+апрель+2022&to=2023-01-01", "q=апрель+2022&undated=only", "q=завод"):
        assert client.get(f"/api/v1/search?{none}").get_json()["dated"] is None
    told = CliRunner(env={"PODSHIVKA_HOME": str(home.path)}).invoke(
        commands, ["search", "--as-typed", "завод 2021 года"]
    )
    offered = "По дате выхода, 2021: podshivka search 'завод' --from 2021-01-01 --to 2021-12-31 (статей: 1)"
    assert offered in told.output


@settings(max_examples=10, deadline=None)
@given(articles, st.dates(dt.date(2019, 12, 30), dt.date(2020, 2, 2)), st.sampled_from(("", "завод ", "завода стали ")))
def test_what_is_promised_is_found(batch: list[Article], day: dt.date, words: str) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        searcher = Searcher(published_home(Path(folder), [batch[:7], batch[7:]]))
        for named in (f"{day:%d.%m.%Y}", f"{day.year} года", f"{day.year}-2020"):
            then = searcher.search(SearchRequest(words + named)).dated
            if then:
                asked = SearchRequest(then.query, date_from=then.date_from, date_to=then.date_to)
                assert searcher.search(asked).total == then.total > 0

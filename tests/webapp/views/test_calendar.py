"""The calendar: a number on a day is what the day's page and the search find; what is not held is said."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive.home import Home
from webapp.app import create_app


def soup(site: FlaskClient, url: str, status: int = 200) -> BeautifulSoup:
    answer = site.get(url, follow_redirects=True)
    assert answer.status_code == status, url
    return BeautifulSoup(answer.text, "lxml")


def total(site: FlaskClient, query: str) -> int:
    return int(site.get(f"/api/v1/search?{query}").get_json()["total"])


def test_the_calendar_opens_at_the_newest_year(site: FlaskClient) -> None:
    assert site.get("/calendar").location == "/calendar/2023"


@pytest.mark.parametrize("year", [2019, 2021, 2023])
def test_every_day_and_month_has_as_many_articles_as_it_says(site: FlaskClient, year: int) -> None:
    page = soup(site, f"/calendar/{year}")
    days = page.select(".days a")
    assert days
    for link in days:
        day = str(link["href"]).removeprefix("/day/")
        number = int(link.find_all(string=True, recursive=False)[-1])
        assert total(site, f"from={day}&to={day}") == number
        shown = soup(site, str(link["href"]))
        assert int(re.sub(r"\D", "", shown.select_one(".bar-line a").text)) == number  # type: ignore[union-attr]
    for link in page.select(".months .sum a"):
        assert total(site, str(link["href"]).partition("?")[2]) == int(link.text)
    assert len(page.select(".months .days")) == 13  # twelve months and the numbers above them


def test_the_table_of_papers_adds_up(site: FlaskClient) -> None:
    page = soup(site, "/calendar/2021")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.select(".holdings tr")[1:]]
    numbers = [[0 if cell == "нет" else int(cell) for cell in row] for row in rows]
    *papers, sums = numbers
    assert all(row[-1] == sum(row[:-1]) for row in numbers)
    assert [sum(column) for column in zip(*papers, strict=True)] == sums
    assert "нет" in rows[0]


def test_a_year_that_is_not_held_says_so(site: FlaskClient) -> None:
    assert "за этот год в архиве ничего нет" in soup(site, "/calendar/1950").text
    assert site.get("/calendar/22").status_code == site.get("/calendar/x").status_code == 404


@pytest.mark.parametrize("day", ["2021-13-01", "2021-02-30", "2021-3-1", "20210301", "вчера", "2021-W10-5"])
def test_what_is_no_day_is_no_page(site: FlaskClient, day: str) -> None:
    assert site.get(f"/day/{day}").status_code == 404


def test_a_day_without_papers_says_so_and_leads_on(site: FlaskClient) -> None:
    page = soup(site, "/day/2021-01-01", 404)
    assert "За этот день в архиве нет ни одной статьи." in page.text
    assert page.select_one("nav a[rel=prev]")
    assert page.select_one("nav a[rel=next]")
    assert dt.date(2021, 1, 1).year == int(page.h1.text.split()[2]) if page.h1 else False


def test_an_empty_archive_has_a_calendar_that_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    client = create_app(Home(tmp_path_factory.mktemp("пусто") / "дом")).test_client()
    assert "Архив пока пуст" in client.get("/calendar").text
    assert client.get("/day/2021-01-01").status_code == 404
    assert "Архив пока пуст" in client.get("/").text

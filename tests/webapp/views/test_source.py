"""The page of a paper: what is held of it, and that each of its numbers leads to so many articles."""

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

PAPER = "/source/Вечерний%20Царицын"


def page(client: FlaskClient, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.text, "lxml")


def total(client: FlaskClient, url: str) -> int:
    return int(client.get(url.replace("/search?", "/api/v1/search?")).get_json()["total"])


def whole(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def test_papers_have_pages_of_their_own(site: FlaskClient) -> None:
    papers = page(site, "/").select(".held tbody th a")
    assert len(papers) == 4
    for paper in papers:
        own = page(site, str(paper["href"]))
        assert own.select_one("h1").text == paper.text  # type: ignore[union-attr]
        assert str(own.select_one("link[rel=canonical]")["href"]) == paper["href"]  # type: ignore[index]


def test_every_number_leads_to_so_many_articles(site: FlaskClient) -> None:
    own = page(site, PAPER)
    counts = own.select("aside a.count")
    assert len(counts) > 10
    for count in counts:
        assert total(site, str(count["href"])) == whole(count.text), count["href"]
    all_of_it = own.select_one(".facts-line a")
    assert all_of_it
    assert total(site, str(all_of_it["href"])) == whole(all_of_it.text)


def test_the_table_tells_what_is_missing(site: FlaskClient) -> None:
    own = page(site, PAPER)
    rows = [[cell.text for cell in row.select("td")] for row in own.select(".holdings tbody tr")]
    assert rows
    for row in rows:
        assert sum(map(whole, row[:12])) == whole(row[12])
    undated = own.select_one(".facts-line a[href*=undated]")
    held = sum(whole(row[12]) for row in rows) + (whole(undated.text) if undated else 0)
    assert held == whole(own.select_one(".facts-line a").text)  # type: ignore[union-attr]
    assert any(cell == "нет" for row in rows for cell in row)


@pytest.mark.parametrize("url", ["/source/none", "/source/Никакая", "/source/" + "а" * 2_000])
def test_an_unknown_paper_has_no_page(site: FlaskClient, url: str) -> None:
    assert site.get(url).status_code == 404


def test_an_article_leads_to_its_paper(site: FlaskClient) -> None:
    links = [str(one["href"]) for one in page(site, "/article/1").select(".passport dd a")]
    assert any(link.startswith("/source/") for link in links)

"""What robots and browsers are told: rules, site maps, how to search from the address bar."""

import json
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from archive.home import Home
from webapp.app import create_app

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client: FlaskClient, url: str) -> list[str]:
    answer = client.get(url)
    assert answer.status_code == 200
    return [str(one.text) for one in ElementTree.fromstring(answer.data).iter(f"{MAP}loc")]


def test_articles_are_open_and_combinations_of_conditions_closed(site: FlaskClient) -> None:
    rules = site.get("/robots.txt").text.splitlines()
    assert rules[0] == "User-agent: *"
    assert {"Disallow: /search", "Disallow: /api/", "Disallow: /values/"} <= set(rules)
    assert not any(line.startswith("Disallow: /article") for line in rules)
    assert rules[-1] == "Sitemap: http://localhost/sitemap.xml"


def test_all_may_be_closed(site_home: Home) -> None:
    closed = create_app(site_home, robots_rule="none").test_client()
    assert closed.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_the_site_maps_have_every_article_once(site: FlaskClient) -> None:
    parts = [part.removeprefix("http://localhost") for part in addresses(site, "/sitemap.xml")]
    found = [url for part in parts for url in addresses(site, part)]
    total = site.get("/api/v1/search").get_json()["total"]
    assert len(found) == len(set(found)) == total
    for url in found[::10]:
        assert site.get(url.removeprefix("http://localhost")).status_code == 200
    assert site.get("/sitemap-7.xml").status_code == 404


def test_a_browser_searches_from_its_address_bar(site: FlaskClient) -> None:
    answer = site.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    (page, _) = ElementTree.fromstring(answer.data).iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert site.get(page.attrib["template"].replace("{searchTerms}", "завод")).status_code == 200
    assert "/opensearch.xml" in site.get("/").text


@pytest.mark.parametrize("path", ["/search.atom?q=завод", "/search.atom?sort=added"])
def test_atom(site: FlaskClient, path: str) -> None:
    answer = site.get(path)
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    space = "{http://www.w3.org/2005/Atom}"
    ids = [entry.findtext(f"{space}id") for entry in feed.iter(f"{space}entry")]
    assert ids
    assert len(ids) == len(set(ids))
    assert not any(str(id).startswith("http") for id in ids)
    assert feed.findtext(f"{space}updated")
    again = site.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_what_came_last_is_first_in_a_feed_by_arrival(site: FlaskClient) -> None:
    shown = site.get("/api/v1/search?sort=added&size=100&reprints=1").get_json()["hits"]
    ids = [hit["id"] for hit in shown]
    assert ids == sorted(ids, reverse=True)
    feed = ElementTree.fromstring(site.get("/search.rss?sort=added").data)
    guids = [item.findtext("guid") for item in feed.iter("item")]
    assert guids[0] == f"tag:podshivka,2026:article-{ids[0]}"
    assert feed.find("channel/item/guid").attrib == {"isPermaLink": "false"}  # type: ignore[union-attr]


def test_lines_of_json_have_every_article_with_its_text(site: FlaskClient) -> None:
    head, *rows = [line for line in site.get("/search.jsonl?q=завод").text.splitlines() if line]
    said, articles = json.loads(head), [json.loads(row) for row in rows]
    assert said["articles"] == len(articles) == site.get("/api/v1/search?q=завод").get_json()["total"]
    assert all(one["paragraphs"] and one["in_archive"].endswith(f"/article/{one['id']}") for one in articles)

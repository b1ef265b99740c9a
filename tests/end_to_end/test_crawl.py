"""Two thousand links of the site over the sample are followed: each leads to a page, each number to its articles."""

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

LINKS = 2_000
ARTICLES = re.compile(r"(\d[\d\u00a0]*)\u00a0стат")  # «41 статья»
OTHER_FILES = (".csv", ".jsonl", ".rss", ".atom", ".docx", ".bib", ".json", ".xml", ".txt")
ELSEWHERE = ("/static/", "/saved", "/clippings", "/api/")


def links(html: str, page: str) -> Iterator[tuple[str, Tag]]:
    """The addresses of the site that a page links, without the places in them."""
    for link in BeautifulSoup(html, "lxml").select("a[href]"):
        target = urldefrag(urljoin(page, str(link["href"]))).url
        if target.startswith("/") and not target.startswith(ELSEWHERE):
            yield target, link


def promised(link: Tag) -> int | None:
    """The number of articles that a link's own text promises; None where it promises none."""
    if "count" in link.get_attribute_list("class"):
        return int(re.sub(r"\D", "", link.text))
    told = ARTICLES.search(link.get_text() + str(link.get("aria-label", "")))
    of_number = link.find_parent(class_=("strip", "facts-line", "more"))
    return int(re.sub(r"\D", "", told[1])) if told and of_number else None


def total(client: FlaskClient, url: str) -> int:
    """How many articles the page of a search has."""
    api = url.replace("/search", "/api/v1/search", 1)
    return int(client.get(api + ("&" if "?" in api else "?") + "size=1&facet_size=1").get_json()["total"])


def test_every_link_keeps_its_promise(site: FlaskClient) -> None:
    waiting, seen = deque(["/"]), {"/"}
    promises: dict[str, int] = {}
    wrong: list[str] = []
    visited = 0
    while waiting and visited + len(promises) < LINKS:
        url = waiting.popleft()
        answer = site.get(url, follow_redirects=True)
        visited += 1
        if answer.status_code != 200:
            wrong.append(f"{url}: {answer.status_code}")
        found = []
        for target, link in links(answer.text, answer.request.path) if answer.mimetype == "text/html" else ():
            number = promised(link) if target.startswith("/search") else None
            if number is not None and promises.setdefault(target, number) != number:
                wrong.append(f"{url}: {target} promises {number}, elsewhere {promises[target]}")
            if target not in seen and not target.split("?")[0].endswith(OTHER_FILES):
                seen.add(target)
                found.append(target)
        waiting.extend(found[::3] if "?" in url else found)  # of a search every third: so all kinds of pages are met
    wrong += [f"{url}: {number} promised" for url, number in promises.items() if total(site, url) != number]
    assert not wrong, wrong[:10]
    assert visited + len(promises) >= LINKS
    assert len(promises) > 300

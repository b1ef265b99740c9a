"""Builds the addresses of pages; what the links of a page share is built once."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from flask import g, url_for

from archive.article import StoredArticle
from indexer.entities.slugs import slug
from search.request import SearchRequest
from webapp.urls.params import build, quoted
from webapp.urls.transitions import choose, period

LINK_CHARACTERS = 600_000  # of all links of a page that repeat its query
KEY_PLACEHOLDER = "\x01"  # in place of a key
SLUG = re.compile("[a-z0-9-]+")  # needs no quoting
DAY_PLACEHOLDER = dt.date(1, 1, 2)  # in place of the days of a period


def search_url(request: SearchRequest) -> str:
    """The page of `request`."""
    query = build(request)
    return start("pages.search") + (f"?{query}" if query else "")


def links_fit(request: SearchRequest, links: int) -> bool:
    """Whether a page of bearable size has room for so many links that repeat its query."""
    return links * len(build(request)) <= LINK_CHARACTERS


def values_url(facet: str, request: SearchRequest) -> str:
    """The page of all values of a facet within a search."""
    query = build(replace(request, page=1))
    return start("pages.values", facet=facet) + (f"?{query}" if query else "")


def calendar_url(key: str) -> str:
    """The calendar of a year; that of a month stands in its year's."""
    return url_for("dates.year", year=int(key[:4]))


def day_url(key: str) -> str:
    """The page of a day «2022-11-23»."""
    return url_for("dates.day", date=key)


def feed_url(request: SearchRequest) -> str:
    """The feed that follows what `request` finds."""
    return other_form("feeds.feed", request)


def table_url(request: SearchRequest) -> str:
    """The table of all that `request` finds."""
    return other_form("tables.table", request)


def save_url(request: SearchRequest) -> str:
    """The page of saved searches with one more."""
    return f"{url_for('saved.saved')}?{urlencode({'add': build(request)})}"


def other_form(endpoint: str, request: SearchRequest) -> str:
    """The same articles in another form than a page."""
    query = build(replace(request, page=1))
    return start(endpoint) + (f"?{query}" if query else "")


def article_url(id: int, request: SearchRequest, place: int = 0) -> str:
    """An article's page that remembers the search it was found by, and its place among the hits (1: the first)."""
    query = build(request) + (f"&at={place}" if place else "")
    return start("pages.article", id=0).removesuffix("0") + str(id) + (f"?{query.lstrip('&')}" if query else "")


def named_article_url(stored: StoredArticle) -> str:
    """The address of an article that says what it is of: its number and its headline in Latin letters."""
    return url_for("pages.named_article", id=stored.id, name=slug(stored.article.heading))


def entity_url(kind: str, key: str) -> str:
    """The page of a person or body."""
    if not SLUG.fullmatch(key):
        return url_for("pages.entity", kind=kind, key=key)
    return start("pages.entity", kind=kind, key=KEY_PLACEHOLDER).removesuffix(quoted(KEY_PLACEHOLDER)) + key


def source_url(key: str) -> str:
    """The page of a paper."""
    return url_for("pages.source", key=key)


def start(endpoint: str, **values: str | int) -> str:
    """An address without a query, found once a page."""
    found: dict[tuple[str, ...], str] = g.setdefault("starts", {})
    place = (endpoint, *map(str, values.values()))
    if place not in found:
        found[place] = url_for(endpoint, **values)  # type: ignore[arg-type]
    return found[place]


def by_key(request: SearchRequest, make: Callable[[str], SearchRequest]) -> Callable[[str], str]:
    """The address of what `make` makes of `request` and any key."""
    marked = make(KEY_PLACEHOLDER)
    lists = [keys for keys in (*marked.chosen.values(), *marked.excluded.values()) if KEY_PLACEHOLDER in keys]
    taken = {key for keys in (*request.chosen.values(), *request.excluded.values()) for key in keys}
    url = search_url(marked)
    if KEY_PLACEHOLDER in taken or [len(keys) for keys in lists] != [1] or url.count(quoted(KEY_PLACEHOLDER)) != 1:
        return lambda key: search_url(make(key))  # beside other keys its place depends on it
    before, _, after = url.partition(quoted(KEY_PLACEHOLDER))
    return lambda key: search_url(make(key)) if key in taken else before + quoted(key) + after


def choose_url(request: SearchRequest, facet: str) -> Callable[[str], str]:
    """The address of each value of a facet but the date; made once a page."""
    found: dict[tuple[str, str], Callable[[str], str]] = g.setdefault("choosing", {})
    place = (facet, build(request))
    if place not in found:
        found[place] = by_key(request, lambda key: choose(request, facet, key))
    return found[place]


def by_period(request: SearchRequest) -> Callable[[str], str]:
    """The address of any period in place of the one chosen."""
    before, _, after = search_url(choose(request, "date", str(DAY_PLACEHOLDER))).partition(
        f"from={DAY_PLACEHOLDER}&to={DAY_PLACEHOLDER}"
    )

    def url(key: str) -> str:
        chosen = period(key)
        return f"{before}from={chosen.first}&to={chosen.last}{after}"

    return url

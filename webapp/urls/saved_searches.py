"""Reads saved searches from a link or a cookie and writes them back: nothing of them is kept on the server.

A saved search is the query string of its page, and what the reader had seen when he saved it: how many articles it
found, and the number of the newest article of the archive.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from search.request import SearchRequest
from webapp.urls.params import MAX_ID, BadParameter, build, parse

PARAMETER = "search"
SAVED = re.compile(r"(?P<total>[0-9]{1,9})\.(?P<last>[0-9]{1,19})\.(?P<query>.*)", re.DOTALL)
COOKIE = "searches"
MOST_SAVED = 20
COOKIE_BYTES = 3_800  # browsers keep 4,096 with the cookie's name and attributes


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search as it was saved."""

    request: SearchRequest
    total: int  # articles it found then
    last: int  # the largest number of an article then

    @property
    def text(self) -> str:
        """The value of the parameter."""
        return f"{self.total}.{self.last}.{build(self.request)}"


def read_saved(values: Iterable[str]) -> tuple[list[SavedSearch], int]:
    """The saved searches, each once, and how many of the values could not be read or were too many."""
    found: dict[str, SavedSearch] = {}
    lost = 0
    for value in values:
        saved = read_one(value)
        if saved is None or len(found) >= MOST_SAVED:
            lost += 1
        else:
            found.setdefault(build(saved.request), saved)
    return list(found.values()), lost


def read_one(value: str) -> SavedSearch | None:
    """The search that a value of the parameter tells; None where it tells none."""
    told = SAVED.fullmatch(value)
    if told and int(told["last"]) <= MAX_ID:
        with suppress(BadParameter, ValueError):
            return SavedSearch(parse(parse_qsl(told["query"])), int(told["total"]), int(told["last"]))
    return None


def saved_query(saved: Iterable[SavedSearch]) -> str:
    """The query string of a link to these searches; "" of none."""
    return urlencode([(PARAMETER, one.text) for one in saved])


def cookie_values(cookie: str) -> list[str]:
    """The values that a cookie keeps."""
    return [value for name, value in parse_qsl(cookie) if name == PARAMETER]


def cookie_of(saved: Iterable[SavedSearch]) -> tuple[str, int]:
    """What a cookie may keep of these searches, from the first on, and how many that are."""
    kept: list[SavedSearch] = []
    for one in saved:
        if len(saved_query([*kept, one])) > COOKIE_BYTES:
            break
        kept.append(one)
    return saved_query(kept), len(kept)

"""Reads a SearchRequest from URL parameters and writes it back: each state of a page has one canonical URL."""

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Literal, cast
from urllib.parse import quote_plus

from search.query.typed_days import typed_period
from search.request import FACETS, DateStep, SearchRequest, Sort, Undated, Unit

Pairs = list[tuple[str, str]]

MAX_PAGE = 1_000_000
MAX_ID = 2**63 - 1  # that SQLite can hold
MAX_SIZE = 100
MAX_FACET_SIZE = 200
MAX_CHOICES = 40  # chosen and excluded values together
MAX_KEY = 1_000  # characters of a chosen value
MAX_TEXT = 1_001  # characters of a query: one more than are read, so that the answer tells of the end left out
SHOWN_CHARS = 40  # of a value that is not understood
SORTS = ("relevance", "newest", "oldest", "added")
DATE_STEPS = ("year", "month", "day")
UNITS = ("articles", "share")
UNDATED: dict[str, Undated] = {"only": "only", "1": "also"}
UNDATED_VALUES = {meaning: value for value, meaning in UNDATED.items()}
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DEFAULTS = SearchRequest()


class BadParameter(ValueError):
    """A parameter that cannot be read, or is too much: its name and a Russian sentence about it."""

    def __init__(self, parameter: str, message: str, is_too_much: bool = False) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.message = message
        self.is_too_much = is_too_much


def parse(pairs: Iterable[tuple[str, str]]) -> SearchRequest:
    """The request that `pairs` of a query string ask for; empty and unknown ones say nothing.

    Raises BadParameter, never for `q`. Of a single-valued parameter given twice the first counts.
    """
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if value:
            values.setdefault(name, []).append(value)
    request = SearchRequest(
        text=values.get("q", [""])[0][:MAX_TEXT],
        chosen=_keys(values, ""),
        excluded=_keys(values, "not_"),
        date_from=_day(values, "from"),
        date_to=_day(values, "to"),
        undated=UNDATED[_one_of(values, "undated", tuple(UNDATED))] if "undated" in values else "no",
        date_step=cast(DateStep, _one_of(values, "date_step", DATE_STEPS)) if "date_step" in values else None,
        unit=cast(Unit, _one_of(values, "unit", UNITS)) if "unit" in values else DEFAULTS.unit,
        sort=cast(Sort, _one_of(values, "sort", SORTS)) if "sort" in values else None,
        reprints="reprints" in values and _one_of(values, "reprints", ("1",)) == "1",
        as_typed="as_typed" in values and _one_of(values, "as_typed", ("1",)) == "1",
        page=_number(values, "page", 1, MAX_PAGE, DEFAULTS.page),
        size=_number(values, "size", 1, MAX_SIZE, DEFAULTS.size),
        facet_size=_number(values, "facet_size", 1, MAX_FACET_SIZE, DEFAULTS.facet_size),
    )
    _check_choices(request)
    if request.date_from and request.date_to and request.date_from > request.date_to:
        return replace(request, date_from=request.date_to, date_to=request.date_from)
    return request


def given_pairs(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """The parameters as they were given, of the query as much as is looked at."""
    return [(name, value[:MAX_TEXT] if name == "q" else value) for name, value in pairs]


def has_swapped_ends(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether the range of dates was typed with its end first; `parse` turns it round."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        if value and name in ("from", "to"):
            values.setdefault(name, []).append(value)
    first, last = _day(values, "from"), _day(values, "to")
    return bool(first and last and first > last)


def pairs(request: SearchRequest) -> Pairs:
    """The parameters of `request` in canonical order, nothing that is there by default."""
    found: Pairs = [("q", request.text)] if request.text else []
    for prefix, choices in (("", request.chosen), ("not_", request.excluded)):
        if choices:
            found += [(prefix + facet, key) for facet in FACETS for key in sorted(set(choices.get(facet, ())))]
    if request.date_from:
        found.append(("from", request.date_from.isoformat()))
    if request.date_to:
        found.append(("to", request.date_to.isoformat()))
    if request.undated != "no":
        found.append(("undated", UNDATED_VALUES[request.undated]))
    if request.date_step:
        found.append(("date_step", request.date_step))
    if request.unit != DEFAULTS.unit:
        found.append(("unit", request.unit))
    if request.sort:
        found.append(("sort", request.sort))
    if request.reprints:
        found.append(("reprints", "1"))
    if request.as_typed:
        found.append(("as_typed", "1"))
    numbers = (("page", request.page), ("size", request.size), ("facet_size", request.facet_size))
    found += [(name, str(number)) for name, number in numbers if number != getattr(DEFAULTS, name)]
    return [pair for pair in found if pair[1]]


def build(request: SearchRequest) -> str:
    """The canonical query string of `request`, without «?»; empty where nothing was asked."""
    return "&".join(f"{name}={quoted(value)}" for name, value in pairs(request))


@lru_cache(1 << 14)
def quoted(value: str) -> str:
    """A value as it stands in a query string."""
    return quote_plus(value)


def _keys(values: dict[str, list[str]], prefix: str) -> dict[str, tuple[str, ...]]:
    return {facet: tuple(sorted(set(values[prefix + facet]))) for facet in FACETS if prefix + facet in values}


def _check_choices(request: SearchRequest) -> None:
    choices = [
        (prefix + facet, key)
        for prefix, some in (("", request.chosen), ("not_", request.excluded))
        for facet, keys in some.items()
        for key in keys
    ]
    for place, (name, key) in enumerate(choices):
        if place == MAX_CHOICES:
            message = f"условий {len(choices)}, а можно не больше {MAX_CHOICES} выбранных и исключённых вместе"
            raise BadParameter(name, message, is_too_much=True)
        if len(key) > MAX_KEY:
            raise BadParameter(name, f"«{shown(key)}» – длиннее {MAX_KEY} знаков", is_too_much=True)


def shown(value: str) -> str:
    """A value as it is told of, not the whole of it where it is long."""
    return value if len(value) <= SHOWN_CHARS else value[:SHOWN_CHARS] + "…"


def _day(values: dict[str, list[str]], name: Literal["from", "to"]) -> dt.date | None:
    """A day as people type it; of a month or a year the first day for `from`, the last for `to`."""
    if name not in values:
        return None
    value = " ".join(values[name][0].split())
    if ISO_DAY.fullmatch(value):
        with suppress(ValueError):
            return dt.date.fromisoformat(value)
    found = typed_period(value)
    if found and found.stop == len(value):
        return found.first if name == "from" else found.last
    raise BadParameter(name, f"«{shown(value)}» – не дата: пишите «2022», «март 2022» или «12.03.2022»")


def _one_of(values: dict[str, list[str]], name: str, allowed: tuple[str, ...]) -> str:
    value = values[name][0]
    if value not in allowed:
        raise BadParameter(name, f"«{shown(value)}» – не одно из значений: {', '.join(allowed)}")
    return value


def _number(values: dict[str, list[str]], name: str, least: int, most: int, default: int) -> int:
    if name not in values:
        return default
    value = values[name][0]
    if not WHOLE_NUMBER.fullmatch(value) or not least <= int(value) <= most:
        raise BadParameter(name, f"«{shown(value)}» – не целое число от {least} до {most}")
    return int(value)

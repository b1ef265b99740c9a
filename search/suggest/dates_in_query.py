"""Finds the day, month, year or years that a query names.

    бочаров 12 марта 1998 г.      дума в апреле 2022      12.03.1998      заводы 2021 года      с 1998 по 2001

A year's number alone is none: «бюджет 2022» may be of another year's papers.
"""

import datetime as dt
import re
from typing import NamedTuple

from search.facets.periods import Period
from search.query.canonical import canonical
from search.query.lexer import QUOTES
from search.query.parser import read
from search.request import DateStep

MONTH_STEMS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
YEAR = r"(?:1[789]|20)\d\d"
YEAR_PATTERN = re.compile(YEAR)
OF_YEAR = rf"(?P<year>{YEAR})(?!\d)"
BEFORE_DATE = r"(?<![\w!−-])(?:(?:в|за|от|на)\s+)?"
MONTH = rf"(?P<name>{'|'.join(MONTH_STEMS)})[ьйяеюа]?"
YEAR_WORD = r"(?:\s*(?:гг?\b\.?|год[ауы]?\b))"
BARE_YEAR = re.compile(rf"(?<!\S){YEAR}(?!\S)")
QUERY_CHARS = 200  # characters of a query that may be looked for by its date
DAY_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{BEFORE_DATE}(?:с\s+)?(?P<since>{YEAR})\s*(?:по|[-–—])\s*{OF_YEAR}(?![-.])"  # 1998–2001, с 1998 по 2001 год
        rf"{YEAR_WORD}?",
        rf"{BEFORE_DATE}(?P<day>\d\d?)[.](?P<month>\d\d?)[.]{OF_YEAR}{YEAR_WORD}?",  # 12.03.1998
        rf"{BEFORE_DATE}{OF_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])",  # 1998-03-12
        rf"{BEFORE_DATE}(?:(?P<day>\d\d?)(?:-?го)?\s+)?{MONTH}\s+{OF_YEAR}{YEAR_WORD}?",  # 12 марта 1998 г., в марте
        rf"{BEFORE_DATE}{OF_YEAR}{YEAR_WORD}",  # в 1998 году
    )
)


class NamedDays(NamedTuple):
    """The days that a query names, and the query without them."""

    first: Period
    last: Period  # the same but for a span of years
    query: str


def named_days(text: str) -> NamedDays | None:
    """The first period that a query names; None where there is none, or the query asks for more than words."""
    if len(text) > QUERY_CHARS or not YEAR_PATTERN.search(text) or any(sign in text for sign in QUOTES + "|"):
        return None
    for pattern in DAY_PATTERNS:
        found = pattern.search(text)
        if found and (periods := _periods(found.groupdict())):
            rest = text[: found.start()] + " " + text[found.end() :]
            return NamedDays(*periods, canonical(read(rest).tree))
    return None


def named_year(text: str) -> NamedDays | None:
    """The year whose number a query has beside other words: «завод 2022»."""
    years = list(BARE_YEAR.finditer(text)) if len(text) <= QUERY_CHARS else []
    if len(years) != 1 or any(sign in text for sign in QUOTES + "|"):
        return None
    year = Period("year", dt.date(int(years[0].group()), 1, 1))
    return NamedDays(year, year, canonical(read(text[: years[0].start()] + " " + text[years[0].end() :]).tree))


def _periods(said: dict[str, str | None]) -> tuple[Period, Period] | None:
    """The first and the last period by their parts; None where no calendar has them."""
    name, day, since = said.get("name"), said.get("day"), said.get("since")
    month = MONTH_STEMS.index(name.lower()) + 1 if name else said.get("month")
    step: DateStep = "day" if day else "month" if month else "year"
    try:
        last = Period(step, dt.date(int(said["year"] or 0), int(month or 1), int(day or 1)))
    except ValueError:
        return None
    first = Period("year", dt.date(int(since), 1, 1)) if since else last
    return (first, last) if first.first <= last.first else None

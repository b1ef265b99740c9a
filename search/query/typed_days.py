"""Reads days, months, years and ranges of them as people type them.

2022   2022-10   2022-10-05   10.2022   05.10.2022   5 октября 2022   октябрь 2022   2022-10..2023   1998–2001
"""

import calendar
import datetime as dt
import re
from typing import NamedTuple

MONTH_STEMS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
YEAR = r"(?P<year>1[6-9]\d\d|20\d\d)"
MONTH_WORD = rf"(?P<name>{'|'.join(MONTH_STEMS)})(?:ь|я|е|й|ю|а|ем|)"
FORMS = tuple(
    re.compile(pattern + r"(?![\d\w])", re.IGNORECASE)
    for pattern in (
        rf"{YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)",
        rf"{YEAR}-(?P<month>\d\d?)(?!-?\d)",
        rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{YEAR}",
        rf"(?P<month>\d\d?)\.{YEAR}",
        rf"(?P<day>\d\d?)\s+{MONTH_WORD}\s+{YEAR}(?:\s*(?:года?|г\.))?",
        rf"{MONTH_WORD}\s+{YEAR}(?:\s*(?:года?|г\.))?",
        rf"{YEAR}(?:\s*(?:года?|г\.))?",
    )
)
BETWEEN = re.compile(r"\s*(?:\.\.+|…)\s*|\s*[–—]\s*|\s+-\s+|-(?=(?:1[6-9]|20)\d\d(?!\d))")


class TypedDays(NamedTuple):
    """The first and the last day of what was typed, and where it ends in the text."""

    first: dt.date
    last: dt.date
    stop: int


def typed_period(text: str, at: int = 0) -> TypedDays | None:
    """The day, month or year that begins at a place of a text; None where none does.

    >>> typed_period("октябрь 2022 завод")[:2]
    (datetime.date(2022, 10, 1), datetime.date(2022, 10, 31))
    """
    for form in FORMS:
        found = form.match(text, at)
        if not found:
            continue
        parts = found.groupdict()
        year, day = int(parts["year"]), parts.get("day")
        name = parts.get("name")
        month = MONTH_STEMS.index(name.lower()) + 1 if name else int(parts.get("month") or 0)
        try:
            first = dt.date(year, month or 1, int(day or 1))
        except ValueError:
            return None
        last_month = month or 12
        last = first if day else dt.date(year, last_month, calendar.monthrange(year, last_month)[1])
        return TypedDays(first, last, found.end())
    return None


def typed_range(text: str, at: int = 0) -> TypedDays | None:
    """The same of a range «…..…»; its ends may stand in either order."""
    first = typed_period(text, at)
    if not first:
        return None
    between = BETWEEN.match(text, first.stop)
    last = typed_period(text, between.end()) if between else None
    if not last:
        return first
    return TypedDays(min(first.first, last.first), max(first.last, last.last), last.stop)

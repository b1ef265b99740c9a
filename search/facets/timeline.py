"""Lays found articles and what the archive holds on one axis of time: years, the months of a year, the days of a month.

Counts are those of the match without its range of dates (a period followed replaces it), as the facets' contract says.
"""

import calendar
import datetime as dt
from collections.abc import Iterator

from search.engine import HeldPeriods, RequestMatch
from search.facets.periods import Period
from search.request import DateStep, SearchRequest
from search.result import Timeline, TimelinePeriod

YEARS_WITH_GAPS = 100  # of a longer span, years for which the archive holds nothing are left out


def timeline(found: RequestMatch, held: HeldPeriods, request: SearchRequest) -> Timeline:
    """The axis that a request's range of dates is chosen on: that of the month or the year it lies in, or all years."""
    span = spanned(held)
    within = around(request, span)
    step: DateStep = "day" if within and within.step == "month" else "month"
    counts = found.dates(step)
    by_key = {value.key: value.count for value in counts.periods}
    there = held.days if step == "day" else held.months
    periods = tuple(
        TimelinePeriod(one.key, by_key.get(one.key, 0), there.get(one.key, 0), is_chosen(one, request))
        for one in (parts_of(within) if within else months_of(span, held))
    )
    return Timeline(within.key if within else None, step, periods, counts.base, counts.undated)


def spanned(held: HeldPeriods) -> tuple[int, int] | None:
    """The first and last year of which the archive has an article."""
    years = [int(key[:4]) for key in held.months]
    return (min(years), max(years)) if years else None


def around(request: SearchRequest, span: tuple[int, int] | None) -> Period | None:
    """The month or year that the request's range lies in; None: it lies in several years, or in none of the archive."""
    first, last = request.date_from, request.date_to
    if span and first and last and first.year == last.year and span[0] <= first.year <= span[1]:
        month = first.month == last.month
        return Period("month" if month else "year", dt.date(first.year, first.month if month else 1, 1))
    return Period("year", dt.date(span[0], 1, 1)) if span and span[0] == span[1] else None


def parts_of(period: Period) -> Iterator[Period]:
    """The months of a year, the days of a month."""
    year, month = period.first.year, period.first.month
    if period.step == "year":
        yield from (Period("month", dt.date(year, number, 1)) for number in range(1, 13))
    else:
        days = calendar.monthrange(year, month)[1]
        yield from (Period("day", dt.date(year, month, number)) for number in range(1, days + 1))


def months_of(span: tuple[int, int] | None, held: HeldPeriods) -> Iterator[Period]:
    """The months of all years of the archive."""
    if not span:
        return
    every = range(span[0], span[1] + 1)
    some = every if len(every) <= YEARS_WITH_GAPS else sorted({int(key[:4]) for key in held.months})
    for year in some:
        yield from parts_of(Period("year", dt.date(year, 1, 1)))


def is_chosen(period: Period, request: SearchRequest) -> bool:
    """Whether any of its days is in the request's range, if it has one."""
    first, last = request.date_from, request.date_to
    if request.undated == "only" or not (first or last):
        return False
    return (not first or period.last >= first) and (not last or period.first <= last)

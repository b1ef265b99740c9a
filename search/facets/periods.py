"""Names years, months and days, and says by which of them a span of days is best counted."""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from search.request import DateStep, SearchRequest

MONTH_NAMES = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
MONTH_GENITIVES = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
DAYS_COUNTED_BY_DAY = 31  # a span of so many days is counted by day
MONTHS_COUNTED_BY_MONTH = 36
EPOCH_ORDINAL = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month or a day."""

    step: DateStep
    first: dt.date

    @property
    def last(self) -> dt.date:
        """Its last day."""
        if self.step == "day":
            return self.first
        month = 12 if self.step == "year" else self.first.month
        return dt.date(self.first.year, month, calendar.monthrange(self.first.year, month)[1])

    @property
    def key(self) -> str:
        """«2022», «2022-10» or «2022-10-05»."""
        return self.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.step]]

    @property
    def label(self) -> str:
        """«2022», «октябрь 2022» or «5 октября 2022»."""
        day = self.first
        if self.step == "year":
            return str(day.year)
        if self.step == "month":
            return f"{MONTH_NAMES[day.month - 1]} {day.year}"
        return f"{day.day} {MONTH_GENITIVES[day.month - 1]} {day.year}"


def best_step(first: dt.date, last: dt.date) -> DateStep:
    """What a span of days is best counted by."""
    if (last - first).days < DAYS_COUNTED_BY_DAY:
        return "day"
    return "month" if 12 * (last.year - first.year) + last.month - first.month < MONTHS_COUNTED_BY_MONTH else "year"


def period_of(step: DateStep, number: int) -> Period:
    """The period of this number."""
    if step == "day":
        return Period(step, dt.date.fromordinal(number + EPOCH_ORDINAL))
    months = number if step == "month" else 12 * number
    return Period(step, dt.date(1970 + months // 12, 1 + months % 12, 1))


class PeriodNames(dict[int, str]):
    """What periods are called, by number; worked out at the first asking."""

    def __init__(self, name: Callable[[int], str]) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, number: int) -> str:
        name = self[number] = self._name(number)
        return name


@cache
def names_of(step: DateStep) -> tuple[PeriodNames, PeriodNames]:
    """Keys and labels of the periods."""
    return PeriodNames(lambda number: period_of(step, number).key), PeriodNames(
        lambda number: period_of(step, number).label
    )


def chosen_period(request: SearchRequest) -> Period | None:
    """The period that the request's range is, if it is one."""
    first, last = request.date_from, request.date_to
    return period_between(first, last) if first and last and request.undated != "only" else None


@lru_cache(1 << 10)
def period_between(first: dt.date, last: dt.date) -> Period | None:
    """The period that begins and ends on these days, if there is one."""
    begins: dict[DateStep, bool] = {"year": first.month == first.day == 1, "month": first.day == 1, "day": True}
    periods = (Period(step, first) for step, begun in begins.items() if begun)
    return next((period for period in periods if period.last == last), None)

"""Days of publication in, years, months or days with their counts out."""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from search.request import DateStep, SearchRequest

MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
OF_MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
MOST_DAYS = 31  # a span of so many days is counted by day
MOST_MONTHS = 36
EPOCH = dt.date(1970, 1, 1).toordinal()
UNITS: dict[DateStep, str] = {"year": "datetime64[Y]", "month": "datetime64[M]", "day": "datetime64[D]"}

Days = NDArray[np.int32]  # ordinals
NO_PERIODS = np.empty(0, np.int64)


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
            return f"{MONTHS[day.month - 1]} {day.year}"
        return f"{day.day} {OF_MONTHS[day.month - 1]} {day.year}"


def best_step(days: Days) -> DateStep:
    """What the span of the days is best counted by."""
    if not len(days):
        return "year"
    first, last = dt.date.fromordinal(int(days.min())), dt.date.fromordinal(int(days.max()))
    if (last - first).days < MOST_DAYS:
        return "day"
    return "month" if 12 * (last.year - first.year) + last.month - first.month < MOST_MONTHS else "year"


def period_counts(days: Days, step: DateStep) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of the periods that have any of the days, ascending, and how many each has."""
    if not len(days):
        return NO_PERIODS, NO_PERIODS
    numbers = period_numbers(step).take(days)
    first = numbers.min()
    numbers -= first
    counts = np.bincount(numbers)
    present = counts.nonzero()[0]
    return present + int(first), counts.take(present)


@cache
def period_numbers(step: DateStep) -> NDArray[np.int32]:
    """By ordinal: the number of the day's period, counted from 1970."""
    days = np.arange(dt.date.max.toordinal() + 1) - EPOCH
    return days.astype("datetime64[D]").astype(UNITS[step]).astype(np.int32)


def period_of(step: DateStep, number: int) -> Period:
    """The period of this number."""
    if step == "day":
        return Period(step, dt.date.fromordinal(number + EPOCH))
    months = number if step == "month" else 12 * number
    return Period(step, dt.date(1970 + months // 12, 1 + months % 12, 1))


class Names(dict[int, str]):
    """What periods are called, by number; worked out at the first asking."""

    def __init__(self, name: Callable[[int], str]) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, number: int) -> str:
        name = self[number] = self._name(number)
        return name


@cache
def names_of(step: DateStep) -> tuple[Names, Names]:
    """Keys and labels of the periods."""
    return Names(lambda number: period_of(step, number).key), Names(lambda number: period_of(step, number).label)


def chosen_period(request: SearchRequest) -> Period | None:
    """The period that the request's range is, if it is one."""
    first, last = request.date_from, request.date_to
    if not first or not last or request.undated == "only":
        return None
    begins: dict[DateStep, bool] = {"year": first.month == first.day == 1, "month": first.day == 1, "day": True}
    periods = (Period(step, first) for step, begun in begins.items() if begun)
    return next((period for period in periods if period.last == last), None)

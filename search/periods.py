"""Days of publication in, years, months or days with their counts out."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many articles were published on each day that has any; `days` ascending."""

    days: NDArray[np.int64]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, days: Days) -> "DayCounts":
        """The dated among the days of articles."""
        dated = days[days > 0]
        if not len(dated):
            return cls(np.empty(0, np.int64), np.empty(0, np.int64))
        first = int(dated.min())
        counts = np.bincount(dated - first)
        present = np.flatnonzero(counts)
        return cls(present + first, counts[present])

    def step(self) -> DateStep:
        """What the span of the days is best counted by."""
        if not len(self.days):
            return "year"
        first, last = (dt.date.fromordinal(int(self.days[end])) for end in (0, -1))
        if (last - first).days < MOST_DAYS:
            return "day"
        return "month" if 12 * (last.year - first.year) + last.month - first.month < MOST_MONTHS else "year"

    def by(self, step: DateStep) -> Iterator[tuple[Period, int]]:
        """The periods that have articles, ascending, with their numbers."""
        starts = (self.days - EPOCH).astype("datetime64[D]").astype(UNITS[step])
        periods, which = np.unique(starts, return_inverse=True)
        counts = np.zeros(len(periods), np.int64)
        np.add.at(counts, which, self.counts)
        firsts = periods.astype("datetime64[D]").astype(np.int64) + EPOCH
        for first, count in zip(firsts.tolist(), counts.tolist(), strict=True):
            yield Period(step, dt.date.fromordinal(first)), count

    def within(self, period: Period) -> int:
        """How many articles the period has."""
        inside = (self.days >= period.first.toordinal()) & (self.days <= period.last.toordinal())
        return int(self.counts[inside].sum())


def chosen_period(request: SearchRequest) -> Period | None:
    """The period that the request's range is, if it is one."""
    first, last = request.date_from, request.date_to
    if not first or not last or request.undated == "only":
        return None
    begins: dict[DateStep, bool] = {"year": first.month == first.day == 1, "month": first.day == 1, "day": True}
    periods = (Period(step, first) for step, begun in begins.items() if begun)
    return next((period for period in periods if period.last == last), None)

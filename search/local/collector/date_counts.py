"""Counts the years, months or days of publication of found articles."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from search.engine import DateCounts
from search.facets.periods import EPOCH_ORDINAL, best_step, chosen_period, names_of
from search.local.collector.filters import FilteredMatch
from search.local.snapshot.columns import LABELS_KEPT
from search.local.snapshot.snapshot import Snapshot
from search.request import DateStep, SearchRequest
from search.result import FacetValue, as_value

FEW_ARTICLES = 1_000  # articles: of so many, periods and their counts are likely to have been shown before
PACKED_COUNTS = 1 << 10  # so many counts, none larger than FEW_ARTICLES, share an integer with the number of a period
NEITHER = repeat(False)  # chosen nor excluded
UNITS: dict[DateStep, str] = {"year": "datetime64[Y]", "month": "datetime64[M]", "day": "datetime64[D]"}

Days = NDArray[np.int32]  # ordinals
NO_PERIODS = np.empty(0, np.int64)


def date_counts(
    snapshot: Snapshot, found: Sequence[FilteredMatch], request: SearchRequest, step: DateStep | None = None
) -> DateCounts:
    """The periods of the articles, by the step asked for or by the best for their span."""
    parts = zip(snapshot.searched, found, strict=True)
    days = next((view.segment.days.take(some.without("date")) for view, some in parts), np.empty(0, np.int32))
    dated = days if days.all() else days[days > 0]
    step = step or request.date_step or (best_step(*map(day_of, (dated.min(), dated.max()))) if len(dated) else "year")
    periods, inside, chosen = period_values(dated, step), 0, chosen_period(request)
    if chosen and all(value.key != chosen.key for value in periods):
        among = (dated >= chosen.first.toordinal()) & (dated <= chosen.last.toordinal())
        inside = int(np.count_nonzero(among))
    return DateCounts(step, periods, inside, len(days) - len(dated), len(days))


def day_of(ordinal: int) -> dt.date:
    """The day of this number."""
    return dt.date.fromordinal(int(ordinal))


def period_values(days: Days, step: DateStep) -> list[FacetValue]:
    """The periods that have any of the days, ascending."""
    numbers, counts = period_counts(days, step)
    if len(days) <= FEW_ARTICLES:
        numbers *= PACKED_COUNTS
        numbers += counts
        return list(map(shown_periods(step).__getitem__, numbers.tolist()))
    keys, labels = names_of(step)
    found = numbers.tolist()
    named = map(keys.__getitem__, found), map(labels.__getitem__, found)
    return list(map(as_value, zip(*named, counts.tolist(), NEITHER, NEITHER, strict=False)))


class KnownPeriods(dict[int, FacetValue]):
    """Periods with their counts, by number · COUNTS + count; made at the first asking: few articles give the same small
    counts again and again."""

    def __init__(self, step: DateStep) -> None:
        super().__init__()
        self._keys, self._labels = names_of(step)

    def __missing__(self, packed: int) -> FacetValue:
        if len(self) >= LABELS_KEPT:
            self.clear()
        number, count = divmod(packed, PACKED_COUNTS)
        value = self[packed] = as_value((self._keys[number], self._labels[number], count, False, False))
        return value


shown_periods = cache(KnownPeriods)  # by step


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
    days = np.arange(dt.date.max.toordinal() + 1) - EPOCH_ORDINAL
    return days.astype("datetime64[D]").astype(UNITS[step]).astype(np.int32)

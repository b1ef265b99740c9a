"""Counts what the archive holds: the articles of each day, of each month, and of each month of a paper."""

from collections import Counter
from collections.abc import Iterator
from weakref import WeakKeyDictionary

import numpy as np

from search.engine import HeldPeriods
from search.facets.periods import names_of
from search.local.collector.date_counts import Days, period_counts
from search.local.snapshot.snapshot import SegmentView, Snapshot
from search.request import DateStep

_counted: WeakKeyDictionary[Snapshot, HeldPeriods] = WeakKeyDictionary()  # what a snapshot holds never changes


def holdings(snapshot: Snapshot) -> HeldPeriods:
    """What the archive of a snapshot holds; counted once."""
    found = _counted.get(snapshot)
    if found is None:
        found = _counted[snapshot] = _count(snapshot)
    return found


def _count(snapshot: Snapshot) -> HeldPeriods:
    days: Counter[str] = Counter()
    months: Counter[str] = Counter()
    papers: dict[str, Counter[str]] = {key: Counter() for key in snapshot.values["source"].keys}
    for view in snapshot.views:
        standing = np.arange(view.segment.size) if view.segment.live is None else np.flatnonzero(view.segment.live)
        days.update(dict(_periods(view.segment.days[standing], "day")))
        months.update(dict(_periods(view.segment.days[standing], "month")))
        for key, printed in _papers(snapshot, view):
            papers[key].update(dict(_periods(printed, "month")))
    return HeldPeriods(days, months, {key: counts for key, counts in papers.items() if counts})


def _papers(snapshot: Snapshot, view: SegmentView) -> Iterator[tuple[str, Days]]:
    """Each paper of a segment with the days of its articles that stand."""
    values, column, segment = snapshot.values["source"], view.facets["source"], view.segment
    for key in values.keys:
        docs = column.articles(values.numbers[key])
        yield key, segment.days[docs if segment.live is None else docs[segment.live[docs]]]


def _periods(days: Days, step: DateStep) -> Iterator[tuple[str, int]]:
    """The periods of the days by key; a day of 0 is none."""
    numbers, counts = period_counts(days[days > 0], step)
    keys, _ = names_of(step)
    for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
        yield keys[number], count

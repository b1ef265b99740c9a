"""Articles that match in, what they offer for narrowing out: exact counts, by one contract.

Persons, enterprises, organisations: a value's count is match ∧ chosen ∧ value. Source, rubric, author, date: counted
without the facet's own choice, which a value followed replaces. Chosen and excluded values stay, at zero too.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.tokens import forms
from search.columns import Values, alphabetical
from search.constraints import Constrained
from search.periods import DayCounts, chosen_period
from search.request import NONE, DateStep, SearchRequest
from search.result import Facet, FacetValue
from search.snapshot import Snapshot

WITHOUT = {
    "date": "без даты",
    "person": "без персон",
    "enterprise": "без предприятий",
    "organisation": "без организаций",
    "source": "без издания",
    "rubric": "без рубрики",
    "author": "без автора",
}
FEW = 4  # fewer values to count than one in so many there are: they are sorted, not laid out

Counted = tuple[NDArray[np.int64], NDArray[np.int64]]  # values' numbers ascending, how many articles have each (not 0)


def value_facet(
    name: str, snapshot: Snapshot, found: Sequence[Constrained], request: SearchRequest, typed: str = ""
) -> Facet:
    """One facet but the date: values by count, then by label, «без …» the last; only those that `typed` may mean."""
    docs = [some.without(name) for some in found]
    columns = [view.facets[name] for view in snapshot.searched]
    pairs = list(zip(columns, docs, strict=True))
    codes = np.concatenate([np.empty(0, np.int32), *(column.of_articles(some) for column, some in pairs)])
    valued = sum(int(np.count_nonzero(column.valued(some))) for column, some in pairs)
    counts = counted(codes, len(snapshot.values[name].keys))
    if typed.strip():
        labels = snapshot.values[name].labels
        kept = np.array([may_mean(typed, labels[number]) for number in counts[0].tolist()], np.bool_)
        counts = counts[0][kept], counts[1][kept]
        valued = sum(map(len, docs))  # «без …» is not what was typed
    return shown(name, snapshot.values[name], counts, sum(map(len, docs)), valued, request)


def may_mean(typed: str, label: str) -> bool:
    """Whether every typed word begins a word of the label.

    >>> may_mean("боч андр", "Андрей Бочаров"), may_mean("боч и", "Андрей Бочаров")
    (True, False)
    """
    words = forms(label)[0]
    return all(any(word.startswith(start) for word in words) for start in forms(typed)[0])


def shown(name: str, values: Values, counts: Counted, base: int, valued: int, request: SearchRequest) -> Facet:
    """The facet of `base` articles of which `valued` have any value."""
    chosen, excluded = request.chosen.get(name, ()), request.excluded.get(name, ())

    def value(key: str, label: str, count: int) -> FacetValue:
        return FacetValue(key, label, count, selected=key in chosen, excluded=key in excluded)

    def count_of(key: str) -> int:
        place = int(np.searchsorted(counts[0], values.numbers[key])) if key in values.numbers else len(counts[0])
        return int(counts[1][place]) if place < len(counts[0]) and counts[0][place] == values.numbers[key] else 0

    top = most_frequent(counts, request.facet_size)
    first = [value(values.keys[number], values.labels[number], count) for number, count in top]
    kept = {*chosen, *excluded} - {one.key for one in first} - {NONE}
    labelled = [(key, values.labels[values.numbers[key]] if key in values.numbers else key) for key in kept]
    extra = [value(key, label, count_of(key)) for key, label in labelled]
    extra.sort(key=lambda one: (-one.count, alphabetical(one.label), one.key))
    size = len(counts[0]) + sum(not one.count for one in extra)
    if base > valued or NONE in chosen or NONE in excluded:
        extra.append(value(NONE, WITHOUT[name], base - valued))
        size += 1
    return Facet(name, (*first, *extra), size, base)


def date_facet(snapshot: Snapshot, found: Sequence[Constrained], request: SearchRequest) -> tuple[Facet, DateStep]:
    """Years, months or days, ascending and never cut, «без даты» the last; by which of them they are counted."""
    parts = [view.segment.days[some.without("date")] for view, some in zip(snapshot.searched, found, strict=True)]
    days = np.concatenate([np.empty(0, np.int32), *parts])
    counts = DayCounts.of(days)
    step = request.date_step or counts.step()
    periods = counts.by(step)
    chosen = chosen_period(request)
    if chosen and all(period != chosen for period, _ in periods):
        periods.append((chosen, counts.within(chosen)))
        periods.sort(key=lambda item: (item[0].first, item[0].key))
    key = chosen.key if chosen else ""
    values = [FacetValue(period.key, period.label, count, period.key == key) for period, count in periods]
    undated = int(np.count_nonzero(days == 0))
    if undated or request.undated == "only":
        values.append(FacetValue(NONE, WITHOUT["date"], undated, selected=request.undated == "only"))
    return Facet("date", tuple(values), len(values), len(days)), step


def counted(codes: NDArray[np.int32], values: int) -> Counted:
    """How often each value stands among the codes."""
    if len(codes) * FEW < values:
        numbers, counts = np.unique(codes, return_counts=True)
        return numbers.astype(np.int64), counts
    every = np.bincount(codes)
    present = np.flatnonzero(every)
    return present, every[present]


def most_frequent(counts: Counted, size: int) -> Iterator[tuple[int, int]]:
    """The `size` values with the largest counts, the largest first, equal ones by number."""
    rank = counts[1] * (counts[0][-1] + 1) - counts[0] if len(counts[0]) else counts[1]
    top = np.argpartition(-rank, size)[:size] if 0 < size < len(rank) else np.arange(min(size, len(rank)))
    for place in top[np.argsort(-rank[top])].tolist():
        yield int(counts[0][place]), int(counts[1][place])

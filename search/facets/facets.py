"""Articles that match in, what they offer for narrowing out: exact counts, by one contract.

Persons, enterprises, organisations: a value's count is match ∧ chosen ∧ value. Source, rubric, author, date: counted
without the facet's own choice, which a value followed replaces. Chosen and excluded values stay, at zero too.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import repeat

import numpy as np

from indexer.annotation import Kind
from indexer.registry.name_table import alphabetical
from indexer.text.tokens import forms
from search.facets.filters import Constrained
from search.facets.periods import Days, best_step, chosen_period, names_of, period_counts
from search.local.snapshot.columns import DECODED, NOTHING, Counts, Values
from search.local.snapshot.name_prefixes import may_mean
from search.local.snapshot.snapshot import Snapshot
from search.request import NONE, DateStep, SearchRequest
from search.result import Facet, FacetValue, as_value

WITHOUT = {
    "date": "без даты",
    "person": "без персон",
    "enterprise": "без предприятий",
    "organisation": "без организаций",
    "source": "без издания",
    "rubric": "без рубрики",
    "author": "без автора",
}

FEW = 1_000  # articles: of so many, periods and their counts are likely to have been shown before
COUNTS = 1 << 10  # so many counts, none larger than FEW, share an integer with the number of a period
SORTED = 400  # so many values are sorted in less time than the larger ones are told from the smaller
NEITHER = repeat(False)  # chosen nor excluded


def value_facet(name: str, snapshot: Snapshot, found: Sequence[Constrained], request: SearchRequest) -> Facet:
    """One facet but the date: values by count, then by label, «без …» the last."""
    counts = next((some.counts(name) for some in found), NOTHING)  # all segments are one part
    base = sum(len(some.without(name)) for some in found)
    return shown(name, snapshot.values[name], counts, base, request)


def called_facet(
    kind: Kind, snapshot: Snapshot, found: Sequence[Constrained], request: SearchRequest, typed: str
) -> Facet:
    """The same of persons or bodies, only those of which a name has words that begin as the typed ones do."""
    starts = [form for form in forms(typed)[0] if form]
    if not starts:
        return value_facet(kind, snapshot, found, request)
    called = snapshot.meanings.called(kind, starts)
    counts = next((some.counts(kind) for some in found), NOTHING)
    kept = np.isin(counts.numbers, list(called))
    base = sum(len(some.without(kind)) for some in found)
    few = Counts(counts.numbers[kept], counts.counts[kept], base)  # «без …» is not what was typed
    facet, numbers = shown(kind, snapshot.values[kind], few, base, request), snapshot.values[kind].numbers
    others = [one.key for one in facet.values if one.count and not may_mean(starts, one.label)]
    return replace(facet, names={key: called[numbers[key]] for key in others})


def shown(name: str, values: Values, counts: Counts, base: int, request: SearchRequest) -> Facet:
    """The facet of `base` articles."""
    chosen, excluded = request.chosen.get(name, ()), request.excluded.get(name, ())

    def value(key: str, label: str, count: int) -> FacetValue:
        return FacetValue(key, label, count, key in chosen, key in excluded)

    def unseen(key: str) -> FacetValue:
        number = values.sought(key)
        if number is None:
            return value(key, key, 0)
        return value(key, values.named(number)[1], int(counts.counts[counts.numbers == number].sum()))

    first = list(map(values.shown, *most_frequent(counts, request.facet_size)))
    size = len(counts.numbers)
    if chosen or excluded:
        first = [
            value(one.key, one.label, one.count) if one.key in chosen or one.key in excluded else one for one in first
        ]
        kept = {*chosen, *excluded} - {one.key for one in first} - {NONE}
        extra = [unseen(key) for key in kept]
        first += sorted(extra, key=lambda one: (-one.count, alphabetical(one.label), one.key))
        size += sum(not one.count for one in extra)
    if base > counts.valued or NONE in chosen or NONE in excluded:
        first.append(value(NONE, WITHOUT[name], base - counts.valued))
        size += 1
    return Facet(name, tuple(first), size, base)


def date_facet(snapshot: Snapshot, found: Sequence[Constrained], request: SearchRequest) -> tuple[Facet, DateStep]:
    """Years, months or days, ascending and never cut, «без даты» the last; by which of them they are counted."""
    parts = zip(snapshot.searched, found, strict=True)
    days = next((view.segment.days.take(some.without("date")) for view, some in parts), np.empty(0, np.int32))
    dated = days if days.all() else days[days > 0]
    step = request.date_step or best_step(dated)
    chosen = chosen_period(request)
    values = period_values(dated, step, chosen.key if chosen else "")
    if chosen and all(value.key != chosen.key for value in values):
        inside = (dated >= chosen.first.toordinal()) & (dated <= chosen.last.toordinal())
        values.append(FacetValue(chosen.key, chosen.label, int(np.count_nonzero(inside)), selected=True))
        values.sort(key=lambda value: value.key)
    undated = len(days) - len(dated)
    if undated or request.undated == "only":
        values.append(FacetValue(NONE, WITHOUT["date"], undated, selected=request.undated == "only"))
    return Facet("date", tuple(values), len(values), len(days)), step


def period_values(days: Days, step: DateStep, chosen: str) -> list[FacetValue]:
    """The periods that have any of the days, ascending, the one with the key `chosen` selected."""
    numbers, counts = period_counts(days, step)
    if len(days) <= FEW:
        numbers *= COUNTS
        numbers += counts
        values = list(map(shown_periods(step).__getitem__, numbers.tolist()))
    else:
        keys, labels = names_of(step)
        found = numbers.tolist()
        named = map(keys.__getitem__, found), map(labels.__getitem__, found)
        values = list(map(as_value, zip(*named, counts.tolist(), NEITHER, NEITHER, strict=False)))
    return [value._replace(selected=value.key == chosen) for value in values] if chosen else values


class ShownPeriods(dict[int, FacetValue]):
    """Periods with their counts, by number · COUNTS + count; made at the first asking: few articles give the same small
    counts again and again."""

    def __init__(self, step: DateStep) -> None:
        super().__init__()
        self._keys, self._labels = names_of(step)

    def __missing__(self, packed: int) -> FacetValue:
        if len(self) >= DECODED:
            self.clear()
        number, count = divmod(packed, COUNTS)
        value = self[packed] = as_value((self._keys[number], self._labels[number], count, False, False))
        return value


shown_periods = cache(ShownPeriods)  # by step


def most_frequent(counts: Counts, size: int) -> tuple[list[int], list[int]]:
    """The `size` values with the largest counts, the largest first, equal ones by number; these counts."""
    numbers, found = counts.numbers, counts.counts
    if size and len(found) > max(size, SORTED):
        least = np.partition(found, len(found) - size)[len(found) - size]
        above = (found > least).nonzero()[0]
        places = np.concatenate([above, (found == least).nonzero()[0][: size - len(above)]])
        numbers, found = numbers.take(places), found.take(places)
    order = (-found).argsort(kind="stable")[:size]
    return numbers.take(order).tolist(), found.take(order).tolist()

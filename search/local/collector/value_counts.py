"""Counts the values of a facet among found articles."""

from collections.abc import Sequence

import numpy as np

from indexer.annotation import Kind
from search.engine import ValueCounts
from search.local.collector.filters import FilteredMatch
from search.local.snapshot.columns import NOTHING, CodeCounts, NumberedValues
from search.local.snapshot.name_prefixes import may_mean
from search.local.snapshot.snapshot import Snapshot
from search.result import FacetValue

VALUES_SORTED = 400  # so many values are sorted in less time than the larger ones are told from the smaller


def value_counts(
    snapshot: Snapshot, found: Sequence[FilteredMatch], facet: str, most: int, keys: set[str]
) -> ValueCounts:
    """The `most` most frequent values, and those with the keys."""
    counts = next((some.counts(facet) for some in found), NOTHING)  # all segments are one part
    return labelled_counts(snapshot.values[facet], counts, sum(len(some.without(facet)) for some in found), most, keys)


def named_value_counts(
    snapshot: Snapshot,
    found: Sequence[FilteredMatch],
    kind: Kind,
    starts: Sequence[str],
    most: int,
    keys: set[str],
) -> ValueCounts:
    """The same of persons or bodies, only those of which a name has words that begin so; nobody counts as «без …»."""
    called, values = snapshot.meanings.called(kind, starts), snapshot.values[kind]
    counts = next((some.counts(kind) for some in found), NOTHING)
    kept = np.isin(counts.numbers, list(called))
    base = sum(len(some.without(kind)) for some in found)
    few = labelled_counts(values, CodeCounts(counts.numbers[kept], counts.counts[kept], base), base, most, keys)
    others = [one.key for one in (*few.first, *few.asked) if one.count and not may_mean(starts, one.label)]
    names = {key: called[values.numbers[key]] for key in others}
    return ValueCounts(few.first, few.asked, few.size, few.base, few.valued, names)


def labelled_counts(values: NumberedValues, counts: CodeCounts, base: int, most: int, keys: set[str]) -> ValueCounts:
    """The counts of `base` articles by the values' keys and labels."""
    first = list(map(values.shown, *most_frequent(counts, most)))
    others = keys.difference(one.key for one in first) if keys else ()
    asked = [value_asked_for(key, values, counts) for key in others]
    return ValueCounts(first, asked, len(counts.numbers), base, counts.valued)


def value_asked_for(key: str, values: NumberedValues, counts: CodeCounts) -> FacetValue:
    """The value with that key; its own label where it is unknown."""
    number = values.sought(key)
    if number is None:
        return FacetValue(key, key, 0)
    return FacetValue(key, values.named(number)[1], int(counts.counts[counts.numbers == number].sum()))


def most_frequent(counts: CodeCounts, size: int) -> tuple[list[int], list[int]]:
    """The `size` values with the largest counts, the largest first, equal ones by number; these counts."""
    numbers, found = counts.numbers, counts.counts
    if size and len(found) > max(size, VALUES_SORTED):
        least = np.partition(found, len(found) - size)[len(found) - size]
        above = (found > least).nonzero()[0]
        places = np.concatenate([above, (found == least).nonzero()[0][: size - len(above)]])
        numbers, found = numbers.take(places), found.take(places)
    order = (-found).argsort(kind="stable")[:size]
    return numbers.take(order).tolist(), found.take(order).tolist()

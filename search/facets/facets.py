"""Shows what found articles offer for narrowing, by one contract, from an engine's exact counts.

Of entities a value's count is match ∧ chosen ∧ value. Dates and fields (source, rubric …) are counted without the
facet's own choice, which a value followed replaces. Chosen and excluded values stay, at zero too.
"""

from collections.abc import Sequence
from dataclasses import replace

from indexer.registry.name_table import alphabetical
from indexer.text.tokens import forms
from search.engine import DateCounts, ValueCounts
from search.facet_table import WITHOUT
from search.facets.periods import chosen_period
from search.request import NONE, SearchRequest
from search.result import Facet, FacetValue


def choices(facet: str, request: SearchRequest) -> set[str]:
    """The keys of the values that the request chooses or excludes, without «без …»."""
    return {*request.chosen.get(facet, ()), *request.excluded.get(facet, ())} - {NONE}


def value_facet(name: str, counts: ValueCounts, request: SearchRequest) -> Facet:
    """One facet but the date: values by count, then by label, «без …» the last."""
    chosen, excluded = request.chosen.get(name, ()), request.excluded.get(name, ())
    values, size = [*counts.first], counts.size
    if chosen or excluded:
        values += sorted(counts.asked, key=lambda one: (-one.count, alphabetical(one.label), one.key))
        for place, (key, label, count, _, _) in enumerate(values):
            if key in chosen or key in excluded:
                values[place] = FacetValue(key, label, count, key in chosen, key in excluded)
        size += sum(not one.count for one in counts.asked)
    if counts.base > counts.valued or NONE in chosen or NONE in excluded:
        without = counts.base - counts.valued
        values.append(FacetValue(NONE, WITHOUT[name], without, NONE in chosen, NONE in excluded))
        size += 1
    return Facet(name, tuple(values), size, counts.base, counts.names)


def date_facet(counts: DateCounts, request: SearchRequest) -> Facet:
    """Years, months or days, ascending and never cut, «без даты» the last."""
    values, chosen = list(counts.periods), chosen_period(request)
    if chosen:
        values = [value._replace(selected=value.key == chosen.key) for value in values]
        if not any(value.selected for value in values):
            values.append(FacetValue(chosen.key, chosen.label, counts.inside, selected=True))
            values.sort(key=lambda value: value.key)
    if counts.undated or request.undated == "only":
        values.append(FacetValue(NONE, WITHOUT["date"], counts.undated, selected=request.undated == "only"))
    return Facet("date", tuple(values), len(values), counts.base)


def values_that_begin(facet: Facet, starts: Sequence[str], most: int) -> Facet:
    """Those values of a facet that have, for each of the folded starts, a word that begins so; at most so many."""
    values = [
        value
        for value in facet.values
        if value.key != NONE and all(any(word.startswith(start) for word in forms(value.label)[0]) for start in starts)
    ]
    return replace(facet, values=tuple(values[:most]), size=len(values))

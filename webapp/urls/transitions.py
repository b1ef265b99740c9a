"""Makes of a request and one choice the request that it leads to: narrowing, excluding, taking back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from search.facets.periods import Period
from search.request import ENTITY_FACETS, NONE, DateStep, SearchRequest

STEPS: tuple[DateStep, ...] = ("year", "month", "day")
Choices = Mapping[str, tuple[str, ...]]


def choose(request: SearchRequest, facet: str, key: str) -> SearchRequest:
    """Only articles of that value: persons and bodies are added to the choice, any other facet's choice is replaced."""
    if facet == "date":
        return within(request, key)
    kept = request.chosen if facet in ENTITY_FACETS else _drop(request.chosen, facet)
    return replace(request, chosen=_add(kept, facet, key), excluded=_without(request.excluded, facet, key), page=1)


def also(request: SearchRequest, facet: str, key: str) -> SearchRequest:
    """Articles of that value beside those chosen already, of a field."""
    chosen, excluded = _add(request.chosen, facet, key), _without(request.excluded, facet, key)
    return replace(request, chosen=chosen, excluded=excluded, page=1)


def exclude(request: SearchRequest, facet: str, key: str) -> SearchRequest:
    """No article of that value: what the value's minus promises."""
    kept = request.chosen if facet in ENTITY_FACETS else _drop(request.chosen, facet)
    return replace(request, chosen=_without(kept, facet, key), excluded=_add(request.excluded, facet, key), page=1)


def release(request: SearchRequest, facet: str, key: str) -> SearchRequest:
    """The value neither chosen nor excluded."""
    if facet == "date":
        return anytime(request)
    chosen, excluded = _without(request.chosen, facet, key), _without(request.excluded, facet, key)
    return replace(request, chosen=chosen, excluded=excluded, page=1)


def within(request: SearchRequest, key: str) -> SearchRequest:
    """Only the period «2022», «2022-10» or «2022-10-05», or only the undated (NONE)."""
    if key == NONE:
        return replace(request, date_from=None, date_to=None, undated="only", page=1)
    chosen = period(key)
    return replace(request, date_from=chosen.first, date_to=chosen.last, undated="no", page=1)


def anytime(request: SearchRequest) -> SearchRequest:
    """No condition on the date."""
    return replace(request, date_from=None, date_to=None, undated="no", page=1)


def period(key: str) -> Period:
    """What a date facet's value stands for.

    >>> str(period("2020-02").last)
    '2020-02-29'
    """
    return Period(STEPS[key.count("-")], dt.date.fromisoformat((key + "-01-01")[:10]))


def _drop(choices: Choices, facet: str) -> Choices:
    return {name: keys for name, keys in choices.items() if name != facet}


def _add(choices: Choices, facet: str, key: str) -> Choices:
    return {**choices, facet: tuple(sorted({*choices.get(facet, ()), key}))}


def _without(choices: Choices, facet: str, key: str) -> Choices:
    left = tuple(other for other in choices.get(facet, ()) if other != key)
    return {**_drop(choices, facet), facet: left} if left else _drop(choices, facet)

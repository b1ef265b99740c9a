"""Says what an engine tells of an index, whatever the index is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from search.request import DateStep
from search.result import FacetValue


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """How many of some articles have each value of a facet; no value here is chosen, excluded or «без …»."""

    first: Sequence[FacetValue]  # the most frequent, the largest count first, equal ones by label
    asked: Sequence[FacetValue]  # those asked for by key that are not among them, at zero too
    size: int  # values that any of the articles has
    base: int  # the articles
    valued: int  # articles that have any value
    names: Mapping[str, str] = field(default_factory=dict)  # by key: what was looked for, where no label says it


@dataclass(frozen=True, slots=True)
class DateCounts:
    """How many of some articles were published in each period; no period here is chosen."""

    step: DateStep
    periods: Sequence[FacetValue]  # ascending, all that have any
    inside: int  # articles of the chosen period, where it is none of them
    undated: int
    base: int  # the articles

"""Holds everything that a page of results depends on, and nothing of HTTP."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from archive.fields import FACET_FIELDS
from indexer.annotation import Kind
from search.facet_table import ENTITIES

ENTITY_FACETS: tuple[Kind, ...] = tuple(one.kind for one in ENTITIES)  # chosen values combine by AND
FIELD_FACETS = tuple(field.name for field in FACET_FIELDS)  # chosen values combine by OR
FACETS: tuple[str, ...] = ENTITY_FACETS + FIELD_FACETS
NONE = "none"  # the key of «без персон», «без даты», «без издания»

Sort = Literal["relevance", "newest", "oldest", "added"]  # added: what came into the archive last is first
Undated = Literal["no", "only", "also"]
DateStep = Literal["year", "month", "day"]
Unit = Literal["articles", "share"]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What was typed, what was chosen, which page of it. `chosen` and `excluded`: facet → keys (a key, or NONE)."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    undated: Undated = "no"  # "only": none but the undated; "also": adds them to a range
    date_step: DateStep | None = None  # None: chosen from the span of the match
    unit: Unit = "articles"  # of the bars of the time strip; a share is that of all articles of the period
    sort: Sort | None = None  # None: relevance where words were typed, newest where not
    reprints: bool = False  # each stands by itself, not under the best of its story
    as_typed: bool = False  # no other query in the place of one that finds nothing
    page: int = 1
    size: int = 10
    facet_size: int = 20  # never cuts dates

"""Shows all values of a facet within a search: to look through, to tick, to exclude."""

from dataclasses import dataclass, replace

from search.facet_table import PLURALS
from search.request import ENTITY_FACETS, NONE, SearchRequest
from search.result import Facet
from webapp.presenters.hits import LinkView
from webapp.presenters.pages.search_page import kept, pager
from webapp.urls.links import entity_url, links_fit, search_url, values_url
from webapp.urls.params import build
from webapp.urls.transitions import choose

VALUES_PER_PAGE = 200
MOST_PAGES = 50  # of values; what stands on none of them is found by its letters
LETTERS = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ"


@dataclass(frozen=True, slots=True)
class ListedValue:
    """A value, its page where it has one, and its articles in this search."""

    key: str
    label: str
    also: str  # the name that was looked for, where it is not the label
    about: str | None
    count: int
    url: str | None  # None where the page would be too large; its tick stays
    chosen: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class ValuesView:
    """A page of a facet's values."""

    facet: str
    title: str
    typed: str
    size: int
    values: tuple[ListedValue, ...]
    letters: tuple[LinkView, ...]
    every: str | None  # the page of all values, where only some are looked for
    hidden: tuple[tuple[str, str], ...]  # what the form that looks for a value keeps
    kept: tuple[tuple[str, str], ...]  # what the form of ticks keeps
    pager: tuple[LinkView, ...]
    cut: bool  # there are more than the last page shows
    back: str


def values_view(facet: Facet, request: SearchRequest, typed: str) -> ValuesView:
    """One page of the values of `facet` in the articles of `request`; `typed`: how their names begin."""
    narrowed = replace(request, page=1)
    linked = links_fit(narrowed, VALUES_PER_PAGE)
    last = min(MOST_PAGES, -(-facet.size // VALUES_PER_PAGE))
    page = [value for value in facet.values if value.count or value.selected or value.excluded]
    page = page[VALUES_PER_PAGE * (request.page - 1) : VALUES_PER_PAGE * request.page]
    ticks = {(prefix + facet.name, value.key) for value in page for prefix in ("", "not_")}
    return ValuesView(
        facet=facet.name,
        title=PLURALS[facet.name],
        typed=typed,
        size=facet.size,
        values=tuple(
            ListedValue(
                value.key,
                value.label,
                facet.names.get(value.key, ""),
                entity_url(facet.name, value.key) if facet.name in ENTITY_FACETS and value.key != NONE else None,
                value.count,
                search_url(choose(narrowed, facet.name, value.key)) if linked else None,
                value.selected,
                value.excluded,
            )
            for value in page
        ),
        letters=tuple(
            LinkView(one, None if one == typed.upper() else _page_url(facet.name, narrowed, one)) for one in LETTERS
        ),
        every=values_url(facet.name, request) if typed else None,
        hidden=kept(narrowed),
        kept=tuple(pair for pair in kept(narrowed) if pair not in ticks),
        pager=pager(request.page, last, lambda number: _page_url(facet.name, replace(request, page=number), typed)),
        cut=facet.size > MOST_PAGES * VALUES_PER_PAGE,
        back=search_url(narrowed),
    )


def _page_url(facet: str, request: SearchRequest, typed: str) -> str:
    """A page of the values whose names begin so."""
    start = values_url(facet, SearchRequest())
    query = build(request) + (f"&find={typed}" if typed else "")
    return f"{start}?{query.lstrip('&')}" if query else start

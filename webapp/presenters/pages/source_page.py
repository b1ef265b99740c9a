"""Shows a paper: what the archive holds of it, month by month, whom and what it writes of, its newest articles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search.facet_table import ENTITIES, PLURALS
from search.request import FIELD_FACETS, NONE, SearchRequest
from search.result import Facet, SearchResult
from webapp.presenters.held_months import gaps_in_words, years_in_words
from webapp.presenters.hits import HitView, LinkView, hit_view
from webapp.presenters.pages.entity_page import CountView, company
from webapp.presenters.russian import articles
from webapp.presenters.strip import MONTHS, StripView, strip_view
from webapp.urls.links import calendar_url, feed_url, search_url, source_url, table_url
from webapp.urls.transitions import choose

VALUES_BESIDE = 30  # of each facet
VALUES_SHOWN = 10  # of each field


@dataclass(frozen=True, slots=True)
class HeldYear:
    """A year of a paper: its articles of each month; 0: the archive has none."""

    year: LinkView
    months: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SourceView:
    """All of a paper's page."""

    label: str
    address: str
    total: LinkView
    held: str  # «1998–2022, нет марта 2005»
    feed: str
    table: str
    strip: StripView | None
    undated: CountView | None
    years: tuple[HeldYear, ...]  # the newest first
    beside: tuple[tuple[str, tuple[CountView, ...]], ...]  # a facet and its values
    hits: tuple[HitView, ...]


def source_request(key: str) -> SearchRequest:
    """The newest articles of a paper."""
    return SearchRequest(chosen={"source": (key,)}, sort="newest", facet_size=VALUES_BESIDE)


def source_view(key: str, result: SearchResult, held: Mapping[str, int]) -> SourceView:
    """What the page of a paper shows; `held`: its articles of each month «2022-10»."""
    own = choose(SearchRequest(), "source", key)
    facets = {facet.name: facet for facet in result.facets}
    label = next((value.label for value in facets["source"].values if value.key == key), key)
    undated = next((value.count for value in facets["date"].values if value.key == NONE), 0)
    return SourceView(
        label=label,
        address=source_url(key),
        total=LinkView(articles(result.total), search_url(own)),
        held=", ".join(filter(None, (years_in_words(held), gaps_in_words(held)))),
        feed=feed_url(own),
        table=table_url(own),
        strip=strip_view(result.timeline, own),
        undated=CountView("без даты", undated, search_url(choose(own, "date", NONE))) if undated else None,
        years=tuple(held_years(held)),
        beside=(
            *((one.plural, company(facets[one.kind], own, "")) for one in ENTITIES),
            *((PLURALS[name], values(facets[name], own)) for name in FIELD_FACETS if name != "source"),
        ),
        hits=tuple(hit_view(hit, own) for hit in result.hits),
    )


def held_years(held: Mapping[str, int]) -> Iterator[HeldYear]:
    """The years from the last held to the first, those with nothing too: what is missing is to be seen."""
    if not held:
        return
    for year in range(int(max(held)[:4]), int(min(held)[:4]) - 1, -1):
        months = tuple(held.get(f"{year}-{month:02}", 0) for month in range(1, MONTHS + 1))
        yield HeldYear(LinkView(str(year), calendar_url(str(year))), months, sum(months))


def values(facet: Facet, own: SearchRequest) -> tuple[CountView, ...]:
    """The most frequent values of a field in the paper; the link leads to exactly those articles."""
    named = [value for value in facet.values if value.key != NONE and value.count]
    return tuple(
        CountView(value.label, value.count, search_url(choose(own, facet.name, value.key)))
        for value in named[:VALUES_SHOWN]
    )

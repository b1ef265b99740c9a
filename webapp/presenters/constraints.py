"""Shows the constraints of a result, each with the page that is left without it, and the ways out of an empty page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from search.facet_table import TITLES
from search.facets.periods import chosen_period
from search.request import FACETS, SearchRequest
from search.result import SearchResult
from webapp.presenters.russian import span
from webapp.urls.links import search_url
from webapp.urls.transitions import anytime, release


@dataclass(frozen=True, slots=True)
class Condition:
    """A constraint above the hits; `url` is the page without it."""

    kind: str
    label: str
    without: SearchRequest
    excluded: bool = False

    @property
    def url(self) -> str:
        """The page without this condition."""
        return search_url(self.without)


@dataclass(frozen=True, slots=True)
class WayOut:
    """A way out of an empty page: where it leads, how many articles wait there."""

    label: str
    url: str
    count: int


def conditions(result: SearchResult) -> tuple[Condition, ...]:
    """The constraints, each with the request that is left without it."""
    request = result.request
    labels = {(facet.name, value.key): value.label for facet in result.facets for value in facet.values}

    def of(choices: Mapping[str, tuple[str, ...]], excluded: bool) -> list[Condition]:
        said = "кроме: {}" if excluded else "{}"
        return [
            Condition(
                said.format(TITLES[facet].lower()),
                labels.get((facet, key), key),
                release(request, facet, key),
                excluded,
            )
            for facet in FACETS
            for key in choices.get(facet, ())
        ]

    found = of(request.chosen, False) + of(request.excluded, True)
    whole = chosen_period(request)
    ranged = whole.label if whole else span(request.date_from, request.date_to)
    if ranged:
        left = request.undated if request.undated == "only" else "no"
        found.append(Condition("вышли", ranged, replace(anytime(request), undated=left)))
    if request.undated == "only":
        found.append(Condition("вышли", "без даты", replace(request, undated="no", page=1)))
    if request.undated == "also" and ranged:
        found.append(Condition("или", "без даты", replace(request, undated="no", page=1)))
    return tuple(found)


def ways_out(result: SearchResult, total: Callable[[SearchRequest], int]) -> tuple[WayOut, ...]:
    """Which constraint of an empty page to do without, by what would be found, or else to do without any.

    `total` counts the articles of a request.
    """
    ways = [
        WayOut(f"без условия «{condition.kind} {condition.label}»", condition.url, total(condition.without))
        for condition in conditions(result)
    ]
    helpful = sorted((way for way in ways if way.count), key=lambda way: -way.count)
    if ways and not helpful:
        free = SearchRequest(text=result.request.text, sort=result.request.sort)
        helpful = [way for way in (WayOut("без всех условий", search_url(free), total(free)),) if way.count]
    return tuple(helpful)

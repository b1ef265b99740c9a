"""Shows the constraints of a result, each with the page that is left without it, and the ways out of an empty page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from search.engine import HeldPeriods
from search.facet_table import TITLES
from search.facets.periods import MONTH_NAMES, chosen_period
from search.query.canonical import canonical
from search.query.tree import And, Idle, Node, both
from search.request import ENTITY_FACETS, FACETS, SearchRequest
from search.result import FacetValue, SearchResult
from webapp.presenters.russian import NBSP, span
from webapp.urls.links import search_url
from webapp.urls.transitions import anytime, release

WAYS_SHOWN = 6
MOST_WORDS = 12  # of a query of which one may be too many
WORDS_LEFT_OUT = 6  # of a query: so many are tried one by one


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


def told(facet: str, value: FacetValue) -> str:
    """What a value is called; an id that nobody in the archive has is said to be one."""
    is_unknown = facet in ENTITY_FACETS and value.key == value.label and not value.count
    return f"{value.key} – такого имени в архиве нет" if is_unknown else value.label


def conditions(result: SearchResult) -> tuple[Condition, ...]:
    """The constraints, each with the request that is left without it."""
    request = result.request
    labels = {(facet.name, value.key): told(facet.name, value) for facet in result.facets for value in facet.values}

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
    """What would be found without each constraint and without each word of an empty page, the most first; or else
    without any constraint. `total` counts the articles of a request."""
    asked = replace(result.request, page=1)
    ways = [
        WayOut(f"без условия «{condition.kind} {condition.label}»", condition.url, total(condition.without))
        for condition in conditions(result)
    ]
    for part, rest in words_left_out(result.tree):
        request = replace(asked, text=rest)
        ways.append(WayOut(f"без «{part}»: {rest}", search_url(request), total(request)))
    helpful = sorted((way for way in ways if way.count), key=lambda way: -way.count)[:WAYS_SHOWN]
    if ways and not helpful:
        free = SearchRequest(text=asked.text, sort=asked.sort)
        helpful = [way for way in (WayOut("без всех условий", search_url(free), total(free)),) if way.count]
    return tuple(helpful)


def words_left_out(tree: Node) -> Iterator[tuple[str, str]]:
    """Each part of a query that articles must have, and the query without it; none of a query of one part."""
    parts = tree.parts if isinstance(tree, And) else ()
    wanted = [part for part in parts if not isinstance(part, Idle)]
    for part in wanted[:WORDS_LEFT_OUT] if 1 < len(wanted) <= MOST_WORDS else ():
        yield canonical(part), canonical(both(other for other in parts if other is not part))


def absence(request: SearchRequest, held: HeldPeriods, labels: Mapping[str, str]) -> str:
    """That the archive holds nothing of the request's days, or of its only paper on those days; empty where it does."""
    papers = [key for key in request.chosen.get("source", ()) if key in held.papers]
    ranged = span(request.date_from, request.date_to)
    if len(papers) == 1 and request.chosen.get("source") == (papers[0],):
        months = held.papers[papers[0]]
        if ranged and not any(_touches(month, request) for month in months):
            first, last = min(months), max(months)
            return f"Газеты «{labels.get(papers[0], papers[0])}» {ranged} в архиве нет: есть {_month(first)}" + (
                f"\N{EN DASH}{_month(last)}." if first != last else "."
            )
    if ranged and not any(_holds(day, request) for day in held.days):
        return f"{ranged[:1].upper()}{ranged[1:]} в архиве нет ни одной статьи."
    return ""


def _holds(day: str, request: SearchRequest) -> bool:
    first, last = request.date_from, request.date_to
    return (not first or day >= first.isoformat()) and (not last or day <= last.isoformat())


def _touches(month: str, request: SearchRequest) -> bool:
    first, last = request.date_from, request.date_to
    return (not first or month >= first.isoformat()[:7]) and (not last or month <= last.isoformat()[:7])


def _month(key: str) -> str:
    return f"{MONTH_NAMES[int(key[5:]) - 1]}{NBSP}{key[:4]}"

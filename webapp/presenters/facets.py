"""Shows the facets of a result: lists of values that know their own links, counts and bars."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from search.facet_table import TITLES
from search.request import ENTITY_FACETS, NONE, DateStep, SearchRequest
from search.result import Facet, FacetValue, SearchResult
from webapp.urls.links import by_key, by_period, choose_url, search_url
from webapp.urls.params import DEFAULTS, MAX_FACET_SIZE, pairs
from webapp.urls.transitions import also, choose, exclude, period, release

STEP_LABELS: tuple[tuple[DateStep, str], ...] = (("year", "по годам"), ("month", "по месяцам"), ("day", "по дням"))
VALUES_OPEN = 8  # values of a facet that stand open; the others unfold
LARGER_FACET_SIZES = (100, 500, MAX_FACET_SIZE)  # what «показать больше» enlarges a facet to
DATE_ROWS = 62  # more dates than this are cut to the chosen period's surroundings, or to the newest


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value: where it leads, and where its minus (never for dates) and its plus lead."""

    label: str
    count: int
    url: str
    state: str  # "", "selected", "excluded": the link of the last two takes the value back
    minus: str | None = None
    left: int = 0  # what the minus promises to leave
    plus: str | None = None  # beside the values chosen already
    share: int = 0  # of the longest bar, in per cent


@dataclass(frozen=True, slots=True)
class StepView:
    """A date step to count by; no link where it is the one in use."""

    label: str
    url: str | None


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet: its first values, those that unfold, and the link to more."""

    name: str
    title: str
    values: tuple[ValueView, ...]
    folded: tuple[ValueView, ...] = ()
    unfolded: bool = False
    more: str | None = None
    hidden: int = 0  # values that neither stand here nor unfold
    steps: tuple[StepView, ...] = ()
    find: tuple[tuple[str, str], ...] | None = None  # what a form that looks for a value keeps; None: no form


def facet_views(result: SearchResult) -> tuple[FacetView, ...]:
    """The facets that have something to offer, in the result's order: more than «без …» of every article."""
    told = (
        facet for facet in result.facets if any(one.key != NONE or one.selected or one.excluded for one in facet.values)
    )
    views = (date_view(facet, result) if facet.name == "date" else facet_view(facet, result) for facet in told)
    return tuple(view for view in views if view.values)


def facet_view(facet: Facet, result: SearchResult) -> FacetView:
    """A facet's values: chosen and excluded first, «без …» last of those that stand open."""
    request = result.request
    values = [value for value in facet.values if value.count or value.selected or value.excluded]
    first = [value for value in values if value.selected or value.excluded]
    nameless = [value for value in values if value.key == NONE and value not in first]
    others = [value for value in values if value not in first and value not in nameless]
    view = partial(value_view, facet=facet, request=request, links=Links.of(request, facet.name))
    views = [view(value) for value in first + others[:VALUES_OPEN] + nameless]
    folded = [view(value) for value in others[VALUES_OPEN:]]
    hidden = max(0, facet.size - len(facet.values))
    larger = next((size for size in LARGER_FACET_SIZES if size > request.facet_size), None)
    return FacetView(
        name=facet.name,
        title=TITLES[facet.name],
        values=tuple(views),
        folded=tuple(folded),
        unfolded=request.facet_size > DEFAULTS.facet_size,
        more=f"{search_url(replace(request, facet_size=larger))}#{facet.name}" if hidden and larger else None,
        hidden=hidden,
        find=tuple(pairs(replace(request, page=1))) if facet.name in ENTITY_FACETS and (folded or hidden) else None,
    )


@dataclass(frozen=True, slots=True)
class Links:
    """Where any value of a facet leads that is neither chosen nor excluded."""

    choose: Callable[[str], str]
    exclude: Callable[[str], str]
    also: Callable[[str], str] | None  # where values join those chosen already

    @classmethod
    def of(cls, request: SearchRequest, facet: str) -> "Links":
        """The links of one facet beside what `request` has found."""
        joins = facet not in ENTITY_FACETS and request.chosen.get(facet)
        return cls(
            choose_url(request, facet),
            by_key(request, lambda key: exclude(request, facet, key)),
            by_key(request, lambda key: also(request, facet, key)) if joins else None,
        )


def value_view(value: FacetValue, facet: Facet, request: SearchRequest, links: Links) -> ValueView:
    """A value of any facet but the date."""
    if value.selected or value.excluded:
        url = search_url(release(request, facet.name, value.key))
        return ValueView(value.label, value.count, url, "selected" if value.selected else "excluded")
    return ValueView(
        label=value.label,
        count=value.count,
        url=links.choose(value.key),
        state="",
        minus=links.exclude(value.key),
        left=facet.base - value.count,
        plus=links.also(value.key) if links.also else None,
    )


def date_view(facet: Facet, result: SearchResult) -> FacetView:
    """The dates, newest first, «без даты» last, each with its bar, and the steps to count them by."""
    request = result.request
    dated = [value for value in reversed(facet.values) if value.key != NONE and (value.count or value.selected)]
    shown = _near(dated, request)
    nameless = [value for value in facet.values if value.key == NONE and (value.count or value.selected)]
    longest = max((value.count for value in shown), default=0)
    url = by_period(request)
    return FacetView(
        name="date",
        title=TITLES["date"],
        values=tuple(_date_value(value, longest, request, url) for value in shown + nameless),
        hidden=len(dated) - len(shown),
        steps=tuple(_step(step, label, result) for step, label in STEP_LABELS),
    )


def _date_value(value: FacetValue, longest: int, request: SearchRequest, url: Callable[[str], str]) -> ValueView:
    if value.selected:
        return ValueView(value.label, value.count, search_url(release(request, "date", value.key)), "selected",
                         share=_share(value, longest))  # fmt: skip
    leads = search_url(choose(request, "date", NONE)) if value.key == NONE else url(value.key)
    return ValueView(value.label, value.count, leads, "", share=_share(value, longest))


def _share(value: FacetValue, longest: int) -> int:
    """The length of a value's bar, in per cent of the longest."""
    return round(100 * value.count / longest) if longest and value.key != NONE else 0


def _near(values: list[FacetValue], request: SearchRequest) -> list[FacetValue]:
    """Not more dates than a page can hold: those of the chosen period, else the newest."""
    if len(values) <= DATE_ROWS:
        return values
    first, last = request.date_from, request.date_to
    inside = [
        value
        for value in values
        if (not first or period(value.key).last >= first) and (not last or period(value.key).first <= last)
    ]
    return inside[:DATE_ROWS]


def _step(step: DateStep, label: str, result: SearchResult) -> StepView:
    url = search_url(replace(result.request, date_step=step, page=1))
    return StepView(label, None if step == result.date_step else url)

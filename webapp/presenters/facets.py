"""Shows the facets of a result as one form: lists of values to tick or to exclude, with their counts and bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.facet_table import PLURALS
from search.facets.news_sources import is_news_source
from search.request import ENTITY_FACETS, FIELD_FACETS, NONE, SearchRequest
from search.result import Facet, FacetValue, SearchResult
from webapp.presenters.constraints import told
from webapp.urls.links import values_url

VALUES_OPEN = 7  # values of a facet that stand on the page; the others are on a page of their own
SOURCES_OPEN = 3  # news agencies and papers that articles quote, below the values
VALUES_FOLDED = 5  # of a facet that unfolds
STEPS_OF_BAR = 20
VALUES_TO_LOOK_THROUGH = 20  # from so many values on, there is a field to look for one
OPEN_FACETS = ("enterprise", "person", "source")  # the others unfold
BESIDE_EACH_OTHER = "все сразу"  # chosen values of persons and bodies
EITHER = "любое из"


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value: what is sent when it is ticked or excluded, how many articles have it."""

    key: str
    label: str
    count: int
    chosen: bool
    excluded: bool
    share: int  # the length of its bar, in steps of a twentieth of the longest; 0: it has none


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet: the values that stand on the page, and where all are."""

    name: str
    title: str
    joined: str  # how chosen values go together
    values: tuple[ValueView, ...]
    sources: tuple[ValueView, ...]  # quoted by the articles rather than what they are about
    folded: bool
    size: int  # values there are
    others: int  # values that do not stand here
    all_values: str  # the page of all
    find: bool  # whether there is a field to look for a value


def facet_views(result: SearchResult) -> tuple[FacetView, ...]:
    """The facets that narrow the result or hold a choice: those that stand open first."""
    order = {name: place for place, name in enumerate(OPEN_FACETS)}
    facets = sorted(result.facets, key=lambda facet: order.get(facet.name, len(order)))
    papers = [value.label for facet in facets if facet.name == "source" for value in facet.values if value.key != NONE]
    return tuple(
        facet_view(facet, result.request, papers) for facet in facets if facet.name != "date" and offers(facet)
    )


def offers(facet: Facet) -> bool:
    """Whether a choice can be made or taken back: one value that all articles have is none."""
    if any(value.selected or value.excluded for value in facet.values):
        return True
    named = [value for value in facet.values if value.key != NONE and value.count]
    return len(named) > 1 or any(value.count < facet.base or facet.name in ENTITY_FACETS for value in named)


def facet_view(facet: Facet, request: SearchRequest, papers: Sequence[str]) -> FacetView:
    """A facet's values: chosen and excluded first, «без …» last; apart from them those that are only quoted."""
    values = [value for value in facet.values if value.count or value.selected or value.excluded]
    first = [value for value in values if value.selected or value.excluded]
    nameless = [value for value in values if value.key == NONE and value not in first]
    others = [value for value in values if value not in first and value not in nameless]
    quoted = [value for value in others if facet.name in ENTITY_FACETS and is_news_source(value.label, papers)]
    others = [value for value in others if value not in quoted]
    shown = first + others[: VALUES_OPEN if facet.name in OPEN_FACETS else VALUES_FOLDED] + nameless
    sources = quoted[:SOURCES_OPEN]
    longest = max((value.count for value in shown), default=0)
    return FacetView(
        name=facet.name,
        title=PLURALS[facet.name],
        joined=EITHER if facet.name in FIELD_FACETS else BESIDE_EACH_OTHER,
        values=tuple(value_view(facet.name, value, longest if len(shown) > 1 else 0) for value in shown),
        sources=tuple(value_view(facet.name, value, 0) for value in sources),
        folded=facet.name not in OPEN_FACETS and not first,
        size=facet.size,
        others=facet.size - len(shown) - len(sources),
        all_values=values_url(facet.name, request),
        find=facet.size >= VALUES_TO_LOOK_THROUGH,
    )


def value_view(facet: str, value: FacetValue, longest: int) -> ValueView:
    """A value beside others of which the most frequent has `longest` articles; 0: no bar."""
    share = max(1, round(STEPS_OF_BAR * value.count / longest)) if longest and value.count else 0
    return ValueView(value.key, told(facet, value), value.count, value.selected, value.excluded, share)

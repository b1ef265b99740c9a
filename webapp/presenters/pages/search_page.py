"""Shows a page of results: the form, the conditions, the facets, the hits and the pager."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from search.request import FACETS, NONE, SearchRequest, Sort
from search.result import Facet, SearchResult
from search.suggest.entities_in_query import subjects
from webapp.presenters.below_line import PartialGroup, headline, partial_groups
from webapp.presenters.constraints import Condition, conditions
from webapp.presenters.facets import FacetView, facet_views
from webapp.presenters.hits import HitView, LinkView, hit_view
from webapp.presenters.reprints import FoldView, fold_view
from webapp.presenters.russian import articles, number
from webapp.presenters.strip import StripView, strip_view
from webapp.urls.links import entity_url, feed_url, save_url, search_url, table_url
from webapp.urls.params import pairs

SORTS: tuple[tuple[Sort | None, str], ...] = (
    (None, "по близости к запросу"),
    ("newest", "сначала новые"),
    ("oldest", "сначала старые"),
    ("added", "недавно пришли"),
)
SIZES = (10, 20, 50, 100)  # hits on a page that are offered
PAGES_AROUND = 2  # pages linked on each side of the present one


@dataclass(frozen=True, slots=True)
class FormView:
    """The search form, filled in; `hidden` keeps what has no field."""

    text: str
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SortView:
    """An order of hits; no address: the present one."""

    value: str
    label: str
    url: str | None


@dataclass(frozen=True, slots=True)
class SuggestedLink:
    """Where it leads, what it is called there, how many articles wait; 0: it is no search."""

    label: str
    url: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that is offered for a query."""

    rescue: tuple[str, SuggestedLink] | None  # what was done with a query that finds nothing, and that query itself
    meant: tuple[SuggestedLink, ...]  # the queries that were probably meant
    dated: SuggestedLink | None  # what was published on the days that it names
    other_words: tuple[tuple[str, SuggestedLink], ...]  # a typed word, another that it may mean
    subjects: tuple[SuggestedLink, ...]  # the pages of those whose name it is


@dataclass(frozen=True, slots=True)
class SearchView:
    """All of a page of results."""

    form: FormView
    read_as: str
    suggestions: Suggestions
    headline: str
    total: int
    conditions: tuple[Condition, ...]
    unconditioned: str  # the page without any of them
    strip: StripView | None
    facets: tuple[FacetView, ...]
    kept: tuple[tuple[str, str], ...]  # what the form of facets keeps unseen
    everything: tuple[tuple[str, str], ...]  # what a form that looks for a value keeps
    sorts: tuple[SortView, ...]
    hits: tuple[HitView, ...]
    partial: tuple[PartialGroup, ...]
    pager: tuple[LinkView, ...]
    sizes: tuple[LinkView, ...]  # none where all hits stand on any page
    previous: str | None
    next: str | None
    undated: LinkView | None
    fold: FoldView | None
    start: int  # the first hit's number
    shown: str  # «1–20 из 193»
    feed: str
    table: str
    save: str  # the page of saved searches with this one


def form_view(request: SearchRequest) -> FormView:
    """The form as the request left it; a search from it begins at the first page."""
    return FormView(request.text, kept(request, "q", "page", "as_typed"))


def kept(request: SearchRequest, *fields: str) -> tuple[tuple[str, str], ...]:
    """What a form keeps unseen: all of the request that has no field in it."""
    return tuple((name, value) for name, value in pairs(request) if name not in fields)


def sort_links(request: SearchRequest) -> tuple[SortView, ...]:
    """The orders of hits, the present one without an address."""
    chosen = None if request.sort == "relevance" else request.sort
    return tuple(
        SortView(sort or "", label, None if sort == chosen else search_url(replace(request, sort=sort, page=1)))
        for sort, label in SORTS
    )


def search_view(result: SearchResult) -> SearchView:
    """A page of results."""
    request = result.request
    last = result.pages
    first = (request.page - 1) * request.size + 1
    return SearchView(
        form=form_view(request),
        read_as=result.read_as,
        suggestions=suggestions(result),
        headline=headline(result),
        total=result.total,
        conditions=conditions(result),
        unconditioned=search_url(SearchRequest(text=request.text, sort=request.sort)),
        strip=strip_view(result.timeline, request, kept(request, "from", "to", "page")),
        facets=facet_views(result),
        kept=kept(request, *FACETS, *(f"not_{facet}" for facet in FACETS), "sort", "page"),
        everything=kept(request, "page"),
        sorts=sort_links(request),
        hits=tuple(hit_view(hit, request, place) for place, hit in enumerate(result.hits, first)),
        partial=partial_groups(result.partial, request),
        pager=pager(request.page, last, lambda number: search_url(replace(request, page=number))),
        sizes=size_links(result),
        previous=search_url(replace(request, page=request.page - 1)) if 1 < request.page <= last else None,
        next=search_url(replace(request, page=request.page + 1)) if request.page < last else None,
        undated=undated_link(result),
        fold=fold_view(result),
        start=first,
        shown=shown_of(result),
        feed=feed_url(request),
        table=table_url(request),
        save=save_url(request),
    )


def size_links(result: SearchResult) -> tuple[LinkView, ...]:
    """How many hits may stand on a page, the present number without an address; each keeps the first hit in sight."""
    request = result.request
    if result.pages == 1 and request.size <= min(SIZES):
        return ()
    first = (request.page - 1) * request.size
    return tuple(
        LinkView(
            str(size),
            None if size == request.size else search_url(replace(request, size=size, page=first // size + 1)),
        )
        for size in sorted({*SIZES, request.size})
    )


def shown_of(result: SearchResult) -> str:
    """Which hits stand on the page, of how many: «1–20 из 193»."""
    request, hits = result.request, len(result.hits)
    first = (request.page - 1) * request.size + 1
    total = result.total if request.reprints else result.stories
    return f"{number(first)}\N{EN DASH}{number(first + hits - 1)} из {number(total)}" if hits else ""


def suggestions(result: SearchResult) -> Suggestions:
    """What is offered beside a result; all its conditions are kept."""
    asked = replace(result.request, page=1)
    rescue, then = result.rescue, result.dated
    return Suggestions(
        rescue=(
            rescue.says,
            SuggestedLink(rescue.typed, search_url(SearchRequest(text=rescue.typed, as_typed=True))),
        )
        if rescue
        else None,
        meant=tuple(
            SuggestedLink(meant.query, search_url(replace(asked, text=meant.query, as_typed=False)), meant.total)
            for meant in result.suggestions
        ),
        dated=SuggestedLink(
            f"{then.query}, {then.label}" if then.query else then.label,
            search_url(replace(asked, text=then.query, date_from=then.date_from, date_to=then.date_to, as_typed=False)),
            then.total,
        )
        if then
        else None,
        other_words=tuple(
            (other.typed, SuggestedLink(other.meant, search_url(replace(asked, text=other.query, as_typed=False))))
            for other in result.other_words
        ),
        subjects=tuple(SuggestedLink(one.label, entity_url(one.kind, one.key)) for one in subjects(result)),
    )


def pager(page: int, last: int, url: Callable[[int], str]) -> tuple[LinkView, ...]:
    """The first page, those around the present one, the last; «…» where some are left out; nothing of one page."""
    if last <= 1:
        return ()
    near = range(max(1, page - PAGES_AROUND), min(last, page + PAGES_AROUND) + 1)
    links: list[LinkView] = []
    before = 0
    for each in sorted({1, *near, last}):
        if each > before + 1:
            links.append(LinkView("…", None))
        links.append(LinkView(str(each), None if each == page else url(each)))
        before = each
    return tuple(links)


def undated_link(result: SearchResult) -> LinkView | None:
    """What a range of dates leaves out because it bears no date."""
    request = result.request
    if request.undated != "no" or not (request.date_from or request.date_to):
        return None
    dates: Iterable[Facet] = (facet for facet in result.facets if facet.name == "date")
    count = sum(value.count for facet in dates for value in facet.values if value.key == NONE)
    return LinkView(articles(count), search_url(replace(request, undated="also", page=1))) if count else None

"""Results in, what a template prints out: every link made, every number counted, no logic left to the template."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import url_for
from markupsafe import Markup

from indexer.annotation import Kind
from indexer.text.tokens import forms
from search.request import NONE, SearchRequest, Sort
from search.result import ArticlePage, Facet, Hit, Named, Overview, SearchResult
from webapp.presenters.citation import cite, web_address
from webapp.presenters.constraints import Condition, conditions
from webapp.presenters.facets import FacetView, facet_views, search_url
from webapp.presenters.reprints import (
    Correction,
    FoldView,
    ReprintsView,
    StoryRow,
    article_url,
    beside,
    correction,
    fold_view,
    story_rows,
)
from webapp.presenters.russian import ORIGINS, articles, marked, published
from webapp.presenters.suggestions import Offers, offers
from webapp.urls.links import choose_url, entity_url, feed_url, table_url
from webapp.urls.params import pairs
from webapp.urls.transitions import choose

IN_FORM = ("q", "from", "to", "sort", "page")  # the other parameters travel hidden
SORTS: tuple[tuple[Sort | None, str], ...] = (
    (None, "по соответствию"),
    ("newest", "сначала новые"),
    ("oldest", "сначала старые"),
)
AROUND = 2  # pages linked on each side of the present one
NAMES = 12  # persons or enterprises that stand beside a hit
KINDS: tuple[tuple[Kind, str], ...] = (
    ("person", "Персоны"),
    ("enterprise", "Предприятия"),
    ("organisation", "Организации"),
)


@dataclass(frozen=True, slots=True)
class LinkView:
    """A label and where it leads; no address: the thing itself."""

    label: str
    url: str | None
    given: bool = False  # named by a cataloguer
    about: str | None = None  # the page about it
    former: str = ""  # the former name by which the article calls it


@dataclass(frozen=True, slots=True)
class FormView:
    """The search form, filled in; `hidden` keeps what has no field."""

    text: str
    date_from: str
    date_to: str
    sorts: tuple[tuple[str, str, bool], ...]  # value, label, chosen
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit: where its article is, what is marked in it, who is named in it."""

    url: str
    title: str
    when: str
    source: str | None
    snippets: tuple[Markup, ...]
    names: tuple[tuple[str, tuple[LinkView, ...], int], ...]  # kind's title, links, how many more
    reprints: ReprintsView | None = None


@dataclass(frozen=True, slots=True)
class SearchView:
    """All of a page of results."""

    form: FormView
    read_as: str
    offers: Offers
    total: int
    conditions: tuple[Condition, ...]
    facets: tuple[FacetView, ...]
    hits: tuple[HitView, ...]
    partial: tuple[HitView, ...]
    partial_total: int
    pager: tuple[LinkView, ...]
    previous: str | None
    next: str | None
    undated: LinkView | None
    fold: FoldView | None
    start: int  # the first hit's number
    feed: str
    table: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All of an article's page."""

    title: Markup | None
    heading: str
    address: str
    when: str
    source: str | None
    facts: tuple[tuple[str, LinkView], ...]
    paragraphs: tuple[Markup, ...]
    names: tuple[tuple[str, tuple[LinkView, ...]], ...]
    citation: str
    similar: str | None  # a search for the words of the title
    back: LinkView
    story: tuple[StoryRow, ...]
    correction: Correction | None


def form_view(request: SearchRequest) -> FormView:
    """The form as the request left it; a search from it begins at the first page."""
    chosen = None if request.sort == "relevance" else request.sort
    return FormView(
        text=request.text,
        date_from=request.date_from.isoformat() if request.date_from else "",
        date_to=request.date_to.isoformat() if request.date_to else "",
        sorts=tuple((sort or "", label, sort == chosen) for sort, label in SORTS),
        hidden=tuple((name, value) for name, value in pairs(request) if name not in IN_FORM),
    )


def search_view(result: SearchResult) -> SearchView:
    """A page of results."""
    request = result.request
    last = result.pages
    return SearchView(
        form=form_view(request),
        read_as=result.read_as,
        offers=offers(result),
        total=result.total,
        conditions=conditions(result),
        facets=facet_views(result),
        hits=tuple(hit_view(hit, request) for hit in result.hits),
        partial=tuple(hit_view(hit, request) for hit in result.partial.hits),
        partial_total=result.partial.total,
        pager=pager(request, last) if last > 1 else (),
        previous=search_url(replace(request, page=request.page - 1)) if 1 < request.page <= last else None,
        next=search_url(replace(request, page=request.page + 1)) if request.page < last else None,
        undated=undated_link(result),
        fold=fold_view(result),
        start=(request.page - 1) * request.size + 1,
        feed=feed_url(request),
        table=table_url(request),
    )


def hit_view(hit: Hit, request: SearchRequest) -> HitView:
    """One hit of the page of `request`."""
    groups = (("Персоны", "person", hit.persons), ("Предприятия", "enterprise", hit.enterprises))
    return HitView(
        url=article_url(hit.id, request),
        title=hit.title,
        when=published(hit.published),
        source=hit.source,
        snippets=tuple(marked(snippet.text, snippet.marks) for snippet in hit.snippets),
        names=tuple(
            (title, _narrowing(named[:NAMES], facet, request), max(0, len(named) - NAMES))
            for title, facet, named in groups
            if named
        ),
        reprints=beside(hit, request),
    )


def pager(request: SearchRequest, last: int) -> tuple[LinkView, ...]:
    """The first page, those around the present one, the last; «…» where some are left out."""
    near = range(max(1, request.page - AROUND), min(last, request.page + AROUND) + 1)
    links: list[LinkView] = []
    before = 0
    for page in sorted({1, *near, last}):
        if page > before + 1:
            links.append(LinkView("…", None))
        links.append(LinkView(str(page), None if page == request.page else search_url(replace(request, page=page))))
        before = page
    return tuple(links)


def undated_link(result: SearchResult) -> LinkView | None:
    """What a range of dates leaves out because it bears no date."""
    request = result.request
    if request.undated != "no" or not (request.date_from or request.date_to):
        return None
    dates: Iterable[Facet] = (facet for facet in result.facets if facet.name == "date")
    count = sum(value.count for facet in dates for value in facet.values if value.key == NONE)
    return LinkView(articles(count), search_url(replace(request, undated="also", page=1))) if count else None


def article_view(page: ArticlePage, request: SearchRequest) -> ArticleView:
    """An article's page, as reached from the page of `request`."""
    article = page.stored.article
    back = LinkView("К результатам поиска", search_url(request)) if pairs(request) else None
    return ArticleView(
        title=marked(article.title, page.title_marks) if article.title else None,
        heading=article.heading,
        address=url_for("pages.article", id=page.stored.id),
        when=published(article.published),
        source=article.source,
        facts=_facts(page),
        paragraphs=tuple(map(marked, article.paragraphs, page.paragraph_marks)),
        names=tuple(
            (title, _narrowing(page.entities[kind], kind, SearchRequest()))
            for kind, title in KINDS
            if page.entities.get(kind)
        ),
        citation=cite(article),
        similar=_similar(article.title),
        back=back or LinkView("Ко всем статьям", search_url(request)),
        story=story_rows(page, request),
        correction=correction(page),
    )


def _similar(title: str | None) -> str | None:
    """The words alone: a sign of the title is none of a query."""
    words = dict.fromkeys(form for form in forms(title or "")[0] if form)
    return search_url(SearchRequest(text=" ".join(words))) if words else None


def _facts(page: ArticlePage) -> tuple[tuple[str, LinkView], ...]:
    article = page.stored.article
    origin = article.published.origin
    facts = [
        ("Издание", article.source, _only("source", article.source)),
        ("Номер", article.issue, None),
        ("Полоса", article.page, None),
        ("Рубрика", article.rubric, _only("rubric", article.rubric)),
        ("Автор", article.author, _only("author", article.author)),
        ("Дата взята", ORIGINS[origin] if origin else None, None),
        ("Адрес", article.url, web_address(article.url)),
        ("Партия", page.batch, url_for("about.batch", id=page.stored.batch)),
    ]
    return tuple((title, LinkView(label, url)) for title, label, url in facts if label)


def _only(facet: str, key: str | None) -> str | None:
    return search_url(choose(SearchRequest(), facet, key)) if key else None


def _narrowing(named: Iterable[Named], facet: str, request: SearchRequest) -> tuple[LinkView, ...]:
    chosen, choosing = request.chosen.get(facet, ()), choose_url(request, facet)
    return tuple(
        LinkView(
            name.label,
            None if name.key in chosen else choosing(name.key),
            name.given,
            entity_url(facet, name.key),
            name.former,
        )
        for name in named
    )


def home_sources(overview: Overview) -> tuple[tuple[LinkView, int], ...]:
    """The papers of the archive, each with its articles."""
    return tuple(
        (LinkView(value.label, search_url(choose(SearchRequest(), "source", value.key))), value.count)
        for value in overview.sources
    )

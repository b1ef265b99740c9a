"""Shows found articles: where each leads, what is marked in it, who is named in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from search.request import SearchRequest
from search.result import Hit, NamedEntity
from webapp.presenters.reprints import ReprintsView, article_url, beside
from webapp.presenters.russian import marked, published
from webapp.urls.links import choose_url, entity_url

NAMES_BESIDE_HIT = 12  # persons or enterprises that stand beside a hit


@dataclass(frozen=True, slots=True)
class LinkView:
    """A label and where it leads; no address: the thing itself."""

    label: str
    url: str | None
    given: bool = False  # named by a cataloguer
    about: str | None = None  # the page about it
    former: str = ""  # the former name by which the article calls it


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
            (title, narrowing(named[:NAMES_BESIDE_HIT], facet, request), max(0, len(named) - NAMES_BESIDE_HIT))
            for title, facet, named in groups
            if named
        ),
        reprints=beside(hit, request),
    )


def narrowing(named: Iterable[NamedEntity], facet: str, request: SearchRequest) -> tuple[LinkView, ...]:
    """Each name as a link that narrows the search to it."""
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

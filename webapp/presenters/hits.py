"""Shows found articles: where each leads, what is marked in it, who is named in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from search.request import SearchRequest
from search.result import Hit, NamedEntity
from webapp.presenters.reprints import ReprintsView, beside
from webapp.presenters.russian import marked, published
from webapp.urls.links import article_url, choose_url, entity_url, links_fit

LINKS_OF_HIT = 12  # its article, names and reprints
NAMES_BESIDE_HIT = 4  # persons and enterprises that stand beside a hit
KIND_STYLES = {"person": "person", "enterprise": "plant", "organisation": "body"}  # how a name is underlined


@dataclass(frozen=True, slots=True)
class LinkView:
    """A label and where it leads; no address: the thing itself."""

    label: str
    url: str | None
    given: bool = False  # named by a cataloguer
    about: str | None = None  # the page about it
    former: str = ""  # the former name by which the article calls it
    css: str = ""  # of its kind


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit: where its article is, what is marked in it, who is named in it."""

    url: str
    title: str
    day: str  # «2021-04-15», where it is known
    when: str
    source: str | None
    snippets: tuple[Markup, ...]
    names: tuple[LinkView, ...]
    more_names: int
    reprints: ReprintsView | None = None


def hit_view(hit: Hit, request: SearchRequest, place: int = 0) -> HitView:
    """One hit of the page of `request`; `place`: among all hits, 1 the first, where it is one of them."""
    linked = request if links_fit(request, LINKS_OF_HIT * request.size) else SearchRequest()
    names = (*narrowing(hit.persons, "person", request), *narrowing(hit.enterprises, "enterprise", request))
    shown = most_of_each(len(hit.persons), len(names), NAMES_BESIDE_HIT)
    return HitView(
        url=article_url(hit.id, linked, place if linked is request else 0),
        title=hit.title,
        day=hit.published.day.isoformat() if hit.published.day else "",
        when=published(hit.published),
        source=hit.source,
        snippets=tuple(marked(snippet.text, snippet.marks) for snippet in hit.snippets),
        names=tuple(names[place] for place in shown),
        more_names=len(names) - len(shown),
        reprints=beside(hit, linked),
    )


def most_of_each(first: int, every: int, most: int) -> list[int]:
    """Which of `every` names to show, the `first` of one kind and the rest of another: as many of each as may be.

    >>> most_of_each(5, 7, 4)
    [0, 1, 5, 6]
    """
    rest = every - first
    of_first = min(first, max(most - rest, (most + 1) // 2))
    return [*range(of_first), *range(first, first + min(rest, most - of_first))]


def narrowing(named: Iterable[NamedEntity], facet: str, request: SearchRequest) -> tuple[LinkView, ...]:
    """Each name as a link that narrows the search to it, or leads to its page where the page would be too large."""
    chosen = request.chosen.get(facet, ())
    narrows = links_fit(request, LINKS_OF_HIT * request.size)
    choosing = choose_url(request, facet) if narrows else partial(entity_url, facet)
    return tuple(
        LinkView(
            name.label,
            None if name.key in chosen else choosing(name.key),
            name.given,
            entity_url(facet, name.key),
            name.former,
            KIND_STYLES[facet],
        )
        for name in named
    )

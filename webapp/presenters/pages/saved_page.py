"""Shows saved searches: how many articles each found then and finds now."""

from dataclasses import dataclass, replace

from search.request import SearchRequest
from search.result import SearchResult
from webapp.presenters.constraints import conditions
from webapp.presenters.russian import number, plural
from webapp.urls.links import feed_url, search_url
from webapp.urls.saved_searches import SavedSearch

NEW_COUNTED = 100  # articles that came since are counted up to so many


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved search: what is searched, what has become of it, where its articles are."""

    label: str
    conditions: tuple[str, ...]
    change: str  # «было 37, стало 41: 4 новых»
    is_new: bool
    url: str  # its articles, those that came last first
    feed: str
    without: str  # the page without it


def saved_view(saved: SavedSearch, result: SearchResult, new: int, without: str) -> SavedView:
    """A saved search as it stands now; `new`: articles that came since, as far as they were counted."""
    newest_first = replace(saved.request, sort="added", page=1)
    return SavedView(
        label=f"«{saved.request.text}»" if saved.request.text else "Все статьи",
        conditions=tuple(f"{one.kind} {one.label}" for one in conditions(result)),
        change=change(saved.total, result.total, new),
        is_new=new > 0,
        url=search_url(newest_first),
        feed=feed_url(newest_first),
        without=without,
    )


def change(then: int, now: int, new: int) -> str:
    """What has become of a search.

    >>> change(37, 41, 4), change(37, 37, 0), change(37, 36, 0)
    ('было 37, стало 41: 4 новых', '37, ничего нового', 'было 37, стало 36: новых нет')
    """
    if then == now and not new:
        return f"{number(now)}, ничего нового"
    if not new:
        return f"было {number(then)}, стало {number(now)}: новых нет"
    more = "больше " if new > NEW_COUNTED else ""
    said = min(new, NEW_COUNTED)
    return f"было {number(then)}, стало {number(now)}: {more}{number(said)} {plural(said, 'новая', 'новых', 'новых')}"


def unsaved(request: SearchRequest) -> SearchRequest:
    """The search of a page without what only shows it: the page's number, its size, its order, its strip."""
    shown = SearchRequest()
    return replace(
        request,
        page=shown.page,
        size=shown.size,
        facet_size=shown.facet_size,
        sort=None,
        unit=shown.unit,
        date_step=None,
    )

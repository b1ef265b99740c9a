"""Shows the reprints of an article, beside a hit and on the article's page, and its corrections."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import url_for

from search.request import SearchRequest
from search.result import ArticlePage, Hit, Reprint, SearchResult
from webapp.presenters.russian import NBSP, articles, day, plural
from webapp.urls.links import article_url, search_url

REPRINTS_BESIDE_HIT = 6  # reprints that stand beside a hit


@dataclass(frozen=True, slots=True)
class ReprintView:
    """One article of a story: where it is, which paper printed it and when."""

    url: str
    source: str
    when: str


@dataclass(frozen=True, slots=True)
class ReprintsView:
    """What stands beside a hit: what they are called, the first of them, where the others are."""

    title: str
    shown: tuple[ReprintView, ...]
    others: str
    url: str


@dataclass(frozen=True, slots=True)
class FoldView:
    """What is said above the hits: how many articles there are without reprints, and the other way to see them."""

    count: str
    label: str
    url: str


def beside(hit: Hit, request: SearchRequest) -> ReprintsView | None:
    """The others of a hit's story; None where there are none."""
    if not hit.reprints:
        return None
    shown = tuple(reprint_view(one, request) for one in hit.reprints[:REPRINTS_BESIDE_HIT])
    more = len(hit.reprints) - len(shown)
    return ReprintsView(
        title=title(hit.source, hit.reprints),
        shown=shown,
        others=f"ещё{NBSP}{more}" if more else "",
        url=article_url(hit.id, request) + "#reprints",
    )


def title(source: str | None, others: Sequence[Reprint]) -> str:
    """«Ещё в 2 изданиях», or in articles, where papers are not known or print a text twice."""
    count = len(others)
    if len({source, *(one.source for one in others)} - {None}) == count + 1:
        return f"Ещё в{NBSP}{count}{NBSP}{plural(count, 'издании', 'изданиях', 'изданиях')}"
    return f"То же ещё в{NBSP}{count}{NBSP}{plural(count, 'статье', 'статьях', 'статьях')}"


def reprint_view(one: Reprint, request: SearchRequest) -> ReprintView:
    """One of the others."""
    when = day(one.published.day) if one.published.day else "без даты"
    return ReprintView(article_url(one.id, request), one.source or "издание не названо", when)


def fold_view(result: SearchResult) -> FoldView | None:
    """How many are left without reprints; None where there are none."""
    if result.stories == result.total:
        return None
    request = result.request
    label = "Свернуть перепечатки" if request.reprints else "Показать перепечатки отдельно"
    return FoldView(
        articles(result.stories), label, search_url(replace(request, reprints=not request.reprints, page=1))
    )


@dataclass(frozen=True, slots=True)
class StoryRow:
    """An article of a story on the page of one of them; `compare`: what it has otherwise, none of itself."""

    source: str
    when: str
    url: str | None
    compare: str | None
    original: bool


def story_rows(page: ArticlePage, request: SearchRequest) -> tuple[StoryRow, ...]:
    """The story of an article, the original first; two are compared from the earlier to the later."""
    ids = [one.id for one in page.story]
    rows = []
    for place, one in enumerate(page.story):
        here = one.id == page.stored.id
        first, second = sorted((place, ids.index(page.stored.id)))
        shown = reprint_view(one, request)
        compare = None if here else url_for("comparing.articles", id=ids[first], other=ids[second])
        rows.append(StoryRow(shown.source, shown.when, None if here else shown.url, compare, place == 0))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Correction:
    """That an article's text was replaced: when, what was changed, where the former texts are."""

    when: str
    compare: str
    versions: str


def correction(page: ArticlePage) -> Correction | None:
    """The last time the text was replaced; None where it never was."""
    if len(page.versions) < 2:
        return None
    id, (*_, former, present) = page.stored.id, page.versions
    return Correction(
        moment(present.at),
        url_for("comparing.corrected", id=id, version=former.number),
        url_for("comparing.versions", id=id),
    )


def moment(at: str) -> str:
    """The day of a moment in ISO 8601."""
    return day(dt.datetime.fromisoformat(at).date())

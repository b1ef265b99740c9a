"""Shows the first page: the archive by months, what arrived last, this day of other years, who is named, the papers."""

import datetime as dt
from dataclasses import dataclass

from archive.article import StoredArticle
from search.engine import HeldPeriods
from search.facets.periods import MONTH_GENITIVES
from search.pages.front_page import Lately, NamedLately
from search.request import NONE, SearchRequest
from search.result import Overview, YearsAgo
from webapp.presenters.held_months import bars, gaps_in_words, years_in_words
from webapp.presenters.hits import LinkView
from webapp.presenters.russian import NBSP, span
from webapp.presenters.strip import StripView, strip_view
from webapp.urls.links import article_url, calendar_url, entity_url, source_url

SPARK_WIDTH, SPARK_HEIGHT = 72, 14  # units of a drawn line
MARKS_ON_AXIS = 6
TITLES_LATELY = {"person": "Персоны", "enterprise": "Предприятия"}
SHORT_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


@dataclass(frozen=True, slots=True)
class DatedItem:
    """An article in a list: when, its title, and what else is said."""

    when: str
    title: str
    url: str
    also: str


@dataclass(frozen=True, slots=True)
class RankedName:
    """A name with its articles of late, and the line of its last months."""

    link: LinkView
    count: int
    line: str  # points of an SVG polyline
    last: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper: its articles, its years, what is missing between them, and the bars of what is held."""

    link: LinkView
    count: int
    years: str
    gaps: str
    bars: tuple[tuple[float, float], ...]  # left edge and width, in per cent of the archive's years


@dataclass(frozen=True, slots=True)
class FrontView:
    """All of the first page."""

    strip: StripView | None
    arrivals: tuple[DatedItem, ...]
    this_day: str
    same_day: tuple[DatedItem, ...]
    lately: str
    ranks: tuple[tuple[str, tuple[RankedName, ...]], ...]
    papers: tuple[PaperView, ...]
    axis: tuple[tuple[str, float], ...]  # a year, and where it stands, in per cent


def front_view(
    overview: Overview,
    held: HeldPeriods,
    arrived: list[StoredArticle],
    named: Lately | None,
    today: dt.date,
    years: list[YearsAgo],
) -> FrontView:
    """What the first page shows."""
    months = sorted(held.months)
    bounds = (int(months[0][:4]), int(months[-1][:4]) + 1) if months else (0, 1)
    return FrontView(
        strip=strip_view(overview.timeline, SearchRequest(), leads=calendar_url),
        arrivals=tuple(map(_arrival, arrived)),
        this_day=f"{today.day}{NBSP}{MONTH_GENITIVES[today.month - 1]}",
        same_day=tuple(
            DatedItem(
                str(one.year), one.first.title, article_url(one.first.id, SearchRequest()), one.first.source or ""
            )
            for one in years
        ),
        lately=span(named.first, named.last) if named else "",
        ranks=tuple(
            (TITLES_LATELY[kind], tuple(_ranked(kind, one) for one in some))
            for kind, some in (named.named.items() if named else ())
            if some
        ),
        papers=tuple(
            PaperView(
                LinkView(value.label, source_url(value.key)),
                value.count,
                years_in_words(own := held.papers.get(value.key, {})),
                gaps_in_words(own),
                tuple(bars(own, bounds)),
            )
            for value in overview.sources
            if value.key != NONE
        ),
        axis=tuple(_axis(*bounds)),
    )


def _arrival(stored: StoredArticle) -> DatedItem:
    article, day = stored.article, stored.article.published.day
    issue = f"№{NBSP}{article.issue.removeprefix('№').strip()}" if article.issue else ""
    also = " · ".join(part for part in (article.source or "", issue) if part)
    when = f"{day.day}{NBSP}{SHORT_MONTHS[day.month - 1]} {day.year}" if day else "без даты"
    return DatedItem(when, article.heading, article_url(stored.id, SearchRequest()), also)


def _ranked(kind: str, one: NamedLately) -> RankedName:
    most = max(one.months, default=0) or 1
    step = SPARK_WIDTH / max(1, len(one.months) - 1)
    points = [
        (round(place * step, 1), round(SPARK_HEIGHT + 1 - SPARK_HEIGHT * count / most, 1))
        for place, count in enumerate(one.months)
    ]
    line = " ".join(f"{x:g},{y:g}" for x, y in points)
    return RankedName(LinkView(one.label, entity_url(kind, one.key)), one.articles, line, points[-1])


def _axis(first: int, last: int) -> list[tuple[str, float]]:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / step <= MARKS_ON_AXIS)
    return [
        (str(year), round(100 * (year - first) / (last - first), 1)) for year in range(first, last) if not year % step
    ]

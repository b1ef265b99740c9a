"""Shows a year of the archive day by day, what it holds of each paper, and one day with the same day of other years."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from search.engine import HeldPeriods
from search.facets.periods import MONTH_GENITIVES, MONTH_NAMES
from search.request import SearchRequest
from search.result import Overview, Timeline
from webapp.presenters.hits import HitView, LinkView
from webapp.presenters.russian import NBSP, articles, day, number
from webapp.presenters.strip import MONTHS, StripView, strip_view
from webapp.urls.links import calendar_url, day_url, search_url, source_url
from webapp.urls.transitions import choose

SHADES = 5  # of days, by how many articles they have
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of a month: no address where the archive has no article of it."""

    number: int
    said: str  # «14 января: 41», «14 января: газет нет»
    count: int
    url: str | None
    css: str


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month with its days."""

    name: str
    days: tuple[DayView, ...]
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A paper with its articles of each month of the year; 0: the archive has none."""

    paper: LinkView
    months: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A year of the archive."""

    year: int
    total: str
    before: LinkView | None
    after: LinkView | None
    months: tuple[MonthView, ...]
    shades: tuple[str, ...]  # what each shade means
    papers: tuple[HeldPaper, ...]
    sums: tuple[int, ...]
    strip: StripView | None


@dataclass(frozen=True, slots=True)
class SameDay:
    """The same day of another year: how many articles, where, and one of them."""

    year: int
    count: int
    url: str
    title: str
    article: str


@dataclass(frozen=True, slots=True)
class DayPageView:
    """One day of the archive."""

    title: str
    total: str
    search: str
    calendar: LinkView
    before: LinkView | None  # the day before of which the archive has an article
    after: LinkView | None
    hits: tuple[HitView, ...]
    others: tuple[SameDay, ...]


def years_held(held: HeldPeriods) -> list[int]:
    """The years of which the archive has an article, ascending."""
    return sorted({int(key[:4]) for key in held.months})


def calendar_view(year: int, held: HeldPeriods, overview: Overview) -> CalendarView:
    """A year of the archive."""
    years = years_held(held)
    limits = shade_limits(held.days)
    sums = tuple(held.months.get(f"{year}-{month:02}", 0) for month in range(1, MONTHS + 1))
    labels = {value.key: value.label for value in overview.sources}
    return CalendarView(
        year=year,
        total=articles(sum(sums)),
        before=_year_link(max((one for one in years if one < year), default=None)),
        after=_year_link(min((one for one in years if one > year), default=None)),
        months=tuple(_month(year, month, held.days, limits) for month in range(1, MONTHS + 1)),
        shades=tuple(_shade_words(limits)),
        papers=tuple(
            HeldPaper(
                LinkView(labels.get(key, key), source_url(key)),
                months := tuple(counts.get(f"{year}-{month:02}", 0) for month in range(1, MONTHS + 1)),
                sum(months),
            )
            for key, counts in sorted(held.papers.items(), key=lambda one: -sum(one[1].values()))
        ),
        sums=sums,
        strip=strip_view(with_chosen_year(overview.timeline, year), SearchRequest(), leads=calendar_url),
    )


def with_chosen_year(timeline: Timeline, year: int) -> Timeline:
    """The axis of all years with one of them chosen."""
    periods = tuple(one._replace(chosen=one.key.startswith(f"{year}-")) for one in timeline.periods)
    return replace(timeline, periods=periods)


def shade_limits(days: Mapping[str, int]) -> list[int]:
    """The largest number of articles of each shade but the last: fifths of the days that have any."""
    counts = sorted(days.values())
    limits = {counts[len(counts) * part // SHADES] for part in range(1, SHADES)} if counts else set()
    return sorted(limit for limit in limits if limit < counts[-1])


def _shade_words(limits: list[int]) -> list[str]:
    low = 1
    said = []
    for limit in limits:
        said.append(f"до {number(limit)}" if low == 1 else f"{number(low)}\N{EN DASH}{number(limit)}")
        low = limit + 1
    return [*said, f"больше {number(limits[-1])}" if limits else "есть статьи"]


def _month(year: int, month: int, days: Mapping[str, int], limits: list[int]) -> MonthView:
    key = f"{year}-{month:02}"
    every = [_day(dt.date(year, month, one), days, limits) for one in range(1, calendar.monthrange(year, month)[1] + 1)]
    url = search_url(choose(SearchRequest(), "date", key))
    return MonthView(MONTH_NAMES[month - 1].capitalize(), tuple(every), sum(one.count for one in every), url)


def _day(date: dt.date, days: Mapping[str, int], limits: list[int]) -> DayView:
    count = days.get(date.isoformat(), 0)
    styles = [f"q{1 + sum(count > limit for limit in limits)}"] if count else []
    if date.day == 1 and date.weekday():
        styles.append(f"w{date.weekday() + 1}")
    if date.weekday() == SUNDAY:
        styles.append("su")
    said = f" {MONTH_GENITIVES[date.month - 1]}: " + ("" if count else "газет нет")
    return DayView(date.day, said, count, day_url(date.isoformat()) if count else None, " ".join(styles))


def _year_link(year: int | None) -> LinkView | None:
    return LinkView(str(year), calendar_url(str(year))) if year else None


def day_link(key: str | None) -> LinkView | None:
    """A day of the archive."""
    return LinkView(day(dt.date.fromisoformat(key)), day_url(key)) if key else None


def beside(date: dt.date, held: HeldPeriods) -> tuple[LinkView | None, LinkView | None]:
    """The days before and after of which the archive has an article."""
    key = date.isoformat()
    earlier = max((one for one in held.days if one < key), default=None)
    later = min((one for one in held.days if one > key), default=None)
    return day_link(earlier), day_link(later)


def day_title(date: dt.date) -> str:
    """«23 ноября 2022 года, среда»."""
    weekday = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")[date.weekday()]
    return f"{date.day}{NBSP}{MONTH_GENITIVES[date.month - 1]} {date.year} года, {weekday}"

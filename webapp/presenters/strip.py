"""Draws the time strip: a cell a year, month or day, its bars, where it leads, and the numbers in words."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from search.facets.periods import MONTH_NAMES
from search.request import SearchRequest, Unit
from search.result import Timeline, TimelinePeriod
from webapp.presenters.hits import LinkView
from webapp.presenters.russian import MONTHS_IN, NBSP, articles, number, plural, span
from webapp.urls.links import by_period, search_url
from webapp.urls.transitions import anytime, choose, period

CELL_WIDTH = 48  # units of a cell's drawing
CELL_HEIGHT = 64
TALLEST_BAR = 60.0
LOWEST_BAR = 1.5  # so that one article is seen beside thousands
FEW_HELD = 30  # articles of a month: a share of fewer says little, and is drawn pale
MONTHS = 12
YEARS_IN_ROW = 10  # on a narrow screen
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
UNIT_LABELS: tuple[tuple[Unit, str], ...] = (("articles", "статьи"), ("share", "доля"))


@dataclass(frozen=True, slots=True)
class CellView:
    """A year, a month or a day of the strip; no address: nothing is found there."""

    label: str
    below: str  # the number, or the weekday
    said: str  # the rest of what is read out
    url: str | None
    chosen: bool
    bars: str  # what an SVG path draws
    pale: str  # the same of bars that say little
    gaps: tuple[tuple[float, float], ...]  # left edge and width of what the archive does not hold
    column: int | None = None  # of ten, where a row of years begins on a narrow screen


@dataclass(frozen=True, slots=True)
class StripView:
    """All of a strip."""

    name: str  # of the list of cells
    shape: str  # "years", "months" or "days"
    path: tuple[LinkView, ...]  # from all years down to what is laid out, which has no address
    before: LinkView | None  # the year or month before
    after: LinkView | None
    units: tuple[LinkView, ...]
    cells: tuple[CellView, ...]
    caption: str
    has_gaps: bool
    chosen: bool  # some of it
    whole: bool  # all of it
    date_from: str
    date_to: str
    hidden: tuple[tuple[str, str], ...]  # what the form of exact dates keeps


def strip_view(
    timeline: Timeline,
    request: SearchRequest,
    hidden: tuple[tuple[str, str], ...] = (),
    leads: Callable[[str], str] | None = None,
) -> StripView | None:
    """The strip of what a request finds; `leads`: the address of a period. None where the archive has no dates."""
    if not timeline.periods:
        return None
    url = leads or by_period(request)
    around = timeline.around
    groups = list(_cells(timeline))
    tallest = max((_height(one, request.unit) for one in timeline.periods), default=0)
    cells = tuple(_cell(key, parts, timeline, request, tallest, url) for key, parts in groups)
    chosen = [one for one in timeline.periods if one.chosen]
    return StripView(
        name=_name(around),
        shape={None: "years", 0: "months", 1: "days"}[around if around is None else around.count("-")],
        path=_path(around, request),
        before=_beside(around, request, -1),
        after=_beside(around, request, 1),
        units=_units(request),
        cells=cells,
        caption=_caption(timeline, request),
        has_gaps=any(cell.gaps for cell in cells),
        chosen=bool(chosen),
        whole=len(chosen) == len(timeline.periods),
        date_from=request.date_from.isoformat() if request.date_from else "",
        date_to=request.date_to.isoformat() if request.date_to else "",
        hidden=hidden,
    )


def _cells(timeline: Timeline) -> Iterator[tuple[str, Sequence[TimelinePeriod]]]:
    """The key of each cell and its bars: a year has twelve, a month or a day one."""
    if timeline.around is not None:
        yield from ((one.key, (one,)) for one in timeline.periods)
        return
    for start in range(0, len(timeline.periods), MONTHS):
        year = timeline.periods[start : start + MONTHS]
        yield year[0].key[:4], year


def _cell(
    key: str,
    parts: Sequence[TimelinePeriod],
    timeline: Timeline,
    request: SearchRequest,
    tallest: float,
    url: Callable[[str], str],
) -> CellView:
    found, held = sum(one.found for one in parts), sum(one.held for one in parts)
    width = CELL_WIDTH / len(parts)
    left, thick = (0.0, 0.8 * width) if len(parts) > 1 else (0.2 * width, 0.6 * width)
    bars: list[str] = []
    pale: list[str] = []
    for place, one in enumerate(parts):
        if one.found:
            height = max(LOWEST_BAR, TALLEST_BAR * _height(one, request.unit) / tallest)
            says_little = request.unit == "share" and one.held < FEW_HELD
            (pale if says_little else bars).append(
                f"M{left + place * width:.3g} {CELL_HEIGHT}v-{height:.0f}h{thick:.2g}v{height:.0f}"
            )
    label, below, said = _words(key, found, held, request.unit)
    many = len(timeline.periods) > MONTHS * YEARS_IN_ROW
    first = many and timeline.around is None and key == timeline.periods[0].key[:4]
    return CellView(
        label=label,
        below=below,
        said=said,
        url=url(key) if found else None,
        chosen=any(one.chosen for one in parts),
        bars="".join(bars),
        pale="".join(pale),
        gaps=tuple((place * width, width) for place, one in enumerate(parts) if not one.held),
        column=int(key[-1]) if first else None,
    )


def _height(one: TimelinePeriod, unit: Unit) -> float:
    return one.found / one.held if unit == "share" and one.held else one.found if unit == "articles" else 0


def _words(key: str, found: int, held: int, unit: Unit) -> tuple[str, str, str]:
    """The label of a cell, what stands below it, and what is read out beside both."""
    value = number(found) if unit == "articles" else share(found, held)
    noun = f" {plural(found, 'статья', 'статьи', 'статей')}" if unit == "articles" else " статей"
    if not held:
        noun = " статей, газет за это время в архиве нет"
    match key.split("-"):
        case [year, month, day]:
            weekday = WEEKDAYS[dt.date(int(year), int(month), int(day)).weekday()]
            return str(int(day)), weekday, f": {value}{noun}"
        case [_, month]:
            return MONTH_NAMES[int(month) - 1], value, noun
    return key, value, noun


def share(found: int, held: int) -> str:
    """«1,4 %» of what the archive holds of a period."""
    if not found:
        return "0"
    return f"{100 * found / held:.1f}".replace(".", ",") + f"{NBSP}%"


def _name(around: str | None) -> str:
    if around is None:
        return "Найдено по годам"
    return f"{period(around).label} по {'дням' if '-' in around else 'месяцам'}".capitalize()


def _path(around: str | None, request: SearchRequest) -> tuple[LinkView, ...]:
    every = "Все годы"
    if around is None or not (request.date_from or request.date_to):
        return (LinkView(every if around is None else around, None),)
    links = [LinkView(every, search_url(anytime(request)))]
    if "-" in around:
        links.append(LinkView(around[:4], search_url(choose(request, "date", around[:4]))))
        return (*links, LinkView(MONTH_NAMES[int(around[5:]) - 1], None))
    return (*links, LinkView(around, None))


def _beside(around: str | None, request: SearchRequest, step: int) -> LinkView | None:
    """The year or month before or after the one laid out, where it is chosen."""
    if around is None or not (request.date_from or request.date_to):
        return None
    here = period(around)
    day = here.first - dt.timedelta(1) if step < 0 else here.last + dt.timedelta(1)
    other = replace(here, first=day.replace(day=1) if "-" in around else day.replace(month=1, day=1))
    return LinkView(other.label, search_url(choose(request, "date", other.key)))


def _units(request: SearchRequest) -> tuple[LinkView, ...]:
    return tuple(
        LinkView(label, None if unit == request.unit else search_url(replace(request, unit=unit)))
        for unit, label in UNIT_LABELS
    )


def _caption(timeline: Timeline, request: SearchRequest) -> str:
    """What a bar is, what is chosen, where there is most; and that the range of dates is left out of the counts."""
    sort = {None: "месяц", 0: "месяц", 1: "день"}[None if timeline.around is None else timeline.around.count("-")]
    said = [f"Столбик – {sort}" + (", доля от всех его статей" if request.unit == "share" else "")]
    if request.date_from or request.date_to:
        inside = span(request.date_from, request.date_to)
        said.append(f"выбрано {inside}; числа – без этого условия, всего {articles(timeline.total)}")
    most = max(timeline.periods, key=lambda one: one.found)
    if most.found > 1 and len([one for one in timeline.periods if one.found]) > 1:
        said.append(f"больше всего – {_when(most.key)}, {articles(most.found)}")
    return "; ".join(said) + "."


def _when(key: str) -> str:
    """«в мае 2021», «5 мая 2021»."""
    here = period(key)
    return f"в {MONTHS_IN[here.first.month - 1]}{NBSP}{here.first.year}" if here.step == "month" else here.label

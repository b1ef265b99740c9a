"""Says the figures of an archive in Russian; the page about the archive and `podshivka stats` show them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from search.facet_table import ENTITIES
from search.facets.periods import MONTH_GENITIVES
from search.request import SearchRequest
from search.statistics import ArchiveFigures
from webapp.presenters.russian import NBSP, number, plural, span
from webapp.urls.transitions import choose

NAMED = {one.kind: one.genitive.capitalize() for one in ENTITIES}


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its name; `asked` finds the articles that it counts."""

    name: str
    value: str
    asked: SearchRequest | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Figures of one matter."""

    title: str
    facts: tuple[Fact, ...]


def sections(figures: ArchiveFigures, version: str) -> tuple[Section, ...]:
    """All figures of an archive in Russian."""
    return tuple(
        Section(title, facts)
        for title, facts in (
            ("Статьи", tuple(of_articles(figures))),
            ("Издания", tuple(of_sources(figures))),
            ("Годы", tuple(Fact(str(year), number(count), in_year(year)) for year, count in figures.years)),
            ("Имена", tuple(of_names(figures))),
            ("Партии", tuple(of_batches(figures))),
            ("Индекс", tuple(of_index(figures, version))),
        )
        if facts
    )


def of_articles(figures: ArchiveFigures) -> Iterator[Fact]:
    """How many, of which time, without a date, taken out."""
    held, totals = figures.overview, figures.totals
    yield Fact("Статей", number(held.total), SearchRequest())
    if held.first:
        yield Fact("Время", span(held.first, held.last))
    yield Fact(
        "Без даты", with_share(held.undated, held.total), SearchRequest(undated="only") if held.undated else None
    )
    yield Fact("Перепечаток среди них", number(figures.reprints))
    yield Fact("Убрано", number(totals.removed))
    yield Fact("Прежних текстов хранится", number(max(0, totals.versions - held.total - totals.removed)))


def of_sources(figures: ArchiveFigures) -> Iterator[Fact]:
    """The papers, each with its articles."""
    for value in figures.overview.sources:
        yield Fact(value.label, number(value.count), choose(SearchRequest(), "source", value.key))


def of_names(figures: ArchiveFigures) -> Iterator[Fact]:
    """Who is named, how often, and what the authority file corrected."""
    total = figures.overview.total
    for kind in figures.names:
        where = (
            f", в {number(kind.articles)} {plural(kind.articles, 'статье', *['статьях'] * 2)}" if kind.articles else ""
        )
        yield Fact(NAMED[kind.kind], number(kind.entities) + where + share(kind.articles, total))
    yield Fact("Строк в словаре имён", number(figures.corrections.lines))
    if figures.corrections.lines:
        done = f"присоединено {number(figures.corrections.merged)}, разделено {number(figures.corrections.split)}"
        yield Fact("Имён по словарю", done)
    if figures.corrections.problems:
        yield Fact("Строк, которых не понять", number(figures.corrections.problems))


def of_batches(figures: ArchiveFigures) -> Iterator[Fact]:
    """What was delivered and what of it was refused."""
    totals = figures.totals
    removed = f", из них убрано {number(totals.batches_removed)}" if totals.batches_removed else ""
    yield Fact("Принято партий", number(totals.batches) + removed)
    yield Fact("Прочитано в них", number(totals.read))
    yield Fact("Отказов", with_share(totals.rejected, totals.read))


def of_index(figures: ArchiveFigures, version: str) -> Iterator[Fact]:
    """How old the index is and what it has taken in."""
    yield Fact("Обновлён", moment(figures.indexed_at) if figures.indexed_at else "ещё не построен")
    behind = "" if figures.indexed == figures.revision else f" (в индексе – {number(figures.indexed)})"
    yield Fact("Правка архива", number(figures.revision) + behind)
    yield Fact("Искали имена в текстах", number(figures.totals.annotated))
    yield Fact("Версия программы", version)


def in_year(year: int) -> SearchRequest:
    """The articles of a year."""
    return SearchRequest(date_from=dt.date(year, 1, 1), date_to=dt.date(year, 12, 31))


def with_share(part: int, whole: int) -> str:
    """«12 (3 %)»."""
    return number(part) + share(part, whole)


def share(part: int, whole: int) -> str:
    """« (3 %)»; empty for nothing; only nothing is 0 %, only all is 100 %.

    >>> share(1, 1000).replace(NBSP, " "), share(999, 1000).replace(NBSP, " ")
    (' (меньше 1 %)', ' (больше 99 %)')
    """
    if not part:
        return ""
    rounded = {0: "меньше 1", 100: "100" if part == whole else "больше 99"}
    percent = round(100 * part / whole)
    return f" ({rounded.get(percent, percent)}{NBSP}%)"


def moment(at: dt.datetime) -> str:
    """«22 ноября 2026, 23:10», by the clock of this machine."""
    local = at.astimezone()
    return f"{local.day}{NBSP}{MONTH_GENITIVES[local.month - 1]} {local.year}, {local:%H:%M}"

"""Tells of the archive what its first page shows: what arrived last, who is named most of late."""

import datetime as dt
from dataclasses import dataclass

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import Kind
from search.engine import IndexMoment
from search.query.tree import EVERYTHING
from search.request import SearchRequest

ARRIVALS_SHOWN = 6
NAMED_SHOWN = 5  # of each kind
LATELY_DAYS = 90  # up to the last day of the archive
MONTHS_DRAWN = 12
KINDS_NAMED: tuple[Kind, ...] = ("person", "enterprise")


@dataclass(frozen=True, slots=True)
class NamedLately:
    """Who is named, in how many articles of late, and in how many of each of the last months."""

    key: str
    label: str
    articles: int
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lately:
    """Who is named most in the last days of the archive; the days."""

    first: dt.date
    last: dt.date
    named: dict[Kind, tuple[NamedLately, ...]]


def arrivals(store: Store, moment: IndexMoment) -> list[StoredArticle]:
    """The articles that came last, whatever they are of; of those that the index has."""
    found = (moment.article(id) for id in store.newest(ARRIVALS_SHOWN))
    keys = [indexed.key for indexed in found if indexed]
    texts = store.articles(keys)
    return [texts[key] for key in keys if key in texts]


def lately(moment: IndexMoment) -> Lately | None:
    """Who is named most of late; None where no article has a date."""
    _, last, _ = moment.days()
    if not last:
        return None
    first = last - dt.timedelta(LATELY_DAYS - 1)
    request = SearchRequest(date_from=first, date_to=last, facet_size=NAMED_SHOWN)
    found = moment.find(EVERYTHING, request)
    months = last_months(last)
    named = {
        kind: tuple(
            NamedLately(value.key, value.label, value.count, by_month(moment, kind, value.key, months))
            for value in found.values(kind).first[:NAMED_SHOWN]
        )
        for kind in KINDS_NAMED
    }
    return Lately(first, last, named)


def last_months(last: dt.date) -> list[str]:
    """The keys of the months up to that of a day, ascending."""
    number = 12 * last.year + last.month - 1
    return [f"{one // 12}-{one % 12 + 1:02}" for one in range(number - MONTHS_DRAWN + 1, number + 1)]


def by_month(moment: IndexMoment, kind: Kind, key: str, months: list[str]) -> tuple[int, ...]:
    """How many articles of each month name somebody."""
    counts = moment.find(EVERYTHING, SearchRequest(chosen={kind: (key,)})).dates("month")
    found = {value.key: value.count for value in counts.periods}
    return tuple(found.get(month, 0) for month in months)

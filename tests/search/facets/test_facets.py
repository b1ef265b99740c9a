"""The facet contract: every count is what following it yields, every minus what it leaves, all by brute force too."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article, Published
from archive.store.entity_ids import EntityIds
from archive.store.store import Store
from indexer.index import segment_writer
from search.facets.periods import Period, period_of
from search.local.collector import date_counts, filters, value_counts
from search.local.collector.date_counts import period_counts
from search.local.snapshot import columns
from search.query.parser import read
from search.request import ENTITY_FACETS, FACETS, NONE, DateStep, SearchRequest
from search.result import Facet, FacetValue, SearchResult
from search.searcher import Searcher
from tests.support.random_archives import Archive, articles, published_home, queries

KEYS: dict[str, tuple[str, ...]] = {
    "person": ("andrey-bocharov", "bocharov", "ivan-petrov", NONE, "nikto"),
    "enterprise": ("krasnyy-oktyabr", NONE),
    "organisation": ("minpromtorg", NONE),
    "source": ("Вести", "Правда", NONE, "Искра"),
    "rubric": ("Спорт", NONE),
    "genre": ("интервью", NONE),
    "author": ("А. Петрова", NONE),
}


def choices(most: int) -> st.SearchStrategy[Mapping[str, tuple[str, ...]]]:
    pair = st.sampled_from([(facet, key) for facet in FACETS for key in KEYS[facet]])
    return st.frozensets(pair, max_size=most).map(
        lambda pairs: {name: tuple(key for facet, key in sorted(pairs) if facet == name) for name in dict(pairs)}
    )


days = st.none() | st.sampled_from(
    [dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 1, 31), dt.date(2021, 1, 1)]
)
requests = st.builds(
    SearchRequest,
    text=queries,
    chosen=choices(2),
    excluded=choices(2),
    date_from=days,
    date_to=days,
    undated=st.sampled_from(("no", "no", "only", "also")),
    date_step=st.sampled_from((None, "year", "month", "day")),
    facet_size=st.sampled_from((0, 1, 2, 20)),
)


def followed(request: SearchRequest, facet: str, key: str) -> SearchRequest:
    """The request that a value's link leads to."""
    if facet == "date":
        if key == NONE:
            return replace(request, date_from=None, date_to=None, undated="only")
        first, last = next((one.first, one.last) for one in PERIODS if one.key == key)
        return replace(request, date_from=first, date_to=last, undated="no")
    kept = request.chosen.get(facet, ()) if facet in ENTITY_FACETS else ()
    return replace(request, chosen={**request.chosen, facet: (*kept, key)})


def excluding(request: SearchRequest, facet: str, key: str) -> SearchRequest:
    """The request that a value's minus leads to."""
    chosen = {name: keys for name, keys in request.chosen.items() if name != facet or facet in ENTITY_FACETS}
    return replace(
        request, chosen=chosen, excluded={**request.excluded, facet: (*request.excluded.get(facet, ()), key)}
    )


STEPS: tuple[DateStep, ...] = ("year", "month", "day")
PERIODS = [
    *(Period("year", dt.date(year, 1, 1)) for year in range(1999, 2024)),
    *(Period("month", dt.date(year, month, 1)) for year in range(1999, 2024) for month in range(1, 13)),
    *(Period("day", dt.date.fromordinal(day)) for day in range(dt.date(1999, 1, 1).toordinal(), 738_900)),
]


def count_by_hand(archive: Archive, request: SearchRequest, facet: str) -> tuple[Counter[str], int]:
    """Counts of all values of a facet, and of how many articles they are."""
    counts: Counter[str] = Counter()
    base = archive.matching(read(request.text).tree, request, but=facet)
    for stored in base:
        counts.update(archive.values(stored, facet) or {NONE})
    return counts, len(base)


def check(searcher: Searcher, archive: Archive, result: SearchResult, facet: Facet) -> None:
    request = result.request
    for value in facet.values:
        if not value.selected and not value.excluded:
            assert searcher.search(followed(request, facet.name, value.key)).total == value.count, value
        if facet.name != "date" and not value.selected and not value.excluded:
            assert searcher.search(excluding(request, facet.name, value.key)).total == facet.base - value.count, value
    if facet.name == "date":
        counted = sum(value.count for value in facet.values if value.key == NONE or fits(value, result))
        assert counted == facet.base == len(archive.matching(read(request.text).tree, request, but="date"))
        return
    counts, base = count_by_hand(archive, request, facet.name)
    chosen, excluded = request.chosen.get(facet.name, ()), request.excluded.get(facet.name, ())
    assert facet.base == base
    assert {value.key: value.count for value in facet.values} == {
        value.key: counts[value.key] for value in facet.values
    }
    assert {value.key for value in facet.values if value.selected} == set(chosen)
    assert {value.key for value in facet.values if value.excluded} == set(excluded)
    assert facet.size == len(counts.keys() | set(chosen) | set(excluded))
    named = [value for value in facet.values if value.key != NONE]
    assert len(named) >= min(request.facet_size, len(counts.keys() - {NONE}))
    assert [value.count for value in named] == sorted((value.count for value in named), reverse=True)
    assert (NONE in {value.key for value in facet.values}) == bool(counts[NONE] or NONE in chosen or NONE in excluded)


def fits(value: FacetValue, result: SearchResult) -> bool:
    return len(value.key) == {"year": 4, "month": 7, "day": 10}[result.date_step]


def with_ids_of_now(request: SearchRequest, given: EntityIds, archive: Archive) -> SearchRequest:
    """The request with the ids that those have now who gave up the ids asked for."""

    def now(keys: tuple[str, ...]) -> tuple[str, ...]:
        names = {key: given.formerly(key) for key in keys}
        return tuple(sorted({archive.names[name][1] if name else key for key, name in names.items()}))

    chosen, excluded = (
        {facet: now(keys) for facet, keys in some.items()} for some in (request.chosen, request.excluded)
    )
    return replace(request, chosen=chosen, excluded=excluded)


@settings(max_examples=10, deadline=None)
@given(
    articles,
    st.frozensets(st.integers(1, 14), max_size=4),
    st.lists(requests, min_size=8, max_size=8),
    st.sampled_from([0, 2]),
    st.sampled_from([0, 10**6]),
)
def test_counts_are_what_following_them_yields(
    batch: list[Article], removed: frozenset[int], asked: list[SearchRequest], dense: int, few: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(segment_writer, "SEGMENT_ARTICLES", 4)
        patch.setattr(columns, "DENSE_SHARE", dense)
        patch.setattr(columns, "FEW_CODES_SHARE", few)
        patch.setattr(value_counts, "VALUES_SORTED", few)
        patch.setattr(date_counts, "FEW_ARTICLES", few)
        patch.setattr(filters, "FEW_ARTICLES", few)
        home = published_home(Path(folder), [batch[:9], batch[9:]], removed)
        searcher, archive = Searcher(home), Archive.of(home)
        with Store(home.store) as store:
            present = [with_ids_of_now(request, store.entity_ids, archive) for request in asked]
        for given_up, request in zip(asked, present, strict=True):
            result = searcher.search(given_up)
            assert result.request == searcher.search(request).request
            assert result.total == len(archive.matching(read(request.text).tree, request))
            for facet in result.facets:
                check(searcher, archive, result, facet)


def dated(*days: str) -> list[Article]:
    """Articles of the days, "-": undated."""
    return [
        Article(
            path=str(number),
            paragraphs=(f"Завод {number}.",),
            published=Published(dt.date.fromisoformat(day)) if day != "-" else Published(),
        )
        for number, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("days", "step", "values"),
    [
        ("2022-10-05 2022-10-05 2022-11-04", "day", "2022-10-05:5 октября 2022:2 2022-11-04:4 ноября 2022:1"),
        ("2022-10-05 2022-11-05", "month", "2022-10:октябрь 2022:1 2022-11:ноябрь 2022:1"),
        ("2020-01-31 2022-12-01", "month", "2020-01:январь 2020:1 2022-12:декабрь 2022:1"),
        ("2020-01-31 2023-01-01", "year", "2020:2020:1 2023:2023:1"),
        ("0987-01-31 2023-01-01", "year", "0987:987:1 2023:2023:1"),
    ],
)
def test_dates_are_counted_by_what_their_span_asks_for(tmp_path: Path, days: str, step: str, values: str) -> None:
    result = Searcher(published_home(tmp_path, [dated(*days.split())])).search(SearchRequest())
    assert result.date_step == step
    assert " ".join(f"{one.key}:{one.label}:{one.count}" for one in result.facets[0].values) == values


def test_a_chosen_period_stays_whatever_the_step(tmp_path: Path) -> None:
    searcher = Searcher(published_home(tmp_path, [dated("2015-03-01", "2022-10-05", "2022-11-04", "-")]))
    october = SearchRequest(date_from=dt.date(2022, 10, 1), date_to=dt.date(2022, 10, 31))
    values = [(value.key, value.count, value.selected) for value in searcher.search(october).facets[0].values]
    assert values == [("2015", 1, False), ("2022", 2, False), ("2022-10", 1, True), (NONE, 1, False)]
    empty = replace(october, text="нигде")
    assert [(one.key, one.count) for one in searcher.search(empty).facets[0].values] == [("2022-10", 0)]
    undated = searcher.search(SearchRequest(text="нигде", undated="only")).facets[0].values
    assert undated == (FacetValue(NONE, "без даты", 0, selected=True),)


def test_two_names_of_one_person_count_once(tmp_path: Path) -> None:
    named = [("Андрей Бочаров", "А. Бочаров"), ("Бочаров А. И.", "Андрей Иванович Бочаров"), ("Анна Бочарова",), ()]
    batch = [Article(path=str(i), paragraphs=(f"Завод {i}.",), persons=names) for i, names in enumerate(named)]
    found = Searcher(published_home(tmp_path, [batch])).search(SearchRequest(chosen={"person": ("andrey-bocharov",)}))
    (persons,) = (facet for facet in found.facets if facet.name == "person")
    assert persons.values == (FacetValue("andrey-bocharov", "Андрей Иванович Бочаров", 2, selected=True),)
    assert {name.given for hit in found.hits for name in hit.persons} == {True}


def test_values_that_nobody_has_stay_when_chosen(tmp_path: Path) -> None:
    request = SearchRequest(chosen={"source": ("Искра",)}, excluded={"person": ("nikto", NONE)})
    result = Searcher(published_home(tmp_path, [dated("2022-01-01")])).search(request)
    facet = {facet.name: facet.values for facet in result.facets}
    assert facet["source"][0] == FacetValue("Искра", "Искра", 0, selected=True)
    assert facet["person"] == (
        FacetValue("nikto", "nikto", 0, excluded=True),
        FacetValue(NONE, "без персон", 0, excluded=True),
    )


@given(st.lists(st.integers(700_000, 740_000), max_size=30), st.sampled_from(STEPS))
def test_periods_hold_every_day_once(ordinals: list[int], step: DateStep) -> None:
    by_hand: Counter[str] = Counter(
        dt.date.fromordinal(day).isoformat()[: {"year": 4, "month": 7, "day": 10}[step]] for day in ordinals
    )
    numbers, counts = period_counts(np.array(ordinals, np.int32), step)
    pairs = zip(numbers.tolist(), counts.tolist(), strict=True)
    found = [(period_of(step, number).key, count) for number, count in pairs]
    assert found == sorted(by_hand.items())

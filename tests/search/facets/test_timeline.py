"""The axis of time: every period of it, counts of the match without its own range, what the archive holds."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from archive.article import Article, Published
from archive.home import Home
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.random_archives import published_home

DAYS = ("2019-12-31", "2021-03-05", "2021-03-05", "2021-03-20", "2021-07-01", "2023-01-09", None)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    batch = [
        Article(
            str(number),
            (f"Завод {number}." if number % 2 else f"Комбинат {number}.",),
            published=Published(dt.date.fromisoformat(day) if day else None),
            source="Вести",
        )
        for number, day in enumerate(DAYS)
    ]
    home: Home = published_home(tmp_path_factory.mktemp("время"), [batch])
    return Searcher(home)


def between(first: str, last: str, text: str = "") -> SearchRequest:
    return SearchRequest(text, date_from=dt.date.fromisoformat(first), date_to=dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    ("request_", "around", "step", "periods"),
    [
        (SearchRequest(), None, "month", 60),  # five years from the first article to the last
        (between("2019-12-01", "2021-03-31"), None, "month", 60),
        (between("2021-01-01", "2021-12-31"), "2021", "month", 12),
        (between("2021-02-10", "2021-05-01"), "2021", "month", 12),
        (between("2021-02-01", "2021-02-28"), "2021-02", "day", 28),
        (between("2021-03-05", "2021-03-05"), "2021-03", "day", 31),
        (between("1898-01-01", "1898-12-31"), None, "month", 60),  # the archive has nothing of that year
    ],
)
def test_what_is_laid_out(
    searcher: Searcher, request_: SearchRequest, around: str | None, step: str, periods: int
) -> None:
    shown = searcher.search(request_).timeline
    assert (shown.around, shown.step, len(shown.periods)) == (around, step, periods)


@pytest.mark.parametrize("text", ["", "завод", "комбинат", "нигденет"])
def test_counts_leave_out_the_range_of_dates_and_what_is_held_leaves_out_the_query(
    searcher: Searcher, text: str
) -> None:
    for first, last in (("2021-01-01", "2021-12-31"), ("2021-03-01", "2021-03-31")):
        shown = searcher.search(between(first, last, text)).timeline
        size = len(shown.periods[0].key)
        held = Counter(day[:size] for day in DAYS if day)
        own = [day for number, day in enumerate(DAYS) if not text or (text == "завод") == bool(number % 2)]
        found = Counter(day[:size] for day in own if day) if text != "нигденет" else Counter()
        assert [(one.key, one.found, one.held) for one in shown.periods] == [
            (one.key, found[one.key], held[one.key]) for one in shown.periods
        ]
        assert shown.total == (len(own) if text != "нигденет" else 0)


def test_periods_that_the_range_touches_are_chosen(searcher: Searcher) -> None:
    shown = searcher.search(between("2021-02-10", "2021-04-01")).timeline
    assert [one.key for one in shown.periods if one.chosen] == ["2021-02", "2021-03", "2021-04"]
    everything = searcher.search(SearchRequest(date_to=dt.date(2020, 1, 15))).timeline
    assert [one.key for one in everything.periods if one.chosen][-1] == "2020-01"
    assert not any(one.chosen for one in searcher.search(SearchRequest(undated="only")).timeline.periods)


def test_the_archive_s_holdings_are_exact_after_a_removal(searcher: Searcher) -> None:
    with searcher.moment() as moment:
        held = moment.holdings()
    assert held.days == Counter(day for day in DAYS if day)
    assert held.papers == {"Вести": Counter(day[:7] for day in DAYS if day)}
    assert searcher.search(replace(SearchRequest(), unit="share")).total == len(DAYS)


def test_an_empty_archive_has_no_axis(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = Searcher(published_home(tmp_path_factory.mktemp("пусто"), [[]]))
    assert empty.search(SearchRequest()).timeline.periods == ()

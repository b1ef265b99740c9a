"""Saved searches in a link and in a cookie."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.request import SearchRequest
from webapp.urls.saved_searches import (
    COOKIE_BYTES,
    MOST_SAVED,
    SavedSearch,
    cookie_of,
    cookie_values,
    read_saved,
    saved_query,
)

requests = st.builds(
    SearchRequest,
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    chosen=st.dictionaries(st.sampled_from(("person", "source")), st.tuples(st.text("абв&;=%+. ", min_size=1))),
    date_from=st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2000, 1, 1)),
)
searches = st.builds(SavedSearch, requests, st.integers(0, 10**6), st.integers(0, 10**9))


@given(st.lists(searches, max_size=5, unique_by=lambda one: one.text.split(".", 2)[2]))
def test_a_link_keeps_the_searches(saved: list[SavedSearch]) -> None:
    assert read_saved(cookie_values(saved_query(saved))) == (saved, 0)


@pytest.mark.parametrize(
    "value", ["", "1", "1.2", "x.2.q=а", "1.y.q=а", "1.²3.q=а", "1." + "9" * 30 + ".q=а", "1.2.from=х"]
)
def test_what_is_no_saved_search_is_counted(value: str) -> None:
    found, lost = read_saved([value, "1.2.q=завод"])
    assert [one.request.text for one in found] == ["завод"]
    assert lost == 1


def test_there_are_bounds() -> None:
    many = [SavedSearch(SearchRequest(f"слово {number}"), 1, 1) for number in range(MOST_SAVED + 3)]
    found, lost = read_saved(one.text for one in many)
    assert (len(found), lost) == (MOST_SAVED, 3)
    long = [SavedSearch(SearchRequest("ы" * 300 + str(number)), 1, 1) for number in range(9)]
    text, count = cookie_of(long)
    assert len(text) <= COOKIE_BYTES
    assert 0 < count < 9
    assert read_saved(cookie_values(text)) == (long[:count], 0)

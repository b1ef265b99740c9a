"""A list of clippings in a link and in a form."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.urls.clipping_list import (
    LINK_CHARS,
    MOST_CLIPPINGS,
    NOTE_CHARS,
    Clipping,
    changed,
    clippings_query,
    read_clippings,
    that_fit,
)

notes = st.text("абв &;=%+.«»", max_size=40).map(lambda text: " ".join(text.split()))
clippings = st.lists(
    st.builds(Clipping, st.integers(1, 10**9), notes), max_size=8, unique_by=lambda clipping: clipping.article
)


@given(clippings)
def test_a_link_keeps_the_list(listed: list[Clipping]) -> None:
    told = parse_qs(clippings_query(listed), keep_blank_values=True)
    assert read_clippings(told.get("article", []), told.get("note", [])) == (listed, 0)


@given(clippings, st.integers(0, 9), st.sampled_from(("up", "down")))
def test_moving_keeps_every_clipping(listed: list[Clipping], place: int, way: str) -> None:
    if not listed:
        return
    one = listed[place % len(listed)]
    moved = changed(listed, f"{way}.{one.article}")
    assert sorted(moved, key=lambda clipping: clipping.article) == sorted(listed, key=lambda clipping: clipping.article)
    at = listed.index(one) + (-1 if way == "up" else 1)
    assert moved.index(one) == min(max(at, 0), len(listed) - 1)
    assert [some for some in moved if some != one] == [some for some in listed if some != one]
    assert changed(listed, f"out.{one.article}") == [some for some in listed if some != one]


@pytest.mark.parametrize("wish", ["", "up", "up.", "up.x", "out.99", "drop.1", "up.1.2"])
def test_a_wish_that_is_none_changes_nothing(wish: str) -> None:
    listed = [Clipping(1), Clipping(2)]
    assert changed(listed, wish) == listed


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("/article/12", 12),
        ("https://gazeta.example/article/12-zavod-otkryli?q=завод#m1", 12),
        ("http://127.0.0.1:8000/article/12?q=a", 12),
        ("0", None),
        ("-1", None),
        ("завод", None),
        ("12 13", None),
        ("9" * 19, None),
        ("²", None),
    ],
)
def test_an_article_is_named_by_its_number_or_address(typed: str, number: int | None) -> None:
    found, lost = read_clippings([typed], [])
    assert [one.article for one in found] == ([number] if number else [])
    assert lost == (number is None)


def test_there_are_bounds() -> None:
    many = [str(number) for number in range(1, MOST_CLIPPINGS + 4)]
    found, lost = read_clippings([*many, "1", ""], ["а" * 1000] * 300)
    assert (len(found), lost) == (MOST_CLIPPINGS, 3)
    assert all(len(one.note) == NOTE_CHARS for one in found)
    fit = that_fit(found)
    assert 0 < len(fit) < MOST_CLIPPINGS
    assert len(clippings_query(fit)) <= LINK_CHARS

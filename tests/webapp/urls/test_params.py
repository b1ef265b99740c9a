"""URL ↔ SearchRequest, both ways."""

import datetime as dt
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.request import FACETS, SearchRequest
from webapp.urls.params import BadParameter, build, has_swapped_ends, pairs, parse

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.lists(TEXT.filter(bool), min_size=1, max_size=3, unique=True).map(lambda keys: tuple(sorted(keys)))
CHOICES = st.dictionaries(st.sampled_from(FACETS), KEYS, max_size=4)


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    return SearchRequest(
        text=draw(TEXT),
        chosen=draw(CHOICES),
        excluded=draw(CHOICES),
        date_from=draw(st.sampled_from([None, days[0]])),
        date_to=draw(st.sampled_from([None, days[1]])),
        undated=draw(st.sampled_from(["no", "only", "also"])),
        date_step=draw(st.sampled_from([None, "year", "month", "day"])),
        sort=draw(st.sampled_from([None, "relevance", "newest", "oldest"])),
        reprints=draw(st.booleans()),
        page=draw(st.integers(1, 1_000_000)),
        size=draw(st.integers(1, 100)),
        facet_size=draw(st.integers(1, 200)),
    )


@given(requests())
def test_a_request_survives_its_url(request: SearchRequest) -> None:
    assert parse(parse_qsl(build(request))) == request


@given(st.data())
def test_one_state_has_one_url(data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(pairs(data.draw(requests()))))
    # Of a single-valued parameter the first counts, so that shuffling changes nothing.
    assert pairs(parse(shuffled)) == pairs(parse(pairs(parse(shuffled))))
    assert build(parse(shuffled)) == build(parse([*shuffled, ("utm_source", "vk"), ("to", "")]))


def test_nothing_asked_is_an_empty_string() -> None:
    assert build(SearchRequest()) == ""
    assert parse([]) == SearchRequest()
    assert parse([("q", ""), ("from", ""), ("page", "1"), ("size", "10"), ("чужой", "да")]) == SearchRequest()


def test_the_order_is_canonical() -> None:
    request = SearchRequest(
        text="сталь",
        chosen={"source": ("б", "а"), "person": ("none",)},
        excluded={"enterprise": ("x",)},
        date_to=dt.date(2022, 1, 2),
        undated="also",
        page=2,
    )
    names = "q=сталь person=none source=а source=б not_enterprise=x to=2022-01-02 undated=1 page=2"
    assert [f"{name}={value}" for name, value in pairs(request)] == names.split()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "12.13.2022"),
        ("from", "2022-3-1-"),
        ("from", "20220301"),
        ("to", "2022-02-30"),
        ("to", "вчера"),
        ("undated", "0"),
        ("date_step", "week"),
        ("sort", "best"),
        ("page", "0"),
        ("page", "-1"),
        ("page", "1.5"),
        ("page", "٣"),
        ("page", "9" * 40),
        ("size", "101"),
        ("size", "0"),
        ("facet_size", "много"),
        ("facet_size", "1001"),
    ],
)
def test_a_bad_value_names_its_parameter(name: str, value: str) -> None:
    with pytest.raises(BadParameter) as error:
        parse([(name, value)])
    assert error.value.parameter == name
    assert value in error.value.message


def test_what_is_chosen_is_counted() -> None:
    forty = [("person", f"a{number}") for number in range(25)] + [("not_source", f"b{number}") for number in range(15)]
    assert len(parse([*forty, ("person", "a0")]).chosen["person"]) == 25
    with pytest.raises(BadParameter, match="условий 41, а можно не больше 40") as bad:
        parse([*forty, ("not_rubric", "одно лишнее")])
    assert (bad.value.parameter, bad.value.is_too_much) == ("not_rubric", True)


def test_a_value_and_what_is_told_of_it_are_bounded() -> None:
    with pytest.raises(BadParameter, match=r"«ааааа.*…» – длиннее 1000 знаков"):
        parse([("source", "а" * 1001)])
    for name in ("from", "sort", "page", "reprints"):
        with pytest.raises(BadParameter) as bad:
            parse([(name, "9" * 10_000)])
        assert len(bad.value.message) < 200
    assert len(parse([("q", "а" * 10_000)]).text) == 1001


def test_a_range_that_runs_backwards_is_turned_round() -> None:
    backwards = [("from", "2022-03-02"), ("to", "2022-03-01")]
    assert (parse(backwards).date_from, parse(backwards).date_to) == (dt.date(2022, 3, 1), dt.date(2022, 3, 2))
    assert has_swapped_ends(backwards)
    assert not has_swapped_ends([("from", "2022-03-01"), ("to", "2022-03-01")])


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("март 2022", "2022-03-01", "2022-03-31"),
        ("Марта 2022 года", "2022-03-01", "2022-03-31"),
        ("03.2022", "2022-03-01", "2022-03-31"),
        ("2022-03", "2022-03-01", "2022-03-31"),
        ("12.01.2022", "2022-01-12", "2022-01-12"),
        ("12 января 2022", "2022-01-12", "2022-01-12"),
        ("  2022-01-12 ", "2022-01-12", "2022-01-12"),
        ("0998-01-12", "0998-01-12", "0998-01-12"),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, first: str, last: str) -> None:
    assert parse([("from", typed)]).date_from == dt.date.fromisoformat(first)
    assert parse([("to", typed)]).date_to == dt.date.fromisoformat(last)


@pytest.mark.parametrize("typed", ["вчера", "31.02.2022", "2022-13-01", "март", "12", "2022 и далее", "с 2022"])
def test_what_is_no_day_is_told(typed: str) -> None:
    with pytest.raises(BadParameter, match="не дата"):
        parse([("from", typed)])

"""An address put together from parts that a page's links share is the one that building it whole gives."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

import pytest
from flask import url_for
from hypothesis import example, given
from hypothesis import strategies as st

from archive.home import Home
from search.request import FACETS, SearchRequest
from webapp.app import create_app
from webapp.urls.links import by_key, by_period, choose_url, entity_url, search_url
from webapp.urls.transitions import also, choose, exclude

DAYS = "from=0001-01-02&to=0001-01-02"
KEYS = st.sampled_from(
    ("ivan-petrov", "p:иванов|и||m", "none", "А & Б", "\x01", "a+b", "from=0001-01-02&to=0001-01-02")
)
CHOICES = st.dictionaries(st.sampled_from(FACETS), st.lists(KEYS, min_size=1, max_size=2).map(tuple), max_size=2)
DATES = st.none() | st.dates(dt.date(1, 1, 1), dt.date(2030, 1, 1))
REQUESTS = st.builds(
    SearchRequest,
    text=st.sampled_from(("", "завод & сталь", "\x01 %01", DAYS)),
    chosen=CHOICES,
    excluded=CHOICES,
    date_from=DATES,
    date_to=DATES,
    undated=st.sampled_from(("no", "only", "also")),
    sort=st.sampled_from((None, "newest")),
    page=st.integers(1, 3),
)


@pytest.fixture(scope="module", autouse=True)
def _page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with create_app(Home(tmp_path_factory.mktemp("home"))).test_request_context("/", base_url="http://here/under"):
        yield


@example(SearchRequest(excluded={"person": ("\x01",)}), "person", "ivan-petrov")
@given(REQUESTS, st.sampled_from(FACETS), KEYS)
def test_of_a_key(request: SearchRequest, facet: str, key: str) -> None:
    for step in (choose, exclude, also):
        assert by_key(request, partial(step, request, facet))(key) == search_url(step(request, facet, key))
    assert choose_url(request, facet)(key) == search_url(choose(request, facet, key))


@given(REQUESTS, st.sampled_from(("1999", "2004-02", "2004-02-29")))
def test_of_a_period(request: SearchRequest, key: str) -> None:
    assert by_period(request)(key) == search_url(choose(request, "date", key))


@given(st.sampled_from(("person", "enterprise")), KEYS)
def test_of_an_entity(kind: str, key: str) -> None:
    assert entity_url(kind, key) == url_for("pages.entity", kind=kind, key=key)

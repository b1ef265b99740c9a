"""Words near a typed one are all those of the archive that the definition of a slip allows."""

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from archive.home import Home
from indexer.index import segment_writer
from search.local.matching import near_forms as near_forms_module
from search.local.matching.near_forms import TOO_MANY_SLIPS, near_forms, slips
from search.local.segments.segment import open_segments
from search.query.typed_word import slips_allowed
from tests.support.random_archives import articles, published_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    texts = ("Губернатор сказал.", "Губернатор приехал.", "Губернатр открыл сад.")
    batch = [Article(path=str(number), paragraphs=(text,)) for number, text in enumerate(texts)]
    return published_home(tmp_path_factory.mktemp("опечатки"), [batch])


LETTERS = st.text("абв", max_size=6)


@given(
    st.text("абв", min_size=1, max_size=6), st.lists(LETTERS.filter(bool), min_size=1, max_size=5), st.integers(1, 3)
)
def test_slips_are_those_of_the_definition(word: str, others: list[str], most: int) -> None:
    for other in others:
        found = slips(np.array(list(map(ord, word))), np.array(list(map(ord, other)))[:, None], most)
        apart = distance(word, other)
        assert found.tolist() == [apart if apart <= most else TOO_MANY_SLIPS]


@cache
def distance(one: str, other: str) -> int:
    """Optimal string alignment, straight from its definition."""
    if not one or not other:
        return len(one) + len(other)
    costs = [
        distance(one[:-1], other) + 1,
        distance(one, other[:-1]) + 1,
        distance(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if len(one) > 1 and len(other) > 1 and one[-1] == other[-2] and one[-2] == other[-1]:
        costs.append(distance(one[:-2], other[:-2]) + 1)
    return min(costs)


@settings(max_examples=12, deadline=None)
@given(articles, st.sampled_from(("заводе", "мантуров", "титанн", "волг", "volga", "530,5")))
def test_near_words_are_all_those_of_the_archive(batch: list[Article], form: str) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        home = published_home(Path(folder), [batch[:7], batch[7:]])
        segments = open_segments(home.index)
        every = {other for segment in segments for other in segment.forms()[0] if other}
        most = (len(form) >= 4) + (len(form) >= 5) + (len(form) >= 12)
        assert most == slips_allowed(form)
        expected = {other for other in every if other.isalpha() and 0 < most >= distance(form, other)}
        assert {one.form for one in near_forms(segments, form, most)} == (expected if form.isalpha() else set())


def test_among_many_words_those_of_one_article_are_passed_over(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    segments = open_segments(home.index)
    assert {one.form for one in near_forms(segments, "губернато", 2)} == {"губернатор", "губернатр"}
    monkeypatch.setattr(near_forms_module, "FORMS_OF_LARGE_SEGMENT", 0)
    assert {one.form for one in near_forms(segments, "губернато", 2)} == {"губернатор"}


def test_of_many_segments_the_largest_are_looked_at(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment_writer, "SEGMENT_ARTICLES", 1)
    batches = [[Article(path=text, paragraphs=(text,))] for text in ("Трактор.", "Тракторы едут в поле.", "Трактора.")]
    home = published_home(tmp_path_factory.mktemp("три"), batches)
    segments = open_segments(home.index)
    assert [one.form for one in near_forms(segments, "тракторр", 2)] == ["трактор", "трактора", "тракторы"]
    monkeypatch.setattr(near_forms_module, "FORMS_LOOKED_AT", 1)
    assert [one.form for one in near_forms(segments, "тракторр", 2)] == ["тракторы"]

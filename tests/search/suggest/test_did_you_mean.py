"""A query that was probably meant is offered where the archive lacks a word, and finds what is promised."""

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from archive.home import Home
from indexer.index import segment_writer
from scripts.cli import commands
from search.query.parser import read
from search.query.tree import canonical
from search.request import SearchRequest
from search.searcher import Searcher
from search.suggest import spelling
from search.suggest.did_you_mean import OFTENER
from search.suggest.keyboard_layout import TO_LATIN, retyped
from search.suggest.spelling import FAR, near, slips
from tests.support.random_archives import articles, published_home, queries
from webapp.app import create_app

TEXTS = (
    "Металлурги завода «Красный Октябрь» выпустили первую сталь.",
    "Андрей Бочаров и Виктор Манутров приехали на завод.",
    "Расследование аварии на ВТЗ закончено, пишет Google.",
    "Погода: город в тумане, ветер.",
)
OFTEN = "Губернатор сказал: школа открыта."
ONCE = ("Губернатр открыл сад.", "Шклоа закрыта.")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    texts = (*TEXTS, *(f"{OFTEN} {number}" for number in range(OFTENER)), *ONCE)
    batch = [Article(path=str(n), paragraphs=(text,), own_id=str(n), source="Вести") for n, text in enumerate(texts)]
    return published_home(tmp_path_factory.mktemp("опечатки"), [batch])


@pytest.fixture(scope="module")
def searcher(home: Home) -> Searcher:
    return Searcher(home)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("металург", "металлурги"),  # a letter too few
        ("расследывание авари", "расследование аварии"),
        ("Боачров", "бочаров"),  # two changed places
        ('"красный окябрь"', '"красный октябрь"'),
        ("окябрь -погода", "октябрь -погода"),
        ("металург | погода", "металлурги ИЛИ погода"),
        ("красныйоктябрь", '"красный октябрь"'),  # no space
        ("втумане погода", '"в тумане" погода'),
        ("pfdjl", "завод"),  # the other keyboard
        (',jxfhjd | "rhfcysq jrnz,hm"', 'бочаров | "красный октябрь"'),
        ("-njuj pfdjl|cnfkm", "-njuj завод ИЛИ сталь"),
        ("dnp", "втз"),
        ("пщщпду", "google"),
        ("звдо", None),  # too short to tell
        ("губернатр", "губернатор"),  # the paper's own slip, against a hundred that write it otherwise
        ("шклоа", "школа"),
        ("губернатр сад", None),  # what it finds is more than the other would
        ("А.С. Бочаров", "бочаров"),  # initials
        ("Бочарову А. С. завод", "бочарову завод"),
        ("Бочаров АС", None),
        ("К.-Октябрь", None),  # no initial, nor to be read as without October
        ("А.", None),
        ("А. -завод", None),
        ("завод", None),
        ("нигденет", None),
        ("волк", None),
        ("", None),
        ("-металург", None),
        ("металур*", None),
    ],
)
def test_what_is_offered(searcher: Searcher, asked: str, meant: str | None) -> None:
    found = searcher.search(SearchRequest(asked)).suggestion
    assert (found and found.query) == (meant and canonical(read(meant).tree))


def test_the_offer_keeps_the_conditions_and_promises_what_it_finds(home: Home) -> None:
    client = create_app(home).test_client()
    page = client.get("/search?q=металург&source=Вести", follow_redirects=True).text
    assert "Возможно, вы искали <a href=" in page
    assert 'source=%D0%92%D0%B5%D1%81%D1%82%D0%B8" rel="nofollow">металлурги</a> – 1\u00a0статья.' in page
    assert "Возможно" not in client.get("/search?q=металург&source=none", follow_redirects=True).text
    assert client.get("/api/v1/search?q=металург").get_json()["suggestion"] == {"query": "металлурги", "total": 1}
    assert client.get("/api/v1/search?q=завод").get_json()["suggestion"] is None
    told = CliRunner(env={"PODSHIVKA_HOME": str(home.path)}).invoke(commands, ["search", "металург"])
    assert "Возможно, вы искали: podshivka search 'металлурги' (статей: 1)" in told.output


@settings(max_examples=12, deadline=None)
@given(
    articles, st.lists(queries | st.sampled_from(("pfdjl", "зводе", "мантруову", "титанбаррикады ста*")), max_size=8)
)
def test_what_is_promised_is_found(batch: list[Article], asked: list[str]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        searcher = Searcher(published_home(Path(folder), [batch[:7], batch[7:]]))
        for text in asked:
            result = searcher.search(SearchRequest(text))
            if meant := result.suggestion:
                again = searcher.search(SearchRequest(meant.query))
                assert result.total < meant.total == again.total
                assert again.query == meant.query


LETTERS = st.text("абв", max_size=6)


@given(
    st.text("абв", min_size=1, max_size=6), st.lists(LETTERS.filter(bool), min_size=1, max_size=5), st.integers(1, 3)
)
def test_slips_are_those_of_the_definition(word: str, others: list[str], most: int) -> None:
    for other in others:
        found = slips(np.array(list(map(ord, word))), np.array(list(map(ord, other)))[:, None], most)
        apart = distance(word, other)
        assert found.tolist() == [apart if apart <= most else FAR]


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
        with Searcher(home).moment() as snapshot:
            segments = [view.segment for view in snapshot.views]
            every = {other for segment in segments for other in segment.forms()[0] if other}
            most = (len(form) >= 5) + (len(form) >= 8)
            expected = {other for other in every if other.isalpha() and 0 < most >= distance(form, other)}
            assert {one.form for one in near(segments, form)} == (expected if form.isalpha() else set())


def test_among_many_words_those_of_one_article_are_passed_over(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with Searcher(home).moment() as snapshot:
        segments = [view.segment for view in snapshot.views]
        assert {one.form for one in near(segments, "губернато")} == {"губернатор", "губернатр"}
        monkeypatch.setattr(spelling, "MANY", 0)
        assert {one.form for one in near(segments, "губернато")} == {"губернатор"}


def test_of_many_segments_the_largest_are_looked_at(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment_writer, "SEGMENT_ARTICLES", 1)
    batches = [[Article(path=text, paragraphs=(text,))] for text in ("Трактор.", "Тракторы едут в поле.", "Трактора.")]
    home = published_home(tmp_path_factory.mktemp("три"), batches)
    with Searcher(home).moment() as snapshot:
        segments = [view.segment for view in snapshot.views]
        assert [one.form for one in near(segments, "тракторр")] == ["трактор", "трактора", "тракторы"]
        monkeypatch.setattr(spelling, "ENOUGH", 1)
        assert [one.form for one in near(segments, "тракторр")] == ["тракторы"]


RUSSIAN = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюя", min_size=2).map("а".__add__)


@given(st.lists(RUSSIAN))
def test_russian_typed_on_latin_keys_is_read_back(words: list[str]) -> None:
    assert retyped(" ".join(words).translate(TO_LATIN), words.__contains__).split() == words


@given(st.text())
def test_known_words_are_left_as_typed(text: str) -> None:
    assert retyped(text, lambda _: True) == retyped(text, lambda _: False) == text

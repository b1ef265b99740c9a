"""A query that was probably meant is offered where the archive lacks a word, and finds what is promised."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from archive.home import Home
from scripts.cli import commands
from search.query.canonical import canonical
from search.query.parser import read
from search.request import SearchRequest
from search.searcher import Searcher
from search.suggest.archive_words import TIMES_OFTENER
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
    texts = (*TEXTS, *(f"{OFTEN} {number}" for number in range(TIMES_OFTENER)), *ONCE)
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
        ("Бочарову А. С. завод", None),  # function words, which exclude nothing
        ("Бочарову А. Д. завод", "бочарову завод"),
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
    offered = searcher.search(SearchRequest(asked, as_typed=True)).suggestions
    assert (offered[0].query if offered else None) == (meant and canonical(read(meant).tree))


def test_the_offer_keeps_the_conditions_and_promises_what_it_finds(home: Home) -> None:
    client = create_app(home).test_client()
    page = client.get("/search?q=металург&source=Вести&as_typed=1", follow_redirects=True).text
    assert "Возможно, вы искали <a href=" in page
    assert 'source=%D0%92%D0%B5%D1%81%D1%82%D0%B8" rel="nofollow">металлурги</a> – 1\u00a0статья.' in page
    assert "Возможно" not in client.get("/search?q=металург&source=none&as_typed=1", follow_redirects=True).text
    offer = {"query": "металлурги", "total": 1, "kind": "spelling"}
    assert client.get("/api/v1/search?q=металург&as_typed=1").get_json()["suggestion"] == offer
    assert client.get("/api/v1/search?q=завод").get_json()["suggestion"] is None
    told = CliRunner(env={"PODSHIVKA_HOME": str(home.path)}).invoke(commands, ["search", "--as-typed", "металург"])
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
            result = searcher.search(SearchRequest(text, as_typed=True))
            for meant in result.suggestions:
                again = searcher.search(SearchRequest(meant.query, as_typed=True))
                assert result.total < meant.total == again.total
                assert again.query == meant.query

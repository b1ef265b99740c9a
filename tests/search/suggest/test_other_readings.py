"""What else a typed word may mean is offered where the archive has it, and the offer finds it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from archive.home import Home
from search.query.canonical import canonical
from search.query.parser import read
from search.request import SearchRequest
from search.result import OtherWord
from search.searcher import Searcher
from search.suggest.other_readings import typed, unlikely, with_words
from tests.search.query.test_parser import PIECES, TYPED
from tests.support.random_archives import published_home
from webapp.app import create_app

TEXTS = (
    "Трубы варят: нужна нержавеющая сталь отечественного производства.",
    "Гандболисты Волгограда стали первыми в области.",
    "Решение областного суда вступило в силу.",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    batch = [Article(path=str(n), paragraphs=(text,), own_id=str(n)) for n, text in enumerate(TEXTS)]
    return published_home(tmp_path_factory.mktemp("другие"), [batch])


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("стали", [("стали", "сталь", "сталь")]),
        ("трубы стали -суд", [("стали", "сталь", "трубы сталь -суд")]),
        ('"из стали" | суда', [("стали", "сталь", '"из сталь" | суда')]),
        ("сталь", []),
        ("!стали", []),
        ("-стали", []),
        ("суда", []),  # no vessels in the archive
        ("", []),
    ],
)
def test_what_is_offered(home: Home, asked: str, offered: list[tuple[str, str, str]]) -> None:
    found = Searcher(home).search(SearchRequest(text=asked)).other_words
    assert list(found) == [OtherWord(one, other, canonical(read(query).tree)) for one, other, query in offered]


def test_the_offer_finds_it(home: Home) -> None:
    searcher = Searcher(home)
    first = searcher.search(SearchRequest(text="стали"))
    second = searcher.search(SearchRequest(text=first.other_words[0].query))
    assert [[hit.title[:5] for hit in result.hits] for result in (first, second)] == [["Гандб"], ["Трубы"]]


def test_page_and_api_offer_it(home: Home) -> None:
    client = create_app(home).test_client()
    page = client.get("/search?q=стали&source=none", follow_redirects=True).text
    assert "«стали» – ещё и форма слова <a href=" in page
    assert "source=none" in page.partition("ещё и форма слова")[2].partition(">сталь</a>")[0]
    answer = client.get("/api/v1/search?q=стали").get_json()
    assert answer["other_words"] == [{"typed": "стали", "meant": "сталь", "query": "сталь"}]


@settings(deadline=None)
@given(TYPED | PIECES)
def test_nothing_but_the_word_changes(text: str) -> None:
    tree = read(text).tree
    assert with_words(tree, "нетакогослова", ("сталь",)) == tree
    for form in set(typed(tree)):
        changed = with_words(tree, form, ("прокатка",))
        assert form not in set(typed(changed))
        assert with_words(changed, "прокатка", (form,)) == tree or "прокатка" in set(typed(tree))


@given(st.sampled_from("стали суда правил дороги века том дали завод и на".split()))
def test_what_is_offered_is_sought_by_itself(form: str) -> None:
    assert all(lemma != form for lemma in unlikely(form))

"""Excerpts: what is marked, how long it gets."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.article import Article
from search.engine import MatchedRange
from search.pages.snippets import ELLIPSIS, EXCERPT_CHARS, marks_between, snippets
from search.request import SearchRequest
from search.result import Snippet
from search.searcher import Searcher
from tests.support.random_archives import published_home


def bracketed(snippet: Snippet) -> str:
    """The excerpt with its marks in brackets."""
    text = snippet.text
    for start, stop in reversed(snippet.marks):
        text = f"{text[:start]}[{text[start:stop]}]{text[stop:]}"
    return text


LONG = "Сначала долго " + "говорили о разном, " * 20 + "потом пустили стан, " + "и снова говорили, " * 20 + "и всё."
BODY = (
    "На «Красном Октябре» пустили стан. Красный флаг в октябре сняли.\n"
    "Директор завода доволен. Завод ждал год.\n"
    f"{LONG}\nИ ещё про завод «Красный Октябрь» на Волге."
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    article = Article(path="1", title="Новости Химпрома", paragraphs=tuple(BODY.split("\n")))
    bare = Article(path="2", paragraphs=("Баржа встала.", "Баржу сняли."))
    return Searcher(published_home(tmp_path_factory.mktemp("snippets"), [[article, bare]]))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            '"красный октябрь"',
            ["На «[Красном Октябре]» пустили стан.", "И ещё про завод «[Красный Октябрь]» на Волге."],
        ),
        ("красный директор", ["На «[Красном] Октябре» пустили стан.", "[Директор] завода доволен."]),
        ("завод Волга", ["Директор [завода] доволен.", "И ещё про [завод] «Красный Октябрь» на [Волге]."]),
        ("химпром", ["На «Красном Октябре» пустили стан. Красный флаг в октябре сняли."]),
        ("химпром октябрь*", ["И ещё про завод «Красный [Октябрь]» на Волге."]),
        ("!завод", ["[Завод] ждал год.", "И ещё про [завод] «Красный Октябрь» на Волге."]),
        ("директор -баржа", ["[Директор] завода доволен."]),
        ("баржа", ["[Баржа] встала.", "[Баржу] сняли."]),
    ],
)
def test_the_match_is_shown_in_its_sentence(searcher: Searcher, typed: str, shown: list[str]) -> None:
    (hit,) = searcher.search(SearchRequest(typed)).hits
    assert [bracketed(snippet) for snippet in hit.snippets] == shown


def test_without_words_the_first_paragraph_is_shown(searcher: Searcher) -> None:
    shown = {hit.title: [bracketed(one) for one in hit.snippets] for hit in searcher.search(SearchRequest()).hits}
    assert shown["Новости Химпрома"] == [BODY.split("\n")[0]]
    assert shown["Баржа встала."] == ["Баржа встала."]


def test_a_long_sentence_is_cut_at_words_round_the_match(searcher: Searcher) -> None:
    (hit,) = searcher.search(SearchRequest('"потом пустили"')).hits
    (snippet,) = hit.snippets
    assert re.fullmatch(rf"{ELLIPSIS}(\w+,? )+\[потом пустили\] стан,( \w+,?)+{ELLIPSIS}", bracketed(snippet))
    assert EXCERPT_CHARS // 2 < len(snippet.text) <= EXCERPT_CHARS + 2


def test_an_articles_words_are_marked_by_title_and_paragraph(searcher: Searcher) -> None:
    (hit,) = searcher.search(SearchRequest("химпром")).hits
    page = searcher.article(hit.id, 'химпром "красный октябрь" -баржа')
    assert page
    assert page.title_marks == ((8, 16),)
    lines = zip(page.stored.article.paragraphs, page.paragraph_marks, strict=True)
    assert [[line[a:b] for a, b in marks] for line, marks in lines] == [
        ["Красном Октябре"],
        [],
        [],
        ["Красный Октябрь"],
    ]


@example("аб\nа", [(2, 2, 0)], 0)
@given(
    st.text("аб .!?…»\n-–АБ", max_size=700),
    st.lists(st.tuples(st.integers(0, 700), st.integers(1, 300), st.integers(0, 2)), max_size=8),
    st.integers(0, 20),
)
def test_any_marks_stay_inside_and_apart(text: str, ranges: list[tuple[int, int, int]], start: int) -> None:
    ranges = sorted(
        (MatchedRange(first, first + length, item) for first, length, item in ranges if first + length <= len(text)),
        key=lambda spot: spot.start,
    )
    for snippet in snippets(text, min(start, len(text)), ranges, (1.0, 2.0, 3.0)):
        assert len(snippet.text) <= EXCERPT_CHARS + 2 * len(ELLIPSIS)
        assert snippet.text.strip(ELLIPSIS) in text
        flat = [place for mark in snippet.marks for place in mark]
        assert flat == sorted(flat)
        assert all(0 <= a < b <= len(snippet.text) for a, b in snippet.marks)
    assert marks_between(ranges, 0, len(text)) == marks_between(reversed(ranges), 0, len(text))


def test_an_article_of_nothing_has_no_excerpt(tmp_path: Path) -> None:
    batch = [Article(path="1", title="Один заголовок", paragraphs=()), Article(path="2", paragraphs=("Завод",))]
    hits = Searcher(published_home(tmp_path, [batch])).search(SearchRequest("заголовок")).hits
    assert [hit.snippets for hit in hits] == [()]

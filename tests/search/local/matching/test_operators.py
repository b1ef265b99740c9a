"""Every operator finds what brute force over the texts finds, whatever it is mixed with."""

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from indexer.index import segment_writer
from search.local.matching import stream_places
from search.query.canonical import canonical
from search.query.parser import read
from search.query.tree import (
    And,
    Capital,
    Dated,
    Exact,
    FieldValue,
    Mask,
    Near,
    Node,
    Not,
    Number,
    Or,
    Paragraph,
    Phrase,
    Prefix,
    Sentence,
    Term,
    Title,
    Together,
    Word,
)
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.random_archives import articles, published_home
from tests.support.reference_matches import matches

PRINTED = (
    "Завод",
    "завода",
    "стали",
    "Сталь",
    "сталью",
    "ТГК-1",
    "ТГК1",
    "10 000",
    "10000",
    "5%",
    "№ 5",
    "10 процентов",
    ". На",
    "Титан",
)
WORDS = ("завод", "сталь", "стали", "тгк1", "титан", "10", "000", "1", "нигде")

paragraph = st.lists(st.sampled_from(PRINTED), max_size=9).map(" ".join)
printed = st.builds(
    lambda article, title, paragraphs, issue: replace(article, title=title, paragraphs=paragraphs, issue=issue),
    articles.map(lambda several: several[0]),
    st.none() | paragraph.filter(str.strip),
    st.lists(paragraph, min_size=1, max_size=3).map(tuple),
    st.sampled_from((None, "5", "№ 05", "17 (5)")),
)
words = st.sampled_from(WORDS).map(Word)
terms: st.SearchStrategy[Term] = st.one_of(
    words,
    st.sampled_from(WORDS).map(Exact),
    st.sampled_from(WORDS).map(Capital),
    st.sampled_from(("ста", "за", "10")).map(Prefix),
    st.sampled_from(("*аль", "за*д", "*та*", "с*л*ь", "*нет")).map(Mask),
)
row_terms = st.one_of(words, st.sampled_from(WORDS).map(Exact), st.sampled_from(("*ль", "т*1")).map(Mask))
rows = st.lists(row_terms, min_size=2, max_size=3).map(tuple)
placed: st.SearchStrategy[Node] = st.one_of(
    terms,
    rows.map(Phrase),
    st.builds(Near, rows, st.integers(2, 5)),
    st.builds(Number, st.sampled_from(("10000", "1000,5", "5", "10")), st.sampled_from(("%", "№"))),
    st.sampled_from(("10000", "1000,5")).map(Number),
    st.lists(words, min_size=2, max_size=3).map(lambda parts: Together(tuple(parts))),
)
alternatives = st.lists(placed, min_size=2, max_size=2).map(lambda two: Or(tuple(two)))
held = st.lists(placed | alternatives, min_size=2, max_size=3)
days = st.none() | st.dates(dt.date(2019, 12, 1), dt.date(2020, 3, 1))
leaves: st.SearchStrategy[Node] = st.one_of(
    placed,
    held.map(lambda parts: Sentence(tuple(parts))),  # type: ignore[arg-type]
    held.map(lambda parts: Paragraph(tuple(parts))),  # type: ignore[arg-type]
    placed.map(Title),
    st.builds(Dated, days, days).filter(lambda one: one.first or one.last),
    st.sampled_from((("issue", "5"), ("rubric", "спорт"), ("source", "вести"), ("genre", "очерк"))).map(
        lambda pair: FieldValue(*pair)
    ),
)
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda several: And(tuple(several))),
        st.lists(parts, min_size=1, max_size=3).map(lambda several: Or(tuple(several))),
        parts.map(Not),
        parts.map(Title),
    ),
    max_leaves=4,
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(printed, min_size=1, max_size=9, unique_by=lambda one: one.text),
    st.lists(trees, min_size=20, max_size=20),
    st.sampled_from([2, 2_000]),
)
def test_brute_force_finds_the_same(batch: list[Article], asked: Sequence[Node], block: int) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(segment_writer, "SEGMENT_ARTICLES", 3)
        patch.setattr(stream_places, "TOKENS_READ", block)
        batch = [replace(article, path=str(n), own_id=str(n)) for n, article in enumerate(batch)]
        searcher = Searcher(published_home(Path(folder), [batch[:4], batch[4:]]))
        for typed in map(canonical, asked):
            tree = read(typed).tree
            result = searcher.search(SearchRequest(typed, size=100, reprints=True))
            found = {hit.own_id for hit in result.hits}
            assert found == {one.own_id for one in batch if matches(tree, one)}, typed
            assert result.total == len(found)
            again = searcher.search(SearchRequest(result.query, size=100, reprints=True))
            assert [hit.id for hit in again.hits] == [hit.id for hit in result.hits]
            assert again.query == result.query

"""The second stage reorders what BM25 found: nothing is lost or doubled, and each reward does what it is for."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from indexer.index import segment_writer
from search.local.collector import top_hits
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.random_archives import articles, published_home

FILLER = "область район город день год дом улица человек время место работа жизнь".split()
LONG = " ".join(FILLER * 8)
TYPED = ("завод", "завод сталь", "сталь завод волга", "завод сталью волга мыло мантуров титан 530,5")


def found(searcher: Searcher, typed: str) -> list[str]:
    result = searcher.search(SearchRequest(typed, size=100))
    return [hit.own_id or "" for hit in (*result.hits, *result.partial.hits)]


@pytest.mark.parametrize(
    ("typed", "worse", "better"),
    [
        ("каустик", (None, LONG + " каустик"), ("каустик", LONG)),  # in the title
        ("каустик титан", (None, "каустик область район город день титан"), (None, "каустик титан")),  # side by side
    ],
)
def test_the_better_article_stands_first(
    tmp_path: Path, typed: str, worse: tuple[str | None, str], better: tuple[str | None, str]
) -> None:
    batch = [
        Article(path=name, own_id=name, title=title, paragraphs=(f"{words} " + " ".join(FILLER),))
        for name, (title, words) in (("worse", worse), ("better", better))
    ]
    batch += [Article(path=str(n), own_id=str(n), paragraphs=(" ".join(FILLER),)) for n in range(8)]
    assert found(Searcher(published_home(tmp_path, [batch])), typed)[:2] == ["better", "worse"]


@settings(max_examples=20, deadline=None)
@given(articles, st.integers(0, 4), st.integers(1, 4), st.sampled_from(TYPED))
def test_pages_follow_each_other_whatever_is_ranked_anew(
    batch: Sequence[Article], ranked: int, size: int, typed: str
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment_writer, "SEGMENT_ARTICLES", 4)
        searcher = Searcher(published_home(Path(folder), [batch[:9], batch[9:]]))
        patch.setattr(top_hits, "RANKED_ARTICLES", 0)
        plain = searcher.search(SearchRequest(typed, size=100))
        patch.setattr(top_hits, "RANKED_ARTICLES", ranked)
        whole = searcher.search(SearchRequest(typed, size=100))
        assert (whole.total, whole.facets) == (plain.total, plain.facets)
        assert {hit.id for hit in whole.hits} == {hit.id for hit in plain.hits}
        assert {hit.id for hit in whole.partial.hits} == {hit.id for hit in plain.partial.hits}
        assert {hit.id for hit in whole.hits[:ranked]} == {hit.id for hit in plain.hits[:ranked]}
        assert [hit.id for hit in whole.hits[ranked:]] == [hit.id for hit in plain.hits[ranked:]]
        pages = [searcher.search(SearchRequest(typed, size=size, page=page)) for page in range(1, 16)]
        assert [hit.id for page in pages for hit in (*page.hits, *page.partial.hits)] == [
            hit.id for hit in (*whole.hits, *whole.partial.hits)
        ]

"""Articles are grouped into the same stories, whatever the order of their batches."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from archive.store.store import Store
from indexer.reprints.near_duplicates import compare_new
from indexer.reprints.reprint_groups import Stories
from tests.search.local.collector.test_fold_reprints import PAPERS, article

alike = st.builds(
    article,
    st.integers(0, 1),
    st.sampled_from((0, 3, 9)),
    st.sampled_from(PAPERS),
    st.integers(0, 2),
    st.uuids().map(str),
)


@settings(max_examples=8, deadline=None)
@given(st.lists(alike, min_size=4, max_size=8, unique_by=lambda one: (one.source, one.text)))
def test_the_order_of_batches_changes_no_story(articles: list[Article]) -> None:
    answers = []
    for order in (articles, articles[::-1]):
        with TemporaryDirectory() as folder, Store(Path(folder) / "a.sqlite", write=True) as store:
            for some in order:
                number = store.begin_batch("партия", "партия")
                store.stage(number, [some])
                store.publish_batch(number)
            compare_new(store)
            names = {one.article: (one.source, one.identity) for one in store.reprints.printed()}
            told = Stories.of(store.reprints.alike(), store.reprints.printed()).members
            answers.append({tuple(names[id] for id in story) for story in told})
    assert answers[0] == answers[1]

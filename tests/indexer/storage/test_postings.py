"""Posting lists come back; those of a segment's forms and lemmas are those of its articles, counted one by one."""

from collections import Counter
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.index.document import IndexDocument
from indexer.index.schema import ARRAYS_EXTENSION
from indexer.index.segment_draft import SegmentDraft
from indexer.storage.arrays import ArrayFile
from indexer.storage.postings import MAX_FREQUENCY, NO_POSTINGS, Inverted, TypePlaces, decode, encode, term_lists

WORDS = st.sampled_from(["", "а", "ав", "авт", "б"])
TOKENS = st.tuples(WORDS, st.sampled_from([(), (), ("лемма",), ("лемма", "ещё")]), st.sampled_from([1, 1, 2, 40]))
POSTING_LIST = st.dictionaries(
    st.one_of(st.integers(0, 300), st.integers(0, 70_000), st.integers(0, 2_000_000)),
    st.one_of(st.just(1), st.integers(1, 255), st.integers(1, 70_000)),
    max_size=30,
)


def inverted(lists: list[dict[int, int]]) -> Inverted:
    ordered = [sorted(postings.items()) for postings in lists]
    flat = [pair for postings in ordered for pair in postings]
    starts = np.cumsum([0, *map(len, ordered)])
    docs, freqs = (np.array([pair[side] for pair in flat], np.uint32) for side in (0, 1))
    return Inverted(starts.astype(np.int64), docs, freqs)


@given(st.lists(POSTING_LIST, max_size=12))
def test_posting_lists_come_back(lists: list[dict[int, int]]) -> None:
    coded, places = encode(inverted(lists))
    for place, postings in zip(places.tolist(), lists, strict=False):
        if not postings:
            continue
        found = decode(coded, place, len(postings))
        assert found.docs.tolist() == sorted(postings)
        assert found.freqs.tolist() == [min(postings[doc], MAX_FREQUENCY) for doc in sorted(postings)]
    assert places[-1] == len(coded)


def document(id: int, tokens: list[tuple[str, tuple[str, ...], int]]) -> IndexDocument:
    every = [(form, extra if form else ()) for form, extra, times in tokens for _ in range(times)]
    return IndexDocument(
        id=id,
        version=1,
        day=0,
        minute=-1,
        forms=tuple(form for form, _ in every),
        extra={position: extra for position, (_, extra) in enumerate(every) if extra},
        names={},
        fields={},
    )


@given(st.lists(st.lists(TOKENS, max_size=4), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_form_stands_where_its_types_stand(
    tmp_path: Path, articles: list[list[tuple[str, tuple[str, ...], int]]]
) -> None:
    documents = [document(number + 1, tokens) for number, tokens in enumerate(articles)]
    draft = SegmentDraft()
    for one in documents:
        draft.add(one)
    arrays = ArrayFile(tmp_path / draft.write(tmp_path).make_filename(ARRAYS_EXTENSION))
    places, terms = TypePlaces(arrays), term_lists(arrays)["form"]
    for form in ("а", "ав", "авт", "б"):
        expected = {number: one.forms.count(form) for number, one in enumerate(documents) if form in one.forms}
        found = terms.postings(form)
        terms.expect(form)
        assert dict(zip(found.docs.tolist(), found.freqs.tolist(), strict=True)) == expected
        assert terms.count(form) == len(expected)
    forms = terms.texts.with_prefix("а")
    found = places.postings(places.types_of(forms))
    starting = {number: sum(form.startswith("а") for form in one.forms) for number, one in enumerate(documents)}
    assert dict(zip(found.docs.tolist(), found.freqs.tolist(), strict=True)) == +Counter(starting)
    assert terms.postings("") is NO_POSTINGS
    assert not len(terms.postings("нет").docs)
    assert not len(term_lists(arrays)["lemma"].postings("нет").docs)

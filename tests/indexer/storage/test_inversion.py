"""A stream of token types becomes posting lists: the same, however many terms are worked out at a time."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.storage import inversion
from indexer.storage.arrays import offsets
from indexer.storage.inversion import Lists, inverse, posting_arrays, replace
from indexer.storage.postings import decode

ARTICLES = st.lists(st.lists(st.integers(0, 6), max_size=12), max_size=6)  # the token types of each
TERMS = st.lists(st.sets(st.integers(0, 6)), max_size=6)  # the token types of each


def lists(of: list[list[int]]) -> Lists:
    return Lists(np.array([n for one in of for n in one], np.uint32), offsets(np.array([*map(len, of)], np.int64)))


@given(ARTICLES, st.integers(1, 5))
def test_places_of_each_type_are_found_and_replaced(articles: list[list[int]], slab: int) -> None:
    stream = [kind for article in articles for kind in article]
    found = inverse(np.array(stream, np.uint32), 7)
    for kind in range(7):
        places = found.values[found.starts[kind] : found.starts[kind + 1]]
        assert places.tolist() == [place for place, other in enumerate(stream) if other == kind]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversion, "SLAB_TOKENS", slab)
        numbers = np.array(stream, np.uint32)
        replace(numbers, np.arange(7, 14, dtype=np.uint32))
    assert numbers.tolist() == [kind + 7 for kind in stream]


@given(ARTICLES, TERMS, st.integers(1, 20))
def test_postings_count_the_tokens_of_all_types_of_a_term(
    articles: list[list[int]], terms: list[set[int]], slab: int
) -> None:
    holders = [[doc for doc, article in enumerate(articles) for one in article if one == kind] for kind in range(7)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversion, "SLAB_TOKENS", slab)
        arrays = posting_arrays("t", lists([sorted(term) for term in terms]), lists(holders))
    assert len(arrays["t.counts"]) == len(terms)
    for term, place, count in zip(terms, arrays["t.places"].tolist(), arrays["t.counts"].tolist(), strict=False):
        expected = Counter(doc for doc, article in enumerate(articles) for kind in article if kind in term)
        assert count == len(expected)
        if count:
            found = decode(arrays["t.postings"], place, count)
            assert dict(zip(found.docs.tolist(), found.freqs.tolist(), strict=True)) == expected
            assert found.docs.tolist() == sorted(expected)

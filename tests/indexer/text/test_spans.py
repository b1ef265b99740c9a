"""Characters that names have taken, against comparing place with place."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.spans import Taken


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5))), st.tuples(st.integers(0, 30), st.integers(1, 5)))
def test_taken(sizes: list[tuple[int, int]], size: tuple[int, int]) -> None:
    places = [(start, start + length) for start, length in sizes]
    start, stop = size[0], sum(size)
    expected = any(start < other_stop and other_start < stop for other_start, other_stop in places)
    assert Taken(" " * 40, places).meets((start, stop)) is expected

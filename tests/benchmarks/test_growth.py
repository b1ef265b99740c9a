"""The picture of growth: well-formed, larger values higher, labels apart."""

from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import COLOURS, DRAWN, Scale, drawn, spread

SVG = "{http://www.w3.org/2000/svg}"
SIZES = (20_000, 100_000, 1_000_000)


@given(st.lists(st.floats(0.1, 900), min_size=len(DRAWN) * 3, max_size=len(DRAWN) * 3))
def test_every_kind_is_a_line_of_its_figures(took: list[float]) -> None:
    lines = {kind: list(zip(SIZES, took[3 * n : 3 * n + 3], strict=True)) for n, kind in enumerate(DRAWN)}
    picture = ElementTree.fromstring(drawn(lines))
    found = picture.findall(f"{SVG}polyline")
    assert [line.get("stroke") for line in found] == list(COLOURS)
    for line, figures in zip(found, lines.values(), strict=True):
        places = [tuple(map(float, point.split(","))) for point in (line.get("points") or "").split()]
        assert [x for x, _ in places] == sorted({x for x, _ in places})
        for (_, low), (_, high) in pairwise(
            sorted(zip((ms for _, ms in figures), (y for _, y in places), strict=True))
        ):
            assert high <= low
    said = [text.text or "" for text in picture.findall(f"{SVG}text")]
    assert all(any(text.startswith(kind) for text in said) for kind in DRAWN)


def test_the_axis_has_whole_powers_of_ten_at_its_ends() -> None:
    axis = Scale([20, 3000], 0, 300)
    assert list(axis.marks()) == [10, 100, 1000, 10000]
    assert [axis(value) for value in axis.marks()] == [0, 100, 200, 300]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_labels_do_not_lie_on_each_other(places: list[float]) -> None:
    found = sorted(spread(places, apart=10))
    assert all(after - before >= 10 - 1e-6 for before, after in pairwise(found))
    assert all(moved >= place for moved, place in zip(spread(places, apart=10), places, strict=True))

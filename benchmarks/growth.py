"""Draws how the cost of a page grows with the archive.

    python -m benchmarks.growth HOME … [--output docs/growth.svg] [--requests 12]

Asks every home the same kinds of request, whole pages with excerpts and all facets, each twice, the second is counted,
and draws the median of each kind over the number of articles; both axes are logarithmic, so a line that climbs with
the grid's diagonal grows as the archive does, and a level one not at all.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import numpy as np

from archive.home import Home
from benchmarks.page import Material, kinds, milliseconds
from search.request import SearchRequest
from search.searcher import Searcher

DRAWN = ("everything", "a frequent word", "three words", "a phrase of two", "a word and a person", "a rare word")
COLOURS = ("#333333", "#c0392b", "#2471a3", "#1e8449", "#9a7d0a", "#7d3c98")
CLOSE = 1.01  # so little above a power of ten it is taken for it
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 420, 64, 24, 190, 52

Line = list[tuple[float, float]]  # articles, milliseconds


def medians(home: Home, number: int) -> tuple[int, dict[str, float]]:
    """The articles of a home and the median milliseconds of each kind."""
    searcher = Searcher(home)
    asked = kinds(Material(home, searcher, random.Random(1)))
    found = {kind: list(milliseconds(searcher, [asked[kind]() for _ in range(number)])) for kind in DRAWN}
    return searcher.search(SearchRequest()).total, {kind: float(np.median(took)) for kind, took in found.items()}


def drawn(lines: dict[str, Line]) -> str:
    """The picture."""
    points = [point for line in lines.values() for point in line]
    x, y = (Scale([point[axis] for point in points], *ends) for axis, ends in enumerate(
        ((LEFT, WIDTH - RIGHT), (HEIGHT - BOTTOM, TOP))))  # fmt: skip
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *grid(x, y),
    ]
    ends = spread([y(line[-1][1]) for line in lines.values()])
    for (kind, line), colour, end in zip(lines.items(), COLOURS, ends, strict=True):
        path = " ".join(f"{x(articles):.1f},{y(took):.1f}" for articles, took in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(a):.1f}" cy="{y(t):.1f}" r="3.5" fill="{colour}"/>' for a, t in line]
        said = f"{kind}: {line[-1][1]:.1f}"
        parts.append(f'<text x="{WIDTH - RIGHT + 10}" y="{end + 4:.1f}" fill="{colour}">{escape(said)}</text>')
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 10}">articles in the archive</text>')
    parts.append(f'<text x="8" y="{TOP - 8}">ms a page, median</text>')
    return "\n".join([*parts, "</svg>", ""])


class Scale:
    """A logarithmic axis: values between whole powers of ten, places between two ends."""

    def __init__(self, values: Sequence[float], first: float, last: float) -> None:
        self.low, self.high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values) / CLOSE))
        self._first, self._last = first, last

    def __call__(self, value: float) -> float:
        share = (math.log10(value) - self.low) / max(1, self.high - self.low)
        return self._first + share * (self._last - self._first)

    def marks(self) -> Iterator[float]:
        """The powers of ten."""
        return (10.0**power for power in range(self.low, self.high + 1))


def grid(x: Scale, y: Scale) -> Iterator[str]:
    """Lines and numbers at the powers of ten."""
    for value in x.marks():
        yield f'<path d="M{x(value):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#dddddd"/>'
        yield f'<text x="{x(value):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{value:,.0f}</text>'
    for value in y.marks():
        yield f'<path d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}" stroke="#dddddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:g}</text>'


def spread(places: Sequence[float], apart: float = 17) -> list[float]:
    """Places of labels, moved down where they would lie on each other."""
    found = list(places)
    for before, after in zip(order := sorted(range(len(found)), key=found.__getitem__), order[1:], strict=False):
        found[after] = max(found[after], found[before] + apart)
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("homes", type=Path, nargs="+")
    parser.add_argument("--output", type=Path, default=Path("docs/growth.svg"))
    parser.add_argument("--requests", type=int, default=12, help="of each kind")
    options = parser.parse_args()
    lines: dict[str, Line] = {kind: [] for kind in DRAWN}
    for size, found in sorted(
        (medians(Home(home), options.requests) for home in options.homes), key=lambda one: one[0]
    ):
        print(f"{size} articles:", ", ".join(f"{kind} {took:.1f}" for kind, took in found.items()))
        for kind, took in found.items():
            lines[kind].append((size, took))
    options.output.write_text(drawn(lines), "utf-8")
    print(f"load {os.getloadavg()[0]:.1f}; {options.output}")


if __name__ == "__main__":
    main()

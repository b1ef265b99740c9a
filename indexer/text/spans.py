"""Holds where names stand in a text, and which characters they take."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

SpanKind = Literal["person", "body", "place"]
Place = tuple[int, int]  # start, stop


@dataclass(frozen=True, slots=True)
class Span:
    """Where a text names a person, a body or a place (code points).

    `margin`: by how much the network's score of a person is above all its other scores (logits), where the span is a
    person of one word; several words hold each other.
    """

    start: int
    stop: int
    kind: SpanKind
    margin: float = field(default=math.inf, compare=False)


class Taken:
    """The characters of a text that names have taken: for many questions, as a book has."""

    def __init__(self, text: str, places: Iterable[Place]) -> None:
        self.marks = bytearray(len(text))
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        """Takes the characters of one more name."""
        start, stop = place
        self.marks[start:stop] = b"\1" * (stop - start)

    def meets(self, place: Place) -> bool:
        """Whether a place has a character in common with one of the names."""
        return self.marks.find(1, *place) >= 0

"""Measures span F1 of persons and bodies over gold texts.

Conventions: a person is the whole mention («Денис Мантуров»), a body is its name (in factRuEval without the type word),
of nested spans only the outermost counts, quotes at the ends do not.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

GoldSpan = tuple[int, int, str]  # start, stop, "person" or "body"
QUOTES = "\"'”«„ʼ»“ʻ "
MEASURES = ("exact", "overlap")


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with the spans that stand in its annotation."""

    name: str
    text: str
    spans: tuple[GoldSpan, ...]


@dataclass(slots=True)
class Score:
    """Counts of right, found and wanted spans by kind and measure."""

    counts: dict[tuple[str, str], list[int]] = field(
        default_factory=lambda: {(kind, measure): [0, 0, 0] for kind, measure in product(("person", "body"), MEASURES)}
    )

    def add(self, found: Iterable[GoldSpan], wanted: Iterable[GoldSpan]) -> None:
        """Counts the spans of one text."""
        found, wanted = set(found), set(wanted)
        for (kind, measure), count in self.counts.items():
            ours, theirs = (sorted(s for s in spans if s[2] == kind) for spans in (found, wanted))
            right = len(set(ours) & set(theirs)) if measure == "exact" else overlapping(ours, theirs)
            for i, more in enumerate((right, len(ours), len(theirs))):
                count[i] += more

    def f1(self, kind: str, measure: str) -> float:
        """Harmonic mean of precision and recall."""
        right, found, wanted = self.counts[kind, measure]
        return 2 * right / (found + wanted) if found + wanted else 0.0

    def __str__(self) -> str:
        return "\n".join(
            f"{kind} {measure}: P {r / max(f, 1):.3f} R {r / max(w, 1):.3f} F1 {self.f1(kind, measure):.3f} n={w}"
            for (kind, measure), (r, f, w) in self.counts.items()
        )


def overlapping(ours: list[GoldSpan], theirs: list[GoldSpan]) -> int:
    """How many of ours meet one of theirs, each of theirs taken once."""
    free, met = list(theirs), 0
    for start, stop, _ in ours:
        best = max(free, key=lambda s: min(stop, s[1]) - max(start, s[0]), default=None)
        if best and min(stop, best[1]) > max(start, best[0]):
            free.remove(best)
            met += 1
    return met


def factrueval(folder: Path) -> Iterator[GoldText]:
    """factRuEval-2016: persons whole, bodies by their org_name."""
    for path in sorted(folder.glob("*.objects")):
        text = read(path.with_suffix(".txt"))
        spans = dict(span_lines(path.with_suffix(".spans")))
        persons: list[GoldSpan] = []
        bodies: list[GoldSpan] = []
        for fields in (line.split("#")[0].split() for line in read(path).splitlines()):
            parts = [spans[number] for number in fields[2:] if number in spans]
            if parts and fields[1] == "Person":
                persons.append((min(p[1] for p in parts), max(p[2] for p in parts), "person"))
            elif parts and fields[1] == "Org":
                bodies.extend((start, stop, "body") for kind, start, stop in parts if kind == "org_name")
        yield GoldText(path.stem, text, trimmed(text, persons, bodies))


def span_lines(path: Path) -> Iterator[tuple[str, tuple[str, int, int]]]:
    for fields in (line.split("#")[0].split() for line in read(path).splitlines()):
        if len(fields) >= 4:
            yield fields[0], (fields[1], int(fields[2]), int(fields[2]) + int(fields[3]))


def nerel(folder: Path) -> Iterator[GoldText]:
    """NEREL: PERSON and ORGANIZATION, outermost."""
    for path in sorted(folder.glob("*.ann")):
        text = read(path.with_suffix(".txt"))
        spans: dict[str, list[GoldSpan]] = {"PERSON": [], "ORGANIZATION": []}
        for line in read(path).splitlines():
            kind, _, places = line.split("\t")[1].partition(" ") if line.startswith("T") else ("", "", "")
            if kind in spans:
                numbers = [int(n) for n in re.findall(r"\d+", places)]
                spans[kind].append((min(numbers), max(numbers), "person" if kind == "PERSON" else "body"))
        yield GoldText(path.stem, text, trimmed(text, spans["PERSON"], spans["ORGANIZATION"]))


def read(path: Path) -> str:
    """The text with its line breaks as they are: offsets count them."""
    return path.read_bytes().decode()


def trimmed(text: str, *kinds: list[GoldSpan]) -> tuple[GoldSpan, ...]:
    """The outermost spans of each kind without quotes and blanks at the ends."""
    return tuple(sorted({trim(text, span) for spans in kinds for span in outermost(spans)}))


def outermost(spans: Iterable[GoldSpan]) -> Iterator[GoldSpan]:
    end = -1
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if span[0] >= end:
            yield span
            end = span[1]


def trim(text: str, span: GoldSpan) -> GoldSpan:
    start, stop, kind = span
    while start < stop and text[start] in QUOTES:
        start += 1
    while stop > start and text[stop - 1] in QUOTES:
        stop -= 1
    return start, stop, kind

"""Finds where in a segment's stream words, rows and windows of words stand, and in which sentences or paragraphs.

Places of a term are ascending numbers in the stream; sentences and paragraphs are told by where they begin.
"""

from collections.abc import Callable
from functools import reduce
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.local.matching.stream_places import StreamPlaces
from search.local.segments.cache import CACHE
from search.local.segments.segment import Segment
from search.query.tree import And, Near, Node, Or, Phrase, Term

PlacesOf = Callable[[Term], StreamPlaces]
Unit = Literal["sentence", "paragraph"]

PARAGRAPH_END = np.zeros(1, np.uint32)  # the type of its token


class Spans(NamedTuple):
    """The first and the last token of everything found."""

    firsts: StreamPlaces
    lasts: StreamPlaces


def spans(node: Term | Phrase | Near, places: PlacesOf, paragraphs: StreamPlaces) -> Spans:
    """Where a word, row or window stands; none crosses a paragraph's end."""
    match node:
        case Phrase(terms):
            firsts = places(terms[0])
            for number, term in enumerate(terms[1:], 1):
                firsts = firsts[are_in(firsts + number, places(term))]
            found = Spans(firsts, firsts + len(terms) - 1)
        case Near(terms, distance):
            found = windows([places(term) for term in terms], distance)
        case _:
            firsts = places(node)
            return Spans(firsts, firsts)
    inside = units_at(found.firsts, paragraphs) == units_at(found.lasts, paragraphs)
    return Spans(found.firsts[inside], found.lasts[inside])


def windows(several: list[StreamPlaces], distance: int) -> Spans:
    """From each place of any of several terms to where all have stood, if that is near enough."""
    if not all(map(len, several)):
        return Spans(np.empty(0, np.int64), np.empty(0, np.int64))
    firsts = np.unique(np.concatenate(several))
    lasts = firsts
    for places in several:
        after = places.searchsorted(firsts)
        firsts, lasts, after = (one[after < len(places)] for one in (firsts, lasts, after))
        lasts = np.maximum(lasts, places[after])
    near = lasts - firsts <= distance
    return Spans(firsts[near], lasts[near])


def units_with(node: Node, places: PlacesOf, starts: StreamPlaces, paragraphs: StreamPlaces) -> NDArray[np.int64]:
    """The numbers of the sentences or paragraphs, which begin at `starts`, that have all a node asks for."""
    match node:
        case And(parts):
            return reduce(np.intersect1d, (units_with(part, places, starts, paragraphs) for part in parts))
        case Or(parts):
            return reduce(np.union1d, (units_with(part, places, starts, paragraphs) for part in parts))
        case _:
            found = spans(node, places, paragraphs)  # type: ignore[arg-type]
            first = units_at(found.firsts, starts)
            return np.unique(first[first == units_at(found.lasts, starts)])


def units_at(places: StreamPlaces, starts: StreamPlaces) -> NDArray[np.int64]:
    """The number of the unit that each place is in."""
    return starts.searchsorted(places, "right") - 1


def are_in(some: StreamPlaces, others: StreamPlaces) -> NDArray[np.bool_]:
    """For each of some numbers, whether it is among others, which ascend."""
    if not len(others):
        return np.zeros(len(some), np.bool_)
    found: NDArray[np.bool_] = others.take(others.searchsorted(some), mode="clip") == some
    return found


def unit_starts(segment: Segment, unit: Unit) -> StreamPlaces:
    """Where sentences or paragraphs begin in the stream of a segment; paragraphs where it knows no sentences."""
    if unit == "sentence" and not segment.marks.known:
        unit = "paragraph"
    key = (segment.stream_key, unit, "starts")
    starts: StreamPlaces | None = CACHE.get(key)
    if starts is None:
        starts = _unit_starts(segment, unit)
        CACHE.put(key, starts)
    return starts


def _unit_starts(segment: Segment, unit: Unit) -> StreamPlaces:
    ends = segment.places_of(PARAGRAPH_END).astype(np.int64)
    found = [segment.stream_offsets[:-1].astype(np.int64), ends + 1]
    if unit == "sentence":
        found.append(segment.marks.every("sentence", len(segment.stream)))
    return np.unique(np.concatenate(found))

"""A matched article and its text in, the places of what was sought out, by the token stream: no word is read anew."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.text.tokens import WORD
from search.local.matching.match import SegmentMatch
from search.local.matching.phrases import row_places
from search.query.tree import Phrase, Term


@dataclass(frozen=True, slots=True)
class Spot:
    """A matched range of a text, and the number of the word or phrase that it matches."""

    start: int
    stop: int
    item: int


def spots(match: SegmentMatch, doc: int, items: Sequence[Term | Phrase], text: str) -> list[Spot]:
    """Where the items stand in the text of article `doc`, by start; nowhere if it is not the text that was indexed."""
    segment = match.segment
    types = segment.stream[segment.stream_offsets[doc] : segment.stream_offsets[doc + 1]]
    places = [found.span() for found in WORD.finditer(text)]
    if not items or len(places) != len(types):
        return []
    found = []
    for number, item in enumerate(items):
        terms = item.terms if isinstance(item, Phrase) else (item,)
        masks = [match.mask(term) for term in terms]
        for first in row_places(np.asarray(types), masks).tolist():
            found.append(Spot(places[first][0], places[first + len(terms) - 1][1], number))
    return sorted(found, key=lambda spot: (spot.start, spot.stop))

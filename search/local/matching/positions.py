"""Finds in an article's text what was sought, by the token stream: no word is read anew."""

from collections.abc import Sequence

import numpy as np

from indexer.text.tokens import WORD
from search.engine import MatchedRange
from search.local.matching.match import SegmentMatch
from search.local.matching.phrases import row_places
from search.query.tree import Capital, Phrase, Signed, Term
from search.work import spend


def matched_ranges(match: SegmentMatch, doc: int, items: Sequence[Term | Phrase], text: str) -> list[MatchedRange]:
    """Where the items stand in the text of article `doc`, by start; nowhere if it is not the text that was indexed."""
    segment = match.segment
    types = segment.stream[segment.stream_offsets[doc] : segment.stream_offsets[doc + 1]]
    places = [found.span() for found in WORD.finditer(text)]
    if not items or len(places) != len(types):
        return []
    found = []
    for number, item in enumerate(items):
        spend(len(types), item)
        terms = item.terms if isinstance(item, Phrase) else (item,)
        masks = [match.mask(term) for term in terms]
        for first in row_places(np.asarray(types), masks).tolist():
            if not is_as_printed(terms, places[first : first + len(terms)], text):
                continue
            found.append(MatchedRange(places[first][0], places[first + len(terms) - 1][1], number))
    return sorted(found, key=lambda one: (one.start, one.stop))


def is_as_printed(terms: Sequence[Term], places: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether the words at places of a text have the capitals and signs that the terms want."""
    for term, (start, stop) in zip(terms, places, strict=True):
        match term:
            case Capital() if not text[start].isupper():
                return False
            case Signed(_, "%") if not text[stop : stop + 2].lstrip().startswith("%"):
                return False
            case Signed(_, "№") if not text[max(0, start - 2) : start].rstrip().endswith("№"):
                return False
    return True

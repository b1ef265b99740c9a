"""Finds in an article's text what was sought, by the token stream: no word is read anew."""

from collections.abc import Sequence

import numpy as np

from indexer.text.tokens import WORD
from search.engine import MatchedRange
from search.local.matching.match import SegmentMatch
from search.local.matching.phrases import row_places
from search.query.tree import Capital, Phrase, Term


def matched_ranges(match: SegmentMatch, doc: int, items: Sequence[Term | Phrase], text: str) -> list[MatchedRange]:
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
            if isinstance(item, Capital) and not text[places[first][0]].isupper():
                continue
            found.append(MatchedRange(places[first][0], places[first + len(terms) - 1][1], number))
    return sorted(found, key=lambda one: (one.start, one.stop))

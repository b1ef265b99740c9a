"""Finds the articles of a segment where what is made of several terms stands: rows, windows, sentences, paragraphs."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from indexer.storage.postings import Postings
from search.local.matching.spans import PlacesOf, spans, unit_starts, units_with
from search.local.matching.stream_places import StreamPlaces, articles_at, token_runs
from search.local.matching.terms import as_printed, term_places, term_types
from search.local.matching.ways import terms_of, ways
from search.local.segments.segment import Segment
from search.query.tree import Near, Paragraph, Phrase, Sentence, Term

NOWHERE = np.empty(0, np.int64)

Item = Term | Phrase | Near | Sentence | Paragraph  # what stands at places of a text
TokenTypes = NDArray[np.uint32]
TypeMask = NDArray[np.bool_]  # by token type


class ItemFinder:
    """Finds items in the stream of one segment; `mask`: by token type, whether it means a term."""

    def __init__(self, segment: Segment, mask: Callable[[Term], TypeMask]) -> None:
        self._segment, self._mask = segment, mask

    def found_in(self, item: Item, docs: NDArray[np.int32]) -> Postings:
        """Those of the articles, which have all its parts, that have the item: from the places of its terms, or from
        the articles' tokens where these are fewer."""
        offsets = self._segment.stream_offsets
        tokens = int((offsets[docs + 1] - offsets[docs]).sum())
        terms = terms_of(ways(item))
        if sum(self._segment.count_places(term_types(self._segment, term)) for term in terms) < tokens:
            return articles_at(self._segment, self._at(item, lambda term: term_places(self._segment, term)))
        return self.found_between(item, offsets[docs], offsets[docs + 1])

    def found_between(self, item: Item, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> Postings:
        """The articles that have the item within these runs of the stream."""
        found = []
        for places, types in token_runs(self._segment, starts, stops):

            def places_of(term: Term, places: StreamPlaces = places, types: TokenTypes = types) -> StreamPlaces:
                return as_printed(self._segment, term, places[self._mask(term).take(types)])

            found.append(self._at(item, places_of))
        return articles_at(self._segment, np.concatenate([NOWHERE, *found]))

    def _at(self, item: Item, places_of: PlacesOf) -> StreamPlaces:
        """Where the item begins; the sentences or paragraphs that have all its parts."""
        paragraphs = unit_starts(self._segment, "paragraph")
        if isinstance(item, Sentence | Paragraph):
            starts = unit_starts(self._segment, "sentence") if isinstance(item, Sentence) else paragraphs
            return starts[units_with(ways(item), places_of, starts, paragraphs)]
        return spans(item, places_of, paragraphs).firsts

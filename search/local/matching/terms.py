"""Finds the articles of a segment that have a term of a query, and the token types that mean it.

What was worked out is kept in the cache of decoded postings.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.storage.postings import NO_POSTINGS, Postings
from search.local.matching.masks import masked_forms, units_to_look_through
from search.local.matching.stream_places import StreamPlaces, articles_at
from search.local.segments.cache import CACHE
from search.local.segments.joined import JoinedSegments
from search.local.segments.segment import Segment
from search.query.tree import Capital, Exact, Mask, Prefix, Signed, Term, Word
from search.query.typed_word import query_lemmas

COMMON_SHARE = 8  # a term of more than one article in so many is looked up by article
MAX_BYTE = 255
SPARSE_SHARE = 16  # fewer postings than one in so many articles are joined by sorting


def term_postings(segment: Segment | JoinedSegments, term: Term) -> Postings:
    """Live articles with the term, and how often it stands in each.

    The lemmas of a word are one group; a place where it can be read as two of them is not to count twice, so its
    frequency is that of its most frequent lemma, which is exact but for articles that mix readings.
    """
    key = (segment.opened, term, "postings")
    found: Postings | None = CACHE.get(key)
    if found is None:
        found = _live(segment, _postings(segment, term))
        CACHE.put(key, found)
    return found


def units_to_look_up(segment: Segment | JoinedSegments, term: Term) -> int:
    """The work that it takes to find which forms a term means, wherever they are kept."""
    if not isinstance(term, Mask):
        return 1
    parts = segment.segments if isinstance(segment, JoinedSegments) else (segment,)
    return sum(units_to_look_through(one, term.pattern) for one in parts)


def places_of_terms(found: Postings) -> int:
    """How many places of the texts have any of the forms that were looked for."""
    return int(found.freqs.sum(dtype=np.int64))


def frequencies(segment: Segment | JoinedSegments, term: Term) -> NDArray[np.unsignedinteger[Any]] | None:
    """By article: how often the term stands there; None where that would be large for so rare a term."""
    found = term_postings(segment, term)
    if len(found.docs) * COMMON_SHARE <= segment.size:
        return None
    key = (segment.opened, term, "frequencies")
    every: NDArray[np.unsignedinteger[Any]] | None = CACHE.get(key)
    if every is None:
        every = np.zeros(segment.size, np.uint8 if found.freqs.max() <= MAX_BYTE else np.uint16)
        every[found.docs] = found.freqs
        CACHE.put(key, every)
    return every


def term_types(segment: Segment, term: Term) -> NDArray[np.uint32]:
    """Token types that mean the term, ascending."""
    key = (segment.opened, term, "types")
    types: NDArray[np.uint32] | None = CACHE.get(key)
    if types is None:
        types = _types(segment, term)
        CACHE.put(key, types)
    return types


def term_places(segment: Segment, term: Term) -> StreamPlaces:
    """Where in the stream the term stands, ascending, in deleted articles too."""
    places = np.sort(segment.places_of(term_types(segment, term))).astype(np.int64)
    return as_printed(segment, term, places)


def as_printed(segment: Segment, term: Term, places: StreamPlaces) -> StreamPlaces:
    """Those of the places of a term's types where it is printed as the term wants: with a capital, with a sign; all
    where the segment does not know."""
    if not segment.marks.known:
        return places
    match term:
        case Capital():
            return places[segment.marks.bits("capital", places)]
        case Signed(_, sign):
            return places[segment.marks.having("percent" if sign == "%" else "number_sign", places)]
        case _:
            return places


def _postings(segment: Segment | JoinedSegments, term: Term) -> Postings:
    match term:
        case Word(form):
            return _joined([segment.postings("lemma", lemma) for lemma in query_lemmas(form)], segment.size)
        case Exact(form):
            return segment.postings("form", form)
        case Prefix(start):
            return segment.postings_of_prefix(start)
        case Mask() | Capital() | Signed():
            if isinstance(segment, JoinedSegments):
                return segment.joined([term_postings(one, term) for one in segment.segments])
            return articles_at(segment, term_places(segment, term))


def _live(segment: Segment | JoinedSegments, found: Postings) -> Postings:
    """Without deleted articles."""
    if segment.live is None or not len(found.docs):
        return found
    kept = segment.live[found.docs]
    return Postings(found.docs[kept], found.freqs[kept])


def _types(segment: Segment, term: Term) -> NDArray[np.uint32]:
    match term:
        case Word(form) | Capital(form):
            return segment.types_with_lemmas(query_lemmas(form))
        case Mask(pattern):
            return segment.types_of_forms(masked_forms(segment, pattern).numbers)
        case Exact(form) | Signed(form):
            return segment.types_with_form(form)
        case Prefix(start):
            return segment.types_with_prefix(start)


def _joined(several: Sequence[Postings], size: int) -> Postings:
    """The articles of any of several postings, with the largest frequency in each."""
    filled = [postings for postings in several if len(postings.docs)]
    if len(filled) < 2:
        return filled[0] if filled else NO_POSTINGS
    if SPARSE_SHARE * sum(len(postings.docs) for postings in filled) < size:
        docs = np.concatenate([postings.docs for postings in filled])
        freqs = np.concatenate([postings.freqs for postings in filled])
        order = np.argsort(docs, kind="stable")
        docs, freqs = docs[order], freqs[order]
        starts = np.flatnonzero(np.diff(docs, prepend=-1))
        return Postings(docs[starts], np.maximum.reduceat(freqs, starts))
    dense = np.zeros(size, np.uint16)
    for postings in filled:
        dense[postings.docs] = np.maximum(dense[postings.docs], postings.freqs)
    docs = np.flatnonzero(dense).astype(np.int32)
    return Postings(docs, dense[docs])

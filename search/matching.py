"""A query tree and a segment in, the numbers of its live articles that match out: sets as ascending arrays."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.codec import NO_POSTINGS, Postings
from search.language import And, Exact, Node, Not, Or, Phrase, Prefix, Term, Word
from search.phrases import Mask, phrase_at, phrase_postings
from search.segment import Segment
from search.terms import term_postings, term_types
from search.whole import Whole

Docs = NDArray[np.signedinteger[Any]]

LONG = 100  # an article is read in the time that so many places of a word are looked at
FAR_FEWER = 24  # one set is looked up in another so many times larger; else both are laid on a mask


class Match:
    """One query against a segment or the whole; what was found for a term or phrase is kept for ranking."""

    def __init__(self, segment: Segment | Whole, tree: Node) -> None:
        self.segment = segment
        self._tree = tree
        self._terms: dict[Term, Postings] = {}
        self._phrases: dict[Phrase, Postings] = {}

    @cached_property
    def parts(self) -> "tuple[SegmentMatch, ...]":
        """The same query against each segment."""
        segments = self.segment.segments if isinstance(self.segment, Whole) else (self.segment,)
        return tuple(SegmentMatch(segment, self._tree) for segment in segments)

    @cached_property
    def docs(self) -> Docs:
        """The articles that match."""
        return self._docs(self._tree)

    def postings(self, item: Term | Phrase) -> Postings:
        """Articles of a term; those of a phrase where the plain terms of the query are, too."""
        if isinstance(item, Phrase):
            if item not in self._phrases:
                self._phrases[item] = self._phrase(item)
            return self._phrases[item]
        if item not in self._terms:
            self._terms[item] = term_postings(self.segment, item)
        return self._terms[item]

    def _docs(self, node: Node) -> Docs:
        match node:
            case And(parts):
                return self._both(parts)
            case Or(parts):
                mask = np.zeros(self.segment.size, np.bool_)
                for part in parts:
                    mask[self._docs(part)] = True
                return np.flatnonzero(mask)
            case Not():
                return self._both((node,))
            case _:
                return self.postings(node).docs

    def _both(self, parts: Iterable[Node]) -> Docs:
        """What is in all parts."""
        wanted, excluded = [], []
        for part in parts:
            if isinstance(part, Not):
                excluded.append(self._docs(part.part))
            else:
                wanted.append(self._docs(part))
        docs = intersection(wanted, self.segment.size) if wanted else self._everything()
        for some in excluded:
            docs = docs[~among(docs, some, self.segment.size)]
        return docs

    def _everything(self) -> Docs:
        live = self.segment.live
        return np.arange(self.segment.size) if live is None else np.flatnonzero(live)

    def _phrase(self, phrase: Phrase) -> Postings:
        found = [part.postings(phrase) for part in self.parts]
        return self.segment.joined(found) if isinstance(self.segment, Whole) else found[0]


class SegmentMatch(Match):
    """One query against one segment; it knows which of the segment's token types a term means."""

    segment: Segment

    @cached_property
    def _masks(self) -> dict[Term, Mask]:
        return {}

    @cached_property
    def _scope(self) -> list[Docs]:
        """Sets outside which no match lies, so that phrases are not looked for elsewhere: the query's plain terms."""
        parts = self._tree.parts if isinstance(self._tree, And) else (self._tree,)
        return [self.postings(part).docs for part in parts if isinstance(part, Word | Exact | Prefix)]

    def mask(self, term: Term) -> Mask:
        """By token type: whether it means the term."""
        if term not in self._masks:
            mask = self._masks[term] = np.zeros(self.segment.type_count, np.bool_)
            mask[term_types(self.segment, term)] = True
        return self._masks[term]

    def _phrase(self, phrase: Phrase) -> Postings:
        found = [self.postings(term) for term in phrase.terms]
        rarest = min(range(len(found)), key=lambda place: len(found[place].docs))
        if not len(found[rarest].docs):
            return NO_POSTINGS
        masks = [self.mask(term) for term in phrase.terms]
        if any(len(docs) * LONG < len(found[rarest].docs) for docs in self._scope):
            docs = intersection([*(postings.docs for postings in found), *self._scope], self.segment.size)
            return phrase_postings(self.segment, docs.astype(np.int32), masks, rarest)
        places = self.segment.places_of(term_types(self.segment, phrase.terms[rarest]))
        return phrase_at(self.segment, places, masks, rarest)


def intersection(sets: Sequence[Docs], size: int) -> Docs:
    """What is in all of the sets (numbers below `size`), from the smallest on."""
    smallest, *others = sorted(sets, key=len)
    for other in others:
        smallest = smallest[among(smallest, other, size)]
    return smallest


def among(docs: Docs, others: Docs, size: int) -> NDArray[np.bool_]:
    """For each of `docs`, whether it is among `others`."""
    if not len(others) or not len(docs):
        return np.zeros(len(docs), np.bool_)
    if len(docs) * FAR_FEWER < len(others):
        places = np.searchsorted(others, docs)
        places[places == len(others)] = 0
        found: NDArray[np.bool_] = others[places] == docs
        return found
    mask = np.zeros(size, np.bool_)
    mask[others] = True
    return mask[docs]

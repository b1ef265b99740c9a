"""Finds the live articles of a segment that match a query tree: sets of numbers as ascending arrays."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeGuard

import numpy as np
from numpy.typing import NDArray

from indexer.storage.postings import NO_POSTINGS, Postings
from search.local.matching.items import Item, ItemFinder, TypeMask
from search.local.matching.phrases import phrase_at, phrase_postings
from search.local.matching.stream_places import title_runs
from search.local.matching.terms import frequencies, places_of_terms, term_postings, term_types, units_to_look_up
from search.local.matching.ways import ways
from search.local.segments.joined import JoinedSegments
from search.local.segments.segment import Segment
from search.query.tree import (
    EVERYTHING,
    And,
    Capital,
    Dated,
    Exact,
    FieldValue,
    Idle,
    Mask,
    Near,
    Node,
    Not,
    Number,
    Or,
    Paragraph,
    Phrase,
    Prefix,
    Sentence,
    Signed,
    Term,
    Title,
    Together,
    Word,
)
from search.work import spend

Docs = NDArray[np.signedinteger[Any]]
FieldArticles = Callable[[FieldValue], Docs]  # the live articles that have a field's value

PLACES_AN_ARTICLE = 100  # an article is read in the time that so many places of a word are looked at
TERMS = Word | Exact | Prefix | Mask | Capital | Signed
TIMES_FEWER = 24  # one set is looked up in another so many times larger; else both are laid on a mask


class DocSet(NamedTuple):
    """A set of articles, ascending; `every`: the same by article, 0 for those not in it, where that is at hand."""

    docs: Docs
    every: NDArray[np.unsignedinteger[Any]] | None = None


class Match:
    """One query against a segment or the whole; what was found for a term or phrase is kept for ranking."""

    def __init__(self, segment: Segment | JoinedSegments, tree: Node, fields: FieldArticles | None = None) -> None:
        self.segment = segment
        self._tree = tree
        self._fields = fields
        self._terms: dict[Term, Postings] = {}
        self._placed: dict[Phrase | Near | Sentence | Paragraph, Postings] = {}
        self._parts: dict[int, SegmentMatch] = {}

    def part(self, number: int) -> "SegmentMatch":
        """The same query against one of the segments."""
        if number not in self._parts:
            segment = self.segment.segments[number] if isinstance(self.segment, JoinedSegments) else self.segment
            self._parts[number] = SegmentMatch(segment, self._tree)
        return self._parts[number]

    @property
    def parts(self) -> "list[SegmentMatch]":
        """The same query against each segment."""
        return (
            [self.part(number) for number in range(len(self.segment.segments))]
            if isinstance(self.segment, JoinedSegments)
            else [self.part(0)]
        )

    @cached_property
    def docs(self) -> Docs:
        """The articles that match."""
        return self._docs(self._tree)

    @property
    def found(self) -> DocSet:
        """The same as a set."""
        return DocSet(self.docs, self._every(self._tree))

    def postings(self, item: Item) -> Postings:
        """Articles of a term; those of what is made of several where the plain terms of the query are, too."""
        if not isinstance(item, TERMS):
            if item not in self._placed:
                self._placed[item] = self._phrase(item) if is_plain_row(item) else self._several(item)
            return self._placed[item]
        if item not in self._terms:
            spend(units_to_look_up(self.segment, item), item)
            found = self._terms[item] = term_postings(self.segment, item)
            spend(len(found.docs) if isinstance(item, Word | Exact) else places_of_terms(found), item)
        return self._terms[item]

    def frequencies(self, item: Item) -> NDArray[np.unsignedinteger[Any]] | None:
        """By article, how often a frequent term stands there; None for any other."""
        return frequencies(self.segment, item) if isinstance(item, TERMS) else None

    def _docs(self, node: Node) -> Docs:
        match node:
            case And(parts):
                return self._both(parts)
            case Or(parts):
                mask = np.zeros(self.segment.size, np.bool_)
                for part in parts:
                    docs, every = self._found(part)
                    if every is None:
                        mask[docs] = True
                    else:
                        mask |= every > 0
                return mask.nonzero()[0]
            case Not():
                return self._both((node,))
            case Idle():
                return self._everything()
            case Number() | Together():
                return self._docs(ways(node))
            case Title(part):
                return TitleMatch(self)._docs(part)
            case Dated():
                return self._dated(node)
            case FieldValue():
                return self._fields(node) if self._fields else np.empty(0, np.int64)
            case _:
                return self.postings(node).docs

    def _found(self, node: Node) -> DocSet:
        docs = self._docs(node)
        spend(len(docs), node)
        return DocSet(docs, self._every(node))

    def _every(self, node: Node) -> NDArray[np.unsignedinteger[Any]] | None:
        return self.frequencies(node) if isinstance(node, TERMS) else None

    def _both(self, parts: Iterable[Node]) -> Docs:
        """What is in all parts."""
        wanted, excluded = [], []
        for part in parts:
            if isinstance(part, Not):
                excluded.append(self._found(part.part))
            elif not isinstance(part, Idle):
                wanted.append(self._found(part))
        docs = intersection(wanted, self.segment.size) if wanted else self._everything()
        for some in excluded:
            docs = docs[~among(docs, some, self.segment.size)]
        return docs

    def _everything(self) -> Docs:
        live = self.segment.live
        return np.arange(self.segment.size) if live is None else live.nonzero()[0]

    def _scope(self) -> list[DocSet]:
        """Sets outside which no match lies, so that phrases are not looked for elsewhere: the query's plain terms."""
        parts = self._tree.parts if isinstance(self._tree, And) else (self._tree,)
        return [self._found(part) for part in parts if isinstance(part, TERMS)]

    def _dated(self, node: Dated) -> Docs:
        """What was published on the days; nothing without a date."""
        days, live = self.segment.days, self.segment.live
        kept = days >= (node.first.toordinal() if node.first else 1)
        if node.last:
            kept &= days <= node.last.toordinal()
        return (kept if live is None else kept & live).nonzero()[0]

    def _several(self, item: Item) -> Postings:
        """Where its parts stand beside each other, of the articles that have them all."""
        parts = item.parts if isinstance(item, Sentence | Paragraph) else item.terms  # type: ignore[union-attr]
        docs = intersection([DocSet(self._docs(And(parts))), *self._scope()], self.segment.size)
        spend(len(docs) * PLACES_AN_ARTICLE * len(parts), item)
        rows = [one.stream.found_in(item, some) for one, some in zip(self.parts, self._parted(docs), strict=True)]
        return self.segment.joined(rows) if isinstance(self.segment, JoinedSegments) else rows[0]

    def _parted(self, docs: Docs) -> list[NDArray[np.int32]]:
        return self.segment.parted(docs) if isinstance(self.segment, JoinedSegments) else [docs.astype(np.int32)]

    def _phrase(self, phrase: Phrase) -> Postings:
        """Round the places of its rarest term; in the candidates' texts, where those are far shorter."""
        found = [self._found(term) for term in phrase.terms]
        counts = [len(some.docs) for some in found]
        if not min(counts):
            return NO_POSTINGS
        order = sorted(range(len(counts)), key=counts.__getitem__)
        scope = self._scope()
        if any(len(some.docs) * PLACES_AN_ARTICLE < min(counts) for some in scope):
            docs = intersection([*found, *scope], self.segment.size)
            spend(len(docs) * PLACES_AN_ARTICLE * len(counts), phrase)
            pairs = zip(self.parts, self._parted(docs), strict=True)
            rows = [phrase_postings(one.segment, some, one.masks(phrase), order) for one, some in pairs]
        else:
            rarest = phrase.terms[order[0]]
            spend(places_of_terms(self.postings(rarest)) * len(counts), phrase)
            rows = [phrase_at(one.segment, one.places(rarest), one.masks(phrase), order) for one in self.parts]
        return self.segment.joined(rows) if isinstance(self.segment, JoinedSegments) else rows[0]


class SegmentMatch(Match):
    """One query against one segment; it knows which of the segment's token types a term means."""

    segment: Segment

    def part(self, number: int) -> "SegmentMatch":
        """Itself."""
        return self

    @cached_property
    def _masks(self) -> dict[Term, TypeMask]:
        return {}

    def masks(self, phrase: Phrase) -> list[TypeMask]:
        """The mask of each of its terms."""
        return [self.mask(term) for term in phrase.terms]

    def places(self, term: Term) -> NDArray[np.uint32]:
        """Where in the stream the term stands, type by type."""
        return self.segment.places_of(term_types(self.segment, term))

    @cached_property
    def stream(self) -> ItemFinder:
        """What tells where in the stream something made of several terms stands."""
        return ItemFinder(self.segment, self.mask)

    def mask(self, term: Term) -> TypeMask:
        """By token type: whether it means the term; a capital is told by places alone."""
        if term not in self._masks:
            mask = self._masks[term] = np.zeros(self.segment.type_count, np.bool_)
            mask[term_types(self.segment, term)] = True
        return self._masks[term]


class TitleMatch(Match):
    """The same in titles alone: what stands elsewhere is not there."""

    def __init__(self, whole: Match) -> None:
        super().__init__(whole.segment, EVERYTHING, whole._fields)
        self._whole = whole

    def postings(self, item: Item) -> Postings:
        """Articles of which the title has the item."""
        if item not in self._titled:
            spend(10 * len(docs := self._whole.postings(item).docs), item)  # a title has some ten tokens
            pairs = zip(self._whole.parts, self._parted(docs), strict=True)
            rows = [part.stream.found_between(item, *title_runs(part.segment, some)) for part, some in pairs]
            self._titled[item] = self.segment.joined(rows) if isinstance(self.segment, JoinedSegments) else rows[0]
        return self._titled[item]

    def frequencies(self, item: Item) -> None:
        """Titles are short: none is told by article."""

    @cached_property
    def _titled(self) -> dict[Item, Postings]:
        return {}


def is_plain_row(item: Item) -> TypeGuard[Phrase]:
    """Whether it is a row that the types of tokens tell."""
    return isinstance(item, Phrase) and not any(isinstance(term, Capital | Signed) for term in item.terms)


def intersection(sets: Sequence[DocSet], size: int) -> Docs:
    """What is in all of the sets (numbers below `size`), from the smallest on."""
    smallest, *others = sorted(sets, key=lambda some: len(some.docs))
    docs = smallest.docs
    for other in others:
        docs = docs[among(docs, other, size)]
    return docs


def places_among(docs: Docs, others: Docs) -> NDArray[np.int64]:
    """Where each of `docs` stands, or would stand, among `others`."""
    return others.searchsorted(docs.astype(others.dtype, copy=False))  # of one kind, or numpy would copy `others`


def among(docs: Docs, others: DocSet, size: int) -> NDArray[np.bool_]:
    """For each of `docs`, whether it is among `others`."""
    spend(len(docs))
    if not len(others.docs) or not len(docs):
        return np.zeros(len(docs), np.bool_)
    if others.every is not None:
        return others.every.take(docs) > 0
    if len(docs) * TIMES_FEWER < len(others.docs):
        places = places_among(docs, others.docs)
        found: NDArray[np.bool_] = others.docs.take(places, mode="clip") == docs
        return found
    spend(len(others.docs))
    mask = np.zeros(size, np.bool_)
    mask[others.docs] = True
    return mask.take(docs)

"""Finds raw spans of persons and bodies by the news-trained slovnet tagger, computed in numpy.

All texts of a batch go through the network together, and the best tag sequence is found for all of them at once: three
times as fast as slovnet's own, the same tags. Decoding differs in one thing: an I tag with no B before it opens a span
(«Путин подписал…» at the head of a text is lost otherwise).
"""

import math
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.text.cut_text import CutText
from indexer.text.sentences import Piece, batches, pieces_of
from indexer.text.slovnet import NAME_TAGGER_FILE, NOTHING, Floats, Integers, Network
from indexer.text.spans import Span, SpanKind

WORDS_KEPT = 30_000
TOKENS_LOOKED_UP = WORDS_KEPT // 3  # tokens whose first products are looked up together
BATCH_TOKENS = 1_024  # the arrays of a batch stay in the cache of the processor

KIND_OF_TAG: dict[str, SpanKind] = {"PER": "person", "ORG": "body", "LOC": "place"}


class Tagger(Network):
    """The tagger with its weights (about 200 MB)."""

    def __init__(self) -> None:
        super().__init__(NAME_TAGGER_FILE, WORDS_KEPT)
        self.outside = self.tags.index("O")
        self.person = np.array([tag.endswith("PER") for tag in self.tags])
        self.transitions: Floats = np.ascontiguousarray(self.model.head.crf.transitions.array.T)  # (to, from)

    def spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """The spans of each text, in order, none overlapping."""
        return self.spans_of(pieces_of([CutText(text) for text in texts]), len(texts))

    def spans_of(self, found: Sequence[Piece], texts: int) -> list[list[Span]]:
        """The spans of each of so many texts, from their pieces."""
        spans: list[list[Span]] = [[] for _ in range(texts)]
        for piece, (tags, margins) in zip(found, self.tag(found), strict=True):
            spans[piece.text].extend(self.decode(piece, tags, margins))
        return spans

    def tag(self, found: Sequence[Piece]) -> list[tuple[NDArray[np.int8], Floats]]:
        """The most probable tag numbers of each piece, and the margins of those that are a person's."""
        if not found:
            return []
        rows = np.concatenate([scores for run in batches(found, TOKENS_LOOKED_UP) for scores in self.scores_of(run)])
        lengths = np.array([len(piece.words) for piece in found])
        firsts = np.cumsum(lengths + 1) - lengths
        best = best_paths(rows, self.transitions, firsts, lengths)
        margins = self.margins(rows, best)
        places = [slice(start, start + length) for start, length in zip(firsts, lengths, strict=True)]
        return [(best[place], margins[place]) for place in places]

    def scores_of(self, run: Sequence[Piece]) -> Iterator[Floats]:
        """The scores of every tag for the words of pieces, batch by batch; the row before each piece is of no word."""
        known = self.first([NOTHING, *(word for piece in run for word in (*piece.words, NOTHING))])
        first = 0
        for batch in batches(run, BATCH_TOKENS):
            last = first + sum(len(piece.words) + 1 for piece in batch)
            yield self.scores(self.rows(known[first : last + 1])[:-1])
            first = last

    def margins(self, scores: Floats, best: NDArray[np.int8]) -> Floats:
        """For each row that is tagged as a person's the best score of a person less the best of all else, else 0."""
        found = np.zeros(len(best), np.float32)
        rows = np.flatnonzero((best >= 0) & self.person[best])
        found[rows] = scores[rows][:, self.person].max(1) - scores[rows][:, ~self.person].max(1)
        return found

    def decode(self, piece: Piece, tags: NDArray[np.int8], margins: Floats) -> Iterator[Span]:
        """Spans of a tagged piece; an I that continues nothing opens one."""
        begun: tuple[int, SpanKind] | None = None
        stop = last = -1
        margin = math.inf
        for i in np.flatnonzero(tags != self.outside).tolist():
            place, _, name = self.tags[tags[i]].partition("-")
            kind, start = KIND_OF_TAG.get(name), piece.starts[i]
            if begun and (place == "B" or i != last + 1 or kind != begun[1] or start < 0):
                yield Span(begun[0], stop, begun[1], margin)
                begun = None
            if kind and start >= 0:
                margin = math.inf if begun or kind != "person" else float(margins[i])
                begun = begun or (start, kind)
                stop, last = start + len(piece.words[i]), i
        if begun:
            yield Span(begun[0], stop, begun[1], margin)


def best_paths(scores: Floats, transitions: Floats, starts: Integers, lengths: Integers) -> NDArray[np.int8]:
    """Viterbi over all texts at once: rows of `scores` from each of `starts` on; (rows,) of tag numbers."""
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    longest, numbers = int(lengths[0]), np.arange(len(lengths))
    # texts longer than t: the first alive[t]
    alive = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    places = np.minimum(starts + np.arange(longest)[:, None], len(scores) - 1)
    sums = np.ascontiguousarray(scores[places].transpose(0, 2, 1))  # of the best way to (word, tag, text)
    from_to = np.ascontiguousarray(transitions.T)[:, :, None]
    for t in range(1, longest):
        n = alive[t]
        sums[t, :, :n] += (sums[t - 1][:, None, :n] + from_to).max(0)
    best = np.full(len(scores), -1, np.int8)
    tag = sums[lengths - 1, :, numbers].argmax(1)
    for t in range(longest - 1, 0, -1):
        n = alive[t]
        best[starts[:n] + t] = tag[:n]
        tag[:n] = (sums[t - 1, :, :n] + transitions[tag[:n]].T).argmax(0)
    best[starts] = tag
    return best


@cache
def tagger() -> Tagger:
    """The one tagger of the process, loaded at first use."""
    return Tagger()

"""Tells which of two lemmas keeps such company as a word has: «банка огурцов», «правление банка».

"You shall know a word by the company it keeps" (J. R. Firth, 1957): what stands near the word is held, as vectors,
against the forms that are of one of the lemmas and of nothing else («банкой», «банком»).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from indexer.text.lemmas import analyzer, lemmas
from indexer.text.slovnet import Floats, word_vectors
from indexer.text.tokens import fold

WORDS_EITHER_SIDE = 6  # words to either side
SHORTEST_LETTERS = 4  # letters; shorter words keep company with everything
STRONGEST_NEIGHBOURS = 4  # neighbours that count
MOST_LEANING = 0.4
LEMMA_FAMILIES = (("INFN", "VERB", "GRND", "PRTF", "PRTS"), ("ADJF", "ADJS", "COMP"))  # parts of speech of one lemma


class Sense(NamedTuple):
    """Where the vectors of a lemma's own forms lie (None: they have none), how often all of them stood in the news."""

    direction: Floats | None
    frequency: int


def leaning(words: Sequence[str], at: int, one: Sense, other: Sense) -> float:
    """How much nearer the neighbours are to `one` than to `other`: a mean difference of cosines, 0 where not known.

    At most MOST_LEANING, whatever they are.
    """
    if one.direction is None or other.direction is None:
        return 0.0
    towards = one.direction - other.direction
    near = [*words[max(0, at - WORDS_EITHER_SIDE) : at], *words[at + 1 : at + WORDS_EITHER_SIDE + 1]]
    sides = [float(vector @ towards) for word in near if (vector := direction(word)) is not None]
    return min(MOST_LEANING, sum(sorted(sides, key=abs)[-STRONGEST_NEIGHBOURS:]) / STRONGEST_NEIGHBOURS)


@lru_cache(1 << 12)
def sense(lemma: str, parts: frozenset[str]) -> Sense:
    """Of a lemma that is of one of those parts of speech (OpenCorpora's)."""
    kin = parts.union(*(family for family in LEMMA_FAMILIES if not parts.isdisjoint(family)))
    own = [word for word in forms(lemma, kin) if lemmas(fold(word)) == (lemma,)]
    vectors = [vector for word in own if (vector := direction(word)) is not None]
    return Sense(unit(np.sum(vectors, axis=0)) if vectors else None, sum(map(word_vectors().count, own)))


def forms(lemma: str, parts: frozenset[str]) -> list[str]:
    """All forms of a folded lemma of one of those parts of speech."""
    found: Any = analyzer().parse(lemma)
    return next(
        ([form.word for form in p.lexeme] for p in found if fold(p.normal_form) == lemma and p.tag.POS in parts), []
    )


@lru_cache(1 << 14)
def direction(word: str) -> Floats | None:
    """Where a word lies from the middle of all words; None for short ones and those without a vector."""
    vectors = word_vectors()
    if len(word) < SHORTEST_LETTERS or not vectors.count(word):
        return None
    return unit(vectors([word])[0] - vectors.mean)


def unit(vector: Floats) -> Floats:
    """The vector, one long."""
    found: Floats = vector / np.linalg.norm(vector)
    return found

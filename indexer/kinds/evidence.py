"""Holds what one mention of a body says of its kind, and how strongly."""

from enum import IntEnum
from typing import NamedTuple

from indexer.lexicon.type_kinds import TypeKind


class Strength(IntEnum):
    """How much a sign is to be believed; the strongest of an article decides."""

    NOTHING = 1  # nothing speaks of the name
    LIKELY = 2  # the name is mostly of that kind
    BESIDE = 3  # a word beside it («акции», «тренер»)
    ENDING = 4  # the ending of one of its words
    WITHIN = 5  # a word in it
    BEFORE_NAME = 6  # the type word before it
    INSIDE = 7  # its head is a type word
    LEGAL = 8  # the legal form before it
    KNOWN = 9  # everybody knows it
    TYPED = 10  # everybody knows it, and it is another's here


class Evidence(NamedTuple):
    """The kind that one mention speaks for."""

    strength: Strength
    kind: TypeKind


def evidence_of(strength: Strength, kind: TypeKind | None) -> Evidence | None:
    """Evidence where there is a kind."""
    return Evidence(strength, kind) if kind else None

"""Says by a type word, in any form, what the name beside it is the name of."""

import re
from functools import lru_cache
from typing import Literal

from indexer.lexicon.type_words import ENTERPRISE_WORDS, NAMELESS_WORDS, NOT_COMPOUND, ORGANISATION_WORDS, PAIR_KINDS
from indexer.text.lemmas import lemmas
from indexer.text.tokens import fold

TypeKind = Literal["enterprise", "organisation", "nameless"]
TYPE_WORDS: tuple[tuple[TypeKind, frozenset[str]], ...] = (
    ("enterprise", ENTERPRISE_WORDS),
    ("organisation", ORGANISATION_WORDS),
    ("nameless", NAMELESS_WORDS),
)
ALL_TYPES = ENTERPRISE_WORDS | ORGANISATION_WORDS | NAMELESS_WORDS
COMPOUND = re.compile(f"(?:{'|'.join(sorted(word for word in ALL_TYPES if len(word) > 4))})$")
NAMED_AFTER = frozenset(("имени", "им"))


@lru_cache(1 << 14)
def type_kind(word: str) -> TypeKind | None:
    """What a type word in any form says of the name beside it; compounds too («гастрофестиваль», «бизнес-школа»)."""
    form = fold(word)
    if form in NAMED_AFTER:  # «РГПУ имени Герцена»; «имя» is a type word, too
        return None
    first, _, last = form.rpartition("-")
    if first and lemmas(first)[0] in ORGANISATION_WORDS and lemmas(last)[0] not in NAMELESS_WORDS:  # «театр-студия»
        return "organisation"
    bases = (form, *lemmas(last))
    endings = (match.group() for lemma in bases if lemma not in NOT_COMPOUND and (match := COMPOUND.search(lemma)))
    return next((kind for lemma in (*bases, *endings) for kind, listed in TYPE_WORDS if lemma in listed), None)


def pair_kind(adjective: str, noun: str) -> TypeKind | None:
    """What an adjective makes of a type word: «торговый центр» is a building, «атомная станция» an enterprise."""
    return PAIR_KINDS.get((first_lemma(adjective), first_lemma(noun)))  # type: ignore[return-value]


def first_lemma(word: str) -> str:
    """The first dictionary form of a word, of a compound its last part's."""
    return lemmas(fold(word).rpartition("-")[2])[0]

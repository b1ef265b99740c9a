"""Finds names in quotes, and says by the words before a name what it is the name of."""

import re
from functools import lru_cache

from indexer.lexicon.type_kinds import TypeKind, pair_kind, type_kind
from indexer.lexicon.type_words import LEGAL_WORDS, words
from indexer.text.lemmas import share
from indexer.text.spans import Place
from indexer.text.tokens import fold

QUOTED = re.compile(r"«([^«»\n]{2,80})»|\"([^\"\n]{2,80})\"|“([^”“\n]{2,80})”|„([^“„\n]{2,80})“")
IN_BRACKETS_BEFORE = re.compile(r"\([^()\n]*\) ?(?=[«\"“„]?$)")
AMONG_NAMES = re.compile(r"[\s»\"”“]*(?:[,;]|и|или|,?\s*а\s+также|, и|—)\s*")  # between two names of one list
OPENING = ("«", '"', "“", "„")
CLOSING = ("»", '"', "”", "“")
MOST_WORDS_QUOTED = 7  # words in quotes; more are a title or a speech
PLACES_KEPT = 256  # places of which it is kept what stands before them: several rules ask, one after another
CHARS_BEFORE_NAME = 80  # characters before a name where its type word is looked for
WORD_OR_SIGN = re.compile(r"[^\W_]+(?:[-–‑][^\W_]+)*|\S|\n")
TYPE_AND_NAME_LINKS = words(
    "имени им по и при"
)  # may stand between a type word and the name, besides nouns and adjectives


@lru_cache(PLACES_KEPT)
def signs_before(text: str, start: int) -> tuple[str, ...]:
    """Words and signs before a name, without quotes right before it and what stands in brackets."""
    before = WORD_OR_SIGN.findall(IN_BRACKETS_BEFORE.sub("", text[max(0, start - CHARS_BEFORE_NAME) : start]))
    while before and before[-1] in OPENING:
        before.pop()
    return tuple(before)


def kind_before(text: str, start: int) -> TypeKind | None:
    """The nearest type word before a name, nouns and adjectives between them («завод тракторных деталей «…»»)."""
    before = signs_before(text, start)
    if before[-1:] == (":",):  # a speech, or «в номинациях: «…», «…»»
        return "nameless" if len(before) > 1 and type_kind(before[-2]) == "nameless" else None
    for i in range(len(before) - 1, max(-1, len(before) - 5), -1):
        word = before[i]
        if not word[0].isalnum():
            return None
        form = fold(word)
        if form in LEGAL_WORDS:
            continue
        kind = (pair_kind(before[i - 1], word) if i else None) or type_kind(word)
        if kind:
            return kind
        if not (
            form in TYPE_AND_NAME_LINKS
            or word[0].isupper()
            or share(form.rpartition("-")[2], "NOUN", "ADJF", "PRTF") > 0.5
        ):
            return None
    return None


@lru_cache(64)
def quoted_names(text: str) -> tuple[tuple[Place, TypeKind | None], ...]:
    """Quoted names with what their type word says; the names of a list share it."""
    found: list[tuple[Place, TypeKind | None]] = []
    last_stop, last_kind = -1, None
    for match in QUOTED.finditer(text):
        start, stop = match.span(match.lastindex or 0)
        kind = kind_before(text, start)
        if kind is None and last_stop >= 0 and AMONG_NAMES.fullmatch(text, last_stop, match.start()):
            kind = last_kind
        last_stop, last_kind = stop, kind
        if (text[start].isupper() or text[start].isdigit()) and len(text[start:stop].split()) <= MOST_WORDS_QUOTED:
            found.append(((start, stop), kind))
    return tuple(found)


def quoted_bodies(text: str) -> list[Place]:
    """Quoted names that their type word makes a body's.

    >>> text = "завод «Каучук», форум «Диалог», «Эхо»"
    >>> [text[slice(*place)] for place in quoted_bodies(text)]
    ['Каучук']
    """
    return [place for place, kind in quoted_names(text) if kind not in (None, "nameless")]

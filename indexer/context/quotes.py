"""Finds names in quotes, and says by the words before a name what it is the name of."""

import re
from collections.abc import Sequence
from functools import lru_cache

from indexer.lexicon.type_kinds import TypeKind, pair_kind, type_kind
from indexer.lexicon.type_words import LEGAL_WORDS, words
from indexer.text.cut_text import LINE_END, OPENING, CutText
from indexer.text.lemmas import share
from indexer.text.spans import Place
from indexer.text.tokens import fold

QUOTED = re.compile(r"«([^«»\n]{2,80})»|\"([^\"\n]{2,80})\"|“([^”“\n]{2,80})”|„([^“„\n]{2,80})“")
AMONG_NAMES = re.compile(r"[\s»\"”“]*+(?:[,;]|и|или|,?\s*а\s+также|, и|—)\s*")  # between two names of one list
MOST_WORDS_QUOTED = 7  # words in quotes; more are a title or a speech
PLACES_KEPT = 256  # places of which it is kept what stands before them: several rules ask, one after another
TOKENS_BEFORE_NAME = 5  # where its type word is looked for
BRACKET_OR_LINE_END = ("(", ")", LINE_END)
# may stand between a type word and the name, besides nouns and adjectives
TYPE_AND_NAME_LINKS = words("имени им по и при")


@lru_cache(PLACES_KEPT)
def tokens_before_name(text: CutText, start: int) -> tuple[str, ...]:
    """The last words and signs before a name, without quotes right before it and what stands in brackets."""
    last = before_quotes(text, before_brackets(text.words, text.unquoted(start)))
    return tuple(text.words_to(last, TOKENS_BEFORE_NAME))


def before_quotes(text: CutText, last: int) -> int:
    """How many of so many tokens of a text stand before the opening quotes that they end with."""
    while last and text.words[last - 1] in OPENING:
        last -= 1
    return last


def before_brackets(tokens: Sequence[str], last: int) -> int:
    """How many of so many tokens stand before the brackets that they end with; all where they end with none.

    >>> before_brackets(["завод", "(", "бывший", ")"], 4), before_brackets(["завод", ")"], 2)
    (1, 2)
    """
    if not last or tokens[last - 1] != ")":
        return last
    opening = next((i for i in range(last - 2, -1, -1) if tokens[i] in BRACKET_OR_LINE_END), -1)
    return opening if opening >= 0 and tokens[opening] == "(" else last


def kind_before(text: CutText, start: int) -> TypeKind | None:
    """The nearest type word before a name, nouns and adjectives between them («завод тракторных деталей «…»»)."""
    before = tokens_before_name(text, start)
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
def quoted_names(text: CutText) -> tuple[tuple[Place, TypeKind | None], ...]:
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


def quoted_bodies(text: CutText) -> list[Place]:
    """Quoted names that their type word makes a body's.

    >>> text = CutText("завод «Каучук», форум «Диалог», «Эхо»")
    >>> [text[slice(*place)] for place in quoted_bodies(text)]
    ['Каучук']
    """
    return [place for place, kind in quoted_names(text) if kind not in (None, "nameless")]

"""Finds the words beside a name."""

import re
from functools import lru_cache

from indexer.context.quotes import CHARS_BEFORE_NAME, OPENING, PLACES_KEPT, WORD_OR_SIGN
from indexer.text.lemmas import share
from indexer.text.spans import Span
from indexer.text.tokens import fold

ABBREVIATION = re.compile("(?!РИА)[А-ЯЁ]{2,6}")  # РИА «Новости» is known by both words

NEXT_WORD = re.compile(r"[»\"”]? (?:не )?([а-яё]+)")
WORD_BEFORE = re.compile(r"(?s:.*)(?<![^\W\d_])([^\W\d_]+)[ \u00a0]$")  # from the end: far faster than a search
CHARS_BEFORE_WORD = 40  # characters before a name where the word before it begins


def is_quoted(text: str, span: Span) -> bool:
    """Whether an opening quote stands right before it."""
    return text[span.start - 1 : span.start] in OPENING


@lru_cache(PLACES_KEPT)
def words_before(text: str, start: int) -> tuple[str, ...]:
    """The folded words before a name back to the last sign, quotes right before it passed over."""
    before = WORD_OR_SIGN.findall(text, max(0, start - CHARS_BEFORE_NAME), start)
    while before and before[-1] in OPENING:
        before.pop()
    signs = [i for i, word in enumerate(before) if not word[0].isalnum()]
    return tuple(fold(word) for word in before[signs[-1] + 1 if signs else 0 :])


def word_before(text: str, start: int) -> str:
    """The word that one blank divides from what begins there, as printed; "" where there is none."""
    match = WORD_BEFORE.match(text, max(0, start - CHARS_BEFORE_WORD), start)
    return match[1] if match else ""


def last_word(text: str, start: int) -> str:
    """The folded word right before a name; "" where a sign stands between."""
    words = words_before(text, start)
    return words[-1] if words else ""


def noun_before(text: str, start: int) -> str:
    """The last word before a name that is no adjective («капитан омского «Авангарда»»)."""
    words = words_before(text, start)
    for word in reversed(words[1:]):
        if share(word, "ADJF", "PRTF") <= 0.5:
            return word
    return words[0] if words else ""


def verb_follows(text: str, span: Span) -> bool:
    """Whether the next word is a finite verb."""
    after = NEXT_WORD.match(text, span.stop)
    return bool(after and share(fold(after[1]), "VERB") > 0.5)

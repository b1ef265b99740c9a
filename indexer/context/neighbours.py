"""Finds the words beside a name."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from indexer.context.quotes import PLACES_KEPT, before_quotes
from indexer.text.cut_text import BLANKS, OPENING, CutText
from indexer.text.lemmas import share
from indexer.text.spans import Span
from indexer.text.tokens import fold

ABBREVIATION = re.compile("(?!РИА)[А-ЯЁ]{2,6}")  # РИА «Новости» is known by both words

NEXT_WORD = re.compile(r"[»\"”]? (?:не )?([а-яё]+)")
LAST_LETTERS = re.compile(r"(?<![^\W\d_])[^\W\d_]*$")
WORDS_BEFORE_NAME = 10  # back to its noun


def is_quoted(text: str, span: Span) -> bool:
    """Whether an opening quote stands right before it."""
    return text[span.start - 1 : span.start] in OPENING


def words_before(text: CutText, start: int) -> Iterator[str]:
    """The folded words before a name from the nearest back to the last sign, quotes right before it passed over."""
    last = before_quotes(text, text.tokens_before(start))
    before = reversed(text.words_to(last, WORDS_BEFORE_NAME))
    return map(fold, takewhile(lambda word: word[0].isalnum(), before))


def word_before(text: CutText, start: int) -> str:
    """The letters of the word that one blank divides from what begins there; "" where there is none."""
    last = text.tokens_before(start) - 1
    if last < 0 or text.stop(last) != start - 1 or text[start - 1] not in BLANKS:
        return ""
    part = text.last_part(last)
    return part if part.isalpha() else LAST_LETTERS.findall(part)[0]


def last_word(text: CutText, start: int) -> str:
    """The folded word right before a name; "" where a sign stands between."""
    return next(words_before(text, start), "")


@lru_cache(PLACES_KEPT)
def noun_before(text: CutText, start: int) -> str:
    """The last word before a name that is no adjective, or else the first («капитан омского «Авангарда»»)."""
    word = ""
    for word in words_before(text, start):
        if share(word, "ADJF", "PRTF") <= 0.5:
            break
    return word


def verb_follows(text: str, span: Span) -> bool:
    """Whether the next word is a finite verb."""
    after = NEXT_WORD.match(text, span.stop)
    return bool(after and share(fold(after[1]), "VERB") > 0.5)

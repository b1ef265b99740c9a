"""Divides the tokens of texts into runs, as the taggers read them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.text.cut_text import LINE_END, CutText
from indexer.text.tokens import CYRILLIC_TWINS, LATIN

MOST_TOKENS = 2_048  # tokens; a longer text is cut after a full stop
MEETING = re.compile("[A-Za-z](?:(?<=[А-Яа-яЁё].)|(?=[А-Яа-яЁё]))")  # the alphabets in one word; in few texts
MIXED = re.compile("[а-яё]+[a-z][а-яёa-z]*|[a-z]+[а-яё][а-яёa-z]*", re.IGNORECASE)  # «Cталин» with a Latin C
SENTENCE_ENDS = frozenset(".!?…:;")


@dataclass(slots=True)
class Piece:
    """A run of tokens of one text; a pseudo full stop has no place in it and starts at −1."""

    text: int
    words: list[str]
    starts: list[int]


def pieces(number: int, tokens: Sequence[str], begun: Sequence[int]) -> Iterator[Piece]:
    """The tokens of a text and where each begins, a full stop before them and after each line that ends without one."""
    words, starts = ["."], [-1]
    for word, start in zip(tokens, begun, strict=True):
        if word == LINE_END:
            if words[-1][-1] in SENTENCE_ENDS:
                continue
            word, start = ".", -1
        words.append(word)
        starts.append(start)
        if len(words) >= MOST_TOKENS // 2 and (word == "." or len(words) >= MOST_TOKENS):
            yield Piece(number, words, starts)
            words, starts = ["."], [-1]
    if len(words) > 1:
        yield Piece(number, words, starts)


def pieces_of(texts: Sequence[CutText]) -> list[Piece]:
    """The pieces of all texts, in order."""
    seen = [in_one_alphabet(text) for text in texts]
    return [piece for number, text in enumerate(seen) for piece in pieces(number, text.words, text.starts)]


def in_one_alphabet(text: CutText) -> CutText:
    """The text, as long as before, Latin letters of Cyrillic words replaced by those that look like them.

    >>> in_one_alphabet(CutText("Cталин и Путинa, ID-карта, SMSка")) == "Сталин и Путина, ID-карта, SMSка"
    True
    """
    return CutText(MIXED.sub(_in_cyrillic, text)) if MEETING.search(text) else text


def _in_cyrillic(word: re.Match[str]) -> str:
    twin = word[0].translate(CYRILLIC_TWINS)
    return word[0] if LATIN.search(twin) else twin


def batches(found: Sequence[Piece], most: int) -> Iterator[Sequence[Piece]]:
    """Pieces in runs of so many tokens at most, if one has not more."""
    first = tokens = 0
    for number, piece in enumerate(found):
        if first < number and tokens + len(piece.words) > most:
            yield found[first:number]
            first, tokens = number, 0
        tokens += len(piece.words)
    if found:
        yield found[first:]

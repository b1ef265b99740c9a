"""Cuts text into tokens with offsets. What the eye does not tell apart is folded in the form, never in the text.

A hyphenated word is its parts in a row («Титан-Баррикады» = «титан» «баррикады»): a query for the whole is a phrase of
them. A line break becomes a boundary token (empty form), so that no phrase crosses a paragraph.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MARKS = "\u0300-\u036f\u00ad"  # combining marks (stress, decomposed й and ё) and soft hyphens inside a word
WORD = re.compile(
    r"\n"
    r"|(?<![\d.,])\d+[.,]\d+(?![.,]?\d|[^\W_])"  # 530,5 but not 12.03.1998
    rf"|[^\W_]+(?:[{MARKS}]+[^\W_]*|['’ʼ](?=[^\W\d_])[^\W_]+)*"
)
CYRILLIC_TWINS = str.maketrans("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук")
LATIN_TWINS = {cyrillic: latin for latin, cyrillic in CYRILLIC_TWINS.items()}
LATIN = re.compile("[A-Za-z]")
CYRILLIC = re.compile("[А-Яа-яЁё]")
PLAIN_CYRILLIC = re.compile("[А-Яа-яЁё]+")
MARK = re.compile(f"[{MARKS}]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word's place in the text (code points) and its folded form; form "" is a paragraph's end."""

    start: int
    stop: int
    form: str


@lru_cache(1 << 16)
def fold(word: str) -> str:
    """The form under which a word is indexed: case, ё, stress marks, decimal point, look-alikes folded; й kept.

    Look-alikes are folded where the word is then all of one alphabet: Latin «M» in «ВMК», Cyrillic «С» in «СOVID».

    >>> fold("Ещё"), fold("BМК"), fold("530.5"), fold("Volga")
    ('еще', 'вмк', '530,5', 'volga')
    """
    if PLAIN_CYRILLIC.fullmatch(word):
        return word.lower().replace("ё", "е")
    word = MARK.sub("", unicodedata.normalize("NFC", word)) if not word.isascii() else word
    if LATIN.search(word):
        twins = word.translate(CYRILLIC_TWINS), word.translate(LATIN_TWINS)
        word = twins[0] if not LATIN.search(twins[0]) else twins[1] if not CYRILLIC.search(twins[1]) else word
    word = MARK.sub("", word.lower()).replace("ё", "е").replace("ʼ", "'").replace("’", "'")  # «İ» leaves a dot
    return word.replace(".", ",") if word[:1].isdigit() else word


def forms(text: str) -> tuple[list[str], list[int]]:
    """The forms of `tokenize(text)` and where each begins: for the many, who need no Token."""
    words, starts = [], []
    for match in WORD.finditer(text):
        words.append(match.group())
        starts.append(match.start())
    return ["" if word == "\n" else fold(word) for word in words], starts


def tokenize(text: str) -> list[Token]:
    """Words, numbers and paragraph boundaries of `text`, in order."""
    return [Token(m.start(), m.end(), "" if m.group() == "\n" else fold(m.group())) for m in WORD.finditer(text)]

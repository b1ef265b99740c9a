"""Reads Russian words that were typed in Latin letters: by passport, BGN, GOST, or as people write them.

    Smolny → смольный, смолны …      krasnyy → красный      Shoigu → шойгу      Čeljabinsk → челябинск

One Latin spelling stands for several Russian ones; the likely readings are given first, and whoever asks looks for
those that the archive has.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from indexer.text.tokens import tokenize

READINGS = 24  # of a word, at most
LONGEST = 40  # letters of a word that is read
VOWELS = "аеёиоуыэюя"
MARKED = str.maketrans("čšžŝëéèûâʹʺ’ʼ", "чшжщеээюяьъ''")
LATIN_WORD = re.compile("(?=.*[a-z])[a-z'’ʼčšžŝëéèûâʹʺ]+")
# Latin letters and what they are read as, the likeliest first; the longest that fit are read.
LETTERS: dict[str, tuple[str, ...]] = {
    **{"shch": ("щ",), "sch": ("щ", "ш", "сх"), "tch": ("ч",), "sh": ("ш", "сх"), "ch": ("ч", "х"), "zh": ("ж",)},
    **{"kh": ("х",), "ts": ("ц", "тс"), "tz": ("ц",), "ph": ("ф",), "ck": ("к",), "th": ("т",), "oo": ("у",)},
    **{"ya": ("я", "ья"), "ia": ("ия", "я", "иа"), "ja": ("я", "ья"), "yu": ("ю", "ью"), "iu": ("ю", "иу")},
    **{
        "ju": ("ю", "ью"),
        "yo": ("е", "йо"),
        "jo": ("е", "йо"),
        "io": ("ио", "е"),
        "ye": ("е", "ье"),
        "je": ("е", "ье"),
    },
    **{"iye": ("ие", "ье"), "ie": ("ие", "ье", "и"), "iya": ("ия",), "ija": ("ия",), "iia": ("ия",)},
    **{"yy": ("ый",), "iy": ("ий", "ый"), "ij": ("ий",), "ii": ("ий", "ии"), "yi": ("ый", "ий"), "yj": ("ый",)},
    **{"ee": ("ее", "и"), "x": ("кс", "х"), "c": ("ц", "к"), "j": ("й", "дж", "ж"), "w": ("в", "ш", "у"), "q": ("к",)},
    **{"h": ("х", "г"), "e": ("е", "э"), "i": ("и",), "'": ("ь", "ъ", ""), "a": ("а",), "b": ("б",), "d": ("д",)},
    **{"f": ("ф",), "g": ("г",), "k": ("к",), "l": ("л",), "m": ("м",), "n": ("н",), "o": ("о",), "p": ("п",)},
    **{"r": ("р",), "s": ("с",), "t": ("т",), "u": ("у",), "v": ("в",), "z": ("з",), "y": ("ы", "й", "и")},
}
LONGEST_LETTERS = max(map(len, LETTERS))
LAST_Y = ("ий", "ый", "и", "ы")  # «Nevsky», «Smolny», «Dmitry»
AFTER_VOWEL = {"y": ("й",), "i": ("й", "и"), "e": ("е", "э")}  # «Sergey», «Shoigu», «Tokaev»


@lru_cache(1 << 10)
def cyrillic(word: str) -> tuple[str, ...]:
    """The likely readings of a word in Latin letters, folded, the likeliest first; none of any other word.

    >>> cyrillic("shubin"), cyrillic("завод")
    (('шубин', 'схубин'), ())
    """
    if len(word) > LONGEST or not LATIN_WORD.fullmatch(word):
        return ()
    plain = word.translate(MARKED)
    found = [(0, "")]  # how unlikely, what was read so far
    at = 0
    while at < len(plain):
        length, choices = _letters(plain, at)
        longer = [
            (cost + rank, read + choice)
            for cost, read in found
            for rank, choice in enumerate(_after(read, plain[at : at + length], choices, at + length == len(plain)))
        ]
        found = sorted(longer, key=lambda one: one[0])[:READINGS]
        at += length
    return tuple(dict.fromkeys(read.replace("ё", "е") for _, read in found))


def in_cyrillic(text: str, articles: Callable[[str], int]) -> str:
    """The text with all its words in Latin letters read as words that most articles have; itself where one of them has
    no reading that any article has."""
    parts, end = [], 0
    for token in tokenize(text):
        if readings := cyrillic(token.form):
            best = max(readings, key=articles)
            if not articles(best):
                return text
            parts += [text[end : token.start], best]
            end = token.stop
    return "".join(parts) + text[end:]


def _letters(word: str, at: int) -> tuple[int, tuple[str, ...]]:
    """How many letters are read at a place, and as what."""
    for length in range(min(LONGEST_LETTERS, len(word) - at), 0, -1):
        if choices := LETTERS.get(word[at : at + length]):
            return length, choices
    return 1, (word[at],)  # a letter that is Russian already


def _after(read: str, letters: str, choices: tuple[str, ...], is_last: bool) -> tuple[str, ...]:
    """What letters are read as after what was read before them."""
    if read and read[-1] in VOWELS:
        return AFTER_VOWEL.get(letters, choices)
    if letters == "y" and is_last and read:
        return LAST_Y
    return choices

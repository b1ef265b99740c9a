"""Reads words in which letters of one alphabet, or digits, stand for letters of the other that look like them.

    вokзал → вокзал      3авод → завод      0ктябрь → октябрь      Tоуotа → toyota

Letters that look alike in every case are folded wherever a text is cut into words; these look alike to the eye of
whoever typed them, or are left over beside letters that have no twin.
"""

import re
from collections.abc import Callable
from itertools import islice, product

from indexer.text.tokens import tokenize

READINGS = 64  # of a word, at most
TO_CYRILLIC = {
    **{"a": "а", "b": "вбь", "c": "с", "d": "д", "e": "е", "g": "д", "h": "н", "k": "к", "m": "мт", "n": "п", "o": "о"},
    **{"p": "р", "r": "гя", "t": "т", "u": "ий", "x": "х", "y": "у", "i": "и", "w": "ш"},
    **{"0": "о", "3": "з", "4": "ч", "6": "б"},
}
TO_LATIN = {
    **{"а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "hn", "о": "o", "р": "p", "с": "c", "т": "t", "у": "yu"},
    **{"х": "x", "и": "u", "п": "n", "г": "r", "я": "r", "ш": "w", "д": "g", "ь": "b", "і": "i", "ѕ": "s", "ј": "j"},
    **{"0": "o", "1": "li"},
}
WITH_CYRILLIC = re.compile("(?=.*[а-яё])(?=.*[a-z0-9])[a-zа-яё0-9]{3,40}")
WITH_LATIN = re.compile("(?=.*[a-z])(?=.*[а-яё0-9])[a-zа-яёіѕј0-9]{3,40}")


def unmixed(form: str) -> list[str]:
    """The words of one alphabet that a folded one may be in the eye of its reader; none where it is of one already.

    >>> unmixed("3авод"), unmixed("завод"), unmixed("2022")
    (['завод'], [], [])
    """
    found = []
    if WITH_CYRILLIC.fullmatch(form):
        found += _readings(form, TO_CYRILLIC)
    if WITH_LATIN.fullmatch(form):
        found += _readings(form, TO_LATIN)
    return found


def _readings(form: str, twins: dict[str, str]) -> list[str]:
    """The word with its twins in place of letters of the other alphabet."""
    several = islice(product(*(twins.get(letter, letter) for letter in form)), READINGS)
    return [word for word in map("".join, several) if word.isalpha() and word != form]


def unmixed_text(text: str, known: Callable[[str], bool]) -> str:
    """The text with such words read as those of one alphabet that are known; itself where there are none."""
    parts, end = [], 0
    for token in tokenize(text):
        printed = text[token.start : token.stop].lower()
        if other := next(filter(known, unmixed(printed) if not known(token.form) else ()), None):
            parts += [text[end : token.start], other]
            end = token.stop
    return "".join(parts) + text[end:]

"""Reads back a query that was typed while the keyboard was switched to the other alphabet.

ghbdtn → привет      ,jxfhjd → бочаров      пщщпду → google
"""

import re
from collections.abc import Callable, Iterator

from indexer.text.tokens import tokenize

LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'
CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё" + "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)
TO_LATIN = str.maketrans(CYRILLIC, LATIN)
LETTERS_TO_CYRILLIC = {key: letter for key, letter in TO_CYRILLIC.items() if chr(key).isalpha()}
SHORTEST_RUN = 3  # keys of a run that tells the wrong keyboard; shorter ones are retyped with it

RUN = re.compile(r'(?:(?<!\S)[-−!("«„“]+)?([^\s"«»„“”()|]+)')  # signs of the query's language stay as they are
OF_LATIN = re.compile(r"(?=.*[A-Za-z])[!-~]+")
OF_CYRILLIC = re.compile(r"[А-Яа-яЁё]+")
NAME = re.compile(r"[A-Za-z][A-Za-z.]+[A-Za-z]")


def retyped(text: str, known: Callable[[str], bool]) -> str:
    """The text with its runs of keys retyped, where that makes words that are known (by folded form) of one that is
    not; the text itself where it does not."""
    runs = [run.span(1) for run in RUN.finditer(text)]
    long = [text[start:stop] for start, stop in runs if stop - start >= SHORTEST_RUN]
    if all(_known(run, known) or _other(run, known) is None for run in long):
        return text
    parts, end = [], 0
    for start, stop in runs:
        parts += [text[end:start], _other(text[start:stop], known) or text[start:stop]]
        end = stop
    return "".join(parts) + text[end:]


def switched(text: str) -> str:
    """The text with every long run of Latin keys retyped, whether that makes known words or not."""
    parts, end = [], 0
    for run in RUN.finditer(text):
        if len(run[1]) >= SHORTEST_RUN and OF_LATIN.fullmatch(run[1]):
            parts += [text[end : run.start(1)], next(_readings(run[1]))]
            end = run.end(1)
    return "".join(parts) + text[end:]


def _other(run: str, known: Callable[[str], bool]) -> str | None:
    """What the run's keys mean in the other alphabet; None where that is no words either."""
    return next((other for other in _readings(run) if _known(other, known)), None)


def _readings(run: str) -> Iterator[str]:
    """A comma may be the key «б», or a comma."""
    if OF_LATIN.fullmatch(run):
        yield run.translate(TO_CYRILLIC)
        yield run.translate(LETTERS_TO_CYRILLIC)
    elif OF_CYRILLIC.fullmatch(run) and NAME.fullmatch(name := run.translate(TO_LATIN)):
        yield name


def _known(run: str, known: Callable[[str], bool]) -> bool:
    """Whether the run has words, all of them known."""
    forms = [token.form for token in tokenize(run)]
    return bool(forms) and all(map(known, forms))

"""Weighs how easily a hand or an ear that meant one word writes another.

A slip costs 1; less where the keys are neighbours, where two letters sound alike or changed places, where a soft sign
or a double letter is missing or too many; more where the first letter is wrong.
"""

from itertools import pairwise

KEY_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
SOUND_ALIKE = (
    "оа",
    "ое",
    "еи",
    "иы",
    "ий",
    "эе",
    "яе",
    "яи",
    "юу",
    "тд",
    "бп",
    "зс",
    "гк",
    "вф",
    "шщ",
    "жш",
    "ьъ",
    "чщ",
    "гх",
)
SILENT = frozenset("ьъй")  # letters that are easily left out
SLIP, NEIGHBOUR, SWAPPED, ALIKE, UNHEARD = 1.0, 0.8, 0.7, 0.5, 0.4
WRONG_BEGINNING = 0.6  # is added where the first letter is another


def _substitutions() -> dict[tuple[str, str], float]:
    """What it costs to write one letter for another, where that is less than a slip."""
    found = {}
    for row, below in zip(KEY_ROWS, (*KEY_ROWS[1:], ""), strict=True):
        beside = [*pairwise(row), *zip(row, below, strict=False), *zip(row[1:], below, strict=False)]
        for one, other in beside:
            if one.isascii() == other.isascii():
                found[one, other] = found[other, one] = NEIGHBOUR
    for pair in SOUND_ALIKE:
        found[pair[0], pair[1]] = found[pair[1], pair[0]] = ALIKE
    return found


SUBSTITUTIONS = _substitutions()


def slip_cost(typed: str, meant: str) -> float:
    """How unlikely it is that the one was written for the other; 0 where they are equal.

    >>> slip_cost("прокуротура", "прокуратура"), slip_cost("губенратор", "губернатор"), slip_cost("комисия", "комиссия")
    (0.5, 0.7, 0.4)
    """
    last = [0.0]
    for at, letter in enumerate(meant):
        last.append(last[-1] + _omission(letter, meant[:at]))
    earlier: list[float] = []
    for row, one in enumerate(typed):
        present = [last[0] + _omission(one, typed[:row])]
        for at, other in enumerate(meant):
            cost = last[at] + (0.0 if one == other else SUBSTITUTIONS.get((one, other), SLIP))
            cost = min(cost, last[at + 1] + _omission(one, typed[:row]), present[at] + _omission(other, meant[:at]))
            if row and at and one == meant[at - 1] and typed[row - 1] == other:
                cost = min(cost, earlier[at - 1] + SWAPPED)
            present.append(cost)
        earlier, last = last, present
    return round(last[-1] + (WRONG_BEGINNING if typed[:1] != meant[:1] else 0.0), 2)


def _omission(letter: str, before: str) -> float:
    """What it costs to leave a letter out, or to write it where it is not meant."""
    return UNHEARD if letter in SILENT or before[-1:] == letter else SLIP

"""Reads a reader's list of clippings from a link or a form and writes it back; the server keeps nothing of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlencode

from webapp.urls.params import MAX_ID

MOST_CLIPPINGS = 200
NOTE_CHARS = 300
LINK_CHARS = 8_000  # of a link that every browser and mail program takes
NUMBER = re.compile(r"(?:\S*/article/)?([0-9]{1,19})(?:[-/?#]\S*)?")  # of an article, or its address
MOVES = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class Clipping:
    """An article put aside, and what the reader notes of it."""

    article: int
    note: str = ""


def read_clippings(articles: Sequence[str], notes: Sequence[str]) -> tuple[list[Clipping], int]:
    """The clippings, each article once, and how many of the values name none or are too many."""
    found: dict[int, Clipping] = {}
    lost = 0
    for value, note in zip_longest(articles, notes[: len(articles)], fillvalue=""):
        number = NUMBER.fullmatch(value.strip())
        if not number or not 0 < int(number[1]) <= MAX_ID:
            lost += bool(value.strip())
        elif int(number[1]) not in found and len(found) >= MOST_CLIPPINGS:
            lost += 1
        else:
            said = " ".join(note.split())[:NOTE_CHARS]
            found.setdefault(int(number[1]), Clipping(int(number[1]), said))
    return list(found.values()), lost


def changed(clippings: list[Clipping], wish: str) -> list[Clipping]:
    """The list after «up.12», «down.12» or «out.12»; any other wish changes nothing.

    >>> changed([Clipping(1), Clipping(2)], "up.2")
    [Clipping(article=2, note=''), Clipping(article=1, note='')]
    """
    what, _, number = wish.partition(".")
    place = next((place for place, one in enumerate(clippings) if str(one.article) == number), None)
    if place is None:
        return clippings
    rest = clippings[:place] + clippings[place + 1 :]
    if what == "out":
        return rest
    at = min(max(0, place + MOVES.get(what, 0)), len(rest))
    return [*rest[:at], clippings[place], *rest[at:]]


def clippings_query(clippings: Iterable[Clipping]) -> str:
    """The query string of a link to these clippings; "" of none."""
    listed = list(clippings)
    noted = any(one.note for one in listed)
    pairs = [pair for one in listed for pair in (("article", str(one.article)), ("note", one.note))]
    return urlencode([pair for pair in pairs if noted or pair[0] == "article"])


def that_fit(clippings: Sequence[Clipping]) -> Sequence[Clipping]:
    """As many of them, from the first on, as a link takes."""
    count = len(clippings)
    while len(clippings_query(clippings[:count])) > LINK_CHARS:
        count -= 1
    return clippings[:count]

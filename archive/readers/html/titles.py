"""Chooses the article's own title among those a page gives, without the name of the site beside it."""

import re
from collections import deque
from collections.abc import Iterable

SEPARATOR = re.compile(r"\s+[-–—|:•·/]{1,2}\s+|\s*(?:\||::|»»)\s*|:\s+")
NO_LETTERS = re.compile(r"[\W_]+")
VERTICAL_BAR = re.compile(r"\s*(?:\||::)\s*")  # never inside a Russian headline
MIN_LETTERS = 10  # letters of a title that another one may be cut to


def folded(text: str) -> str:
    """Keeps letters and digits only, in small letters: «Якутия 24» and «Якутия24» are one name."""
    return NO_LETTERS.sub("", text).casefold().replace("ё", "е")


def own_title(candidates: Iterable[str], sites: Iterable[str]) -> str | None:
    """Chooses the article's title among the page's candidates, the best first; None where they only name the site."""
    names = {folded(site) for site in sites} - {""}
    found = [title for title in candidates if title and folded(title) not in names]
    if not found:
        return None
    first = found[0]
    for other in found[1:]:
        if len(folded(other)) >= MIN_LETTERS and other != first and is_cut_of(other, first):
            first = other
    return without_site(first, names)


def is_cut_of(part: str, whole: str) -> bool:
    """Tells whether `whole` is `part` with something set off before or after it: «ДОН24 - Эксперт рассказал…»."""
    head, found, tail = whole.partition(part)
    return bool(found) and all(not side.strip() or SEPARATOR.search(f" {side} ") for side in (head, tail))


def without_site(title: str, names: set[str]) -> str:
    """Removes from a title the parts that name the site; `names` are folded.

    >>> without_site("Порт открыт - РИА Новости, 16.05.2021", {"риановости"})
    'Порт открыт'
    """
    cuts = deque(match.span() for match in SEPARATOR.finditer(title))
    start, stop = 0, len(title)
    while cuts:
        if names_site(title[cuts[-1][1] : stop], names):
            stop = cuts.pop()[0]
        elif names_site(title[start : cuts[0][0]], names, exactly=True):
            start = cuts.popleft()[1]
        else:
            break
    title = title[start:stop]
    return VERTICAL_BAR.split(title)[0].strip() or title.strip()


def names_site(part: str, names: set[str], exactly: bool = False) -> bool:
    """Tells whether a part of a title is a site's name, with a date or a slogan after it unless `exactly`."""
    letters = folded(part)
    return letters in names or (not exactly and any(len(name) > 3 and letters.startswith(name) for name in names))

"""Counts the work of a request, and ends a request that asks for more than any that is meant.

A unit is an article or a place of a word that is looked at: the same request over the same archive takes the same work
whatever is in a cache and however busy the machine is.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from search.query.canonical import canonical
from search.query.tree import Node

UNITS_AN_ARTICLE = 400  # of the archive: a hundred frequent words, each looked at four times
FEWEST_UNITS = 20_000_000  # that any archive allows: some hundredths of a second
PARTS_NAMED = 3  # parts of a query that took the most work


class TooComplex(Exception):
    """A request takes more work than is given to one; the message is a sentence that says what to do without."""


class Work:
    """What is left of the work that one request may take, and which parts of its query took how much."""

    def __init__(self, units: int) -> None:
        self.left = units
        self._spent: Counter[Node | None] = Counter()

    def spend(self, units: int, part: Node | None) -> None:
        """Take so many units for a part of the query, None: for its conditions. Raises TooComplex at the last one."""
        self.left -= units
        self._spent[part] += units
        if self.left < 0:
            raise TooComplex(self._told())

    def _told(self) -> str:
        costly = [part for part, _ in self._spent.most_common(PARTS_NAMED)]
        named = ", ".join(f"«{canonical(part)}»" for part in costly if part is not None)
        ways = [f"уберите или задайте точнее {named}"] if named else []
        ways += ["снимите часть условий"] if None in costly else []
        return f"Слишком сложный запрос: {'; '.join(ways)}."


_present: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def limited_work(articles: int) -> Iterator[None]:
    """What is done within may take as much work as one request over so many articles."""
    before = _present.get()
    _present.set(Work(max(FEWEST_UNITS, UNITS_AN_ARTICLE * articles)))
    try:
        yield
    finally:
        _present.set(before)


def spend(units: int, part: Node | None = None) -> None:
    """Take work of the present request, where there is one. Raises TooComplex."""
    work = _present.get()
    if work:
        work.spend(units, part)

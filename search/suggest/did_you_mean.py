"""Offers the queries that were probably meant.

Where a query has words that the archive lacks: the keyboard or the letters of the other alphabet, a slip of the hand.
Where it finds nothing or little: a blank too many or too few. Where it has initials, which papers print as often as
not: the surname.
"""

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

from search.engine import IndexMoment
from search.query.canonical import canonical
from search.query.parser import Query, read
from search.query.tree import Node, sought
from search.request import SearchRequest
from search.result import RescueKind, Suggestion
from search.suggest.archive_words import ArchiveWords, Respelling
from search.suggest.blanks import respaced
from search.suggest.keyboard_layout import retyped, switched
from search.suggest.look_alikes import unmixed_text
from search.suggest.other_readings import typed, with_words
from search.suggest.romanisation import in_cyrillic

LITTLE = 10  # articles of a query whose blanks may be wrong
MOST_OFFERS = 3
QUERIES_TRIED = 12  # queries whose articles are counted
WORDS_RESPELLED = 3  # words of a query that are respelled
RESPELLINGS_TRIED = 6  # of a word
SWITCHED_COST = 1.0  # of a keyboard of the other alphabet and a slip at once
LIKELY = -9.0  # the cost of what leaves no doubt
INITIAL = re.compile(r"(?<![\w-])[А-ЯЁ]\.(?![-−])\s?")  # not in «С.-Петербург»


class Candidate(NamedTuple):
    """A query that may be meant, and how unlikely; `is_sure`: it may be answered unasked where what was typed finds
    nothing."""

    cost: float
    query: str
    kind: RescueKind
    is_sure: bool


def suggestions(moment: IndexMoment, request: SearchRequest, query: Query, total: int) -> tuple[Suggestion, ...]:
    """The queries that were probably meant, at most MOST_OFFERS, where they find more articles than `total`; none
    where nothing is to be mended."""
    found: dict[str, Suggestion] = {}
    for one in islice(candidates(moment, request.text, query, total), QUERIES_TRIED):
        meant = read(one.query)
        text = canonical(meant.tree)
        if text in found or not any(sought(meant.tree)):
            continue
        articles = moment.find(meant.tree, request).total
        if articles > total:
            found[text] = Suggestion(text, articles, one.kind, one.is_sure)
        if len(found) == MOST_OFFERS:
            break
    return tuple(found.values())


def candidates(moment: IndexMoment, text: str, query: Query, total: int) -> list[Candidate]:
    """What may be meant by a query, the most probable first."""
    archive = ArchiveWords(moment)
    surnames = INITIAL.sub(" ", text)
    is_doubtful = any(map(archive.doubts, typed(query.tree)))
    found: list[Candidate] = []
    if surnames != text:
        found.append(Candidate(LIKELY, surnames, "initials", False))
    if is_doubtful:
        if (other := retyped(surnames, archive.has)) != surnames:
            found += respelled(other, archive, "layout", LIKELY)
        elif (other := switched(surnames)) != surnames:
            found += respelled(other, archive, "layout", SWITCHED_COST)
        found += respelled(surnames, archive, None, 0.0)
    if (other := unmixed_text(surnames, archive.has)) != surnames:
        found += respelled(other, archive, "letters", LIKELY)
    if total <= LITTLE and (other := in_cyrillic(surnames, archive.articles)) != surnames:
        found += respelled(other, archive, "latin", LIKELY)
    if is_doubtful or total <= LITTLE:
        found += [Candidate(one.cost, one.text, "blanks", True) for one in respaced(surnames, archive)]
    return sorted(found)


def respelled(text: str, archive: ArchiveWords, kind: RescueKind | None, cost: float) -> Iterator[Candidate]:
    """The query with other words for those that may be slips; itself where none is."""
    tree: Node = read(text).tree
    doubtful = [form for form in dict.fromkeys(typed(tree)) if archive.doubts(form)][:WORDS_RESPELLED]
    if not doubtful:
        if kind:
            yield Candidate(cost, text, kind, True)
        return
    choices = [archive.respellings(form)[:RESPELLINGS_TRIED] or [Respelling(0, form, False)] for form in doubtful]
    for chosen in product(*choices):
        meant = tree
        for form, other in zip(doubtful, chosen, strict=True):
            meant = with_words(meant, form, (other.form,))
        own: RescueKind = "spelling" if any(form.isalpha() and not form.isascii() for form in doubtful) else "latin"
        total = max(cost, 0.0) + sum(one.cost for one in chosen)
        yield Candidate(total, canonical(meant), kind or own, all(one.is_sure for one in chosen))

"""Offers the query that was probably meant.

Where it has words that the archive lacks: a slip of the hand, a forgotten space, the keyboard of the other alphabet.
Where it has initials, which papers print as often as not: the surname. Where it names days: what was published then.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import NamedTuple

from indexer.text.lemmas import known
from search.engine import IndexMoment
from search.query.canonical import canonical
from search.query.parser import Query, read
from search.query.tree import Node, Phrase, Word, sought
from search.query.typed_word import query_lemmas, slips_allowed
from search.request import SearchRequest
from search.result import DatedQuery, Suggestion
from search.suggest.dates_in_query import named_days
from search.suggest.keyboard_layout import retyped
from search.suggest.other_readings import typed, with_words

RARE_ARTICLES = 3  # articles of a word that may be a slip of the papers' own
TIMES_OFTENER = 100  # times that another must be met to be meant instead of a word that there is
SLIP_COST = 2.0  # a word one slip further must stand in more articles, by this power of ten
FORMS_TRIED = 12  # near forms of a word
QUERIES_TRIED = 12  # queries whose articles are counted
WORDS_RESPELLED = 3  # words of a query that are respelled
GLUED_LETTERS = 40  # letters of what may be two words without the space
INITIAL = re.compile(r"(?<![\w-])[А-ЯЁ]\.(?![-−])\s?")  # not in «С.-Петербург»


class Respelling(NamedTuple):
    """What a word may have been meant as; more than one word where a space was forgotten."""

    cost: float
    words: tuple[str, ...]


def suggestion_for(moment: IndexMoment, request: SearchRequest, query: Query, total: int) -> Suggestion | None:
    """The query that was probably meant, where it finds more articles than `total`; None where nothing is to be
    mended: every word is known, and there are no initials."""
    archive, text = ArchiveWords(moment), INITIAL.sub(" ", request.text)
    if any(map(archive.doubts, typed(query.tree))):
        text = retyped(text, archive.has)
    elif text == request.text:
        return None
    for tree in islice(archive.respelled(read(text).tree), QUERIES_TRIED):
        found = moment.find(tree, request).total if any(sought(tree)) else 0
        if found > total:
            return Suggestion(canonical(tree), found)
    return None


def dated_query(moment: IndexMoment, request: SearchRequest) -> DatedQuery | None:
    """What was published on the days that a query names; None where it names none or the request has chosen some."""
    named = named_days(request.text) if not (request.date_from or request.date_to or request.undated != "no") else None
    if not named:
        return None
    first, last = named.first.first, named.last.last
    label = named.first.label + (f"–{named.last.label}" if named.first != named.last else "")
    found = moment.find(read(named.query).tree, replace(request, date_from=first, date_to=last)).total
    return DatedQuery(named.query, first, last, label, found) if found else None


class ArchiveWords:
    """The words of an archive."""

    def __init__(self, moment: IndexMoment) -> None:
        self._moment = moment

    def has(self, form: str) -> bool:
        """Whether a word stands anywhere."""
        return self.articles(form) > 0

    def articles(self, form: str) -> int:
        """In how many articles a word stands, in any form."""
        return self._moment.articles_with(Word(form))

    def doubts(self, form: str) -> bool:
        """Whether a word may be a slip: no article has it, or hardly any, and the language does not."""
        articles = self.articles(form)
        return not articles or (articles <= RARE_ARTICLES and not known(form))

    def respelled(self, tree: Node) -> Iterator[Node]:
        """The tree with other words for those that may be slips, the most probable first; else itself."""
        doubtful = [form for form in dict.fromkeys(typed(tree)) if self.doubts(form)][:WORDS_RESPELLED]
        choices = product(*(self.respellings(form) or [Respelling(0, (form,))] for form in doubtful))
        for chosen in sorted(choices, key=lambda several: sum(one.cost for one in several)):
            meant = tree
            for form, other in zip(doubtful, chosen, strict=True):
                meant = with_words(meant, form, other.words)
            yield read(canonical(meant)).tree

    def respellings(self, form: str) -> list[Respelling]:
        """What a word may have been meant as, the most probable first, each lemma once."""
        least = TIMES_OFTENER * (self.articles(form) + known(form)) or 1
        found: dict[tuple[str, ...], Respelling] = {}
        most = min(1 if least > 1 else 2, slips_allowed(form))
        for slips, _, other in self._moment.near_forms(form, most)[:FORMS_TRIED]:
            articles = self.articles(other) if other != form else 0
            if articles >= least:
                found.setdefault(query_lemmas(other), Respelling(SLIP_COST * slips - math.log10(articles), (other,)))
        for place in range(1, len(form) if form.isalpha() and len(form) <= GLUED_LETTERS else 0):
            pair = form[:place], form[place:]
            if all(map(self.has, pair)) and (articles := self._in_a_row(pair)) >= least:
                found[pair] = Respelling(SLIP_COST - math.log10(articles), pair)
        return sorted(found.values())

    def _in_a_row(self, words: Sequence[str]) -> int:
        """In how many articles words stand in a row."""
        return self._moment.articles_with(Phrase(tuple(map(Word, words))))

"""Reads what a reader typed into a query tree; nothing that is typed is an error.

    слово                         any form of the word
    "красный октябрь", «…», “…”   words in a row, in any forms
    !слово, !"два слова"          the form as typed (case and ё ignored)
    слово*                        any form that begins so (two letters at least)
    a b                           both
    a ИЛИ b, a | b, a OR b        either; binds weaker than both
    -слово, -"…", -(…)            only articles without it
    (…)                           grouping

A dash excludes only where it opens a word («Титан-Баррикады», «5-10» are words in a row). Stray operators, quotes and
brackets are passed over. `canonical` (in `tree`) writes a tree down so that reading it gives the same tree.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from indexer.text.tokens import tokenize
from search.query.tree import EVERYTHING, Exact, Node, Phrase, Prefix, Term, Word, both, either, without

MOST_WORDS = 100
MOST_LETTERS = 2000
MOST_TYPED = 20_000  # characters looked at; more than the canonical form of the most words ever takes
DEEPEST_BRACKETS = 20  # brackets inside brackets; deeper ones are passed over
SHORTEST_PREFIX = 2

SPACE = re.compile(r"\s*")
SIGNS = re.compile("[-−!]*")
CLOSING_QUOTES = {'"': '"', "«": "»", "„": "“”", "“": "”“", "‟": "”", "”": "”"}
QUOTES = "".join(CLOSING_QUOTES) + "»"
CHUNK = re.compile(rf"[^\s()|{QUOTES}]{{1,{MOST_LETTERS}}}")
OR_WORDS = {"ИЛИ", "OR"}


@dataclass(frozen=True, slots=True)
class Query:
    """How the typed text was read; `cut`: it was too long and its end was left out."""

    tree: Node
    cut: bool = False


def read(text: str) -> Query:
    """The tree of what was typed.

    >>> read('спецсталь -"красный октябрь"').tree
    And(parts=(Word(form='спецсталь'), Not(part=Phrase(terms=(Word(form='красный'), Word(form='октябрь'))))))
    """
    query = _read(text[:MOST_TYPED])
    return query if len(text) <= MOST_TYPED else Query(query.tree, cut=True)


@lru_cache(1 << 10)
def _read(text: str) -> Query:
    """What was typed last is not read again: pages and links of a result repeat it."""
    budget = _Budget()
    tree = _parse(text, budget)
    return Query(tree, budget.spent)


@dataclass(slots=True)
class _Budget:
    """What may still be read; a query that asks for more loses its end."""

    words: int = MOST_WORDS
    letters: int = MOST_LETTERS
    spent: bool = False

    def take(self, terms: list[Term]) -> list[Term]:
        """As many of the terms, from the first, as there is room for."""
        for number, term in enumerate(terms):
            size = len(term.start if isinstance(term, Prefix) else term.form)
            if not self.words or size > self.letters:
                self.spent = True
                return terms[:number]
            self.words -= 1
            self.letters -= size
        return terms


@dataclass(slots=True)
class _Group:
    """What stands between brackets so far: alternatives, each a list of parts."""

    excluded: bool = False
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])

    def add(self, part: Node | None, excluded: bool) -> None:
        if part is not None and part != EVERYTHING:
            self.alternatives[-1].append(without(part) if excluded else part)

    def node(self) -> Node | None:
        filled = [both(parts) for parts in self.alternatives if parts]
        return either(filled) if filled else None


def _parse(text: str, budget: _Budget) -> Node:
    groups = [_Group()]
    passed_over = 0  # brackets open beyond DEEPEST
    at = 0
    while (at := _match_end(SPACE, text, at)) < len(text) and not budget.spent:
        opens = at == 0 or text[at - 1].isspace() or text[at - 1] in "(|"
        signs = text[at : _match_end(SIGNS, text, at)] if opens else ""
        excluded, exact = bool(set(signs) & {"-", "−"}), "!" in signs
        at += len(signs)
        char = text[at : at + 1]
        if char == "(":
            at += 1
            if len(groups) <= DEEPEST_BRACKETS:
                groups.append(_Group(excluded))
            else:
                passed_over += 1
        elif char == ")":
            at += 1
            if passed_over:
                passed_over -= 1
            elif len(groups) > 1:
                _close(groups)
        elif char == "|":
            at += 1
            groups[-1].alternatives.append([])
        elif char and char in QUOTES:
            stop = _closing(text, at)
            if stop > at:
                groups[-1].add(_row(budget.take(_quoted_terms(text[at + 1 : stop], exact))), excluded)
                at = stop
            at += 1
        elif found := CHUNK.match(text, at):
            at = found.end()
            if not signs and found.group() in OR_WORDS:
                groups[-1].alternatives.append([])
            else:
                groups[-1].add(_row(budget.take(_terms(found.group(), exact))), excluded)
    while len(groups) > 1:
        _close(groups)
    return groups[0].node() or EVERYTHING


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _close(groups: list[_Group]) -> None:
    group = groups.pop()
    groups[-1].add(group.node(), group.excluded)


def _closing(text: str, at: int) -> int:
    """Where the quote opened at `at` is closed; -1: nowhere."""
    places = (text.find(quote, at + 1) for quote in CLOSING_QUOTES.get(text[at], ""))
    return min((place for place in places if place > 0), default=-1)


def _quoted_terms(text: str, exact: bool) -> list[Term]:
    chunks = CHUNK.findall(text)
    return [term for chunk in chunks for term in _terms(chunk.lstrip("-−!"), exact or chunk.startswith("!"))]


def _terms(chunk: str, exact: bool) -> list[Term]:
    """The terms of a run of characters; a star after the last word makes it a prefix."""
    tokens = tokenize(chunk)
    kind = Exact if exact else Word
    # A folded form may itself be no single token («ʼа»): then what it is made of is asked for.
    terms: list[Term] = [kind(part.form) for token in tokens for part in tokenize(token.form)]
    if terms and chunk.startswith("*", tokens[-1].stop):
        last = terms[-1]
        assert not isinstance(last, Prefix)
        if len(last.form) >= SHORTEST_PREFIX:
            terms[-1] = Prefix(last.form)
    return terms


def _row(terms: list[Term]) -> Node | None:
    if len(terms) > 1:
        return Phrase(tuple(terms))
    return terms[0] if terms else None

"""What a reader typed in, a query tree out: never an error, whatever was typed.

    слово                         any form of the word
    "красный октябрь", «…», “…”   words in a row, in any forms
    !слово, !"два слова"          the form as typed (case and ё ignored)
    слово*                        any form that begins so (two letters at least)
    a b                           both
    a ИЛИ b, a | b, a OR b        either; binds weaker than both
    -слово, -"…", -(…)            only articles without it
    (…)                           grouping

A dash excludes only where it opens a word («Титан-Баррикады», «5-10» are words in a row). Stray operators, quotes and
brackets are passed over. `canonical` writes a tree down so that reading it gives the same tree.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from indexer.text.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Word:
    """Any form of the word that has this (folded) form."""

    form: str


@dataclass(frozen=True, slots=True)
class Exact:
    """This folded form and no other."""

    form: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any form that begins so."""

    start: str


Term = Word | Exact | Prefix


@dataclass(frozen=True, slots=True)
class Phrase:
    """At least two terms, one right after another inside a paragraph."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All parts at once; no parts: every article."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that the part does not match."""

    part: "Node"


Node = Term | Phrase | And | Or | Not

EVERYTHING = And(())
MOST_WORDS = 100
MOST_LETTERS = 2000
MOST_TYPED = 20_000  # characters looked at; more than the canonical form of the most words ever takes
DEEPEST = 20  # brackets inside brackets; deeper ones are passed over
SHORTEST_PREFIX = 2

SPACE = re.compile(r"\s*")
SIGNS = re.compile("[-−!]*")
CLOSING = {'"': '"', "«": "»", "„": "“”", "“": "”“", "‟": "”", "”": "”"}
QUOTES = "".join(CLOSING) + "»"
CHUNK = re.compile(rf"[^\s()|{QUOTES}]{{1,{MOST_LETTERS}}}")
EITHER = {"ИЛИ", "OR"}


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


def canonical(node: Node) -> str:
    """The tree written down; reading it gives an equal tree.

    >>> canonical(read("(Сталь) | !заводу -(а б)").tree)
    'сталь ИЛИ !заводу -(а б)'
    """
    match node:
        case Word(form):
            return form
        case Exact(form):
            return "!" + form
        case Prefix(start):
            return start + "*"
        case Phrase(terms) if all(isinstance(term, Exact) for term in terms):
            return '!"' + " ".join(canonical(term)[1:] for term in terms) + '"'
        case Phrase(terms):
            return '"' + " ".join(map(canonical, terms)) + '"'
        case And(parts):
            return " ".join(_grouped(part, Or) for part in parts)
        case Or(parts):
            return " ИЛИ ".join(map(canonical, parts))
        case Not(part):
            return "-" + _grouped(part, And, Or)


def sought(node: Node) -> Iterator[Term | Phrase]:
    """The words and phrases that a match is for: those that no exclusion holds, in the order typed, each once."""
    found: dict[Term | Phrase, None] = {}

    def walk(node: Node) -> None:
        match node:
            case And(parts) | Or(parts):
                for part in parts:
                    walk(part)
            case Not():
                pass
            case _:
                found[node] = None

    walk(node)
    return iter(found)


def both(parts: Iterable[Node]) -> Node:
    """The conjunction of parts: flat, each once; of one part itself."""
    flat = dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return next(iter(flat)) if len(flat) == 1 else And(tuple(flat))


def either(parts: Iterable[Node]) -> Node:
    """The disjunction of parts: flat, each once; of one part itself."""
    flat = dict.fromkeys(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return next(iter(flat)) if len(flat) == 1 else Or(tuple(flat))


def without(part: Node) -> Node:
    """The exclusion of a part; excluding an exclusion asks for what it excluded."""
    return part.part if isinstance(part, Not) else Not(part)


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
            if len(groups) <= DEEPEST:
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
            if not signs and found.group() in EITHER:
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
    places = (text.find(quote, at + 1) for quote in CLOSING.get(text[at], ""))
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


def _grouped(node: Node, *kinds: type) -> str:
    return f"({canonical(node)})" if isinstance(node, kinds) else canonical(node)

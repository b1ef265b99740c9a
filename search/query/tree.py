"""Holds a query as a tree of words, phrases and operators, and writes it down again as text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


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


def canonical(node: Node) -> str:
    """The tree written down; reading it gives an equal tree.

    >>> from search.query.parser import read
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


def _grouped(node: Node, *kinds: type) -> str:
    return f"({canonical(node)})" if isinstance(node, kinds) else canonical(node)

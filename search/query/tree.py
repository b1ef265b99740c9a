"""Holds a query as a tree of words, rows of words, fields and operators."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal


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


@dataclass(frozen=True, slots=True)
class Mask:
    """Any form that the pattern meets: letters, and stars for any number of them («*завод», «ст*ль»)."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Capital:
    """Any form of the word, printed with a capital first letter."""

    form: str


NumberSign = Literal["%", "№"]


@dataclass(frozen=True, slots=True)
class Signed:
    """A number as printed with «%» after it or «№» before it: a way of a Number, never typed by itself."""

    form: str
    sign: NumberSign


Term = Word | Exact | Prefix | Mask | Capital | Signed


@dataclass(frozen=True, slots=True)
class Phrase:
    """At least two terms, one right after another inside a paragraph."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """At least two terms in any order inside a paragraph; the last stands at most `distance` words after the first."""

    terms: tuple[Term, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number however it is printed: `ways` are its forms, one token or several in a row."""

    digits: str  # «10000», «1,5»
    sign: NumberSign | None = None

    @property
    def ways(self) -> "tuple[Term | Phrase, ...]":
        """How it may be printed: «10000» and «10 000», «20%» and «20 процентов», «№ 5» and «номер 5»."""
        rows = [tuple(map(Word, row)) for row in self._rows]
        signed: list[tuple[Term, ...]] = []
        for row in rows:
            if self.sign == "%":
                signed += [(*row[:-1], Signed(row[-1].form, "%")), (*row, PER_CENT)]
            elif self.sign == "№":
                signed += [(Signed(row[0].form, "№"), *row[1:]), (NUMBER_WORD, *row)]
            else:
                signed.append(row)
        return tuple(Phrase(row) if len(row) > 1 else row[0] for row in signed)

    @property
    def _rows(self) -> "list[list[str]]":
        """Its digits as one token, and in groups."""
        whole, comma, part = self.digits.partition(",")
        head = len(whole) % 3 or 3
        groups = [whole[:head], *(whole[at : at + 3] for at in range(head, len(whole), 3))]
        groups[-1] += comma + part
        if len(groups) == 1:
            return [[self.digits]]
        pointed = [[",".join(groups)]] if len(groups) == THOUSANDS and not part else []  # «10.000» is one token
        return [[self.digits], groups, *pointed]


@dataclass(frozen=True, slots=True)
class Together:
    """Parts of what was written as one («КХЛ-2016/17», «ТГК1»): an article has all of them, best of all in a row."""

    parts: "tuple[Term | Number, ...]"

    @property
    def row(self) -> Phrase:
        """The parts in a row."""
        return Phrase(tuple(Word(part.digits) if isinstance(part, Number) else part for part in self.parts))


@dataclass(frozen=True, slots=True)
class Idle:
    """A function word («в», «для», «кто») beside other words: it neither excludes an article nor scores."""

    form: str


Placed = Word | Exact | Prefix | Mask | Capital | Phrase | Near | Number | Together
"""What stands at places of a text."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """At least two things (of an alternative any) that stand in one sentence."""

    parts: "tuple[Placed | Or, ...]"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """At least two things (of an alternative any) that stand in one paragraph."""

    parts: "tuple[Placed | Or, ...]"


@dataclass(frozen=True, slots=True)
class Title:
    """What stands in the title: words, rows and alternatives of them."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of a field of articles, as typed: a paper, a rubric, a person in any case."""

    name: str  # of archive/fields or of a kind of entity
    value: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Published on these days; either end may be open."""

    first: dt.date | None
    last: dt.date | None


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


Node = (
    Term | Phrase | Near | Number | Together | Idle | Sentence | Paragraph | Title | FieldValue | Dated | And | Or | Not
)

EVERYTHING = And(())
PER_CENT = Word("процентов")
NUMBER_WORD = Word("номер")
THOUSANDS = 2  # groups of a number of thousands


def sought(node: Node) -> Iterator[Term | Phrase]:
    """The words and rows that a match is for: those that no exclusion holds, in the order typed, each once."""
    found: dict[Term | Phrase, None] = {}

    def walk(node: Node) -> None:
        match node:
            case And(parts) | Or(parts) | Sentence(parts) | Paragraph(parts) | Together(parts):
                for part in parts:
                    walk(part)
            case Near(terms):
                for term in terms:
                    walk(term)
            case Number():
                for way in node.ways:
                    walk(way)
            case Title(part):
                walk(part)
            case Not() | Idle() | FieldValue() | Dated():
                pass
            case _:
                found[node] = None

    walk(node)
    return iter(found)


def nodes(node: Node) -> Iterator[Node]:
    """The node and all that it is made of."""
    yield node
    match node:
        case And(parts) | Or(parts) | Sentence(parts) | Paragraph(parts) | Together(parts):
            for part in parts:
                yield from nodes(part)
        case Phrase(terms) | Near(terms):
            yield from terms
        case Not(part) | Title(part):
            yield from nodes(part)


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

"""Writes a query tree down as text; reading the text gives an equal tree."""

import datetime as dt

from search.query.field_names import CANONICAL_NAMES
from search.query.tree import (
    And,
    Capital,
    Dated,
    Exact,
    FieldValue,
    Idle,
    Mask,
    Near,
    Node,
    Not,
    Number,
    Or,
    Paragraph,
    Phrase,
    Prefix,
    Sentence,
    Signed,
    Title,
    Together,
    Word,
)


def canonical(node: Node) -> str:
    """The tree written down.

    >>> from search.query.parser import read
    >>> canonical(read("(Сталь) | !заводу -(а б)").tree)
    'сталь ИЛИ !заводу -(а б)'
    """
    match node:
        case Word(form) | Idle(form):
            return form
        case Exact(form):
            return "!" + form
        case Prefix(start):
            return start + "*"
        case Mask(pattern):
            return pattern
        case Capital(form):
            return "^" + form
        case Number(digits, sign) | Signed(digits, sign):
            return f"№{digits}" if sign == "№" else digits + (sign or "")
        case Together(parts):
            return "-".join(map(canonical, parts))
        case Phrase(terms) if all(isinstance(term, Exact) for term in terms):
            return '!"' + " ".join(canonical(term)[1:] for term in terms) + '"'
        case Phrase(terms):
            return '"' + " ".join(map(canonical, terms)) + '"'
        case Near(terms, distance):
            return '"' + " ".join(map(canonical, terms)) + f'"~{distance}'
        case Sentence(parts):
            return " /п ".join(_grouped(part, And, Or, Not, Sentence, Paragraph) for part in parts)
        case Paragraph(parts):
            return " /а ".join(_grouped(part, And, Or, Not, Sentence, Paragraph) for part in parts)
        case Title(part):
            return CANONICAL_NAMES["title"] + ":" + _grouped(part, And, Or, Not, Sentence, Paragraph)
        case FieldValue(name, value):
            return f'{CANONICAL_NAMES[name]}:"{value}"'
        case Dated():
            return written_days(node)
        case And(parts):
            return _apart([_grouped(part, Or) for part in parts])
        case Or(parts):
            return " ИЛИ ".join(map(canonical, parts))
        case Not(part):
            return "-" + _grouped(part, And, Or, Not, Sentence, Paragraph)


def written_days(node: Dated) -> str:
    """«дата:2022-10-01..2022-12-31», «до:1998-01-01», «после:1998-12-31».

    >>> written_days(Dated(None, dt.date(1997, 12, 31)))
    'до:1998-01-01'
    """
    if node.first and node.last:
        return f"дата:{node.first}" + (f"..{node.last}" if node.last != node.first else "")
    if node.last:
        return f"до:{node.last + dt.timedelta(1)}"
    assert node.first
    return f"после:{node.first - dt.timedelta(1)}"


def _apart(parts: list[str]) -> str:
    """Parts with a blank between them; neighbours that would be read as one number have a sign there."""
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text += (" И " if text[-1:].isdigit() and part[:1].isdigit() else " ") + part
    return text


def _grouped(node: Node, *kinds: type) -> str:
    return f"({canonical(node)})" if isinstance(node, kinds) else canonical(node)

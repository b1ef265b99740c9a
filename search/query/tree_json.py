"""Writes a query tree for programs: plain dictionaries and lists, as docs/api.md says."""

from collections.abc import Mapping, Sequence

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

JsonTree = Mapping[str, object]


def tree_json(node: Node) -> JsonTree:
    """The tree with `op` in each node.

    >>> from search.query.parser import read
    >>> tree_json(read("-сталь").tree)
    {'op': 'not', 'part': {'op': 'word', 'form': 'сталь'}}
    """
    match node:
        case And(parts):
            return {"op": "and", "parts": _all(parts)}
        case Or(parts):
            return {"op": "or", "parts": _all(parts)}
        case Not(part):
            return {"op": "not", "part": tree_json(part)}
        case Sentence(parts):
            return {"op": "sentence", "parts": _all(parts)}
        case Paragraph(parts):
            return {"op": "paragraph", "parts": _all(parts)}
        case Together(parts):
            return {"op": "together", "parts": _all(parts)}
        case Phrase(terms):
            return {"op": "phrase", "parts": _all(terms)}
        case Near(terms, distance):
            return {"op": "near", "distance": distance, "parts": _all(terms)}
        case Title(part):
            return {"op": "field", "field": "title", "part": tree_json(part)}
        case FieldValue(name, value):
            return {"op": "field", "field": name, "value": value}
        case Dated(first, last):
            days = {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}
            return {"op": "field", "field": "date", **days}
        case Word(form):
            return {"op": "word", "form": form}
        case Idle(form):
            return {"op": "word", "form": form, "idle": True}
        case Exact(form):
            return {"op": "exact", "form": form}
        case Capital(form):
            return {"op": "word", "form": form, "capital": True}
        case Prefix(start):
            return {"op": "prefix", "start": start}
        case Mask(pattern):
            return {"op": "mask", "pattern": pattern}
        case Number(digits, sign) | Signed(digits, sign):
            return {"op": "number", "digits": digits} | ({"sign": sign} if sign else {})


def _all(parts: Sequence[Node]) -> list[JsonTree]:
    return [tree_json(part) for part in parts]

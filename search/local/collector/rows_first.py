"""Puts articles that have in a row what was written as one before those that have its parts apart."""

from collections.abc import Iterator, Sequence

import numpy as np

from search.local.matching.bm25 import OrderKey
from search.local.matching.match import Docs, Match
from search.local.matching.ways import glued_word
from search.query.tree import And, Node, Or, Together


def written_as_one(node: Node) -> Iterator[Together]:
    """What a query asks for that was written as one («Титан-Баррикады»), exclusions left aside."""
    match node:
        case Together():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from written_as_one(part)


def rows_first(match: Match, docs: Docs, sought: Sequence[Together]) -> tuple[OrderKey, ...]:
    """The order by how many of them stand in a row, or as one word; none where nothing was written as one."""
    if not sought:
        return ()
    rows = np.zeros(match.segment.size, np.uint8)
    for one in sought:
        rows[match.postings(one.row).docs] += 1
        if glued := glued_word(one):
            rows[match.postings(glued).docs] += 1
    return (rows[docs].__getitem__,)

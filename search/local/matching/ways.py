"""Says by which words, rows and alternatives of them numbers and words written as one are looked for."""

from itertools import pairwise

from search.query.tree import And, Near, Node, Number, Or, Paragraph, Phrase, Sentence, Term, Together, Word


def ways(node: Node) -> Node:
    """The node without numbers and without what was written as one.

    >>> ways(Together((Word("тгк"), Word("1"))))
    Or(parts=(And(parts=(Word(form='тгк'), Word(form='1'))), Word(form='тгк1')))
    """
    match node:
        case Number():
            return Or(node.ways)
        case Together(parts):
            all_parts = And(tuple(map(ways, parts)))
            glued = glued_word(node)
            return Or((all_parts, glued)) if glued else all_parts
        case And(parts):
            return And(tuple(map(ways, parts)))
        case Or(parts):
            return Or(tuple(map(ways, parts)))
        case Sentence(parts) | Paragraph(parts):
            return And(tuple(map(ways, parts)))
        case _:
            return node


def glued_word(node: Together) -> Word | None:
    """Its parts as one word, where nobody would read them as another: «ТГК1» for «ТГК-1», but not «510» for «5-10»."""
    forms = [part.form for part in node.parts if isinstance(part, Word)]
    if len(forms) < len(node.parts) or any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(forms)):
        return None
    return Word("".join(forms))


def terms_of(node: Node) -> tuple[Term, ...]:
    """All terms that a word, row, window or an alternative of them is made of."""
    match node:
        case And(parts) | Or(parts):
            return tuple(term for part in parts for term in terms_of(part))
        case Phrase(terms) | Near(terms):
            return terms
        case _:
            return (node,)  # type: ignore[return-value]

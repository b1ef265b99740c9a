"""Says in a Russian sentence how a query was read."""

from collections.abc import Sequence
from typing import Literal

from search.query.parser import Query
from search.query.tree import EVERYTHING, And, Exact, Node, Not, Or, Phrase, Prefix, Term, Word

NounCase = Literal["nominative", "genitive"]

PARTS_NAMED = 12  # parts of one list that are written out
ALL_SHOWN = "Показаны все статьи."
CUT_TOLD = " Запрос слишком длинный: прочитано только его начало."
NOUNS: dict[str, dict[NounCase, str]] = {
    "word": {"nominative": "слово", "genitive": "слова"},
    "exact": {"nominative": "точная форма", "genitive": "точной формы"},
    "prefix": {"nominative": "слово на", "genitive": "слова на"},
    "phrase": {"nominative": "фраза", "genitive": "фразы"},
    "exact phrase": {"nominative": "точная фраза", "genitive": "точной фразы"},
}


def read_as(query: Query) -> str:
    """How the query was read.

    >>> from search.query.parser import read
    >>> read_as(read('завод сталь "красный октябрь" -форум'))
    'Ищем статьи, где есть слова «завод» и «сталь», фраза «красный октябрь»; без слова «форум».'
    """
    return _sentence(query.tree) + (CUT_TOLD if query.cut else "")


def _sentence(tree: Node) -> str:
    if tree == EVERYTHING:
        return ALL_SHOWN
    if isinstance(tree, Or):
        return f"Ищем статьи, где есть {_clause(tree, 'nominative')[1:-1]}."
    parts = tree.parts if isinstance(tree, And) else (tree,)
    wanted = [part for part in parts if not isinstance(part, Not)]
    unwanted = [part.part for part in parts if isinstance(part, Not)]
    clauses = ["где есть " + ", ".join(_listed(wanted))] if wanted else []
    if unwanted:
        clauses.append("без " + ", ".join(_clause(part, "genitive") for part in unwanted[:PARTS_NAMED]))
        clauses[-1] += _more(unwanted)
    return ("Ищем статьи, " if wanted else "Ищем все статьи ") + "; ".join(clauses) + "."


def _listed(parts: Sequence[Node]) -> list[str]:
    """Plain words together, then everything else one by one."""
    words = [part for part in parts if isinstance(part, Word)]
    others = [_clause(part, "nominative") for part in parts if not isinstance(part, Word)]
    clauses = [_clause(words[0], "nominative")] if len(words) == 1 else []
    if len(words) > 1:
        names = [_quoted(word) for word in words[:PARTS_NAMED]]
        joined = ", ".join(names) if _more(words) else ", ".join(names[:-1]) + " и " + names[-1]
        clauses = ["слова " + joined + _more(words)]
    return clauses + ([", ".join(others[:PARTS_NAMED]) + _more(others)] if others else [])


def _clause(part: Node, case: NounCase) -> str:
    """One part as a noun phrase in a case."""
    match part:
        case And(parts):
            return "(" + " и ".join(_clause(inner, case) for inner in parts) + ")"
        case Or(parts):
            return "(" + " или ".join(_clause(inner, case) for inner in parts) + ")"
        case Not(inner):
            return ("нет " if case == "nominative" else "отсутствия ") + _clause(inner, "genitive")
        case _:
            return f"{NOUNS[_kind(part)][case]} {_quoted(part)}"


def _kind(part: Term | Phrase) -> str:
    match part:
        case Word():
            return "word"
        case Exact():
            return "exact"
        case Prefix():
            return "prefix"
        case Phrase(terms):
            return "exact phrase" if all(isinstance(term, Exact) for term in terms) else "phrase"


def _quoted(part: Term | Phrase) -> str:
    return f"«{' '.join(map(_shown, part.terms)) if isinstance(part, Phrase) else _shown(part)}»"


def _shown(term: Term) -> str:
    match term:
        case Word(form) | Exact(form):
            return form
        case Prefix(start):
            return start + "…"


def _more(parts: Sequence[object]) -> str:
    return f" и ещё {len(parts) - PARTS_NAMED}" if len(parts) > PARTS_NAMED else ""

"""Makes terms of the words of a query: parts written as one, masks, numbers in any spacing."""

import re

from indexer.text.tokens import MARKS, tokenize
from search.query.tree import Capital, Exact, Mask, Node, Number, Phrase, Prefix, Term, Together, Word

LONGEST_WORD = 64  # letters; of a longer one the beginning is looked for
FEWEST_LETTERS = 2  # of a mask
MOST_DIGITS = 15  # of a number that may be printed in groups
YEARS = range(1700, 2100)  # numbers that are printed without spaces
PIECE = re.compile(rf"[\w*'’ʼ.,{MARKS}]+")
LETTER_BY_DIGIT = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
WHOLE_NUMBER = re.compile(r"[1-9]\d*(?:,\d+)?")


def run_nodes(run: str, exact: bool, capital: bool) -> Node | None:
    """What a run of characters without a blank asks for; None where it has no word."""
    if exact:
        return _row(row_terms("!" + run, exact=True))
    parts = [term for piece in PIECE.findall(run) for term in _piece_terms(piece)]
    if not parts:
        return None
    if capital and isinstance(parts[0], Word):
        parts[0] = Capital(parts[0].form)
    if len(parts) == 1:
        return _numbered(parts[0])
    numbered = tuple(map(_numbered, parts))
    last = numbered[-1]
    if run.endswith("%") and (number := last.digits if isinstance(last, Number) else _digits(last)):
        numbered = (*numbered[:-1], Number(number, "%"))
    return Together(numbered)


def number_node(text: str) -> Node:
    """A number typed in groups or with a sign: «10 000», «1 500,5», «20%», «№ 5»."""
    digits = "".join(text.split()).strip("№%").replace(".", ",")
    if len(digits) > MOST_DIGITS or (text[0] != "№" and text[-1] != "%"):
        return _numbered(_term(digits))
    return Number(digits, "№" if text[0] == "№" else "%")


def _digits(term: Term) -> str:
    """A word of digits alone."""
    return term.form if isinstance(term, Word) and WHOLE_NUMBER.fullmatch(term.form) else ""


def row_terms(text: str, exact: bool) -> tuple[Term, ...]:
    """The terms of what stands in quotes, as printed in a row."""
    found: list[Term] = []
    for chunk in text.split():
        own = exact or chunk[:1] in ("!", "=")
        for piece in PIECE.findall(chunk.lstrip("-−!=^")):
            if "*" in piece and not own:
                found += _masked(piece)
            else:
                found += [_term(form, own) for form in _forms(piece)]
    return tuple(found)


def _row(terms: tuple[Term, ...]) -> Node | None:
    return Phrase(terms) if len(terms) > 1 else terms[0] if terms else None


def _piece_terms(piece: str) -> list[Term]:
    if "*" in piece:
        return _masked(piece)
    return [_term(form) for form in _forms(LETTER_BY_DIGIT.sub(" ", piece))]


def _term(form: str, exact: bool = False) -> Term:
    if len(form) > LONGEST_WORD:
        return Prefix(form[:LONGEST_WORD])
    return Exact(form) if exact else Word(form)


def _forms(text: str) -> list[str]:
    # A folded form may itself be no single token («ʼа»): then what it is made of is asked for.
    return [part.form for token in tokenize(text) if token.form for part in tokenize(token.form)]


def _masked(piece: str) -> list[Term]:
    """A word with stars; where they leave too little, or stand in more than a word, its words alone."""
    parts = [_forms(part) for part in piece.split("*")]
    if any(len(part) > 1 for part in parts) or sum(len(form) for part in parts for form in part) < FEWEST_LETTERS:
        return _piece_terms(piece.replace("*", " "))
    pattern = re.sub(r"\*+", "*", "*".join("".join(part) for part in parts))
    begun = pattern.index("*")
    if begun == len(pattern) - 1 or begun > LONGEST_WORD:
        return [Prefix(pattern[: min(begun, LONGEST_WORD)])]
    if len(pattern) > LONGEST_WORD:
        pattern = pattern[:LONGEST_WORD].rstrip("*") + "*"
    return [Mask(pattern)]


def has_long_word(text: str) -> bool:
    """Whether a word of a text is too long to be looked for whole."""
    return any(len(form) > LONGEST_WORD for form in _forms(text))


def _numbered(term: Term) -> Term | Number:
    """A number that may be printed in groups as such."""
    if not isinstance(term, Word) or not WHOLE_NUMBER.fullmatch(term.form):
        return term
    whole = term.form.partition(",")[0]
    if len(whole) < 4 or len(whole) > MOST_DIGITS or (len(term.form) == 4 and int(whole) in YEARS):
        return term
    return Number(term.form)

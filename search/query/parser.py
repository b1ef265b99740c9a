"""Reads what a reader typed into a query tree; nothing that is typed is an error.

    слово                                any form of the word; function words beside others only keep their place
    !слово   =слово   ="точная фраза"    the form as typed (case and ё ignored)
    слово*   *слово   сло*во             any form that the stars leave open
    ^Слово                               only with a capital letter
    "красный октябрь"   «…»   „…“        words in a row, in any forms; "…"~5: within five words, in any order
    a b   a И b   a AND b                both
    a ИЛИ b   a OR b   a | b   a / b     either; binds weaker than both
    -a   НЕ a   NOT a                    only articles without it
    a /п b   a /а b                      in one sentence, in one paragraph
    (…)                                  grouping
    поле:значение                        of a field (`field_names`)
    Титан-Баррикады, завод/комбинат, ТГК1  all parts, best of all in a row
    10 000, 10000; 1,5                   a number however it is printed

What is passed over is told (`Query.notes`). `canonical` writes a tree down so that reading it gives the same tree.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from indexer.text.tokens import MARK, WORD, fold
from search.query.canonical import canonical
from search.query.function_words import FUNCTION_WORDS
from search.query.lexer import SMALL_OR, Sign, joins_alternatives, signs
from search.query.tree import (
    EVERYTHING,
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
    Title,
    Together,
    Word,
    both,
    either,
    without,
)
from search.query.words import LONGEST_WORD, has_long_word, number_node, row_terms, run_nodes

MOST_READ = 1000  # characters of a query, and of its canonical form
MOST_WORDS = 100
DEEPEST_BRACKETS = 20  # brackets inside brackets; deeper ones are passed over
FARTHEST = 100  # words between the first and the last of a row in any order
TIMES_SETTLED = 4  # a query is read anew
CUT_TO = 0.9  # of its length a text is cut to while its canonical form is too long
PLACED = (Word, Exact, Prefix, Mask, Capital, Phrase, Near, Number, Together, Idle)


@dataclass(frozen=True, slots=True)
class Query:
    """How the typed text was read; `cut`: its end was left out; `notes`: what was passed over, in Russian."""

    tree: Node
    cut: bool = False
    notes: tuple[str, ...] = ()
    as_typed: Mapping[str, str] = field(default_factory=dict, compare=False)  # folded form → with its capitals


def read(text: str) -> Query:
    """The tree of what was typed.

    >>> read('спецсталь -"красный октябрь"').tree
    And(parts=(Word(form='спецсталь'), Not(part=Phrase(terms=(Word(form='красный'), Word(form='октябрь'))))))
    """
    query = _read(MARK.sub("", unicodedata.normalize("NFC", text[:MOST_READ])))
    return query if len(text) <= MOST_READ else replace(query, cut=True)


@lru_cache(1 << 10)
def _read(text: str) -> Query:
    """What was typed last is not read again: pages and links of a result repeat it."""
    query, kept = _Parser.of(text), text
    while len(canonical(query.tree)) > MOST_READ:
        kept = kept[: int(len(kept) * CUT_TO)]
        query = replace(_Parser.of(kept), cut=True)
    printed = {fold(word[0]): word[0] for word in WORD.finditer(kept) if word[0] != word[0].lower()}
    return replace(_settled(query) if SMALL_OR in text.lower() else query, as_typed=printed)


def _settled(query: Query) -> Query:
    """The query as its canonical form is read: «или» counts the words beside it, and that form may have fewer."""
    for _ in range(TIMES_SETTLED):
        again = _Parser.of(canonical(query.tree))
        if again.tree == query.tree:
            break
        query = replace(query, tree=again.tree)
    return query


@dataclass(slots=True)
class _Parser:
    """Reads signs from the first on; `words` may still be taken."""

    signs: list[Sign]
    is_short: bool  # «или» in small letters joins its alternatives
    at: int = 0
    words: int = MOST_WORDS
    cut: bool = False
    notes: dict[str, None] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Query:
        """How a text is read."""
        found = signs(text)
        return cls(found, joins_alternatives(found)).query()

    def query(self) -> Query:
        tree = self._either(0)
        while self.at < len(self.signs):  # a bracket that nothing opened
            self.at += 1
            tree = _joined([tree, self._either(0)])
        return Query(tree or EVERYTHING, self.cut, tuple(self.notes))

    def _next(self) -> Sign | None:
        return self.signs[self.at] if self.at < len(self.signs) else None

    def _note(self, said: str) -> None:
        self.notes[said] = None

    def _either(self, depth: int) -> Node | None:
        """Alternatives up to a closing bracket or the end."""
        parts = [self._both(depth)]
        while (sign := self._next()) and sign.kind == "or":
            self.at += 1
            parts.append(self._both(depth))
            if None in parts[-2:]:
                self._note(f"«{sign.text}» без слов с обеих сторон пропущено")
        found = [part for part in parts if part is not None]
        return either(found) if found else None

    def _both(self, depth: int) -> Node | None:
        """Parts that all must hold."""
        parts: list[Node | None] = []
        while (sign := self._next()) and sign.kind not in (")", "or"):
            if sign.kind == "and":
                self.at += 1
            else:
                parts.append(self._beside(depth))
        return _joined(parts)

    def _beside(self, depth: int) -> Node | None:
        """One part, or several that «/п» and «/а» hold together."""
        parts, between = [self._one(depth)], []
        while (sign := self._next()) and sign.kind in ("/п", "/а"):
            self.at += 1
            between.append(sign.kind)
            parts.append(self._one(depth))
        if not between:
            return parts[0]
        if any(part is None for part in parts):
            self._note("«/п» и «/а» ставятся между словами: лишнее пропущено")
        found = [part for part in parts if part is not None]
        places = [_places(part) for part in found]
        if len(found) < 2 or None in places or len(found) < len(parts):
            if None in places:
                self._note("«/п» и «/а» действуют только между словами и фразами: здесь прочитаны как «И»")
            return _joined(found)
        return both(_scopes([place for place in places if place is not None], between))

    def _one(self, depth: int) -> Node | None:
        """A word, a row, a field, a group or what excludes one."""
        sign = self._next()
        if sign is None or sign.kind in (")", "or", "and", "/п", "/а"):
            return None
        self.at += 1
        if sign.kind == "not":
            part = self._one(depth)
            if part is None:
                self._note(f"«{sign.text}» без слова после него пропущено")
            return without(part) if part is not None else None
        part = self._group(depth) if sign.kind == "(" else self._operand(sign, depth)
        return without(part) if part is not None and sign.excluded and part != EVERYTHING else part

    def _group(self, depth: int) -> Node | None:
        if depth >= DEEPEST_BRACKETS:
            self._note("слишком глубокие скобки пропущены")
            return None
        found = self._either(depth + 1)
        if (closing := self._next()) and closing.kind == ")":
            self.at += 1
        return found

    def _operand(self, sign: Sign, depth: int) -> Node | None:
        if sign.kind == "unknown":
            if sign.text.strip("-−!=^"):
                self._note(f"«{sign.text}» не разобрано и пропущено")
            return None
        if not self.words:
            self.cut = True
            return None
        self.words -= 1
        if sign.kind == "title":
            part = self._one(depth)
            if part is None:
                self._note(f"после «{sign.text}:» ничего нет, пропущено")
            return Title(part) if part is not None else None
        if sign.kind == "field":
            return either(FieldValue(sign.text, value) for value in sign.values)
        if sign.kind == "days":
            return Dated(*sign.days)
        if sign.kind == "number":
            return number_node(sign.text)
        if has_long_word(sign.text):
            self._note(f"слово длиннее {LONGEST_WORD} букв: ищутся слова, которые так начинаются")
        if sign.kind == "row":
            return self._row(sign)
        return self._word(sign)

    def _word(self, sign: Sign) -> Node | None:
        found = run_nodes(sign.text, sign.exact, sign.capital)
        return None if self.is_short and found == Word(SMALL_OR) and not sign.excluded else found

    def _row(self, sign: Sign) -> Node | None:
        terms = row_terms(sign.text, sign.exact)
        if len(terms) > self.words + 1:
            self.cut, terms = True, terms[: self.words + 1]
        self.words -= max(0, len(terms) - 1)
        if sign.distance == 0:
            self._note("после «~» нужно число слов: прочитано как фраза")
        if len(terms) < 2:
            only = self._word(sign)
            return Exact(only.form) if isinstance(only, Word) and only.form in FUNCTION_WORDS else only
        if sign.distance:
            return Near(terms, max(len(terms) - 1, min(sign.distance, FARTHEST)))
        return Phrase(terms)


def _joined(parts: Iterable[Node | None]) -> Node | None:
    """The conjunction of what there is; its function words are idle beside other words."""
    found = [part for part in parts if part is not None]
    if not found:
        return None
    tree = both(found)
    if not isinstance(tree, And):
        return tree
    if all(isinstance(part, Not) or _is_function_word(part) for part in tree.parts):
        return tree
    idle = [Idle(part.form) if isinstance(part, Word) and _is_function_word(part) else part for part in tree.parts]
    return both(idle)


def _is_function_word(part: Node) -> bool:
    return isinstance(part, Idle) or (isinstance(part, Word) and part.form in FUNCTION_WORDS)


def _places(part: Node) -> list[Node] | None:
    """What of a part stands at places of a text; None where something does not."""
    parts = list(part.parts) if isinstance(part, And) else [part]
    for one in parts:
        for inner in one.parts if isinstance(one, Or) else (one,):
            if not isinstance(inner, PLACED):
                return None
    return [Word(one.form) if isinstance(one, Idle) else one for one in parts]


def _scopes(places: list[list[Node]], between: Sequence[str]) -> list[Node]:
    """Sentences and paragraphs: neighbours with the same sign between them are held by one."""
    found: list[Node] = []
    start = 0
    for place, kind in enumerate(between):
        if place + 1 == len(between) or between[place + 1] != kind:
            parts = tuple(dict.fromkeys(one for some in places[start : place + 2] for one in some))
            scope = Sentence if kind == "/п" else Paragraph
            found.append(scope(parts) if len(parts) > 1 else parts[0])  # type: ignore[arg-type]
            start = place + 1
    return found

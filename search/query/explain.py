"""Says in a Russian sentence how a query was read, and what of it was passed over."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from search.query.most_words import WantedWords, wanted_words
from search.query.parser import Query
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
    Signed,
    Term,
    Title,
    Together,
    Word,
)

NounCase = Literal["nominative", "genitive"]

PARTS_NAMED = 12  # parts of one list that are written out
NOTES_NAMED = 3
ALL_SHOWN = "Показаны все статьи."
CUT_TOLD = " Запрос слишком длинный: прочитано только его начало."
MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
NOUNS: dict[str, dict[NounCase, str]] = {
    "word": {"nominative": "слово", "genitive": "слова"},
    "exact": {"nominative": "точная форма", "genitive": "точной формы"},
    "prefix": {"nominative": "слово на", "genitive": "слова на"},
    "mask": {"nominative": "слово вида", "genitive": "слова вида"},
    "capital": {"nominative": "слово с большой буквы", "genitive": "слова с большой буквы"},
    "number": {"nominative": "число", "genitive": "числа"},
    "phrase": {"nominative": "фраза", "genitive": "фразы"},
    "exact phrase": {"nominative": "точная фраза", "genitive": "точной фразы"},
    "together": {"nominative": "написанное вместе", "genitive": "написанного вместе"},
}
FIELD_NOUNS: dict[str, dict[NounCase, str]] = {
    "author": {"nominative": "автор", "genitive": "автора"},
    "source": {"nominative": "издание", "genitive": "издания"},
    "rubric": {"nominative": "рубрика", "genitive": "рубрики"},
    "genre": {"nominative": "жанр", "genitive": "жанра"},
    "person": {"nominative": "персона", "genitive": "персоны"},
    "enterprise": {"nominative": "предприятие", "genitive": "предприятия"},
    "organisation": {"nominative": "организация", "genitive": "организации"},
    "issue": {"nominative": "номер газеты", "genitive": "номера газеты"},
    "page": {"nominative": "полоса", "genitive": "полосы"},
}


def read_as(query: Query, remarks: Sequence[str] = ()) -> str:
    """How the query was read; `remarks`: what the archive makes of it.

    >>> from search.query.parser import read
    >>> read_as(read('завод сталь "красный октябрь" -форум'))
    'Ищем статьи, где есть слова «завод» и «сталь», фраза «красный октябрь»; без слова «форум».'
    """
    reading, wanted = _Reading(query.as_typed), wanted_words(query.tree)
    sentence = reading.half_of(wanted) if wanted and not wanted.have_line else reading.sentence(query.tree)
    return sentence + _notes((*query.notes, *remarks)) + (CUT_TOLD if query.cut else "")


@dataclass(frozen=True, slots=True)
class _Reading:
    """Says parts of a query with the words as they were typed."""

    as_typed: Mapping[str, str]

    def half_of(self, wanted: WantedWords) -> str:
        """The sentence of a query so long that half of its words are enough."""
        names = ", ".join(map(self.quoted, wanted.words[:PARTS_NAMED])) + _more(wanted.words)
        rest = " " + self.sentence(wanted.required) if wanted.required != EVERYTHING else ""
        return f"Ищем статьи, где есть не меньше половины слов {names}; редкое слово весит больше.{rest}"

    def sentence(self, tree: Node) -> str:
        if tree == EVERYTHING:
            return ALL_SHOWN
        if isinstance(tree, Or):
            return f"Ищем статьи, где есть {self.clause(tree, 'nominative')[1:-1]}."
        parts = tree.parts if isinstance(tree, And) else (tree,)
        idle = [part for part in parts if isinstance(part, Idle)]
        days = [_days(part) for part in parts if isinstance(part, Dated)]
        wanted = [part for part in parts if not isinstance(part, Not | Idle | Dated)]
        unwanted = [part.part for part in parts if isinstance(part, Not)]
        clauses = ["где есть " + ", ".join(self.listed(wanted))] if wanted else []
        if unwanted:
            clauses.append("без " + ", ".join(self.clause(part, "genitive") for part in unwanted[:PARTS_NAMED]))
            clauses[-1] += _more(unwanted)
        opening = "Ищем статьи, " if wanted else "Ищем все статьи "
        if days:
            clauses.insert(0, "вышедшие " + " и ".join(days) + ("," if wanted else ""))
            opening = "Ищем статьи, "
            clauses[:2] = [" ".join(clauses[:2])] if wanted else clauses[:2]
        return opening + "; ".join(clauses) + "." + _idle(idle)

    def listed(self, parts: Sequence[Node]) -> list[str]:
        """Plain words together, then everything else one by one."""
        words = [part for part in parts if isinstance(part, Word)]
        others = [self.clause(part, "nominative") for part in parts if not isinstance(part, Word)]
        clauses = [self.clause(words[0], "nominative")] if len(words) == 1 else []
        if len(words) > 1:
            names = [self.quoted(word) for word in words[:PARTS_NAMED]]
            joined = ", ".join(names) if _more(words) else ", ".join(names[:-1]) + " и " + names[-1]
            clauses = ["слова " + joined + _more(words)]
        return clauses + ([", ".join(others[:PARTS_NAMED]) + _more(others)] if others else [])

    def clause(self, part: Node, case: NounCase) -> str:
        """One part as a noun phrase in a case."""
        match part:
            case And(parts):
                return (
                    "(" + " и ".join(self.clause(inner, case) for inner in parts if not isinstance(inner, Idle)) + ")"
                )
            case Or(parts):
                return "(" + " или ".join(self.clause(inner, case) for inner in parts) + ")"
            case Not(inner):
                return ("нет " if case == "nominative" else "отсутствия ") + self.clause(inner, "genitive")
            case Sentence(parts):
                return self.scope(parts, "в одном предложении", case)
            case Paragraph(parts):
                return self.scope(parts, "в одном абзаце", case)
            case Title(inner):
                return f"{self.bare(inner, case)} в заголовке"
            case FieldValue(name, value):
                return f"{FIELD_NOUNS[name][case]} «{value}»"
            case Dated():
                return "выход " + _days(part) if case == "nominative" else "выхода " + _days(part)
            case Near(terms, distance):
                words = ", ".join(f"«{self.shown(term)}»" for term in terms)
                said = "слова" if case == "nominative" else "слов"
                return f"{said} {words} не дальше {distance} {_words(distance)} друг от друга"
            case Together():
                row = "-".join(map(self.shown, part.row.terms))
                return f"{NOUNS['together'][case]} «{row}» (все части, лучше подряд)"
            case Idle(form):
                return f"«{form}»"
            case _:
                return f"{NOUNS[_kind(part)][case]} {self.quoted(part)}"

    def bare(self, part: Node, case: NounCase) -> str:
        """A part without the brackets round it."""
        said = self.clause(part, case)
        return said[1:-1] if isinstance(part, And | Or) else said

    def scope(self, parts: Sequence[Node], where: str, case: NounCase) -> str:
        return " и ".join(self.clause(part, case) for part in parts) + " " + where

    def quoted(self, part: Term | Phrase | Number) -> str:
        return f"«{' '.join(map(self.shown, part.terms)) if isinstance(part, Phrase) else self.shown(part)}»"

    def shown(self, term: Term | Number) -> str:
        match term:
            case Word(form) | Exact(form):
                return self.as_typed.get(form, form)
            case Prefix(start):
                return start + "…"
            case Mask(pattern):
                return pattern.replace("*", "…")
            case Capital(form):
                return self.as_typed.get(form, form.capitalize())
            case Number(digits, sign) | Signed(digits, sign):
                return f"№ {digits}" if sign == "№" else digits + (sign or "")


def _kind(part: Term | Phrase | Number) -> str:
    match part:
        case Word():
            return "word"
        case Exact():
            return "exact"
        case Prefix():
            return "prefix"
        case Mask():
            return "mask"
        case Capital():
            return "capital"
        case Number() | Signed():
            return "number"
        case Phrase(terms):
            return "exact phrase" if all(isinstance(term, Exact) for term in terms) else "phrase"


def _days(dated: Dated) -> str:
    """«в 2022 году», «в октябре…» is left to days: «с 1 октября 2022 по 31 декабря 2022»."""
    first, last = dated.first, dated.last
    if first and last and (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31):
        return f"в {first.year} году" if first.year == last.year else f"в {first.year}\N{EN DASH}{last.year} годах"
    if first and first == last:
        return _day(first)
    if first and last:
        return f"с {_day(first)} по {_day(last)}"
    return f"с {_day(first)}" if first else f"до {_day(last + dt.timedelta(1))}" if last else ""


def _day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} года"


def _words(count: int) -> str:
    return "слова" if count % 10 == 1 and count % 100 != 11 else "слов"


def _idle(parts: Sequence[Idle]) -> str:
    """Which function words tell nothing of an article."""
    if not parts:
        return ""
    said = ", ".join(f"«{part.form}»" for part in parts[:PARTS_NAMED]) + _more(parts)
    return f" Служебн{'ые слова' if len(parts) > 1 else 'ое слово'} {said} не ищ{'утся' if len(parts) > 1 else 'ется'}."


def _notes(notes: Sequence[str]) -> str:
    """What was passed over."""
    if not notes:
        return ""
    said = "; ".join(notes[:NOTES_NAMED]) + (f"; и ещё {len(notes) - NOTES_NAMED}" if len(notes) > NOTES_NAMED else "")
    return f" {said[:1].upper()}{said[1:]}."


def _more(parts: Sequence[object]) -> str:
    return f" и ещё {len(parts) - PARTS_NAMED}" if len(parts) > PARTS_NAMED else ""

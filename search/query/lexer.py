"""Cuts a typed query into signs, words, rows in quotes and fields with their values; what is none of them is told."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from search.query.field_names import FIELD_NAMES, NAMES_OF_PERSONS
from search.query.typed_days import typed_period, typed_range

SignKind = Literal[
    "(", ")", "or", "and", "not", "/п", "/а", "title", "field", "days", "row", "word", "number", "unknown"
]

LONGEST_VALUE = 100  # characters of a field's value
SMALL_OR = "или"
SIGNS_INSIDE = re.compile(r"[\W_]+")
FEW_WORDS = 5  # of a query where «или» in small letters joins alternatives
CLOSING_QUOTES = {'"': '"', "«": "»", "„": "“”", "“": "”“", "‟": "”", "”": "”"}
QUOTES = "".join(CLOSING_QUOTES) + "»"
SPACE = re.compile(r"\s*")
SINGLE_QUOTED = re.compile(r"['‘’]([^'‘’\"«»„“”()|:*]+)['’](?!\w)")
SIGNS = re.compile("[-−!=^]*")
RUN = re.compile(rf"[^\s()|{QUOTES}]+")
NAME = re.compile(rf"({'|'.join(sorted(FIELD_NAMES, key=len, reverse=True))})\s*:\s*", re.IGNORECASE)
DISTANCE = re.compile(r"~(\d{0,3})")
IN_GROUPS = r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?"
DIGITS = rf"(?:{IN_GROUPS}|\d+(?:[.,]\d+)?)"
NUMBER = re.compile(
    rf"№[ \u00a0]?{DIGITS}(?![\w.,]*\w)|{DIGITS}[ \u00a0]?%(?![\w-])|{IN_GROUPS}(?![\w.,]*\w)",
    re.ASCII,
)
INITIAL = r"[А-ЯЁA-Z]\."
CAPITALIZED = r"[А-ЯЁA-Z][\w’'-]*"
PERSON = re.compile(
    rf"(?:{INITIAL}\s*)*[^\s()|{QUOTES}]+(?:\s+{INITIAL}(?:\s*{INITIAL})?|\s+[А-ЯЁA-Z](?![\w.])|\s+{CAPITALIZED}(?!\s*:))"
    r"{0,2}"
)
ALTERNATIVE = re.compile(r"\s*\|\s*|\s+(?:ИЛИ|OR|или|/)\s+")
OPERATORS: dict[str, SignKind] = {
    **dict.fromkeys(("ИЛИ", "OR", "/"), "or"),
    **dict.fromkeys(("И", "AND", "&"), "and"),
    **dict.fromkeys(("НЕ", "NOT"), "not"),
    **dict.fromkeys(("/п", "/П"), "/п"),
    **dict.fromkeys(("/а", "/А"), "/а"),
}
SLASHED = re.compile(r"/[\w+-]{0,4}")  # looks like an operator and is none
OPERANDS = ("title", "field", "days", "row", "word", "number")


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing of a query: its kind, its text, where it stops, and what stood before it: «-», «!», «^»."""

    kind: SignKind
    text: str
    stop: int
    excluded: bool = False
    exact: bool = False
    capital: bool = False
    distance: int | None = None  # of a row in quotes: «"…"~5»; 0: no number stands there
    values: tuple[str, ...] = ()  # of a field
    days: tuple[dt.date | None, dt.date | None] = (None, None)


def signs(text: str) -> list[Sign]:
    """Everything that was typed, in order; «или» between words of a short query is a sign too."""
    found = list(_signs(text))
    if not joins_alternatives(found):
        return found
    return [replace(sign, kind="or") if is_small_or(sign) else sign for sign in found]


def joins_alternatives(found: list[Sign]) -> bool:
    """Whether «или» in small letters joins alternatives: in a query of few words."""
    words = {SIGNS_INSIDE.sub(" ", sign.text.lower()).strip() for sign in found if sign.kind in OPERANDS}
    return 0 < len(words - {"", SMALL_OR}) <= FEW_WORDS


def is_small_or(sign: Sign) -> bool:
    """Whether a sign is the word «или», whatever stands round it."""
    if sign.kind != "word" or "*" in sign.text or sign.excluded or sign.exact or sign.capital:
        return False
    return SIGNS_INSIDE.sub(" ", sign.text).strip() == SMALL_OR


def _signs(text: str) -> Iterator[Sign]:
    at = 0
    while (at := _end(SPACE, text, at)) < len(text):
        sign = _next(text, at)
        yield sign
        at = max(sign.stop, at + 1)


def _next(text: str, at: int) -> Sign:
    """What begins at a place that is no blank."""
    char = text[at]
    if char == ")":
        return Sign(")", char, at + 1)
    if char == "|":
        return Sign("or", char, at + 1)
    opens = at == 0 or text[at - 1].isspace() or text[at - 1] in "(|:" + QUOTES
    before = text[at : _end(SIGNS, text, at)] if opens else ""
    sign = Sign("unknown", before, at, bool(set(before) & set("-−")), bool(set(before) & set("!=")), "^" in before)
    at += len(before)
    char = text[at : at + 1]
    if char == "(":
        return replace(sign, kind="(", text=char, stop=at + 1)
    if char and char in QUOTES:
        return _row(text, at, sign)
    if single := SINGLE_QUOTED.match(text, at) if opens else None:
        return replace(sign, kind="row", text=single[1], stop=single.end())
    if opens and (name := NAME.match(text, at)):
        return _field(text, name.end(), FIELD_NAMES[name[1].lower()], replace(sign, text=name[1].lower()))
    if not (sign.exact or sign.capital) and (number := NUMBER.match(text, at)):
        return replace(sign, kind="number", text=number[0], stop=number.end())
    found = RUN.match(text, at)
    if not found:
        return replace(sign, text="", stop=at)
    run = found[0]
    if not before and run in OPERATORS:
        return Sign(OPERATORS[run], run, found.end())
    if not before and SLASHED.fullmatch(run):
        return Sign("unknown", run, found.end())
    return replace(sign, kind="word", text=run, stop=found.end())


def _row(text: str, at: int, sign: Sign) -> Sign:
    """What stands in quotes; a quote that nothing closes is passed over."""
    stop = closing(text, at)
    if stop < 0:
        return replace(sign, text="", stop=at + 1)
    end, distance = stop + 1, None
    if tail := DISTANCE.match(text, end):
        end, distance = tail.end(), int(tail[1] or 0)
    return replace(sign, kind="row", text=text[at + 1 : stop], stop=end, distance=distance)


def closing(text: str, at: int) -> int:
    """Where the quote opened at `at` is closed, by its own kind or else by any other; -1: nowhere."""
    for quotes in (CLOSING_QUOTES.get(text[at], ""), QUOTES if text[at] != "»" else ""):
        places = [place for quote in quotes if (place := text.find(quote, at + 1)) > 0]
        if places:
            return min(places)
    return -1


def _field(text: str, at: int, field: str, sign: Sign) -> Sign:
    """A field with its value; one whose value cannot be read is told as it was typed."""
    if field == "title":
        return replace(sign, kind="title", stop=at)
    if field in ("date", "before", "after"):
        return _days(text, at, field, sign)
    values, stop = _values(text, at, field)
    if not values:
        return replace(sign, kind="unknown", text=sign.text + ":", stop=stop)
    return replace(sign, kind="field", text=field, values=values, stop=stop)


def _days(text: str, at: int, field: str, sign: Sign) -> Sign:
    opened = text[at : at + 1] in ("(", *QUOTES) and bool(text[at : at + 1])
    start = at + opened
    found = typed_range(text, start) if field == "date" else typed_period(text, start)
    if not found:
        run = RUN.match(text, start)
        stop = run.end() if run else start
        return replace(sign, kind="unknown", text=f"{sign.text}:{text[start:stop]}", stop=stop)
    stop = found.stop
    if opened and text[stop : stop + 1] and text[stop] in ")" + QUOTES:
        stop += 1
    days: dict[str, tuple[dt.date | None, dt.date | None]] = {
        "date": (found.first, found.last),
        "before": (None, found.first - dt.timedelta(1)),
        "after": (found.last + dt.timedelta(1), None),
    }
    return replace(sign, kind="days", stop=stop, days=days[field])


def _values(text: str, at: int, field: str) -> tuple[tuple[str, ...], int]:
    """The value or, in brackets, the values that stand at a place, and where they end."""
    char = text[at : at + 1]
    if char == "(":
        stop = text.find(")", at)
        stop = len(text) if stop < 0 else stop
        values = tuple(value for one in ALTERNATIVE.split(text[at + 1 : stop]) if (value := _plain(one)))
        return tuple(dict.fromkeys(values)), min(stop + 1, len(text))
    if char and char in QUOTES:
        stop = closing(text, at)
        value = _plain(text[at + 1 : stop]) if stop > 0 else ""
        return ((value,) if value else ()), (stop if stop > 0 else at) + 1
    found = (PERSON if field in NAMES_OF_PERSONS else RUN).match(text, at)
    value = _plain(found[0]) if found else ""
    return ((value,) if value else ()), found.end() if found else at


def _plain(text: str) -> str:
    """A value without quotes, its blanks single, not too long."""
    return " ".join("".join(" " if char in QUOTES + "()" else char for char in text).split())[:LONGEST_VALUE].strip()


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at

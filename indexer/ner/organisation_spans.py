"""Raw spans of bodies in, names of bodies out: the rules by which a paper writes them.

A legal form and a type word before quotes are not the name («АО «Каустик»» → «Каустик»); brackets divide a name from
its abbreviation; an abbreviation that is no body goes; a quoted name after «завод», «партия» comes, in lists too
(«заводов «А», «Б» и «В»»), and so does every repetition of a name that can be nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal

from indexer.lexicon.gazetteer import ENTERPRISES, ORGANISATIONS, TAKEN_FOR_PLACES
from indexer.lexicon.type_words import (
    ENTERPRISE_WORDS,
    LEGAL_WORDS,
    NAMELESS_WORDS,
    NO_BODIES,
    NOT_COMPOUND,
    ORGANISATION_WORDS,
    PAIRS,
    words,
)
from indexer.names.word_readings import known
from indexer.text.lemmas import lemmas, share
from indexer.text.tokens import fold

Place = tuple[int, int]  # start, stop
NameKey = tuple[str, ...]
TypeKind = Literal["enterprise", "organisation", "nameless"]

WORD = re.compile(r"[^\W_]+(?:[-–‑][^\W_]+)*")
# the letter before what must not precede it: patterns that begin with a letter are looked for twice as fast
CAPITALISED = re.compile(r"[A-ZА-ЯЁ](?<!\w.)[^\W_]*(?:[-–‑][^\W_]+)*")
QUOTED = re.compile(r"«([^«»\n]{2,80})»|\"([^\"\n]{2,80})\"|“([^”“\n]{2,80})”|„([^“„\n]{2,80})“")
INNER = re.compile(r"[«\"“„]([^«»\"“”„\n]{2,})[»\"”“]*$")  # a quoted name at the end of a span
OUT_OF_BRACKETS = re.compile(r"[^()\n]+")
IN_BRACKETS = re.compile(r"[»\"”]?\s*\(([A-ZА-ЯЁ]{2,7}|[A-Z]\w+(?:[ -][A-Za-z]\w*){0,6})\)")
IN_BRACKETS_BEFORE = re.compile(r"\([^()\n]*\) ?(?=[«\"“„]?$)")
ABBREVIATION = re.compile("(?!РИА)[А-ЯЁ]{2,6}")  # РИА «Новости» is known by both words
EDGES = " \n\r\t\u00a0\"'«»“”„ʼʻ`,.;:-–—*/|"
AMONG_NAMES = re.compile(r"[\s»\"”“]*(?:[,;]|и|или|,?\s*а\s+также|, и|—)\s*")  # between two names of one list
OPENING = ("«", '"', "“", "„")
CLOSING = ("»", '"', "”", "“")
NOTHING_ALONE = NO_BODIES | LEGAL_WORDS
TYPE_WORDS: tuple[tuple[TypeKind, frozenset[str]], ...] = (
    ("enterprise", ENTERPRISE_WORDS),
    ("organisation", ORGANISATION_WORDS),
    ("nameless", NAMELESS_WORDS),
)
ALL_TYPES = ENTERPRISE_WORDS | ORGANISATION_WORDS | NAMELESS_WORDS
COMPOUND = re.compile(f"(?:{'|'.join(sorted(word for word in ALL_TYPES if len(word) > 4))})$")
CAPITALS_BEFORE = re.compile(r"(?<!\w)[А-ЯЁ]{2,5}[ \u00a0]$")
NEXT_NAME = re.compile(r" [А-ЯЁ][а-яё]+(?![\w-])")
NO_NAME = re.compile(  # «IT-компания»; a credit; «имени И. М. Губкина» after brackets
    r"[A-Za-z]+-[а-яё]+$|(?:Фото|Видео|Foto|Photo|имени|им)\b"
)
NAMED_AFTER = frozenset(("имени", "им"))
SURELY = 0.95
LONGEST_NAME = 7  # words in quotes; more are a title or a speech
KEPT = 256  # places of which it is kept what stands before them: several rules ask, one after another
LEFT = 80  # characters before a name where its type word is looked for
BEFORE = re.compile(r"[^\W_]+(?:[-–‑][^\W_]+)*|\S|\n")
BETWEEN = words("имени им по и при")  # may stand between a type word and the name, besides nouns and adjectives


@lru_cache(1 << 14)
def of_type(word: str) -> TypeKind | None:
    """What a type word in any form says of the name beside it; compounds too («гастрофестиваль», «бизнес-школа»)."""
    form = fold(word)
    if form in NAMED_AFTER:  # «РГПУ имени Герцена»; «имя» is a type word, too
        return None
    first, _, last = form.rpartition("-")
    if first and lemmas(first)[0] in ORGANISATION_WORDS and lemmas(last)[0] not in NAMELESS_WORDS:  # «театр-студия»
        return "organisation"
    bases = (form, *lemmas(last))
    endings = (match.group() for lemma in bases if lemma not in NOT_COMPOUND and (match := COMPOUND.search(lemma)))
    return next((kind for lemma in (*bases, *endings) for kind, listed in TYPE_WORDS if lemma in listed), None)


def of_pair(adjective: str, noun: str) -> TypeKind | None:
    """What an adjective makes of a type word: «торговый центр» is a building, «атомная станция» an enterprise."""
    return PAIRS.get((base(adjective), base(noun)))  # type: ignore[return-value]


def base(word: str) -> str:
    """The first dictionary form of a word, of a compound its last part's."""
    return lemmas(fold(word).rpartition("-")[2])[0]


@lru_cache(1 << 15)
def name_key(name: str) -> NameKey:
    """The dictionary forms of a name's words: one for all its case forms."""
    return tuple(lemmas(fold(word))[0] for word in WORD.findall(name))


@cache
def taken_for_places() -> frozenset[NameKey]:
    """The bodies that the tagger marks as places."""
    return frozenset(map(name_key, TAKEN_FOR_PLACES))


@lru_cache(KEPT)
def before_name(text: str, start: int) -> tuple[str, ...]:
    """Words and signs before a name, without quotes right before it and what stands in brackets."""
    before = BEFORE.findall(IN_BRACKETS_BEFORE.sub("", text[max(0, start - LEFT) : start]))
    while before and before[-1] in OPENING:
        before.pop()
    return tuple(before)


def type_before(text: str, start: int) -> TypeKind | None:
    """The nearest type word before a name, nouns and adjectives between them («завод тракторных деталей «…»»)."""
    before = before_name(text, start)
    if before[-1:] == (":",):  # a speech, or «в номинациях: «…», «…»»
        return "nameless" if len(before) > 1 and of_type(before[-2]) == "nameless" else None
    for i in range(len(before) - 1, max(-1, len(before) - 5), -1):
        word = before[i]
        if not word[0].isalnum():
            return None
        form = fold(word)
        if form in LEGAL_WORDS:
            continue
        kind = (of_pair(before[i - 1], word) if i else None) or of_type(word)
        if kind:
            return kind
        if not (form in BETWEEN or word[0].isupper() or share(form.rpartition("-")[2], "NOUN", "ADJF", "PRTF") > 0.5):
            return None
    return None


@lru_cache(64)
def quoted(text: str) -> tuple[tuple[Place, TypeKind | None], ...]:
    """Quoted names with what their type word says; the names of a list share it."""
    found: list[tuple[Place, TypeKind | None]] = []
    last_stop, last_kind = -1, None
    for match in QUOTED.finditer(text):
        start, stop = match.span(match.lastindex or 0)
        kind = type_before(text, start)
        if kind is None and last_stop >= 0 and AMONG_NAMES.fullmatch(text, last_stop, match.start()):
            kind = last_kind
        last_stop, last_kind = stop, kind
        if (text[start].isupper() or text[start].isdigit()) and len(text[start:stop].split()) <= LONGEST_NAME:
            found.append(((start, stop), kind))
    return tuple(found)


def refined(text: str, places: Iterable[Place]) -> list[Place]:
    """The names in raw spans of bodies and in quotes after a type word, in order."""
    all_parts = (part for place in places for part in parts(text, *place))
    names = [part for part in all_parts if is_body(text[slice(*part)]) and text[part[0] - 1 : part[0]] != "@"]
    typed = (place for place, kind in quoted(text) if kind in ("enterprise", "organisation"))
    taken = Taken(text, names)
    names += [place for place in typed if not taken.meets(place)]
    taken = Taken(text, names)
    names = [completed(text, place, taken) for place in names] + explained(text, names, taken)
    return sorted(name for name in names + repeated(text, names) if not is_type_of_next(text, *name))


def is_type_of_next(text: str, start: int, stop: int) -> bool:
    """Whether an abbreviation says what the quoted name after it is the name of («КС «Портовая»»), and nobody knows a
    body by it («МВД «Фроловский»»)."""
    quoted_name = QUOTED.match(text, stop + 1) if ABBREVIATION.fullmatch(text, start, stop) else None
    if not quoted_name or text[stop] not in " \u00a0" or text[start:stop] in of_one_abbreviation():
        return False
    words = quoted_name[0][1:-1].split(" ")
    return len(words) < 4 and words[0][:1].isupper()


@cache
def of_one_abbreviation() -> frozenset[str]:
    """The well-known names that are one abbreviation."""
    return frozenset(name for name in (*ORGANISATIONS, *ENTERPRISES) if ABBREVIATION.fullmatch(name))


def explained(text: str, names: Sequence[Place], taken: "Taken") -> list[Place]:
    """Abbreviations and original spellings in brackets after a name («World Fashion Channel (WFC)»), but no town."""
    after = (IN_BRACKETS.match(text, stop) for _, stop in names)
    found = [match for match in after if match and is_body(match[1]) and not is_town(match[1])]
    return [match.span(1) for match in found if not taken.meets(match.span(1))]


def is_town(name: str) -> bool:
    """Whether a name in brackets may be that of a place («РИАМО (КОРОЛЕВ)»)."""
    return known(fold(name)) and share(fold(name), "Geox") > 0


def completed(text: str, place: Place, taken: "Taken") -> Place:
    """The name with its next word where both are a name that everybody knows («Банк | России»); with the abbreviation
    before it («ВМК | КО»)."""
    before = CAPITALS_BEFORE.search(text, max(0, place[0] - 8), place[0])
    if before and name_key(text[before.start() : place[1]]) in of_capitals() and not taken.meets(before.span()):
        return before.start(), place[1]
    after = NEXT_NAME.match(text, place[1])
    whole = (place[0], after.end()) if after and not taken.meets(after.span()) else place
    return whole if name_key(text[slice(*whole)]) in of_two_words() else place


@cache
def of_two_words() -> frozenset[NameKey]:
    """The well-known names of two words whose first is a type word."""
    keys = map(name_key, (*ORGANISATIONS, *ENTERPRISES))
    return frozenset(key for key in keys if len(key) == 2 and of_type(key[0]))


@cache
def of_capitals() -> frozenset[NameKey]:
    """The well-known names of two abbreviations."""
    return frozenset(name_key(name) for name in (*ORGANISATIONS, *ENTERPRISES) if name.isupper() and " " in name)


def repeated(text: str, names: Sequence[Place]) -> list[Place]:
    """Other mentions of names that cannot be anything else: of several words, Latin, or unknown to the dictionary."""
    wanted = {key for place in names if is_distinct(key := name_key(text[slice(*place)]))}
    firsts: dict[str, set[int]] = {}  # first word → how many words
    for key in wanted:
        firsts.setdefault(key[0], set()).add(len(key))
    lengths = sorted({len(key) for key in wanted}, reverse=True)
    capitals = [m.span() for m in CAPITALISED.finditer(text)] if wanted else []
    found: list[Place] = []
    taken = Taken(text, names)
    for i, (start, stop) in enumerate(capitals):
        own = firsts.get(lemmas(fold(text[start:stop]))[0])
        if own:
            most = min(max(own), len(capitals) - i)
            for end in (capitals[i + length - 1][1] for length in lengths if length <= most):
                fits = len(WORD.findall(text, start, end)) in own  # told before the words are looked up
                if fits and name_key(text[start:end]) in wanted and not taken.meets((start, end)):
                    taken.add((start, end))
                    found.append((start, end))
    return found


def is_distinct(key: NameKey) -> bool:
    """Whether a name's words stand together for nothing but the name."""
    return len(key) > 1 or any(not word.isalpha() or word.isascii() or not known(word) for word in key)


def parts(text: str, start: int, stop: int) -> Iterator[Place]:
    """The names in one raw span, divided at brackets, without type word, legal form and quotes; no town in brackets."""
    for match in OUT_OF_BRACKETS.finditer(text[start:stop]):
        if not (match.start() and is_town(match.group())):
            yield stripped(text, *inner(text, start + match.start(), start + match.end()))


def inner(text: str, start: int, stop: int) -> Place:
    """The quoted name at the end of a span whose other words are its type («ФНПЦ «Титан-Баррикады»»)."""
    match = INNER.search(text, start, stop)
    if match and all(is_type(word) for word in WORD.findall(text[start : match.start()])):
        return match.span(1)
    return start, stop


def is_type(word: str) -> bool:
    """A legal form, a type word or an abbreviation, which before quotes is both («РКК «Энергия»»)."""
    return bool(ABBREVIATION.fullmatch(word) or fold(word) in LEGAL_WORDS or of_type(word))


def stripped(text: str, start: int, stop: int) -> Place:
    """Without quotes, signs and legal forms at the ends."""
    while True:
        while start < stop and text[start] in EDGES:
            start += 1
        while start < stop and text[stop - 1] in EDGES:
            stop -= 1
        found = [match.span() for match in WORD.finditer(text, start, stop)]
        if len(found) > 1 and fold(text[slice(*found[0])]) in LEGAL_WORDS:
            start = found[1][0]
        elif len(found) > 1 and is_no_end(text, *found[-1]):
            stop = found[-2][1]
        else:
            return start, stop


def is_no_end(text: str, start: int, stop: int) -> bool:
    """Whether no name ends with a word: a legal form, «имени», a verb («Фонд благосостояния | регламентируют»)."""
    form = fold(text[start:stop])
    is_verb = text[start].islower() and known(form) and share(form, "VERB") > SURELY and not share(form, "NOUN")
    return form in LEGAL_WORDS or form in NAMED_AFTER or (is_verb and text[stop : stop + 1] not in CLOSING)


def is_body(name: str) -> bool:
    """Whether it can be a body's name: more than a sign, not only abbreviations that name none («АПК и ТЭК»)."""
    return not NO_NAME.match(name) and not all(
        len(form) < 2 or not NOTHING_ALONE.isdisjoint((form, *lemmas(form))) for form in map(fold, WORD.findall(name))
    )


class Taken:
    """The characters of a text that names have taken: for many questions, as a book has."""

    def __init__(self, text: str, places: Iterable[Place]) -> None:
        self.marks = bytearray(len(text))
        for place in places:
            self.add(place)

    def add(self, place: Place) -> None:
        """Takes the characters of one more name."""
        start, stop = place
        self.marks[start:stop] = b"\1" * (stop - start)

    def meets(self, place: Place) -> bool:
        """Whether a place has a character in common with one of the names."""
        return self.marks.find(1, *place) >= 0

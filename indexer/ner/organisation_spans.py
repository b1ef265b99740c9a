"""Makes names of bodies of raw spans, by the rules by which a paper writes them.

A legal form and a type word before quotes are not the name («АО «Каустик»» → «Каустик»); brackets divide a name from
its abbreviation; an abbreviation that is no body goes; a quoted name after «завод», «партия» comes, in lists too
(«заводов «А», «Б» и «В»»), and so does every repetition of a name that can be nothing else.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from indexer.context.neighbours import ABBREVIATION, word_before
from indexer.context.quotes import QUOTED, quoted_bodies
from indexer.lexicon.gazetteer import ENTERPRISES, ORGANISATIONS, TAKEN_FOR_PLACES
from indexer.lexicon.lemma_key import LemmaKey, lemma_key
from indexer.lexicon.type_kinds import NAMED_AFTER, type_kind
from indexer.lexicon.type_words import LEGAL_WORDS, NO_BODIES
from indexer.text.cut_text import CLOSING, CutText
from indexer.text.lemmas import SURE_SHARE, known, lemmas, share
from indexer.text.spans import Place, Taken
from indexer.text.tokens import fold
from indexer.text.words import WORD

# the letter before what must not precede it: patterns that begin with a letter are looked for twice as fast
CAPITALISED = re.compile(r"[A-ZА-ЯЁ](?<!\w.)[^\W_]*(?:[-–‑][^\W_]+)*")
QUOTED_AT_END = re.compile(r"[«\"“„]([^«»\"“”„\n]{2,})[»\"”“]*$")  # a quoted name at the end of a span
OUT_OF_BRACKETS = re.compile(r"[^()\n]+")
IN_BRACKETS = re.compile(r"[»\"”]?\s*\(([A-ZА-ЯЁ]{2,7}|[A-Z]\w+(?:[ -][A-Za-z]\w*){0,6})\)")
EDGE_SIGNS = " \n\r\t\u00a0\"'«»“”„ʼʻ`,.;:-–—*/|"
NO_BODY_ALONE = NO_BODIES | LEGAL_WORDS
SHORT_CAPITALS = re.compile("[А-ЯЁ]{2,5}")
NEXT_NAME = re.compile(r" [А-ЯЁ][а-яё]+(?![\w-])")
NO_NAME = re.compile(  # «IT-компания»; a credit; «имени И. М. Губкина» after brackets
    r"[A-Za-z]+-[а-яё]+$|(?:Фото|Видео|Foto|Photo|имени|им)\b"
)


@cache
def taken_for_places() -> frozenset[LemmaKey]:
    """The bodies that the tagger marks as places."""
    return frozenset(map(lemma_key, TAKEN_FOR_PLACES))


def body_names(text: CutText, places: Iterable[Place]) -> list[Place]:
    """The names in raw spans of bodies and in quotes after a type word, in order."""
    all_parts = (part for place in places for part in parts(text, *place))
    names = [part for part in all_parts if is_body(text[slice(*part)]) and text[part[0] - 1 : part[0]] != "@"]
    taken = Taken(text, names)
    names += [place for place in quoted_bodies(text) if not taken.meets(place)]
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


def completed(text: CutText, place: Place, taken: "Taken") -> Place:
    """The name with its next word where both are a name that everybody knows («Банк | России»); with the abbreviation
    before it («ВМК | КО»)."""
    before = word_before(text, place[0])
    start = place[0] - 1 - len(before)
    is_known = SHORT_CAPITALS.fullmatch(before) and lemma_key(text[start : place[1]]) in of_capitals()
    if is_known and not taken.meets((start, place[0])):
        return start, place[1]
    after = NEXT_NAME.match(text, place[1])
    whole = (place[0], after.end()) if after and not taken.meets(after.span()) else place
    return whole if lemma_key(text[slice(*whole)]) in of_two_words() else place


@cache
def of_two_words() -> frozenset[LemmaKey]:
    """The well-known names of two words whose first is a type word."""
    keys = map(lemma_key, (*ORGANISATIONS, *ENTERPRISES))
    return frozenset(key for key in keys if len(key) == 2 and type_kind(key[0]))


@cache
def of_capitals() -> frozenset[LemmaKey]:
    """The well-known names of two abbreviations."""
    return frozenset(lemma_key(name) for name in (*ORGANISATIONS, *ENTERPRISES) if name.isupper() and " " in name)


def repeated(text: str, names: Sequence[Place]) -> list[Place]:
    """Other mentions of names that cannot be anything else: of several words, Latin, or unknown to the dictionary."""
    wanted = {key for place in names if is_distinct(key := lemma_key(text[slice(*place)]))}
    firsts: dict[str, set[int]] = {}  # first word → how many words
    for key in wanted:
        firsts.setdefault(key[0], set()).add(len(key))
    lengths = sorted({len(key) for key in wanted}, reverse=True)
    capitals = [m.span() for m in CAPITALISED.finditer(text)] if wanted else []
    starts = [m.start() for m in WORD.finditer(text)] if wanted else []
    found: list[Place] = []
    taken = Taken(text, names)
    for i, (start, stop) in enumerate(capitals):
        own = firsts.get(lemmas(fold(text[start:stop]))[0])
        if own:
            most = min(max(own), len(capitals) - i)
            for end in (capitals[i + length - 1][1] for length in lengths if length <= most):
                words = 1 + bisect_left(starts, end) - bisect_right(starts, start)
                if words in own and lemma_key(text[start:end]) in wanted and not taken.meets((start, end)):
                    taken.add((start, end))
                    found.append((start, end))
    return found


def is_distinct(key: LemmaKey) -> bool:
    """Whether a name's words stand together for nothing but the name."""
    return len(key) > 1 or any(not word.isalpha() or word.isascii() or not known(word) for word in key)


def parts(text: str, start: int, stop: int) -> Iterator[Place]:
    """The names in one raw span, divided at brackets, without type word, legal form and quotes; no town in brackets."""
    for match in OUT_OF_BRACKETS.finditer(text[start:stop]):
        if not (match.start() and is_town(match.group())):
            yield stripped(text, *inner(text, start + match.start(), start + match.end()))


def inner(text: str, start: int, stop: int) -> Place:
    """The quoted name at the end of a span whose other words are its type («ФНПЦ «Титан-Баррикады»»)."""
    match = QUOTED_AT_END.search(text, start, stop)
    if match and all(is_type(word) for word in WORD.findall(text[start : match.start()])):
        return match.span(1)
    return start, stop


def is_type(word: str) -> bool:
    """A legal form, a type word or an abbreviation, which before quotes is both («РКК «Энергия»»)."""
    return bool(ABBREVIATION.fullmatch(word) or fold(word) in LEGAL_WORDS or type_kind(word))


def stripped(text: str, start: int, stop: int) -> Place:
    """Without quotes, signs and legal forms at the ends."""
    while True:
        while start < stop and text[start] in EDGE_SIGNS:
            start += 1
        while start < stop and text[stop - 1] in EDGE_SIGNS:
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
    is_verb = text[start].islower() and known(form) and share(form, "VERB") > SURE_SHARE and not share(form, "NOUN")
    return form in LEGAL_WORDS or form in NAMED_AFTER or (is_verb and text[stop : stop + 1] not in CLOSING)


def is_body(name: str) -> bool:
    """Whether it can be a body's name: more than a sign, not only abbreviations that name none («АПК и ТЭК»)."""
    return not NO_NAME.match(name) and not all(
        len(form) < 2 or not NO_BODY_ALONE.isdisjoint((form, *lemmas(form))) for form in map(fold, WORD.findall(name))
    )

"""Texts in, the spans that name persons and bodies out: the tagger's spans made right by rules."""

import re
from collections.abc import Iterable, Sequence

from indexer.body_mentions import EDGES, WORD, Place, Taken, name_key, refined, taken_for_places
from indexer.lemmas import lemmas, share
from indexer.names import known, marks, surname_lemmas
from indexer.styled import TITLES
from indexer.tagger import Span, tagger
from indexer.tokens import fold
from indexer.wellknown_forms import organisations

NAME_WORD = re.compile(r"(?<![\w«\"-])[А-ЯЁ][а-яё]{2,}(?:-[А-ЯЁ][а-яё]+)?(?![\w-])")
PAIR = re.compile(r"(?<![\w«\"-])([А-ЯЁ][а-яё]{3,})(?![\w-])(?: [А-ЯЁ][а-яё]+(?![\w-]))?")
SENTENCE_STARTS = frozenset('.!?…\n"»—–-:')
PARTICLES = frozenset(("де", "ван", "фон", "аль", "эль", "ибн", "бен", "ла", "ле", "ди", "да", "дель", "мак", "сан"))
GIVEN = frozenset(("Name", "Patr"))
OF_SURNAMES = re.compile("(?:[оеё]в|[иы]н|[сц]к)(?:а|у|ым|ой|е|ий|ого|ому|им|ом|ая|ую)?$")
ABBREVIATED = re.compile("[А-ЯЁ][бвгджзклмнпрстфхцчшщ]?")  # a given name: «Дж.», «Л.»; «Ли.» ends a sentence
FAR = 40  # characters before a name where the sign is that opens its sentence


def find(texts: Sequence[str]) -> list[tuple[Span, ...]]:
    """The spans of each text, in order, none overlapping, kinds person and body."""
    return [tuple(corrected(text, spans)) for text, spans in zip(texts, tagger().spans(texts), strict=True)]


def corrected(text: str, spans: Sequence[Span]) -> list[Span]:
    """The raw spans of one text after all rules."""
    raw = {
        kind: [(span.start, span.stop) for span in spans if span.kind == kind] for kind in ("person", "body", "place")
    }
    others = [place for place in raw["place"] if name_key(text[slice(*place)]) in taken_for_places()]
    named = persons_in(text, raw["person"])
    taken = Taken(text, (*raw["body"], *others, *named))
    others += [place for place in passed_over(text) if not taken.meets(place)]
    bodies = refined(text, raw["body"] + others)
    taken = Taken(text, bodies)
    persons = [place for place in named if not taken.meets(place)]
    persons = whole(text, sorted(persons + again(text, persons, bodies, raw["place"])))
    found = [Span(*place, "person") for place in persons] + [Span(*place, "body") for place in bodies]
    return sorted(found, key=lambda span: span.start)


def passed_over(text: str) -> list[Place]:
    """Well-known organisations in any case that can be nothing else («Интерполу», «Голос Америки»)."""
    found = []
    for match in PAIR.finditer(text):
        one, both = fold(match[1]), fold(match[0])
        if " " in both and both in organisations():
            found.append(match.span())
        elif one in organisations():
            found.append(match.span(1))
    return found


def persons_in(text: str, places: Iterable[Place]) -> list[Place]:
    """Persons in raw spans: one in each part between brackets and commas, titles off, a divided name joined."""
    names: list[Place] = []
    for start, stop in places:
        for match in re.finditer(r"[^(),;/\n]+", text[start:stop]):
            name = untitled(text, *bare(text, start + match.start(), start + match.end()))
            if names and is_divided(text, names[-1], name):
                name = (names.pop()[0], name[1])
            if name[1] - name[0] > 1:
                names.append(name)
    return names


def bare(text: str, start: int, stop: int) -> Place:
    """Without quotes and signs at the ends; the full stop of an initial at the end stays («Бочаров А.И.»)."""
    edges = EDGES.replace(".", "")
    while start < stop and text[start] in EDGES:
        start += 1
    while start < stop and text[stop - 1] in edges:
        stop -= 1
    return start, stop


def untitled(text: str, start: int, stop: int) -> Place:
    """Without what is no part of the name before it: an age, a title, the common words that open a sentence
    («34-летний Анри», «Император Акихито», «Актриса Фань Бинбин»)."""
    found = [match.span() for match in WORD.finditer(text, start, stop)]
    before = text[max(0, start - FAR) : start].rstrip(" \u00a0")
    opens = not before or before[-1] in SENTENCE_STARTS
    while len(found) > 1 and is_no_name(text[slice(*found[0])], opens):
        found.pop(0)
    return (found[0][0], stop) if found else (start, stop)


def is_no_name(word: str, opens: bool) -> bool:
    """Whether a word before a name is an age or a title, or one that no one is called by where a sentence opens."""
    return word[0].isdigit() or not TITLES.isdisjoint(lemmas(fold(word))) or (opens and is_common(word))


def is_common(word: str) -> bool:
    """A dictionary word that no one is called by."""
    form = fold(word)
    return (
        len(form) > 1
        and known(form)
        and form not in PARTICLES
        and not share(form, "Name", "Surn", "Patr", "Geox", "Init")
    )


def is_divided(text: str, one: Place, other: Place) -> bool:
    """Surname and «имя отчество» that stand side by side («Гордеева Анна Петровна»)."""
    if text[one[1] : other[0]] != " " or WORD.fullmatch(text, *one) is None:
        return False
    rest = WORD.findall(text[slice(*other)])
    return len(rest) == 2 and "Patr" in marks(fold(rest[1])) and share(fold(text[slice(*one)]), "Name") < 0.5


def whole(text: str, persons: Iterable[Place]) -> list[Place]:
    """Persons in order, those together that are one name («Мейв|Кеннеди»)."""
    names: list[Place] = []
    for name in persons:
        if names and is_broken(text, names[-1], name):
            name = (names.pop()[0], name[1])
        names.append(name)
    return names


def is_broken(text: str, one: Place, other: Place) -> bool:
    """A name that the tagger took for two: «Дж.|Коми», «Мейв|Кеннеди», but not «внучка Шаймиева|Камиля»."""
    first, between = text[slice(*one)], text[one[1] : other[0]]
    if between in (".", ". "):
        return bool(ABBREVIATED.fullmatch(first))
    form = fold(first)
    words = WORD.fullmatch(first) and WORD.fullmatch(text, *other)
    return bool(between == " " and words) and not known(form) and not OF_SURNAMES.search(form)


def again(text: str, persons: Sequence[Place], bodies: Sequence[Place], places: Sequence[Place]) -> list[Place]:
    """Surnames of persons of this text where the tagger passed them over."""
    taken, known_places = Taken(text, (*persons, *bodies)), Taken(text, places)
    surnames = {fold(match.group()) for place in persons for match in NAME_WORD.finditer(text, *place)}
    beginnings = {form[:3] for form in surnames}  # looked at first: to decline a word takes a hundred times as long
    found = [
        match.span()
        for match in (NAME_WORD.finditer(text) if surnames else ())
        if (form := fold(match.group()))[:3] in beginnings
        and not taken.meets(match.span())
        and (not known(form) or "Surn" in marks(form) or (share(form, "Geox") and not known_places.meets(match.span())))
    ]
    if not found:
        return []
    nominatives = {name for form in surnames if marks(form).isdisjoint(GIVEN) for name in surname_lemmas(form)}
    return [place for place in found if not nominatives.isdisjoint(surname_lemmas(fold(text[slice(*place)])))]

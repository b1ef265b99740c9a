"""Finds the persons whom the tagger missed, by their other mentions and by the word before them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.context.neighbours import word_before
from indexer.lexicon.gazetteer_kinds import reputed_kind
from indexer.names.word_readings import marks, surname_lemmas
from indexer.text.cut_text import CutText
from indexer.text.lemmas import SURE_SHARE, known, lemmas, share
from indexer.text.spans import Place, Taken
from indexer.text.tokens import fold

NAME_WORD = re.compile(r"[А-ЯЁ](?<![\w«\"-].)[а-яё]{2,}(?:-[А-ЯЁ][а-яё]+)?(?![\w-])")
GIVEN_MARKS = frozenset(("Name", "Patr"))
LATIN_NAME = re.compile(r" (?=[A-Z])(?<=[а-яё]{5} )((?:DJ )?[A-Z][\w’'$.-]*\w(?: [A-Z][\w’'$-]*){0,2})(?!\w)")
PERFORMERS = frozenset(  # who may have a name in Latin letters; a «музыкант», a «фотограф» is some band's or agency's
    "певец певица рэпер рэперша репер исполнительница блогер блоггер блогерша видеоблогер диджей композитор актер "
    "актриса стример".split()
)


def named_again(text: str, persons: Sequence[Place], bodies: Sequence[Place], places: Sequence[Place]) -> list[Place]:
    """Surnames of persons of this text, and given names that stand alone in it, where the tagger passed them over."""
    taken, known_places = Taken(text, (*persons, *bodies)), Taken(text, places)
    names = {fold(match.group()) for place in persons for match in NAME_WORD.finditer(text, *place)}
    beginnings = {form[:3] for form in names}  # looked at first: to decline a word takes a hundred times as long
    found = [
        (form, match.span())
        for match in (NAME_WORD.finditer(text) if names else ())
        if (form := fold(match.group()))[:3] in beginnings
        and not taken.meets(match.span())
        and (
            not known(form) or "Surn" in marks(form) or is_given(form) or is_town_too(form, match.span(), known_places)
        )
    ]
    if not found:
        return []
    surnames = {name for form in names if marks(form).isdisjoint(GIVEN_MARKS) for name in surname_lemmas(form)}
    alone = {fold(text[slice(*place)]) for place in persons}
    given = {lemma for form in alone if is_given(form) for lemma in lemmas(form)}
    return [
        place
        for form, place in found
        if not (given.isdisjoint(lemmas(form)) if is_given(form) else surnames.isdisjoint(surname_lemmas(form)))
    ]


def is_given(form: str) -> bool:
    """Whether a folded word is hardly anything but a given name («Марк», not «Вера»)."""
    return known(form) and share(form, "Name") > SURE_SHARE


def is_town_too(form: str, place: Place, places: Taken) -> bool:
    """Whether a word that may be a town's name is none here."""
    return share(form, "Geox") > 0 and not places.meets(place)


def as_written_elsewhere(text: str, persons: Sequence[Place], bodies: Sequence[Place]) -> list[Place]:
    """The persons of a text in order, and each name of several words wherever it is printed again; where the tagger saw
    a part of it, the whole («Виктор | Понедельник» at the head of an interview)."""
    names = {text[start:stop] for start, stop in persons if " " in text[start:stop]}
    told, of_bodies = set(persons), Taken(text, bodies)
    found = {
        place
        for name in names
        for place in printed_places(text, name)
        if place not in told and not of_bodies.meets(place)
    }
    if not found:
        return list(persons)
    return outermost(text, [*persons, *found])


def printed_places(text: str, name: str) -> Iterator[Place]:
    """Where a name is printed and no letter, digit or low line beside it.

    >>> list(printed_places("Лев Лещенко, Лев Лещенков", "Лев Лещенко"))
    [(0, 11)]
    """
    start = text.find(name)
    while start >= 0:
        stop = start + len(name)
        if is_beside_word(text[start - 1 : start]) or is_beside_word(text[stop : stop + 1]):
            stop = start + 1
        else:
            yield start, stop
        start = text.find(name, stop)


def is_beside_word(sign: str) -> bool:
    """Whether a sign, "" at the end of a text, is one that words are made of."""
    return sign.isalnum() or sign == "_"


def outermost(text: str, places: Iterable[Place]) -> list[Place]:
    """Of places that meet the longest, the first of equals; in order."""
    kept: list[Place] = []
    taken = Taken(text, ())
    for place in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        if not taken.meets(place):
            taken.add(place)
            kept.append(place)
    return sorted(kept)


def stage_names(text: CutText) -> list[Place]:
    """Names in Latin letters of those who perform («певица Aaliyah»), wherever the article has them."""
    names = {
        match[1]
        for match in LATIN_NAME.finditer(text)
        if is_performer(word_before(text, match.start(1))) and not reputed_kind(match[1])
    }
    return outermost(text, (place for name in names for place in printed_places(text, name)))


def is_performer(word: str) -> bool:
    """Whether a word is one for somebody who performs."""
    return not PERFORMERS.isdisjoint(lemmas(word)) and not share(word, "plur")

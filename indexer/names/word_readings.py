"""Reads a word as a part of a name: gives sex, case and nominative of every reading.

The dictionary's readings stand beside those by ending alone (indexer/names/surname_endings.py); person_names.py and
organisation_names.py choose among them. Words come and go folded (lower case, ё as е).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from indexer.names.surname_endings import Guess, guesses
from indexer.text.grammar import CASE_OF, Case, Sex
from indexer.text.lemmas import CYRILLIC_WORD, NAME_GRAMMEMES, known, lemmas, parses
from indexer.text.paradigms import in_nominative, lexeme
from indexer.text.tokens import fold

WORDS_KEPT = 1 << 14  # words a cache keeps: more than come back soon, however large the archive
READINGS_KEPT = 1 << 13  # words whose readings are kept: up to 4 KB each
TAGS_KEPT = 1 << 12  # pymorphy3's tags, of which it is kept what they say
NAME_MARKS = frozenset(("Name", "Surn", "Patr"))
CASE_OF_NAME: dict[str, Case] = {**CASE_OF, "voct": "n"}  # a name is called out in its nominative
PATRONYMIC = re.compile("(?:ович|евич|ьич|мич|кич|тич)(?:а|у|ем|е)?$|(?:овн|евн|ичн)(?:а|ы|е|у|ой|ою)$")
# found under the man's form too, as pymorphy3 lemmatises those it knows
RUSSIAN_WOMAN = re.compile("(?:ов|ев|ин|ын)а$")
SUPERLATIVE = re.compile("[еа]йш[а-я]+$")
MANS_SURNAME = re.compile("[ое]в$")
PREDICTED_SCORE = 0.2  # a dictionary's guess at a word that it does not have
COMMON_WORD_SCORE = 0.3  # a surname that is a common word: Белый, Заяц
ENDING_BESIDE_NAME_FACTOR = 0.25  # what an ending is still worth where the dictionary knows the word as a name
SURE_ENDING_SCORE = 0.6  # -ов, -ин, -ский: a surname though the word be a common one («трапезников»)
LEAST_SURNAME_SCORE = 0.05  # endings below are not offered to a query


class NounTag(NamedTuple):
    """What a tag says of a noun or adjective."""

    noun: bool
    case: Case
    plural: bool
    gender: str  # pymorphy3's: masc, femn, neut or "" (plural, common gender)
    animate: str  # anim, inan or ""
    proper: bool  # a place, a given name, a surname


class NounReading(NamedTuple):
    """One grammatical reading of a noun or adjective, and its nominative of the same number and gender."""

    word: str
    nominative: str
    noun: bool
    case: Case
    plural: bool
    gender: str  # pymorphy3's: masc, femn, neut or "" (plural, common gender)
    animate: str  # anim, inan or ""
    proper: bool  # a place, a given name, a surname
    score: float


class Clue(NamedTuple):
    """What a word beside a name tells: the sex of a past tense, a verb with an object, the cases of a noun."""

    past: str  # "m", "f", "n", "p"; "" for no past tense
    transitive: str  # the infinitive of a transitive verb, else ""
    nouns: frozenset[tuple[Case, bool, str]]  # (case, animate, gender) of its singular noun readings


@lru_cache(WORDS_KEPT)
def marks(word: str) -> frozenset[str]:
    """Given name, surname, patronymic: what the dictionary knows a folded word as; a patronymic also by its ending."""
    found = {mark for parse in parses(word) for mark in NAME_MARKS & parse.tag.grammemes} if known(word) else set()
    if MANS_SURNAME.search(word) and all("plur" in parse.tag for parse in parses(word) if "Name" in parse.tag):
        found.discard("Name")  # «Нурмагомедов» is hardly several of that name
    return frozenset(found | {"Patr"} if PATRONYMIC.search(word) else found)


@lru_cache(WORDS_KEPT)
def is_of_both(given: str) -> bool:
    """Whether the dictionary knows a given name in the nominative as a man's and a woman's.

    >>> is_of_both("саша"), is_of_both("мария"), is_of_both("эммануэль")
    (True, False, False)
    """
    tags = [parse.tag for parse in parses(given) if {"Name", "nomn"} <= parse.tag.grammemes] if known(given) else []
    return any("ms-f" in tag or "GNdr" in tag for tag in tags) or {"masc", "femn"} <= {tag.gender for tag in tags}


@lru_cache(READINGS_KEPT)
def name_readings(word: str) -> Mapping[tuple[Sex, Case], Mapping[str, float]]:
    """(sex, case) → nominatives with scores, of a folded word as a part of a person's name."""
    found: dict[tuple[Sex, Case], dict[str, float]] = {}

    def put(guess: Guess, factor: float = 1.0) -> None:
        cell = found.setdefault((guess.sex, guess.case), {})
        cell[guess.nominative] = max(cell.get(guess.nominative, 0.0), guess.score * factor)

    if not CYRILLIC_WORD.match(word):
        for guess in guesses(word) if re.search("[а-я]", word) else ():
            put(guess)
        return found
    by_dictionary = _dictionary_names(word)
    for guess in by_dictionary:
        put(guess)
    as_name = bool(by_dictionary) and known(word)
    for guess in guesses(word):
        put(guess, ENDING_BESIDE_NAME_FACTOR if as_name else 1.0)
    if known(word) and not as_name:
        for guess in _common_words(word):
            put(guess)
    return found


@lru_cache(READINGS_KEPT)
def nominatives(word: str) -> frozenset[str]:
    """All nominatives that a folded word may have as a part of a person's name."""
    return frozenset(nominative for cell in name_readings(word).values() for nominative in cell)


def _dictionary_names(word: str) -> list[Guess]:
    """Whole paradigms, not the corpus: a reading's own probability only breaks ties."""
    weight = 1.0 if known(word) else PREDICTED_SCORE
    found = []
    for parse in parses(word):
        case, sexes = _of_name(parse.tag)
        if case and (weight == 1.0 or "Fixd" not in parse.tag.grammemes):
            nominative = parse.word if case == "n" else in_nominative(parse)
            score = weight * (0.7 + 0.3 * parse.score)
            found += [Guess(fold(nominative or parse.normal_form), sex, case, score) for sex in sexes]
    return found


@lru_cache(TAGS_KEPT)
def _of_name(tag: Any) -> tuple[Case | None, tuple[Sex, ...]]:
    """The case of a part of somebody's name, None where a tag is of none, and the sexes whose it can be."""
    if "plur" in tag.grammemes or NAME_MARKS.isdisjoint(tag.grammemes):
        return None, ()
    sexes: dict[str, tuple[Sex, ...]] = {"masc": ("m",), "femn": ("f",)}
    return CASE_OF_NAME.get(str(tag.case)), sexes.get(str(tag.gender), ("m", "f"))


def _common_words(word: str) -> list[Guess]:
    """Белый, Заяц, Мороз: nouns and adjectives that may be surnames."""
    return [
        Guess(reading.nominative, "m" if reading.gender == "masc" else "f", reading.case, COMMON_WORD_SCORE)
        for reading in noun_readings(word)
        if not reading.plural and reading.gender in ("masc", "femn")
    ]


@lru_cache(READINGS_KEPT)
def noun_readings(word: str) -> tuple[NounReading, ...]:
    """Every reading of a folded word as a noun or adjective, the likeliest first."""
    return tuple(
        NounReading(word, fold(_nominative(parse, noun)), *noun, parse.score)
        for parse in parses(word)
        if (noun := _noun(parse.tag))
    )


@lru_cache(TAGS_KEPT)
def _noun(tag: Any) -> NounTag | None:
    """What a tag says of a noun or adjective; None of anything else."""
    case = CASE_OF_NAME.get(str(tag.case))
    if not case or tag.POS not in ("NOUN", "ADJF", "PRTF"):
        return None
    plural = tag.number == "plur"
    gender = "" if plural else str(tag.gender or "")
    return NounTag(
        tag.POS == "NOUN", case, plural, gender, str(tag.animacy or ""), not NAME_GRAMMEMES.isdisjoint(tag.grammemes)
    )


def _nominative(parse: Any, noun: NounTag) -> str:
    """The nominative of the same number and gender that is spelled most alike («высшим»: высший, not высочайший)."""
    word = str(parse.word)
    if noun.case == "n":
        return word
    forms = [
        form
        for form in lexeme(parse, *_same_in_nominative(parse.tag))
        if not SUPERLATIVE.search(form) or SUPERLATIVE.search(word)  # «синего»: no «синейший»
    ]
    return min(forms, key=lambda form: (-_common_prefix(form, word), len(form)), default=word)


@lru_cache(TAGS_KEPT)
def _same_in_nominative(tag: Any) -> tuple[str, ...]:
    """Part of speech and grammemes of the nominative of the same number and gender."""
    gender = tag.gender if tag.number != "plur" else None
    return (str(tag.POS), "nomn", *(str(said) for said in (tag.number, gender) if said))


def _common_prefix(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(WORDS_KEPT)
def clue(word: str) -> Clue:
    """What a folded word beside a name says of it."""
    if not known(word):
        return Clue("", "", frozenset())
    found = parses(word)
    top = found[0].tag
    past = ""
    if top.tense == "past" and top.POS in ("VERB", "PRTS"):
        past = "p" if top.number == "plur" else {"masc": "m", "femn": "f"}.get(str(top.gender), "n")
    nouns = frozenset(
        (reading.case, reading.animate == "anim", reading.gender)
        for reading in noun_readings(word)
        if reading.noun and not reading.plural and top.POS == "NOUN"
    )
    transitive = top.POS in ("VERB", "INFN", "GRND") and "tran" in top
    return Clue(past, fold(found[0].normal_form) if transitive else "", nouns)


@lru_cache(WORDS_KEPT)
def surname_lemmas(form: str) -> tuple[str, ...]:
    """The folded nominatives that a folded word could be a surname form of; none that is a common word's lemma.

    >>> surname_lemmas("мантурову"), surname_lemmas("завода")
    (('мантуров', 'мантурова'), ())
    """
    if not CYRILLIC_WORD.match(form) or len(form) < 2:
        return ()
    surest = LEAST_SURNAME_SCORE if _surname_like(form) else SURE_ENDING_SCORE
    own = lemmas(form)
    scores: dict[str, float] = {}
    for (sex, _), cell in name_readings(form).items():
        for nominative, score in cell.items():
            scores[nominative] = max(score, scores.get(nominative, 0.0))
            if sex == "f" and RUSSIAN_WOMAN.search(nominative):
                scores.setdefault(nominative[:-1], score)
    return tuple(
        nominative
        for nominative, score in sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if score >= surest and (nominative in own or not _common(nominative))
    )


def _surname_like(form: str) -> bool:
    """Unknown to the dictionary, or known there as a name or a place."""
    return not known(form) or any(reading.proper for reading in noun_readings(form))


@lru_cache(WORDS_KEPT)
def _common(word: str) -> bool:
    """Whether the word is the lemma of a common word: it would be found where nobody is named."""
    return known(word) and any(
        fold(parse.normal_form) == word and NAME_GRAMMEMES.isdisjoint(parse.tag.grammemes) for parse in parses(word)
    )

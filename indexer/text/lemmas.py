"""Gives the dictionary forms of a word: every likely reading, folded as forms are."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pymorphy3

from indexer.text.tokens import fold

SURE_SHARE = 0.95  # of a form's readings: it is hardly anything else
LEAST_SCORE = 0.1  # readings below are left out: «том» would find 3,652 articles instead of 19 (DESIGN, decision 1)
LONGEST_WORD_LETTERS = 64  # a longer word stands as printed: the dictionary takes words apart again and again
CYRILLIC_WORD = re.compile(f"[а-я]{{1,{LONGEST_WORD_LETTERS}}}$")
NAME_GRAMMEMES = frozenset(("Name", "Surn", "Patr", "Geox"))  # grammemes of names of persons and places
ADJECTIVE_ENDINGS = ("ый", "ая", "ое", "ые")  # endings of nouns declined as adjectives


@dataclass(frozen=True, slots=True)
class Reading:
    """A lemma and the probability that a word out of context means it."""

    lemma: str
    score: float


class Grammar(NamedTuple):
    """One grammatical reading of a form in OpenCorpora's grammemes; "" where there is none of a kind.

    `part` of pronominal adjectives («весь») is "Apro", of nouns that are declined as adjectives («данные») "Subs".
    `is_name`: of a person or a place («Дали»).
    """

    lemma: str
    score: float
    part: str
    case: str
    number: str
    gender: str
    tense: str
    mood: str
    person: str
    is_name: bool


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """The one morphological dictionary of the process (about 20 MB)."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(1 << 14)  # several rules ask for one word, one after another; about 2 KB each
def parses(form: str) -> tuple[Any, ...]:
    """What pymorphy3 says of a folded form, the most likely first; nothing of one too long for a word."""
    return tuple(analyzer().parse(form)) if len(form) <= LONGEST_WORD_LETTERS else ()


def is_ambiguous(form: str) -> bool:
    """Whether one lemma of a form may be much less likely than another; no parse is made to tell.

    The dictionary has counted the form in more than one class («стали»: NOUN,inan,femn and VERB,perf,intr), or it has
    counted nothing and all its parses are alike likely, a dozen of them of one lemma («виски» in six cases).
    """
    if len(form) > LONGEST_WORD_LETTERS:
        return False
    if counted := analyzer().prob_estimator.p_t_given_w.keys(form + ":"):
        return len({key.partition(" ")[0] for key in counted}) > 1
    found = analyzer().dictionary.words.similar_item_values(form, analyzer().char_substitutes)
    return sum(map(len, found)) * LEAST_SCORE > 1


@lru_cache(1 << 13)
def readings(form: str) -> tuple[Reading, ...]:
    """All readings of a folded form, scores summed by lemma, the most likely first."""
    if not CYRILLIC_WORD.match(form):
        return (Reading(form, 1.0),)
    scores: dict[str, float] = {}
    for parse in parses(form):
        lemma = fold(parse.normal_form)
        scores[lemma] = scores.get(lemma, 0.0) + parse.score
    return tuple(Reading(lemma, score) for lemma, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])))


@lru_cache(1 << 14)
def grammars(form: str) -> tuple[Grammar, ...]:
    """All grammatical readings of a folded form, the most likely first; () for a word in no Cyrillic letters."""
    if not CYRILLIC_WORD.match(form):
        return ()
    return tuple(grammar(parse) for parse in parses(form))


def grammar(parse: Any) -> Grammar:
    """What pymorphy3 says in one of its parses."""
    part, *others = grammemes(parse.tag)
    if part == "NOUN" and parse.normal_form.endswith(ADJECTIVE_ENDINGS):
        part = "Subs"
    is_name = not parse.tag.grammemes.isdisjoint(NAME_GRAMMEMES)
    return Grammar._make((fold(parse.normal_form), float(parse.score), part, *others, is_name))


@lru_cache(1 << 12)
def grammemes(tag: Any) -> tuple[str, ...]:
    """Part of speech, case, number, gender, tense, mood, person of a tag of pymorphy3; "" for none."""
    part = "Apro" if "Apro" in tag else tag.POS
    return tuple(str(said or "") for said in (part, tag.case, tag.number, tag.gender, tag.tense, tag.mood, tag.person))


@lru_cache(1 << 15)
def lemmas(form: str) -> tuple[str, ...]:
    """The lemmas a folded form is indexed and searched under: all of score ≥ LEAST_SCORE, the first always.

    >>> lemmas("сталям"), lemmas("530,5"), lemmas("не" * 40) == ("не" * 40,)
    (('сталь',), ('530,5',), True)
    """
    first, *rest = readings(form)
    return (first.lemma, *(reading.lemma for reading in rest if reading.score >= LEAST_SCORE))


@lru_cache(1 << 14)
def share(form: str, *grammemes: str) -> float:
    """The summed score of a folded form's readings that carry one of OpenCorpora's grammemes.

    >>> share("завод", "NOUN") > 0.9, share("завод", "Surn", "Patr")
    (True, 0.0)
    """
    if not CYRILLIC_WORD.match(form):
        return 0.0
    return float(sum(parse.score for parse in parses(form) if not parse.tag.grammemes.isdisjoint(grammemes)))


@lru_cache(1 << 14)  # words: more than come back soon, however large the archive
def known(word: str) -> bool:
    """Whether the dictionary has the folded word itself."""
    return len(word) <= LONGEST_WORD_LETTERS and bool(analyzer().word_is_known(word))

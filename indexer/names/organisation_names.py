"""Brings the name of a plant, a ministry, a party to the nominative, and takes its quotes and legal form off.

Only the head of a name declines: the adjectives and their noun. What hangs on it in the genitive stays («Министерству
обороны» → «Министерство обороны»).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from indexer.lexicon.gazetteer_forms import enterprise_nominatives, known_name, known_nominatives
from indexer.lexicon.type_words import ENTERPRISE_WORDS, GENERIC_WORDS, LEGAL_FORMS_CUT_OFF, ORGANISATION_WORDS
from indexer.names.case_context import NOT_GOVERNED_FACTOR
from indexer.names.person_names import spelled
from indexer.names.word_readings import NounReading, noun_readings
from indexer.text.lemmas import known
from indexer.text.tokens import fold

BODY_WORD = re.compile(r"[^\W_]+(?:[-–’'][^\W_]+)*")  # «L'Opinion» is one
QUOTES = "«»\"'“”„‟‹›‘’‚ʼ`"
NO_PART = re.compile(f"(?!(?<=\\w)['’ʼ](?=\\w))[{QUOTES}]")  # the apostrophe of «L'Opinion» stays
UNQUOTED = re.compile(f"[^{QUOTES}]*")
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
QUOTED = re.compile('[«"“„]([^«»"“”„]+)[»"”“]')
ABBREVIATION = re.compile(r"(?P<stem>(?=.*[А-ЯЁ].*[А-ЯЁ])[А-ЯЁа-яё]*[А-ЯЁ])(?:а|у|ом|е|ы|ов|ам|ами|ах)?$")
ABBREVIATION_LETTERS = 3  # letters of a word that may be an abbreviation
UNDECLINED_FIRST = frozenset({"медиа", "скай", "нано", "арт"})
NOMINATIVE_PRIOR, QUOTED_PRIOR, PROPER_PRIOR, READ_AT_ALL = 1.5, 3.0, 0.7, 0.02
NAMES_KEPT = 1 << 12  # names of which the nominatives are kept
TYPE_PRIOR = 2.0
BARE_ENDING = re.compile("[бвгджзклмнпрстфхцчшщй]$(?<![ое]в)(?<!ей)")
NUMBER_SIGN = re.compile(r"\s*№\s*")
COURTS = {"рай": "районный", "гор": "городской", "обл": "областной"}
MASCULINE_BODY = re.compile("([А-ЯЁ][а-яё]+(?:банк|здрав))(?:а|у|ом|е)")  # «Ощадбанка» is no «банка»
COURT = re.compile(r"(?<= )(рай|гор|обл)суд(?!\w)")  # «Ленинский райсуд», not «Мосгорсуд»
MUNICIPAL = re.compile(  # «Водоканал Воронежа», but «Газпром Армения»
    "(?:водоканал|метрострой|метрополитен|электротранс|горсвет|горсети?|энергосбыт|теплосеть|дорстрой|зеленхоз)$"
)
TYPE_NOUNS = ENTERPRISE_WORDS | ORGANISATION_WORDS
GUESSED_PLURAL_PRIOR = 0.1  # «Росгвардии» is one, though the dictionary does not have it


class BodyWord(NamedTuple):
    """A word of a body's name with its place in it."""

    start: int
    stop: int
    text: str

    @property
    def readings(self) -> tuple[NounReading, ...]:
        """What it may be as a noun or adjective."""
        return noun_readings(fold(self.text))

    @property
    def abbreviation(self) -> bool:
        """МИД, ВгТЗ, also with a case ending: МИДом."""
        capitals = sum(letter.isupper() for letter in self.text)
        return capitals >= 2 and 2 * capitals >= len(self.text)


class Head(NamedTuple):
    """Adjectives and their noun, each in the readings that agree, with the weight of the choice."""

    weight: float
    words: tuple[tuple[BodyWord, NounReading], ...]


@lru_cache(NAMES_KEPT)
def nominative_body(text: str, quoted: bool = False, governed: str = "") -> str:
    """The nominative of a body's name; `quoted`: it stood in quotes, `governed`: the cases that a preposition allows.

    >>> nominative_body("Красного Октября", quoted=True), nominative_body("МИДа"), nominative_body("Волгоград Арене")
    ('Красный Октябрь', 'МИД', 'Волгоград Арена')
    """
    if is_shouted(text):
        text = text.capitalize()
    known_as = known_nominatives().get(fold(text))
    if known_as and fold(known_as) != fold(text):
        return spelled(fold(known_as), text)
    masculine = MASCULINE_BODY.fullmatch(text)
    if masculine and not known(fold(text)):
        return masculine[1]
    words = body_words(text)
    everybodys = known_name([word.text for word in words])
    if everybodys:
        return everybodys
    if known_as or not words or not CYRILLIC.search(words[0].text):
        return text
    if len(words) > 1 and _is_undeclined(words[0]):
        return _compound(text, words)
    adjectives, noun = _head_words(words)
    if noun is not None and noun.abbreviation:
        return _abbreviation(text, adjectives, noun)
    heads = _heads(adjectives, noun, quoted, governed)
    best = max(heads, key=lambda head: head.weight, default=None)
    name = _replaced(text, [(word, reading.nominative) for word, reading in best.words]) if best else text
    return name if name != text else _compound(text, words)


def body_words(text: str) -> list[BodyWord]:
    """The words of a body's name, in order."""
    return [BodyWord(match.start(), match.end(), match.group()) for match in BODY_WORD.finditer(text)]


def is_shouted(text: str) -> bool:
    """Whether an adjective and its noun, both in the dictionary, are printed in capitals («НЕВСКИМ НОВОСТЯМ»)."""
    words = body_words(text) if text.isupper() else []
    if len(words) != 2 or not all(len(word.text) > ABBREVIATION_LETTERS and known(fold(word.text)) for word in words):
        return False
    adjective, noun = words
    return any(_agree(one, other) for one in adjective.readings for other in noun.readings if other.noun > one.noun)


@lru_cache(NAMES_KEPT)
def possible_nominatives(text: str) -> frozenset[str]:
    """All nominatives that a body's name may have, itself as printed among them («Коломенского»: -ский, -ское)."""
    words = body_words(text)
    heads = [head.words for head in _heads(*_head_words(words), quoted=False, governed="")]
    alone = [((words[0], reading),) for reading in words[0].readings] if len(words) == 1 else []
    return frozenset(
        (text, *(_replaced(text, [(word, r.nominative) for word, r in head]) for head in [*heads, *alone]))
    )


def _head_words(words: list[BodyWord]) -> tuple[list[BodyWord], BodyWord | None]:
    """The adjectives in front and the noun that they lead to; no noun: «Центральное»."""
    adjectives: list[BodyWord] = []
    for i, word in enumerate(words):
        if word.abbreviation:
            return adjectives, word
        if adjectives and word.text == "и":
            continue
        nouns = [r for r in word.readings if r.noun]
        if any(not r.noun for r in word.readings) and _leads_on(word, words[i + 1 :], bool(nouns)):
            adjectives.append(word)
            continue
        return adjectives, word if nouns else None
    return adjectives, None


def _leads_on(word: BodyWord, rest: list[BodyWord], also_noun: bool) -> bool:
    """Whether an adjective is followed by something that it agrees with."""
    following = next((other for other in rest if other.text != "и"), None)
    if following is None:
        return not also_noun
    if following.abbreviation:
        return True
    mine = [r for r in word.readings if not r.noun]
    return not also_noun or any(_agree(one, other) for one in mine for other in following.readings)


def _agree(adjective: NounReading, noun: NounReading) -> bool:
    if adjective.case != noun.case or adjective.plural != noun.plural:
        return False
    if noun.case == "a" and adjective.animate and noun.animate and adjective.animate != noun.animate:
        return False
    return not (adjective.gender and noun.gender and adjective.gender != noun.gender)


def _heads(adjectives: list[BodyWord], noun: BodyWord | None, quoted: bool, governed: str) -> list[Head]:
    """Every reading of the head in which its words agree."""
    if noun is None:
        if not adjectives:
            return []
        *adjectives, noun = adjectives
        readings = [r for r in noun.readings if not r.noun]
    else:
        readings = [r for r in noun.readings if r.noun and not _is_bare_plural(r)]
    found = []
    for reading in readings:
        chosen = []
        for word in adjectives:
            agreeing = [r for r in word.readings if not r.noun and _agree(r, reading)]
            if agreeing:
                chosen.append((word, max(agreeing, key=lambda r: r.score)))
        if len(chosen) == len(adjectives):
            found.append(Head(_weight(reading, quoted, governed), (*chosen, (noun, reading))))
    return found


def _is_bare_plural(reading: NounReading) -> bool:
    """Whether a word that the dictionary does not have is read as many things' that lost their ending («Кэпиталз»)."""
    return (
        reading.plural and reading.case in "ga" and bool(BARE_ENDING.search(reading.word)) and not known(reading.word)
    )


def _weight(reading: NounReading, quoted: bool, governed: str) -> float:
    weight = reading.score + READ_AT_ALL
    if reading.case == "n":
        weight *= QUOTED_PRIOR if quoted else 1.0
        weight *= 1.0 if governed else NOMINATIVE_PRIOR
    if governed and reading.case not in governed:
        weight *= NOT_GOVERNED_FACTOR
    if reading.plural and not known(reading.word):
        weight *= GUESSED_PLURAL_PRIOR
    if reading.nominative in TYPE_NOUNS:  # «Финляндского полка»: of a «полк», not of a «полок»
        weight *= TYPE_PRIOR
    return weight * (PROPER_PRIOR if reading.proper else 1.0)


def _abbreviation(text: str, adjectives: list[BodyWord], noun: BodyWord) -> str:
    """МИДом → МИД, британского МИДа → британский МИД."""
    match = ABBREVIATION.match(noun.text)
    replaced = [(noun, match["stem"] if match else noun.text)]
    for word in adjectives:
        readings = [r for r in word.readings if not r.noun and r.gender]
        masculine = [r for r in readings if r.gender == "masc"]
        if readings:  # «Ленинградской АЭС»: it is a woman's only if it cannot be a man's
            replaced.append((word, (masculine or readings)[0].nominative))
    return _replaced(text, replaced)


def _compound(text: str, words: list[BodyWord]) -> str:
    """Names whose first part is not declined: «Волгоград Арене», «Скай Линком»."""
    last = words[-1]
    capitalised = all(word.text[:1].isupper() and not word.text.isupper() for word in words) or (
        len(words) == 2 and _is_undeclined(words[0]) and last.text.islower()  # «Газпром экспортом»
    )
    readings = [r for r in last.readings if r.noun and not r.plural]
    if not (2 <= len(words) <= 3 and capitalised and readings) or any(r.case == "n" for r in readings):
        return text
    first = fold(words[0].text)
    undeclined = first in UNDECLINED_FIRST or _is_undeclined(words[0])
    if any(r.case == "g" for r in readings) and known(first) and not undeclined:
        return text
    if any(r.case == "g" and r.proper for r in readings) and (MUNICIPAL.search(first) or last.text == "России"):
        return text
    return _replaced(text, [(last, readings[0].nominative)])


def _is_undeclined(word: BodyWord) -> bool:
    """Whether a first word is the nominative of a well-known name («Россети Ленэнерго», «Газпром Арены»)."""
    return fold(word.text) in enterprise_nominatives()


def _replaced(text: str, replacements: list[tuple[BodyWord, str]]) -> str:
    for word, nominative in sorted(replacements, reverse=True):
        spelling = nominative if word.abbreviation else spelled(nominative, word.text)
        text = text[: word.start] + spelling + text[word.stop :]
    return text


@lru_cache(NAMES_KEPT)
def proper_name(name: str) -> str:
    """A nominative without legal form and quotes, and without a type word before a quoted name.

    >>> proper_name("АО «ВМК „Красный Октябрь“»"), proper_name("завод «Баррикады»"), proper_name("Театр «Глобус»")
    ('ВМК Красный Октябрь', 'Баррикады', 'Театр Глобус')
    """
    words = BODY_WORD.findall(name)
    while len(words) > 1 and fold(words[0]) in LEGAL_FORMS_CUT_OFF and fold(words[1]) not in ("имени", "им"):
        name = name[name.index(words[0]) + len(words[0]) :]
        words = words[1:]
    while len(words) > 1 and fold(words[-1]) in LEGAL_FORMS_CUT_OFF:
        name = name[: name.rindex(words[-1])]
        words = words[:-1]
    before = UNQUOTED.match(name)
    quoted = QUOTED.search(name)
    generic = BODY_WORD.findall(before[0]) if quoted and before else []
    if quoted and generic and all(fold(word) in GENERIC_WORDS for word in generic):
        name = quoted[1]
    name = COURT.sub(lambda match: f"{COURTS[match[1]]} суд", name)
    return " ".join(NUMBER_SIGN.sub(" № ", NO_PART.sub("", name)).split()).strip(" ,.;:—–-")

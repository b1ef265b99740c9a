"""Decides which names of persons in one article name the same person.

A full name decides for what stands alone: «Мантурову», «А. И. Бочаров», «Андреем Ивановичем» go to the one person of
the article whom they can mean; where there are two, they stay by themselves. A woman is never joined to a man.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.name_key import key_part
from indexer.names.case_context import case_weights
from indexer.names.name_parser import PIECE, is_eastern
from indexer.names.person_names import PersonName, person_readings
from indexer.names.tagger_cases import sex_case_weights
from indexer.names.word_readings import name_readings
from indexer.text.cut_text import CutText
from indexer.text.grammar import Sex
from indexer.text.tokens import fold

LEAST_OF_BEST_SCORE = 0.02  # a reading with less of it than this is not looked at, even if a full name confirms it
TIMES_LIKELIER = 3.0  # one of two persons must be, for a mention to mean him
LIKELY_SCORE = 0.05  # of a nominative that a word may well have
TIMES_NEAR = 10.0  # a nominative no more times less likely than the first is near: the morphological tagger is asked
FACTOR_A_FORM = 0.5  # for each form more that a nominative explains
FACTOR_PRINTED, FACTOR_OUTDONE = 1.5, 0.2  # of one that stands in the article, of one that another outdoes
NamePart = str | tuple[str, str]  # a word that may stand alone; surname and first letter of the given name
MOST_NAMESAKES = 200  # persons of one surname or given name: a mention by it alone means none of so many
LATIN_ONLY = re.compile(r"[^а-яё]+", re.IGNORECASE)


@dataclass(slots=True)
class Person:
    """Somebody in an article, as fully as the article names him."""

    surname: str
    given: str
    patronymic: str
    sex: Sex

    def known_as(self) -> PersonName:
        """His name with its key and label."""
        return PersonName(self.surname, self.given, self.patronymic, self.sex, "")

    def learn(self, reading: PersonName) -> None:
        """Takes over what this mention says more fully."""
        self.sex = self.sex or reading.sex
        if len(key_part(reading.patronymic)) > len(key_part(self.patronymic)) and reading.given:
            self.patronymic = reading.patronymic


def link_persons(text: CutText, spans: Sequence[tuple[int, int]]) -> list[tuple[PersonName, Person]]:
    """For each span its own nominative and the person it names."""
    attested = attested_nominatives(text[start:stop] for start, stop in spans)
    found = linked(readings_in(text, spans, attested))
    for i in range(1, len(spans)):
        if is_original(text, spans[i - 1], spans[i]):
            found[i] = found[i][0], found[i - 1][1]
    return found


def readings_in(
    text: CutText, spans: Sequence[tuple[int, int]], attested: Mapping[str, float]
) -> list[tuple[PersonName, ...]]:
    """The readings of each name where it stands; where several are near, the morphological tagger is asked."""
    beside = [case_weights(text, a, b) for a, b in spans]
    readings = [person_readings(text[a:b], weights, attested) for (a, b), weights in zip(spans, beside, strict=True)]
    near = [i for i, several in enumerate(readings) if is_open(several)]
    for i, said in zip(near, sex_case_weights(text, [spans[i] for i in near]) if near else (), strict=True):
        weights = {cell: weight * said.get(cell, 1.0) for cell, weight in beside[i].items()}
        readings[i] = person_readings(text[slice(*spans[i])], weights, attested)
    return readings


def is_open(readings: Sequence[PersonName]) -> bool:
    """Whether another nominative is nearly as likely as the first."""
    first = readings[0]
    return any(other.name != first.name and other.score * TIMES_NEAR >= first.score for other in readings)


def is_original(text: str, name: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the other stands in brackets after the name, in its own alphabet («Хончжин Тан (Hongjin Tan)»)."""
    between, original = text[name[1] : other[0]], text[slice(*other)]
    return (
        between.strip() == "(" and bool(LATIN_ONLY.fullmatch(original)) and not LATIN_ONLY.fullmatch(text[slice(*name)])
    )


def linked(readings: Sequence[tuple[PersonName, ...]]) -> list[tuple[PersonName, Person]]:
    """For the readings of each mention of an article the right one and the person it names."""
    readings = _agreed(readings)
    persons = PersonsByName()
    found: dict[int, tuple[PersonName, Person]] = {}
    for i in sorted(range(len(readings)), key=lambda i: (_rank(readings[i][0]), i)):
        found[i] = _linked(readings[i], persons)
    return [found[i] for i in range(len(readings))]


def attested_nominatives(names: Iterable[str]) -> dict[str, float]:
    """Folded nominative → factor other than 1: the more different forms of an article it explains, the likelier it is.

    One that explains all forms of another and more makes that other unlikely: beside «Асией» no «Асия» is of an «Асий».
    """
    explains: dict[str, set[str]] = defaultdict(set)
    for form in {fold(match.group()) for name in names for match in PIECE.finditer(name)}:
        for nominative in likely_nominatives(form):
            explains[nominative].add(form)
    rivals: dict[str, set[str]] = defaultdict(set)
    for nominative, forms in explains.items():
        for form in forms:
            rivals[form].add(nominative)
    factors = {}
    for nominative, forms in explains.items():
        factor = 1 + FACTOR_A_FORM * (len(forms) - 1)
        if len(forms) > 1 and nominative in forms:
            factor *= FACTOR_PRINTED
        if nominative not in forms and any(forms < explains[rival] for rival in rivals[next(iter(forms))]):
            factor *= FACTOR_OUTDONE
        if factor != 1.0:
            factors[nominative] = factor
    return factors


@lru_cache(1 << 12)
def likely_nominatives(form: str) -> frozenset[str]:
    """The nominatives that a folded word may well have as a part of a person's name."""
    return frozenset(n for cell in name_readings(form).values() for n, score in cell.items() if score >= LIKELY_SCORE)


def _agreed(readings: Sequence[tuple[PersonName, ...]]) -> list[tuple[PersonName, ...]]:
    """The readings weighed by those of the other mentions: one person's mentions read alike."""
    votes: dict[tuple[str, str], float] = defaultdict(float)
    for several in readings:
        whole = sum(reading.score for reading in several)
        for reading in several:
            votes[fold(reading.name), reading.sex] += reading.score / whole
    return [
        tuple(sorted((r._replace(score=r.score * votes[fold(r.name), r.sex]) for r in several), key=lambda r: -r.score))
        for several in readings
    ]


def _rank(name: PersonName) -> int:
    """Full names first, then initials, given name and patronymic, a surname or a given name alone."""
    if name.surname and name.given:
        return 2 if is_initial(name.given) else 0 if name.patronymic else 1
    return 3 if name.given and name.patronymic else 4 if name.surname else 5


def is_initial(given: str) -> bool:
    """Whether a given name or patronymic is only an initial."""
    return given.endswith(".") or len(given) == 1


def _linked(readings: tuple[PersonName, ...], persons: "PersonsByName") -> tuple[PersonName, Person]:
    """The reading and the person that go together; a new person where there is none yet."""
    readable = [reading for reading in readings if reading.score >= LEAST_OF_BEST_SCORE * readings[0].score]
    near = persons.near(readable)
    full = [person for person in near if person.surname and person.given]
    for group in (full, [person for person in near if not (person.surname and person.given)]):
        candidates = _candidates(readable, group)
        if candidates and (_is_one(candidates) or candidates[0][0] >= TIMES_LIKELIER * candidates[1][0]):
            _, reading, person = candidates[0]
            person.learn(reading)
            return reading, person
        if candidates and group is full:
            break
    top = readings[0]
    person = Person(top.surname, top.given, top.patronymic, top.sex)
    persons.add(person)
    return top, person


class PersonsByName:
    """The persons of an article by the parts of their names, so that a mention is compared with few of them."""

    def __init__(self) -> None:
        self._count = 0
        self._by_part: dict[NamePart, list[tuple[int, Person]]] = defaultdict(list)

    def add(self, person: Person) -> None:
        """Adds the next person of the article; his surname and his given name stay as they are."""
        surname, given = key_part(person.surname), key_part(person.given)
        words = {surname, surname.rpartition(" ")[2], *surname.split("-"), given, given.partition(" ")[0]}
        parts: set[NamePart] = {*words, (surname, given[:1]), ("", given[:1]), ("", "")}
        for part in parts:
            self._by_part[part].append((self._count, person))
        self._count += 1

    def near(self, readings: Iterable[PersonName]) -> list[Person]:
        """All whom one of the readings may mean, in order, and others besides; of very many namesakes some."""
        found: dict[int, Person] = {}
        for reading in readings:
            found.update(self._by_part.get(searched_by(reading), ())[:MOST_NAMESAKES])
        return [found[number] for number in sorted(found)]


def searched_by(reading: PersonName) -> NamePart:
    """The part of a name by which those whom a reading may mean are found: a word alone, or surname and initial."""
    surname, given, patronymic = key_part(reading.surname), key_part(reading.given), key_part(reading.patronymic)
    if not given:
        return surname if surname or not patronymic else ("", "")
    return (surname, given[:1]) if surname or patronymic else given


def _is_one(candidates: Sequence[tuple[float, PersonName, Person]]) -> bool:
    """Whether there is one, or all have one surname and first name («Реджеп Эрдоган», «Реджеп Тайип Эрдоган»)."""
    persons = [person for _, _, person in candidates]
    names = {(key_part(person.surname), key_part(person.given).partition(" ")[0]) for person in persons}
    patronymics = {key_part(person.patronymic) for person in persons if person.patronymic}
    return len(persons) == 1 or (len(names) == 1 and len(patronymics) < 2 and not is_initial(min(names)[1]))


def _candidates(readings: Sequence[PersonName], persons: Iterable[Person]) -> list[tuple[float, PersonName, Person]]:
    """Persons whom the mention can mean, each by its likeliest reading."""
    found = []
    for person in persons:
        for reading in readings:
            if _may_be(reading, person):
                sex = person.sex or reading.sex
                found.append((reading.score, reading._replace(sex=sex), person))
                break
    return sorted(found, key=lambda candidate: -candidate[0])


def _may_be(reading: PersonName, person: Person) -> bool:
    if reading.sex and person.sex and reading.sex != person.sex:
        return False
    surname, given, patronymic = key_part(reading.surname), key_part(reading.given), key_part(reading.patronymic)
    his_surname, his_given = key_part(person.surname), key_part(person.given)
    if not (given or patronymic):  # one word: a surname, or a foreign given name that comes last
        surnames = (his_surname, his_surname.rpartition(" ")[2], *his_surname.split("-"), his_given)
        return surname in surnames or (is_eastern(surname) and his_given.startswith(f"{surname} "))  # «Хван Чжан Еп»
    if not (surname or patronymic):
        return given in (his_given, his_surname)
    same_surname = not surname or surname == his_surname
    return same_surname and (not given or _same(given, his_given)) and _agree(patronymic, key_part(person.patronymic))


def _agree(one: str, other: str) -> bool:
    """Equal, unknown, or the initial of the other."""
    return not one or not other or _same(one, other)


def _same(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1])

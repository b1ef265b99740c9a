"""Finds pairs of entities that may be one, each with the reason, for an archivist to judge."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.annotation import Kind
from indexer.entities.clustering import is_spelling
from indexer.name_key import NameKey, PersonKey
from indexer.text.lemmas import known
from indexer.text.tokens import fold, forms
from indexer.text.words import WORD_PART

LETTERS_OF_TYPO = 5  # at least, of a name of which one letter may be wrong

Given = tuple[str, str]  # given name and patronymic of a name key, either may be empty or an initial


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity with its name keys and the number of its articles."""

    id: str
    kind: Kind
    label: str
    names: tuple[NameKey, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class MergeCandidate:
    """Two entities and why they may be one (in Russian); first the one that keeps its name: who has a given name, is
    mentioned more."""

    one: KnownEntity
    other: KnownEntity
    why: str
    weak: bool  # says little where no article names both


def merge_candidates(entities: Iterable[KnownEntity]) -> list[MergeCandidate]:
    """Likely merges, those whose less mentioned half stands in most articles first; a pair once."""
    every = list(entities)
    persons = [entity for entity in every if entity.kind == "person"]
    bodies = [entity for entity in every if entity.kind != "person"]
    found: dict[tuple[str, str], MergeCandidate] = {}
    weak = [*acronyms(bodies), *longer_names(bodies)]
    for place, (one, other, why) in enumerate((*weak, *typos(bodies), *persons_alike(persons))):
        first, second = sorted((one, other), key=lambda entity: (is_bare(entity), -entity.articles, entity.id))
        found.setdefault((first.id, second.id), MergeCandidate(first, second, why, place < len(weak)))
    return sorted(found.values(), key=lambda two: (-two.other.articles, -two.one.articles, two.one.id, two.other.id))


def is_bare(entity: KnownEntity) -> bool:
    """Whether it is a surname without a given name, or with an initial: whoever has more of a name keeps it."""
    return entity.kind == "person" and all(len(key.given) < 2 for key in person_keys(entity))


def person_keys(entity: KnownEntity) -> list[PersonKey]:
    """Those of its names that are a person's."""
    return [key for key in entity.names if isinstance(key, PersonKey)]


def with_surname(person: KnownEntity) -> list[PersonKey]:
    """Those of a person's names that have a surname."""
    return [key for key in person_keys(person) if key.surname]


def acronyms(bodies: Sequence[KnownEntity]) -> Iterator[tuple[KnownEntity, KnownEntity, str]]:
    """«ВТЗ» and «Волжский трубный завод»."""
    by_letters: dict[str, list[KnownEntity]] = defaultdict(list)
    for body in bodies:
        words = WORD_PART.findall(body.label)
        if len(words) > 1:
            by_letters["".join(word[0] for word in words).upper()].append(body)
    for body in bodies:
        letters = re.sub("[а-я]", "", body.label)
        if len(letters) > 1 and len(WORD_PART.findall(body.label)) == 1:
            for full in by_letters.get(letters, ()):
                if abbreviates(body.label, full.label):
                    yield body, full, "сокращение и полное название"


def abbreviates(acronym: str, name: str) -> bool:
    """Whether each capital begins a word in turn that has the small letters after it.

    >>> abbreviates("ВгТЗ", "Волгоградский тракторный завод"), abbreviates("ВгТЗ", "Волжский трубный завод")
    (True, False)
    """
    parts = re.findall("[А-ЯЁ][а-яё]*", acronym)
    words = WORD_PART.findall(name.lower())
    patterns = (".*".join(part.lower()) for part in parts)
    return len(parts) == len(words) and all(map(re.match, patterns, words))


def longer_names(bodies: Sequence[KnownEntity]) -> Iterator[tuple[KnownEntity, KnownEntity, str]]:
    """«Царицынский блок» and «Волгоградский завод Царицынский блок»."""
    by_words = {tuple(forms(body.label)[0]): body for body in bodies}
    for words, body in by_words.items():
        for start in range(1, len(words)):
            shorter = by_words.get(words[start:])
            if shorter and sum(map(len, words[start:])) >= LETTERS_OF_TYPO:
                yield shorter, body, "одно название – конец другого"


def typos(bodies: Sequence[KnownEntity]) -> Iterator[tuple[KnownEntity, KnownEntity, str]]:
    """«Химпром» and «Химпрмо», «Титан-Баррикады» and «Титан Баррикады»; not «ГИБДД» and «УГИБДД»."""
    spelt = [("", fold(body.label), body) for body in bodies if not body.label.isupper()]
    for one, other in _near(spelt):
        if not (known(fold(one.label)) and known(fold(other.label))):
            yield one, other, "названия отличаются одной буквой"


def persons_alike(persons: Sequence[KnownEntity]) -> Iterator[tuple[KnownEntity, KnownEntity, str]]:
    """«Мантуров» and «Монтуров» of one given name; initials and the full names they fit; a surname with one bearer."""
    by_surname: dict[tuple[str, str], dict[Given, KnownEntity]] = defaultdict(dict)
    spelt = []
    for person in persons:
        for key in with_surname(person):
            spelt.append((f"{key.given} {key.sex}", key.surname, person))
            by_surname[key.surname, key.sex][key.given, key.patronymic] = person
    for one, other in _near([entry for entry in spelt if not entry[0].startswith(" ")]):
        yield one, other, "фамилии отличаются одной буквой, имя то же"
    for one, other in _spelt_otherwise(persons):
        yield one, other, "имена отличаются одной буквой, фамилия та же"
    for named in by_surname.values():
        full = {names: person for names, person in named.items() if len(names[0]) > 1}
        in_full = {person.id for person in full.values()}
        for names, person in named.items():
            fitting = {whole.id: whole for of_whole, whole in full.items() if _fits(names, of_whole)}
            if person.id not in in_full and len(fitting) == 1:
                why = "инициалы подходят" if names[0] else "фамилия без имени, носитель один"
                yield person, next(iter(fitting.values())), why


def _spelt_otherwise(persons: Sequence[KnownEntity]) -> Iterator[tuple[KnownEntity, KnownEntity]]:
    """«Александ» and «Александр», «Наталия» and «Наталья» of one surname; not «Марина» and «Карина»."""
    given: dict[str, set[str]] = defaultdict(set)
    entries = []
    for person in persons:
        for key in with_surname(person):
            given[person.id].add(key.given)
            entries.append((f"{key.surname} {key.sex}", key.given, person))
    for one, other in _near(entries):
        if any(_is_one_name(a, b) for a in given[one.id] for b in given[other.id]):
            yield one, other


def _is_one_name(one: str, other: str) -> bool:
    return is_spelling(one, other) or (one != other and one.replace("ия", "ья") == other.replace("ия", "ья"))


def _fits(initials: Given, full: Given) -> bool:
    return full[0].startswith(initials[0]) and (not full[1] or full[1].startswith(initials[1]))


def _near(entries: Sequence[tuple[str, str, KnownEntity]]) -> Iterator[tuple[KnownEntity, KnownEntity]]:
    """Pairs of one group whose spellings are one slip apart."""
    without: dict[tuple[str, str], list[tuple[str, KnownEntity]]] = defaultdict(list)
    for group, spelt, entity in entries:
        if len(spelt) >= LETTERS_OF_TYPO:
            for start in {spelt, *(spelt[:at] + spelt[at + 1 :] for at in range(len(spelt)))}:
                without[group, start].append((spelt, entity))
    for several in without.values():
        for at, (spelt, one) in enumerate(several):
            for other_spelt, other in several[at + 1 :]:
                if one.id != other.id and _one_letter(spelt, other_spelt):
                    yield one, other


def _one_letter(one: str, other: str) -> bool:
    """Whether the spellings, different in their letters and not in their numbers, are one slip apart.

    >>> _one_letter("мантуров", "монтуров"), _one_letter("гпз-15", "гпз-16"), _one_letter("титан", "титна")
    (True, False, True)
    """
    if one == other or re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return one[1:] == other or one == other[1:] or one[1:] == other[1:] or swapped

"""Decides which name keys of the whole archive name one person or body.

Two persons are never joined on a surname alone: given names must be equal or the one initial that fits, patronymics
must not contradict, sexes must be the same, unless both bear one whole name that is not both a man's and a woman's: the
forms of «Эммануэль Макрон» do not always tell which. «Реджеп Эрдоган» is «Реджеп Тайип», where no other has more given
names after that one. Of a foreign surname given names one letter apart are one name in two spellings («Эммануэль» and
«Эмманюэль Макрон»), unless both are names of their own. Foreign names that transliteration spells in several ways are
one, unless the given name is one of Russians («Тереза Мэй» and «Тереза Мей»; not «Сергей Бас» and «Сергей Басс»).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from indexer.name_key import BodyKey, NameKey, PersonKey
from indexer.names.transliteration import heard, is_foreign, is_of_russians, sound
from indexer.names.word_readings import is_of_both, marks

LATIN_LETTERS = re.compile("[a-z]+")
LETTERS_OF_SPELLING = 5  # at least, of a given name of which one letter may be spelt otherwise

Cluster = list[PersonKey] | list[BodyKey]


def clusters(keys: Iterable[NameKey]) -> Iterator[Cluster]:
    """Every key once, together with the others of its entity."""
    surnames: dict[str, list[PersonKey]] = defaultdict(list)
    bodies: dict[str, list[BodyKey]] = defaultdict(list)
    for key in keys:
        if isinstance(key, PersonKey):
            surnames[key.surname].append(key)
        else:
            bodies[key.name].append(key)
    yield from _spelt_alike([cluster for names in surnames.values() for cluster in _persons(names)])
    yield from bodies.values()


def _spelt_alike(persons: Iterable[list[PersonKey]]) -> Iterator[list[PersonKey]]:
    """Persons whose foreign surnames and whose given names are spellings of the same, as one, unless sexes, patronymics
    or two given names of their own («Гари» and «Гарри Уильямс») speak against it."""
    groups: dict[tuple[str, str], list[list[PersonKey]]] = defaultdict(list)
    for person in persons:
        given = min((name.given for name in person if len(name.given) > 1), default="")
        if person[0].surname and given and is_foreign(person[0].surname) and not is_of_russians(given):
            groups[sound(person[0].surname), heard(given)].append(person)
        else:
            yield person
    for group in groups.values():
        given_names = {name.given.replace("э", "е") for person in group for name in person}
        of_their_own = [given for given in given_names if "Name" in marks(given)]
        if len(group) > 1 and len(of_their_own) < 2 and _compatible(group):
            yield [name for person in group for name in person]
        else:
            yield from group


def _persons(names: list[PersonKey]) -> list[list[PersonKey]]:
    """The persons of one surname: full given names first, initials join the only one they fit.

    Without a surname nobody is joined: an «Иван» need not be the «Иван Петрович» of another article.
    """
    if len(names) == 1 or not names[0].surname:
        return [[name] for name in names]
    by_given: dict[str, list[PersonKey]] = defaultdict(list)
    for name in names:
        by_given[name.given].append(name)
    bare = by_given.pop("", [])
    found = [
        cluster
        for same in _spellings({given: same for given, same in by_given.items() if len(given) > 1})
        for cluster in _same_given(same)
    ]
    initials = [cluster for given, same in by_given.items() if len(given) == 1 for cluster in _same_given(same)]
    full = list(found)
    joining: dict[int, list[list[PersonKey]]] = defaultdict(list)
    for cluster in initials:
        fitting = _of_one_patronymic([i for i, other in enumerate(full) if _may_be(cluster, other)], cluster, full)
        if len(fitting) == 1:
            joining[fitting[0]].append(cluster)
        else:
            found.append(cluster)
    for i, several in joining.items():
        if _compatible([full[i], *several]):
            full[i].extend(name for cluster in several for name in cluster)
        else:
            found.extend(several)
    return found + _same_given(bare)


def _spellings(by_given: dict[str, list[PersonKey]]) -> Iterator[list[PersonKey]]:
    """The names of each given name, with those of its other spellings and of the only one that has more names to it."""
    groups = {given: {given} for given in by_given}
    has_several = len(by_given) > 1 and is_foreign(next(iter(by_given.values()))[0].surname)
    for one, other in combinations(sorted(by_given), 2) if has_several else ():
        if is_spelling(one, other):
            groups[one] |= groups[other]
            groups.update(dict.fromkeys(groups[one], groups[one]))
    for given in by_given:
        longer = [other for other in by_given if other.startswith(f"{given} ")]  # «Реджеп», «Реджеп Тайип»
        if len(longer) == 1:
            groups[given] |= groups[longer[0]]
            groups.update(dict.fromkeys(groups[given], groups[given]))
    for given, group in groups.items():
        if given == min(group):
            yield [name for spelling in sorted(group) for name in by_given[spelling]]


def spellings(keys: Iterable[NameKey]) -> list[tuple[str, str]]:
    """The given names and the surnames of an entity that are two spellings of one."""
    persons = [key for key in keys if isinstance(key, PersonKey)]
    words = (sorted({key.given for key in persons}), sorted({key.surname for key in persons}))
    return [
        two for some in words for two in combinations(some, 2) if is_spelling(*two) or heard(two[0]) == heard(two[1])
    ]


def is_spelling(one: str, other: str) -> bool:
    """Whether two given names are one letter apart and not two names that the dictionary has.

    >>> is_spelling("эммануэль", "эмманюэль"), is_spelling("марина", "карина")
    (True, False)
    """
    longest = max(len(one), len(other))
    if longest < LETTERS_OF_SPELLING or abs(len(one) - len(other)) > 1 or not is_one_letter(one, other):
        return False
    if LATIN_LETTERS.findall(one) != LATIN_LETTERS.findall(other):  # «Карл II» and «Карл III»
        return False
    return not ("Name" in marks(one) and "Name" in marks(other))


def is_one_letter(one: str, other: str) -> bool:
    """Whether a letter put in, left out or replaced makes one of the other."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[at:], other[at:]
    return bool(one or other) and (one[1:] == other or one == other[1:] or one[1:] == other[1:])


def _same_given(names: list[PersonKey]) -> list[list[PersonKey]]:
    """Names with one given name, apart by patronymic and by the sex that the given name leaves open; what lacks either
    joins the only one there is."""
    if all(len(name.given) > 1 and not is_of_both(name.given) for name in names):
        return _by_patronymic(names)
    sexes = {name.sex for name in names if name.sex}
    groups: dict[str, list[PersonKey]] = defaultdict(list)
    for name in names:
        groups[name.sex or (next(iter(sexes)) if len(sexes) == 1 else "")].append(name)
    return [cluster for group in groups.values() for cluster in _by_patronymic(group)]


def _by_patronymic(names: list[PersonKey]) -> list[list[PersonKey]]:
    groups: dict[str, list[PersonKey]] = defaultdict(list)
    for name in names:
        groups[name.patronymic].append(name)
    whole = [patronymic for patronymic in groups if len(patronymic) > 1]
    for initial in [patronymic for patronymic in groups if len(patronymic) == 1]:
        fitting = [patronymic for patronymic in whole if patronymic.startswith(initial)]
        if len(fitting) == 1:
            groups[fitting[0]] += groups.pop(initial)
    if "" in groups and len(groups) == 2:
        without = groups.pop("")
        next(iter(groups.values())).extend(without)
    return list(groups.values())


def _sex(cluster: list[PersonKey]) -> str:
    """The one that its names say, "" where they say none or both."""
    sexes = {name.sex for name in cluster if name.sex}
    return sexes.pop() if len(sexes) == 1 else ""


def _may_be(initials: list[PersonKey], full: list[PersonKey]) -> bool:
    return full[0].given.startswith(initials[0].given) and _compatible([initials, full])


def _of_one_patronymic(fitting: list[int], initials: list[PersonKey], full: list[list[PersonKey]]) -> list[int]:
    """Of «А. И. Бочаров» not the «Андрей Бочаров» who stands apart only because he may be one of several, where one of
    these is «Андрей Иванович»."""
    if not any(name.patronymic for name in initials):
        return fitting
    called = {name.given for i in fitting for name in full[i] if name.patronymic}
    return [i for i in fitting if any(name.patronymic or name.given not in called for name in full[i])]


def _compatible(several: list[list[PersonKey]]) -> bool:
    """No two sexes and no two patronymics that contradict each other."""
    sexes = {sex for cluster in several if (sex := _sex(cluster))}
    names = [name for cluster in several for name in cluster]
    patronymics = {name.patronymic for name in names if name.patronymic}
    longest = max(patronymics, key=len, default="")
    return len(sexes) < 2 and all(longest.startswith(patronymic) for patronymic in patronymics)

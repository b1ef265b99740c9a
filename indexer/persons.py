"""A person's name in any case in; its nominative and which word of it is which, out.

One sex and one case are chosen for all the words of a name together: «Ивана Комарова» cannot be a woman's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.name_parts import Part, parts_of, slots_of, units_of
from indexer.names import name_readings
from indexer.surnames import CASES, Case, Sex
from indexer.tokens import fold

Weights = Mapping[tuple[Sex, Case], float]  # how well a sex and a case go with what stands around the name
Attested = Mapping[str, float]  # folded nominative → how much likelier other names of the article make it

CASE_PRIOR: dict[Case, float] = {"n": 1.0, "g": 0.8, "d": 0.5, "a": 0.5, "i": 0.6, "p": 0.3}
MASCULINE = 1.05  # in doubt a man: both readings of the 1,508 Duma surnames in the press stand for men far more often
MASCULINE_ALONE = 2.0  # the same for a surname alone
UNREAD = 0.004  # a word that cannot stand in that sex and case stays as printed
FIRST_PART_UNDECLINED = 0.1  # Жан-Клодом, Нур-Ахмеду
SAME = 1.2  # scores nearer than this do not tell a man from a woman


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in the nominative. `name` has the words in the printed order, `label` given name first."""

    surname: str
    given: str
    patronymic: str
    sex: Sex
    name: str
    score: float = 0.0

    @property
    def label(self) -> str:
        """Имя Отчество Фамилия, as far as they are known."""
        return " ".join(part for part in (self.given, self.patronymic, self.surname) if part)

    @property
    def key(self) -> str:
        """The name key: `p:surname|given|patronymic|sex`, folded."""
        return "p:" + "|".join((plain(self.surname), plain(self.given), plain(self.patronymic), self.sex))


@lru_cache(1 << 14)
def plain(name: str) -> str:
    """A part of a name as it stands in a key: folded, initials without their full stop."""
    return fold(name).replace(".", "").replace("|", " ")


def nominative_person(text: str, weights: Weights | None = None, attested: Attested | None = None) -> PersonName:
    """The likeliest nominative of a person's name.

    >>> nominative_person("Бочарову Андрею Ивановичу").label
    'Андрей Иванович Бочаров'
    """
    return person_readings(text, weights, attested)[0]


def person_readings(
    text: str, weights: Weights | None = None, attested: Attested | None = None
) -> tuple[PersonName, ...]:
    """Every reading of a name, one for each sex and different nominative, the likeliest first."""
    parts = parts_of(text)
    units = units_of(parts)
    slots = slots_of(units)
    alone = sum(unit[0].what != "initial" for unit in units) == 1
    best: dict[tuple[Sex, tuple[str, ...]], float] = {}
    for sex, words, score in _agreements(parts, weights or {}, attested or {}, alone):
        best[sex, words] = max(score, best.get((sex, words), 0.0))
    ordered = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    readings = [_person(text, units, slots, dict(zip(parts, words, strict=True)), sex, score)
                for (sex, words), score in ordered]  # fmt: skip
    return (_sex_if_told(readings, alone), *readings[1:])


def _sex_if_told(readings: list[PersonName], alone: bool) -> PersonName:
    """The first reading; without its sex where the same name reads as well for the other."""
    first = readings[0]
    prior = MASCULINE_ALONE if alone else MASCULINE
    for other in readings[1:]:
        if other.name == first.name and other.sex != first.sex:
            without = (
                first.score / (prior if first.sex == "m" else 1.0),
                other.score / (prior if other.sex == "m" else 1.0),
            )
            return replace(first, sex="") if max(without) < SAME * min(without) else first
    return first


def _agreements(
    parts: list[Part], weights: Weights, attested: Attested, alone: bool
) -> list[tuple[Sex, tuple[str, ...], float]]:
    """For each sex and case the best folded nominatives of all parts, with their common score."""
    sexes: tuple[Sex, ...] = ("m", "f")
    if not any(part.what == "word" for part in parts):
        return [(sex, tuple(fold(part.text) for part in parts), 1.0) for sex in sexes]
    best = [
        _best(part, attested, following is not None and following.joined)
        for part, following in zip(parts, [*parts[1:], None], strict=True)
    ]
    found: list[tuple[Sex, tuple[str, ...], float]] = []
    for sex in sexes:
        for case in CASES:
            score = CASE_PRIOR[case] * weights.get((sex, case), 1.0)
            score *= (MASCULINE_ALONE if alone else MASCULINE) if sex == "m" else 1.0
            words = []
            for by_cell, as_printed in best:
                own, word = by_cell.get((sex, case), as_printed)
                words.append(word)
                score *= own
            found.append((sex, tuple(words), score))
            found += _others(parts, sex, case, tuple(words), score) if alone else []
    return found


def _best(
    part: Part, attested: Attested, before_hyphen: bool
) -> tuple[dict[tuple[Sex, Case], tuple[float, str]], tuple[float, str]]:
    """(sex, case) → score and best nominative of one part; and those where it cannot stand in that sex and case."""
    word = fold(part.text)
    if part.what != "word":
        return {}, (1.0, word)
    as_printed = (FIRST_PART_UNDECLINED if before_hyphen else UNREAD, word)
    by_cell = {
        cell: max(as_printed, *((score * attested.get(n, 1.0), n) for n, score in nominatives.items()))
        for cell, nominatives in name_readings(word).items()
    }
    return by_cell, as_printed


def _others(
    parts: list[Part], sex: Sex, case: Case, best: tuple[str, ...], score: float
) -> list[tuple[Sex, tuple[str, ...], float]]:
    """The less likely nominatives of a surname alone: a full name of the article may be one of them."""
    at = [i for i, part in enumerate(parts) if part.what == "word"]
    if len(at) != 1:
        return []
    cell = name_readings(fold(parts[at[0]].text)).get((sex, case), {})
    top = cell.get(best[at[0]], 1.0)
    return [
        (sex, (*best[: at[0]], nominative, *best[at[0] + 1 :]), score * min(1.0, own / top))
        for nominative, own in cell.items()
        if nominative != best[at[0]]
    ]


def _person(
    text: str, units: list[list[Part]], slots: str, nominatives: Mapping[Part, str], sex: Sex, score: float
) -> PersonName:
    """The parts put together again, in the spelling of the print."""
    spelled = {part: _spelled(part, nominatives[part]) for unit in units for part in unit}
    kinds: dict[str, list[str]] = {"s": [], "g": [], "p": []}
    for unit, slot in zip(units, slots, strict=True):
        kinds[slot].append("".join(("-" if i and part.joined else " " if i else "") + spelled[part]
                                   for i, part in enumerate(unit)))  # fmt: skip
    name, last = "", 0
    for unit in units:
        for part in unit:
            name += text[last : part.start] + spelled[part].rstrip(".")
            last = part.stop
    surname, given, patronymic = (" ".join(kinds[slot]) for slot in "sgp")
    return PersonName(surname, given, patronymic, sex, name + text[last:], score)


def _spelled(part: Part, nominative: str) -> str:
    """A folded nominative with the capitals and ё of the print; headings in capitals come down."""
    if part.what == "initial":
        return part.text + "."
    if part.what != "word":
        return part.text
    return spelled(nominative, part.text)


@lru_cache(1 << 14)
def spelled(nominative: str, printed: str) -> str:
    """A folded nominative in the spelling of the form printed.

    >>> spelled("соловьев", "Соловьёвым"), spelled("иванов", "ИВАНОВУ"), spelled("маккартни", "МакКартни")
    ('Соловьёв', 'Иванов', 'МакКартни')
    """
    if printed.isupper() and len(printed) > 1:
        return nominative.capitalize()
    kept = next((i for i, (a, b) in enumerate(zip(nominative, printed, strict=False)) if a != fold(b)),
                min(len(nominative), len(printed)))  # fmt: skip
    return printed[:kept] + nominative[kept:]

"""Puts a person's name that stands in any case into the nominative, and tells its surname, given name and patronymic.

One sex and one case are chosen for all the words of a name together: «Ивана Комарова» cannot be a woman's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.name_key import PersonKey, key_part
from indexer.names.name_parser import Part, parts_of, slots_of, units_of
from indexer.names.word_readings import name_readings, nominatives
from indexer.text.grammar import SEX_CASES, Case, Sex, SexCase
from indexer.text.tokens import fold

CaseWeights = Mapping[SexCase, float]  # how well a sex and a case go with what stands around the name
Attested = Mapping[str, float]  # folded nominative → how much likelier other names of the article make it

CASE_PRIOR: dict[Case, float] = {"n": 1.0, "g": 0.8, "d": 0.5, "a": 0.5, "i": 0.6, "p": 0.3}
MASCULINE_FACTOR = (
    1.05  # in doubt a man: both readings of the 1,508 Duma surnames in the press stand for men far more often
)
MASCULINE_ALONE_FACTOR = 2.0  # the same for a surname alone
UNREAD_SCORE = 0.004  # a word that cannot stand in that sex and case stays as printed
FIRST_PART_UNDECLINED_SCORE = 0.1  # Жан-Клодом, Нур-Ахмеду
SOFT_ENDING = re.compile("[бвгдзклмнпрстфх]я$")
SAME_SCORE_RATIO = 1.2  # scores nearer than this do not tell a man from a woman
NAMES_KEPT = 1 << 12  # printed names whose parts and whose nominatives are kept, about 1 KB each


class PersonName(NamedTuple):
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
    def key(self) -> PersonKey:
        """The name's key."""
        return PersonKey(key_part(self.surname), key_part(self.given), key_part(self.patronymic), self.sex)


class ParsedName(NamedTuple):
    """A name as printed: its parts, those that make one word of it, what each of these words is (`slots_of`)."""

    parts: Sequence[Part]
    units: Sequence[Sequence[Part]]
    slots: str
    alone: bool  # one word, initials apart


def nominative_person(text: str, weights: CaseWeights | None = None, attested: Attested | None = None) -> PersonName:
    """The likeliest nominative of a person's name.

    >>> nominative_person("Бочарову Андрею Ивановичу").label
    'Андрей Иванович Бочаров'
    """
    return person_readings(text, weights, attested)[0]


def person_readings(
    text: str, weights: CaseWeights | None = None, attested: Attested | None = None
) -> tuple[PersonName, ...]:
    """Every reading of a name, one for each sex and different nominative, the likeliest first."""
    best: dict[tuple[Sex, tuple[str, ...]], float] = {}
    for sex, words, score in _agreements(taken_apart(text), weights or {}, attested or {}):
        best[sex, words] = max(score, best.get((sex, words), 0.0))
    ordered = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    readings = [_person(text, sex, words)._replace(score=score) for (sex, words), score in ordered]
    return (_sex_if_told(readings, taken_apart(text).alone), *readings[1:])


@lru_cache(NAMES_KEPT)
def taken_apart(text: str) -> ParsedName:
    """The parts of a printed name."""
    parts = parts_of(text)
    units = units_of(parts)
    return ParsedName(parts, units, slots_of(units), sum(unit[0].what != "initial" for unit in units) == 1)


def _sex_if_told(readings: list[PersonName], alone: bool) -> PersonName:
    """The first reading; without its sex where the same name reads as well for the other."""
    first = readings[0]
    prior = MASCULINE_ALONE_FACTOR if alone else MASCULINE_FACTOR
    for other in readings[1:]:
        if other.name == first.name and other.sex != first.sex:
            without = (
                first.score / (prior if first.sex == "m" else 1.0),
                other.score / (prior if other.sex == "m" else 1.0),
            )
            return first._replace(sex="") if max(without) < SAME_SCORE_RATIO * min(without) else first
    return first


def _agreements(
    name: ParsedName, weights: CaseWeights, attested: Attested
) -> Iterator[tuple[Sex, tuple[str, ...], float]]:
    """For each sex and case folded nominatives of all parts with their common score, the best among them."""
    at = [i for i, part in enumerate(name.parts) if part.what == "word"]
    if not at:
        yield from ((sex, tuple(fold(part.text) for part in name.parts), 1.0) for sex in ("m", "f"))
        return
    best = [
        _best(part, attested, following is not None and following.joined)
        for part, following in zip(name.parts, [*name.parts[1:], None], strict=True)
    ]
    others = name_readings(fold(name.parts[at[0]].text)) if name.alone and len(at) == 1 else {}
    for cell in SEX_CASES:
        sex, case = cell
        score = CASE_PRIOR[case] * weights.get(cell, 1.0)
        if sex == "m":
            score *= MASCULINE_ALONE_FACTOR if name.alone else MASCULINE_FACTOR
        words = []
        for by_cell, as_printed in best:
            own, word = by_cell.get(cell, as_printed)
            words.append(word)
            score *= own
        yield sex, tuple(words), score
        if cell in others:
            yield from _others(others[cell], sex, words, at[0], score)


def _best(
    part: Part, attested: Attested, before_hyphen: bool
) -> tuple[Mapping[SexCase, tuple[float, str]], tuple[float, str]]:
    """(sex, case) → score and best nominative of one part; and those where it cannot stand in that sex and case."""
    word = fold(part.text)
    if part.what != "word":
        return {}, (1.0, word)
    as_printed = (FIRST_PART_UNDECLINED_SCORE if before_hyphen else UNREAD_SCORE, word)
    is_alone = attested.keys().isdisjoint(nominatives(word))  # no other name of the article tells anything of it
    return _unattested(as_printed) if is_alone else _by_cell(as_printed, attested), as_printed


@lru_cache(NAMES_KEPT)
def _unattested(as_printed: tuple[float, str]) -> Mapping[SexCase, tuple[float, str]]:
    """`_by_cell` where all are alike likely."""
    return _by_cell(as_printed, {})


def _by_cell(as_printed: tuple[float, str], attested: Attested) -> Mapping[SexCase, tuple[float, str]]:
    """(sex, case) → score and best nominative of a word, or the word as printed where that scores more."""
    printed = as_printed[1]
    found = {}
    for cell, readings in name_readings(printed).items():
        scored = [as_printed, *[(score * attested.get(n, 1.0), n) for n, score in readings.items()]]
        best = found[cell] = max(scored)
        if len(scored) > 2 and (best[1] == printed or SOFT_ENDING.search(best[1])):
            as_likely = [one for one in scored if one[0] == best[0]]  # «Ангеле» is rather of «Ангела» than of «Ангеля»
            found[cell] = max(as_likely, key=lambda one: (one[1] != printed, not SOFT_ENDING.search(one[1]), one[1]))
    return found


def _others(
    found: Mapping[str, float], sex: Sex, best: Sequence[str], at: int, score: float
) -> Iterator[tuple[Sex, tuple[str, ...], float]]:
    """The less likely nominatives of a surname alone: a full name of the article may be one of them."""
    top = found.get(best[at], 1.0)
    for nominative, own in found.items():
        if nominative != best[at]:
            yield sex, (*best[:at], nominative, *best[at + 1 :]), score * min(1.0, own / top)


@lru_cache(2 * NAMES_KEPT)
def _person(text: str, sex: Sex, nominatives: tuple[str, ...]) -> PersonName:
    """The parts of a printed name put together again, in the spelling of the print."""
    parts, units, slots, _ = taken_apart(text)
    spelled = {part: _spelled(part, nominative) for part, nominative in zip(parts, nominatives, strict=True)}
    kinds: dict[str, list[str]] = {"s": [], "g": [], "p": []}
    for unit, slot in zip(units, slots, strict=True):
        kinds[slot].append("".join(("-" if i and part.joined else " " if i else "") + spelled[part]
                                   for i, part in enumerate(unit)))  # fmt: skip
    name, last = "", 0
    for part in parts:
        name += text[last : part.start] + spelled[part].rstrip(".")
        last = part.stop
    surname, given, patronymic = (" ".join(kinds[slot]) for slot in "sgp")
    return PersonName(surname, given, patronymic, sex, name + text[last:])


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

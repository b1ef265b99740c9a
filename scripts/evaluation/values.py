"""Measures F1 of our facet values against those that follow from the coreference of factRuEval.

A person's value is right where given name and surname are equal (an initial stands for its name; a patronymic may be
missing on either side), a body's where its words are those of one of its gold names, type words and «России» set aside.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from indexer.annotation import Annotation
from indexer.entities.resolution import facet_values
from indexer.lexicon.gazetteer_forms import canonical_labels
from indexer.lexicon.type_kinds import type_kind
from indexer.lexicon.type_words import LEGAL_WORDS
from indexer.name_key import BodyKey, PersonKey
from indexer.names.word_readings import PATRONYMIC
from indexer.text.tokens import fold
from scripts.evaluation.nominatives import WORD, coreference
from scripts.evaluation.spans import read

Words = frozenset[str]
Gold = TypeVar("Gold")
RUSSIA = frozenset("россия россии рф российский российская российской российского федерации".split())


@dataclass(frozen=True, slots=True)
class GoldValues:
    """A text with its persons (given name, surname, nickname) and its bodies, each by any of its names."""

    text: str
    persons: tuple[Words, ...]
    bodies: tuple[frozenset[Words], ...]


def factrueval(folder: Path) -> Iterator[GoldValues]:
    """The articles of a factRuEval folder."""
    for path in sorted(folder.glob("*.objects")):
        kinds = {f[0]: f[1] for line in read(path).splitlines() if len(f := line.split("#")[0].split()) > 1}
        persons, bodies = {}, {}
        for number, values in coreference(path.with_suffix(".coref")):
            if kinds.get(number) == "Person":
                persons[id(values)] = values
            elif kinds.get(number) == "Org" and values.get("name"):
                bodies[id(values)] = values
        yield GoldValues(
            read(path.with_suffix(".txt")),
            tuple(filter(None, map(_person, persons.values()))),
            tuple(
                frozenset(words(canonical_labels().get(fold(n), n)) for n in values["name"])
                for values in bodies.values()
            ),
        )


def _person(values: dict[str, list[str]]) -> Words:
    return words(" ".join(values.get(part, [""])[0] for part in ("firstname", "lastname", "nickname")))


def words(name: str) -> Words:
    """The folded words of a name."""
    return frozenset(fold(word) for word in WORD.findall(name))


def same_person(label: str, gold: Words) -> bool:
    """Whether a label means the person; its patronymic is left aside."""
    ours = [fold(word) for word in WORD.findall(label)]
    if len(ours) == 3 and len(gold) == 2 and PATRONYMIC.search(ours[1]):
        del ours[1]
    rest = list(gold)
    for word in ours:
        match = next((g for g in rest if g == word or (1 in (len(g), len(word)) and g[0] == word[0])), None)
        if match is None:
            return False
        rest.remove(match)
    return not rest


def same_body(label: str, gold: Iterable[Words]) -> bool:
    """Whether a label has the words of one of the names."""
    ours = words(label)
    return any(ours - RUSSIA == name - RUSSIA or (bare(ours) and bare(ours) == bare(name)) for name in gold)


def bare(name: Words) -> Words:
    """Without legal forms, type words and «России»."""
    return frozenset(word for word in name if word not in LEGAL_WORDS | RUSSIA and not type_kind(word))


@dataclass(slots=True)
class Counts:
    """Right, found and wanted values."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(self.found + self.wanted, 1)


def judged(
    texts: Sequence[GoldValues], annotations: Iterable[Annotation], wrong: Callable[[str, str, str], None] | None = None
) -> dict[str, Counts]:
    """Counts by kind; `wrong` is told each value found that is wrong and each that is missing."""
    counts = {"person": Counts(), "body": Counts()}
    for number, (gold, annotation) in enumerate(zip(texts, annotations, strict=True)):
        named = facet_values(annotation)
        persons = {key: label for key, label in named.items() if isinstance(key, PersonKey)}
        bodies = {key.name: label for key, label in named.items() if isinstance(key, BodyKey)}
        _count(counts["person"], list(persons.values()), list(gold.persons), same_person, wrong, number)
        _count(counts["body"], list(bodies.values()), list(gold.bodies), same_body, wrong, number)
    return counts


def _count(
    counts: Counts,
    ours: list[str],
    wanted: list[Gold],
    same: Callable[[str, Gold], bool],
    wrong: Callable[[str, str, str], None] | None,
    number: int,
) -> None:
    counts.found += len(ours)
    counts.wanted += len(wanted)
    for label in ours:
        match = next((gold for gold in wanted if same(label, gold)), None)
        if match is not None:
            wanted.remove(match)
            counts.right += 1
        elif wrong:
            wrong(str(number), "+", label)
    for gold in wanted if wrong else ():
        wrong(str(number), "-", str(gold))  # type: ignore[misc]

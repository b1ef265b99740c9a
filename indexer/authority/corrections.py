"""The names of the archive and the authority file in; whom each name means, out.

Names go to entities by the program (namesakes.py) unless a line says otherwise. Nothing is written: without its line
everything is as it was before.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from archive.store.entity_ids import NameRow
from indexer.annotation import Kind
from indexer.authority.authority_file import Authority, Line, Problem, Variant
from indexer.entities.slugs import slug
from indexer.names.organisation_names import proper_name
from indexer.text.tokens import fold, forms

LAST_WORD = re.compile(r"[^ -]*$")  # of a surname
KINDS: dict[str, Kind] = {"p": "person", "e": "enterprise", "o": "organisation"}  # by a name key's first letter


@dataclass(frozen=True, slots=True)
class Split:
    """Names that mean another entity in some of the articles only. Days are ordinals; 0 and "": no such condition."""

    names: frozenset[str]
    entity: str
    kind: Kind | None
    first: int
    last: int
    source: str  # folded
    together: frozenset[str] | None  # names of which one at least must stand in the article


@dataclass(frozen=True, slots=True)
class Former:
    """What an entity was before: its id then, its name, when it bore it."""

    id: str
    label: str
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Register:
    """Who is who among some names; kind None: it is not to be shown. Of other names the roll knows."""

    meanings: dict[str, tuple[Kind | None, str]]  # name key → kind, entity
    labels: dict[Kind, dict[str, str]]
    splits: tuple[Split, ...] = ()
    moved: dict[str, str] = field(default_factory=dict)  # an entity's id → that of the one which holds its names now
    former: dict[str, Former] = field(default_factory=dict)  # name key → the former name it belongs to
    lineage: dict[str, tuple[Former, ...]] = field(default_factory=dict)  # entity → what it was, the oldest first
    problems: tuple[Problem, ...] = ()
    unmet: tuple[Problem, ...] = ()  # names that the archive has not, which may be as it should
    written: dict[str, tuple[str, ...]] = field(default_factory=dict)  # entity → what the file calls it


def register(names: Iterable[NameRow], authority: Authority) -> Register:
    """Who is who in an archive with these names, as corrected by the file."""
    rows = list(names)
    labels: dict[Kind, dict[str, str]] = {kind: {} for kind in KINDS.values()}
    meanings: dict[str, tuple[Kind | None, str]] = {}
    for key, entity, kind, label in rows:
        labels[kind][entity] = label  # type: ignore[index]
        meanings[key] = kind, entity  # type: ignore[assignment]
    if not authority.lines:
        return Register(meanings, labels, problems=authority.problems)
    return _Corrections(rows, authority).applied(meanings, labels)


class _Corrections:
    """One reading of the file over one archive's names."""

    def __init__(self, rows: list[NameRow], authority: Authority) -> None:
        self._lines, self.problems = authority.lines, list(authority.problems)
        self.unmet: list[Problem] = []
        self._about: dict[str, list[Line]] = defaultdict(list)
        for line in self._lines:
            self._about[line.id].append(line)
        self._names: dict[str, list[str]] = defaultdict(list)  # entity → its names by the program
        self._own = {key: entity for key, entity, _, _ in rows}
        self._automatic: dict[str, tuple[str, str]] = {}
        for key, entity, kind, label in rows:
            self._names[entity].append(key)
            self._automatic[entity] = kind, label
        self._spelt = self._spellings()
        self._above: dict[str, str] = {}  # entity → the one that takes it over
        self._claimed: dict[str, str] = {}  # name key → entity
        self._released = self._by_themselves()  # name key → the entity that it is not to be given to, the one it is
        self._predecessors: set[str] = set()
        self._lineage = {former for line in self._lines for former in line.successor_of}
        self._lineage |= {line.id for line in self._lines if line.successor_of}
        self._named = self._lineage | {variant.text for line in self._lines for variant in line.variants}

    def applied(self, meanings: dict[str, tuple[Kind | None, str]], labels: dict[Kind, dict[str, str]]) -> Register:
        partial: list[tuple[Line, Variant]] = []
        for line in self._lines:
            self._predecessors.update(self._taken_over(line, line.successor_of))
            absent = []
            for variant in line.variants:
                found = self._meant_by(variant.text, line)
                if self._is_partial(line, variant):
                    partial.append((line, variant))
                elif self._is_entity(variant.text, line):
                    list(self._taken_over(line, (variant.text,)))
                else:
                    self._claim(line, variant.text, found)
                absent += [f"«{variant.text}»"] * (not found and not self._is_entity(variant.text, line))
            if not (line.variants or line.successor_of or line.id in self._names or line.id in self._named):
                absent = [f"id {line.id}"]
            if absent:
                self.unmet.append(Problem(line.file, line.number, f"в архиве нет {', '.join(absent)}"))
        changed: dict[str, tuple[Kind | None, str]] = {}
        holders: dict[str, set[str]] = defaultdict(set)
        for key, own in self._own.items():
            entity = self._holder(key, own)
            holders[own].add(entity)
            if entity in self._about or entity != own:
                changed[key] = self._kind(entity), entity
        meanings.update(changed)
        splits = tuple(self._split(*one, meanings) for one in partial)
        for kind, entity in [*changed.values(), *((split.kind, split.entity) for split in splits)]:
            if kind:
                labels[kind][entity] = self._label(entity)
        held = {split.entity for split in splits}.union(
            *holders.values()
        )  # of an id that somebody has, nobody is led on
        moved = {own: one for own, [one, *more] in holders.items() if not more and own not in held}
        moved |= {entity: self._root(entity) for entity in self._above}
        return Register(
            meanings,
            labels,
            splits,
            moved,
            self._former(),
            self._lineages(),
            tuple(self.problems),
            tuple(self.unmet),
            self._written(),
        )

    def _spellings(self) -> dict[object, list[str]]:
        """How a name is written → name keys, for what is written in the file."""
        texts = [variant.text for line in self._lines for variant in line.variants]
        texts += [variant.together for line in self._lines for variant in line.variants if variant.together]
        texts += [text for line in self._lines for text in (*line.not_variants, *line.successor_of, line.label)]
        bodies = {name for text in texts for name in body_names(text)}
        persons = {person_words(text) for text in texts}
        surnames = {word for words in persons for word in words}
        found: dict[object, list[str]] = defaultdict(list)
        for key in self._own:
            if not key.startswith("p:"):
                if key[2:] in bodies:
                    found[key[2:]].append(key)
            elif LAST_WORD.search(key[2:].partition("|")[0])[0] in surnames or key.startswith("p:|"):  # type: ignore[index]
                words = key_words(key)
                if words in persons:
                    found[words].append(key)
        return found

    def _by_themselves(self) -> dict[str, tuple[str, str]]:
        """Names that are not to be given to an entity, which, and the one that they become: of the same kind, called as
        they are written; its id is a slug within that of the former."""
        found = {}
        for line in self._lines:
            for text in line.not_variants:
                itself, label = f"{line.id}--{slug(text)}", self._automatic.get(text, ("", text))[1]
                for key in self._meant_by(text, line):
                    found[key] = line.id, itself
                    self._names[itself].append(key)
                    self._automatic[itself] = self._automatic[self._own[key]][0], label
        return found

    def _is_entity(self, text: str, line: Line) -> bool:
        return text != line.id and (text in self._names or text in self._about)

    def _is_partial(self, line: Line, variant: Variant) -> bool:
        """Whether it is meant in some articles only. The dates of a lineage say when a name was borne, no more."""
        dated = (line.valid_from or line.valid_to) and line.id not in self._lineage
        return bool(variant.source or variant.together or dated)

    def _meant_by(self, text: str, line: Line) -> list[str]:
        """The names of an entity called by its id, or those spelt so: persons for persons, bodies for bodies."""
        if text in self._names:
            return self._names[text]
        if line.own_kind != "person":
            return [key for name in body_names(text) for key in self._spelt.get(name, ())]
        found = self._spelt.get(person_words(text), [])
        known = self._names.get(line.id) or self._spelt.get(person_words(line.label), [])
        sexes = {key[-1] for key in known if key[:2] == "p:"} & {"m", "f"}
        return [key for key in found if len(sexes) != 1 or key[-1] == "|" or key[-1] in sexes]

    def _taken_over(self, line: Line, entities: Iterable[str]) -> Iterator[str]:
        """Makes everything that the entities are called the line's; a former one may be called by its name."""
        for named in entities:
            own = {self._own[key] for key in self._meant_by(named, line)}
            if not self._is_entity(named, line) and len(own) != 1:
                self._complain(line, f"«{named}»: нет такого id")
                continue
            entity = named if self._is_entity(named, line) else own.pop()
            if self._above.get(entity, line.id) != line.id:
                self._complain(line, f"«{named}» уже присоединено к {self._above[entity]}")
            elif self._root(line.id) == entity:
                self._complain(line, f"«{named}» нельзя присоединить к {line.id}: они и так одно")
            else:
                self._above[entity] = line.id
                yield entity

    def _claim(self, line: Line, text: str, keys: Iterable[str]) -> None:
        taken = {self._claimed.setdefault(key, line.id) for key in keys} - {line.id}
        if taken:
            self._complain(line, f"имя «{text}» уже отдано {', '.join(sorted(taken))}")

    def _complain(self, line: Line, what: str) -> None:
        self.problems.append(Problem(line.file, line.number, what))

    def _root(self, entity: str) -> str:
        while entity in self._above:
            entity = self._above[entity]
        return entity

    def _holder(self, key: str, own: str) -> str:
        """The entity of a name."""
        if key in self._claimed:
            return self._root(self._claimed[key])
        entity = self._root(own)
        former, itself = self._released.get(key, ("", ""))
        return self._root(itself) if former and entity == self._root(former) else entity

    def _kind(self, entity: str) -> Kind | None:
        verdict = next((line.kind for line in self._about.get(entity, ()) if line.kind), None)
        if verdict:
            return None if verdict in ("none", "hidden") else verdict  # type: ignore[return-value]
        if entity in self._automatic:
            return self._automatic[entity][0]  # type: ignore[return-value]
        return self._about[entity][0].own_kind

    def _label(self, entity: str) -> str:
        written = next((line.label for line in self._about.get(entity, ()) if line.label), "")
        return written or (self._automatic[entity][1] if entity in self._automatic else entity)

    def _split(self, line: Line, variant: Variant, meanings: Mapping[str, tuple[Kind | None, str]]) -> Split:
        entity = self._root(line.id)
        found = self._meant_by(variant.text, line)
        if self._is_entity(variant.text, line):  # all that it has by now
            found = [key for key, (_, held) in meanings.items() if held == self._root(variant.text)]
        dated = line.id not in self._lineage
        return Split(
            frozenset(found),
            entity,
            self._kind(entity),
            line.valid_from.toordinal() if line.valid_from and dated else 0,
            line.valid_to.toordinal() if line.valid_to and dated else 0,
            fold(variant.source),
            frozenset(self._together(variant.together, line, meanings)) if variant.together else None,
        )

    def _together(self, text: str, line: Line, meanings: Mapping[str, tuple[Kind | None, str]]) -> Iterator[str]:
        """All names of whoever is called so."""
        keys = {*self._names.get(text, ()), *self._spelt.get(person_words(text), ())}
        keys |= {key for name in body_names(text) for key in self._spelt.get(name, ())}
        entities = {meanings[key][1] for key in keys if key in meanings} | ({text} & self._about.keys())
        if not entities:
            self._complain(line, f"«{text}»: в архиве такого имени нет")
        yield from (key for key, (_, entity) in meanings.items() if entity in entities)

    def _former(self) -> dict[str, Former]:
        """Names that belong to a predecessor."""
        found = {}
        for key, own in self._own.items() if self._predecessors else ():
            entity = self._claimed.get(key, own)
            while entity not in self._predecessors and entity in self._above:
                entity = self._above[entity]
            if entity in self._predecessors and self._holder(key, own) == self._root(entity):
                found[key] = self._as_former(entity)
        return found

    def _lineages(self) -> dict[str, tuple[Former, ...]]:
        """Predecessors by the entity that stands for them now."""
        found: dict[str, list[Former]] = defaultdict(list)
        for entity in self._predecessors:
            found[self._root(entity)].append(self._as_former(entity))
        never = dt.date.min
        return {
            root: tuple(sorted(former, key=lambda one: (one.first or one.last or never, one.id)))
            for root, former in found.items()
        }

    def _written(self) -> dict[str, tuple[str, ...]]:
        """Labels and names in the lines of each entity and of its predecessors, where they are no ids."""
        found: dict[str, tuple[str, ...]] = {}
        for line in self._lines:
            names = (variant.text for variant in line.variants if not self._is_partial(line, variant))
            own = [name for name in (line.label, *names) if name and not self._is_entity(name, line)]
            root = self._root(line.id)
            found[root] = (*found.get(root, ()), *own)
        return found

    def _as_former(self, entity: str) -> Former:
        lines = self._about.get(entity, ())
        first = next((line.valid_from for line in lines if line.valid_from), None)
        last = next((line.valid_to for line in lines if line.valid_to), None)
        return Former(entity, self._label(entity), first, last)


def person_words(text: str) -> tuple[str, ...]:
    """The words of a person's name in any order.

    >>> person_words("Бочаров А. И.") == key_words("p:бочаров|а|и|m")
    True
    """
    return tuple(sorted(forms(text)[0]))


def key_words(key: str) -> tuple[str, ...]:
    """The words of a person's name key in any order."""
    return person_words(" ".join(key[2:].split("|")[:3]))


def body_names(text: str) -> tuple[str, ...]:
    """What a body written so may stand under."""
    return tuple(dict.fromkeys((fold(proper_name(text)), fold(text))))

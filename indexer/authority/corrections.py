"""Applies the archivists' file to the names of an archive: which name means whom, and what each entity is called.

The program joins names to entities (indexer/entities/clustering.py) unless a line says otherwise. Nothing is written to
the archive: once its line is gone, everything is as it was before.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.database.name_sums import NameRow
from indexer.annotation import KINDS, Kind
from indexer.authority.authority_file import Authority, Problem
from indexer.authority.authority_line import AuthorityLine, Variant
from indexer.authority.spellings import Spellings
from indexer.entities.slugs import slug
from indexer.text.tokens import fold

Meanings = dict[str, tuple[Kind | None, str]]  # name key as stored → kind, entity; kind None: it is not to be shown


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
class FormerName:
    """What an entity was before: its id then, its name, when it bore it."""

    id: str
    label: str
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class CorrectedNames:
    """What some names mean by the file; what other names mean stands in the name table. Names are keys as stored."""

    meanings: Meanings
    labels: dict[Kind, dict[str, str]]
    splits: tuple[Split, ...] = ()
    moved: dict[str, str] = field(default_factory=dict)  # an entity's id → that of the one which holds its names now
    former: dict[str, FormerName] = field(default_factory=dict)  # name → the former name it belongs to
    lineage: dict[str, tuple[FormerName, ...]] = field(default_factory=dict)  # entity → what it was, the oldest first
    problems: tuple[Problem, ...] = ()
    unmet: tuple[Problem, ...] = ()  # names that the archive has not, which may be as it should
    written: dict[str, tuple[str, ...]] = field(default_factory=dict)  # entity → what the file calls it


def corrected_names(names: Iterable[NameRow], authority: Authority) -> CorrectedNames:
    """What these names of an archive mean, as corrected by the file."""
    rows = list(names)
    labels: dict[Kind, dict[str, str]] = {kind: {} for kind in KINDS}
    meanings: Meanings = {}
    for name, entity, kind, label in rows:
        labels[kind][entity] = label  # type: ignore[index]
        meanings[name] = kind, entity  # type: ignore[assignment]
    if not authority.lines:
        return CorrectedNames(meanings, labels, problems=authority.problems)
    return _Draft(rows, authority).finished(meanings, labels)


class _Draft:
    """CorrectedNames in the making: the lines are applied to the names one after another."""

    def __init__(self, rows: list[NameRow], authority: Authority) -> None:
        self._lines, self.problems = authority.lines, list(authority.problems)
        self.unmet: list[Problem] = []
        self._about: dict[str, list[AuthorityLine]] = defaultdict(list)
        for line in self._lines:
            self._about[line.id].append(line)
        self._names: dict[str, list[str]] = defaultdict(list)  # entity → its names by the program
        self._own = {name: entity for name, entity, _, _ in rows}
        self._automatic: dict[str, tuple[str, str]] = {}  # entity → kind and label by the program
        for name, entity, kind, label in rows:
            self._names[entity].append(name)
            self._automatic[entity] = kind, label
        self._spelt = Spellings(self._own, self._lines)
        self._above: dict[str, str] = {}  # entity → the one that takes it over
        self._claimed: dict[str, str] = {}  # name → entity
        self._released = self._by_themselves()  # name → the entity that it is not to be given to, the one it is
        self._predecessors: set[str] = set()
        self._lineage = {former for line in self._lines for former in line.successor_of}
        self._lineage |= {line.id for line in self._lines if line.successor_of}
        self._named = self._lineage | {variant.text for line in self._lines for variant in line.variants}

    def finished(self, meanings: Meanings, labels: dict[Kind, dict[str, str]]) -> CorrectedNames:
        """The corrections of all lines; what names mean by the program is brought up to date."""
        partial = [(line, variant) for line in self._lines for variant in self._applied(line)]
        changed: Meanings = {}
        holders: dict[str, set[str]] = defaultdict(set)
        for name, own in self._own.items():
            entity = self._holder(name, own)
            holders[own].add(entity)
            if entity in self._about or entity != own:
                changed[name] = self._kind(entity), entity
        meanings.update(changed)
        splits = tuple(self._split(*one, meanings) for one in partial)
        for kind, entity in [*changed.values(), *((split.kind, split.entity) for split in splits)]:
            if kind:
                labels[kind][entity] = self._label(entity)
        held = {split.entity for split in splits}.union(*holders.values())  # from an id in use nobody is led on
        moved = {own: one for own, [one, *more] in holders.items() if not more and own not in held}
        moved |= {entity: self._root(entity) for entity in self._above}
        return CorrectedNames(
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

    def _applied(self, line: AuthorityLine) -> list[Variant]:
        """Gives the line's entity its predecessors and names; those that it has in some articles only are returned."""
        self._predecessors.update(self._taken_over(line, line.successor_of))
        partial, absent = [], []
        for variant in line.variants:
            found = self._meant_by(variant.text, line)
            if self._is_partial(line, variant):
                partial.append(variant)
            elif self._is_entity(variant.text, line):
                list(self._taken_over(line, (variant.text,)))
            else:
                self._claim(line, variant.text, found)
            absent += [f"«{variant.text}»"] * (not found and not self._is_entity(variant.text, line))
        if not (line.variants or line.successor_of or line.id in self._names or line.id in self._named):
            absent = [f"id {line.id}"]
        if absent:
            self.unmet.append(Problem(line.file, line.number, f"в архиве нет {', '.join(absent)}"))
        return partial

    def _by_themselves(self) -> dict[str, tuple[str, str]]:
        """Names that are not to be given to an entity, which, and the one that they become: of the same kind, called as
        they are written; its id is a slug within that of the former."""
        found = {}
        for line in self._lines:
            for text in line.not_variants:
                itself, label = f"{line.id}--{slug(text)}", self._automatic.get(text, ("", text))[1]
                for name in self._meant_by(text, line):
                    found[name] = line.id, itself
                    self._names[itself].append(name)
                    self._automatic[itself] = self._automatic[self._own[name]][0], label
        return found

    def _is_entity(self, text: str, line: AuthorityLine) -> bool:
        return text != line.id and (text in self._names or text in self._about)

    def _is_partial(self, line: AuthorityLine, variant: Variant) -> bool:
        """Whether it is meant in some articles only. The dates of a lineage say when a name was borne, no more."""
        dated = (line.valid_from or line.valid_to) and line.id not in self._lineage
        return bool(variant.source or variant.together or dated)

    def _meant_by(self, text: str, line: AuthorityLine) -> list[str]:
        """The names of an entity called by its id, or those spelt so: persons for persons, bodies for bodies."""
        if text in self._names:
            return self._names[text]
        if line.own_kind != "person":
            return self._spelt.bodies(text)
        return self._spelt.persons_like(text, self._names.get(line.id) or self._spelt.persons(line.label))

    def _taken_over(self, line: AuthorityLine, entities: Iterable[str]) -> Iterator[str]:
        """Makes everything that the entities are called the line's; a former one may be called by its name."""
        for named in entities:
            own = {self._own[name] for name in self._meant_by(named, line)}
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

    def _claim(self, line: AuthorityLine, text: str, names: Iterable[str]) -> None:
        taken = {self._claimed.setdefault(name, line.id) for name in names} - {line.id}
        if taken:
            self._complain(line, f"имя «{text}» уже отдано {', '.join(sorted(taken))}")

    def _complain(self, line: AuthorityLine, what: str) -> None:
        self.problems.append(Problem(line.file, line.number, what))

    def _root(self, entity: str) -> str:
        while entity in self._above:
            entity = self._above[entity]
        return entity

    def _holder(self, name: str, own: str) -> str:
        """The entity of a name."""
        if name in self._claimed:
            return self._root(self._claimed[name])
        entity = self._root(own)
        former, itself = self._released.get(name, ("", ""))
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

    def _split(self, line: AuthorityLine, variant: Variant, meanings: Meanings) -> Split:
        entity = self._root(line.id)
        found = self._meant_by(variant.text, line)
        if self._is_entity(variant.text, line):  # all that it has by now
            found = [name for name, (_, held) in meanings.items() if held == self._root(variant.text)]
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

    def _together(self, text: str, line: AuthorityLine, meanings: Meanings) -> Iterator[str]:
        """All names of whoever is called so."""
        names = {*self._names.get(text, ()), *self._spelt.persons(text), *self._spelt.bodies(text)}
        entities = {meanings[name][1] for name in names if name in meanings} | ({text} & self._about.keys())
        if not entities:
            self._complain(line, f"«{text}»: в архиве такого имени нет")
        yield from (name for name, (_, entity) in meanings.items() if entity in entities)

    def _former(self) -> dict[str, FormerName]:
        """Names that belong to a predecessor."""
        found = {}
        for name, own in self._own.items() if self._predecessors else ():
            entity = self._claimed.get(name, own)
            while entity not in self._predecessors and entity in self._above:
                entity = self._above[entity]
            if entity in self._predecessors and self._holder(name, own) == self._root(entity):
                found[name] = self._as_former(entity)
        return found

    def _lineages(self) -> dict[str, tuple[FormerName, ...]]:
        """Predecessors by the entity that stands for them now."""
        found: dict[str, list[FormerName]] = defaultdict(list)
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

    def _as_former(self, entity: str) -> FormerName:
        lines = self._about.get(entity, ())
        first = next((line.valid_from for line in lines if line.valid_from), None)
        last = next((line.valid_to for line in lines if line.valid_to), None)
        return FormerName(entity, self._label(entity), first, last)

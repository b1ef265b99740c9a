"""Says what every name of every segment means, by the name table of the index and the authority file's corrections.

The table is mapped and stays as it is. What the corrections add (entities, labels, other names for them) is put between
its entities where the alphabet wants it, so that numbers still follow labels.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from archive.database.name_sums import NameRow
from indexer.annotation import KINDS, Kind
from indexer.authority.corrections import CorrectedNames
from indexer.entities.resolution import Entity, NameCount
from indexer.index.generations import current, last_commit
from indexer.name_key import name_key
from indexer.registry.name_table import NO_NAMES, NameTable, alphabetical, open_name_table
from indexer.registry.update import NameColumn, updated
from indexer.storage.arrays import Strings
from search.local.segments.segment import Segment, index_token, open_segments
from search.local.snapshot.columns import NumberedValues
from search.local.snapshot.name_prefixes import may_mean, names_with


class SplicedStrings(Sequence[str]):
    """A run of a table of strings with some more put in between."""

    def __init__(self, table: Strings, first: int, last: int, places: list[int], more: list[str]) -> None:
        self._table, self._first, self._size = table, first, last - first + len(more)
        self._places, self._more = places, more  # places: in the whole, ascending

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        before = bisect_right(self._places, index)
        if before and self._places[before - 1] == index:
            return self._more[before - 1]
        return self._table[self._first + index - before]


class EntityNumbers(Mapping[str, int]):
    """The entities of one kind: their numbers by id, also by an id they once had."""

    def __init__(self, table: NameTable, kind: Kind, labels: Mapping[str, str], moved: Mapping[str, str]) -> None:
        self._table = table
        self._first, self._last = table.bounds[KINDS.index(kind) : KINDS.index(kind) + 2]
        more = [
            (alphabetical(label), id, label) for id, label in labels.items() if not self._has(table.entity(id), label)
        ]
        more.sort()
        own = range(self._first, self._last)
        self._before = [bisect_left(own, item[:2], key=lambda number: table.entity_row(number)[1:3]) for item in more]
        places = [place + nth for nth, place in enumerate(self._before)]
        self._more = {id: place for place, (_, id, _) in zip(places, more, strict=True)}
        self.known = NumberedValues(
            SplicedStrings(table.ids, self._first, self._last, places, [id for _, id, _ in more]),
            SplicedStrings(table.entity_labels, self._first, self._last, places, [label for *_, label in more]),
            self,
        )
        self._more |= {old: self[new] for old, new in moved.items() if new in self}

    def __getitem__(self, id: str) -> int:
        if id in self._more:
            return self._more[id]
        entity = self._table.entity(id)
        if not self._first <= entity < self._last:
            raise KeyError(id)
        return int(self.numbers(np.array([entity]))[0])

    def __iter__(self) -> Iterator[str]:
        return iter(self.known.keys)

    def __len__(self) -> int:
        return len(self.known.keys)

    def numbers(self, entities: NDArray[np.int32]) -> NDArray[np.int32]:
        """Entities of the table by their numbers here; -1: of another kind."""
        own = entities - self._first
        shifted = own + np.searchsorted(np.array(self._before, np.int64), own, "right")
        return np.where((entities >= self._first) & (entities < self._last), shifted, -1).astype(np.int32)

    def _has(self, entity: int, label: str) -> bool:
        return self._first <= entity < self._last and self._table.entity_labels[entity] == label


class NameMeanings:
    """What every name means, kind by kind."""

    def __init__(self, table: NameTable, corrected: CorrectedNames) -> None:
        self._table, self._corrected = table, corrected
        self._kinds = {kind: EntityNumbers(table, kind, corrected.labels[kind], corrected.moved) for kind in KINDS}
        self.corrected = {id: kind for kind, id in corrected.meanings.values()}  # entities the file speaks of
        self.values: dict[str, NumberedValues] = {kind: meant.known for kind, meant in self._kinds.items()}
        self._numbers = {kind: meant.numbers(table.meanings) for kind, meant in self._kinds.items()}
        for name, (own, id) in corrected.meanings.items():
            place = table.keys.find(name)
            for kind, numbers in self._numbers.items() if place >= 0 else ():
                numbers[place] = self._kinds[kind][id] if kind == own else -1

    def called(self, kind: Kind, starts: Sequence[str]) -> dict[int, str]:
        """The values of which a name has words that begin so, each with that name: the most used of those in articles,
        else one in the authority file."""
        table, numbers, entities = self._table, self._numbers[kind], self._kinds[kind]
        labels = entities.known.labels
        parted = [
            (name, entities[split.entity])
            for split in self._corrected.splits
            if split.kind == kind
            for name in map(table.keys.find, split.names)
        ]
        among = numbers >= 0
        among[[name for name, _ in parted]] = True
        names = names_with(starts, table, among)
        meant = {name: table.labels[name] for name in names[table.counts[names].argsort(kind="stable")].tolist()}
        found = {int(numbers[name]): label for name, label in meant.items()}
        found |= {number: meant[name] for name, number in parted if name in meant}
        known = [(id, labels[entities[id]]) for id in self._corrected.labels[kind]]
        known += [(id, name) for id, names in self._corrected.written.items() if id in entities for name in names]
        return {entities[id]: name for id, name in reversed(known) if may_mean(starts, name)} | found

    def codes(self, kind: Kind, segment: str) -> NDArray[np.int32]:
        """The number of the value that each name of the segment means, -1: none of this kind."""
        return self._numbers[kind][self._table.names(segment)]


def open_index(index: Path, rows: Iterable[NameRow]) -> tuple[tuple[Segment, ...], NameTable]:
    """The segments of the published index and their name table, made here of the store's `rows` where there is none."""
    while True:
        token, segments = index_token(index), open_segments(index)
        folder = current(index)
        table = open_name_table(folder, last_commit(folder)) if folder and segments else NO_NAMES
        if table and table.covers(segment.name for segment in segments):
            return segments, table
        if token == index_token(index):
            return segments, name_table_of(segments, rows)


def name_table_of(segments: Sequence[Segment], rows: Iterable[NameRow]) -> NameTable:
    """The name table of these segments; a name without a row stands for itself."""
    known = {name_key(key): (entity, kind, label) for key, entity, kind, label in rows}

    def meant(names: Sequence[NameCount]) -> Iterator[Entity]:
        for name in names:
            id, kind, label = known.get(name.key, (name.key.text, name.key.kind, name.label))
            yield Entity(id, kind, label, (name.key,))  # type: ignore[arg-type]

    return NameTable(updated(NO_NAMES, [name_column(segment) for segment in segments], meant))


def name_column(segment: Segment) -> NameColumn:
    """The names of a segment's live articles."""
    column = segment.column("name")
    codes = column.codes if segment.live is None else column.codes[np.repeat(segment.live, np.diff(column.offsets))]
    labels = column.labels
    assert isinstance(labels, Strings)
    return NameColumn(segment.name, column.values, labels, np.bincount(codes, minlength=len(column.values)))

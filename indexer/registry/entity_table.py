"""Makes the entities of a commit's name table from those of the commit before and those that the commit changes."""

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from indexer.annotation import KINDS
from indexer.entities.resolution import Entity
from indexer.registry.name_table import Edit, EntityRow, NameTable, Numbers, alphabetical, spliced
from indexer.storage.arrays import Array, offsets


class EntityTableBuilder:
    """The entities of the next table while it is made: those of the one before by their numbers, then new ones."""

    def __init__(self, old: NameTable) -> None:
        self._old = old
        self._new: dict[str, tuple[int, EntityRow]] = {}  # id → number, entity
        self._size = len(old.ids)

    def number(self, entity: Entity) -> int:
        """The number of an entity as it now is."""
        row = EntityRow(KINDS.index(entity.kind), alphabetical(entity.label), entity.id, entity.label)
        known = self._old.entity(entity.id)
        if known >= 0 and self._old.entity_row(known) == row:
            return known
        if entity.id not in self._new:
            self._new[entity.id] = self._size, row
            self._size += 1
        return self._new[entity.id][0]

    def again(self, number: int) -> int:
        """The number that an entity of the table before has now."""
        id = self._old.ids[number]
        return self._new[id][0] if id in self._new else number

    def arrays(self, meanings: Numbers) -> tuple[dict[str, Array], Numbers]:
        """The arrays of the entities that names still mean, and `meanings` in their final numbers (-1 stays)."""
        old, size = self._old, len(self._old.ids)
        used = np.zeros(self._size, np.bool_)
        used[meanings[meanings >= 0]] = True
        gone = np.flatnonzero(~used[:size])
        new = sorted((row, number) for number, row in self._new.values() if used[number])
        rows = [row for row, _ in new]
        places = np.array([bisect_left(range(size), row, key=old.entity_row) for row in rows], np.int64)
        every, final = np.arange(size), np.full(self._size + 1, -1, np.int64)  # the last one is for -1
        final[every] = every - np.searchsorted(gone, every) + np.searchsorted(places, every, "right")
        final[[number for _, number in new]] = places - np.searchsorted(gone, places) + np.arange(len(new))

        def edits(items: Iterable[str]) -> list[Edit]:
            cut: list[Edit] = [(at, at + 1, ()) for at in gone.tolist()]
            put: list[Edit] = [(at, at, (item,)) for at, item in zip(places.tolist(), items, strict=True)]
            return sorted(cut + put, key=lambda edit: edit[:2])

        found = {
            **spliced("entity.ids", old.ids, edits(row.id for row in rows)),
            **spliced("entity.labels", old.entity_labels, edits(row.label for row in rows)),
            "entity.bounds": self._bounds(gone, rows),
            "entity.by_id": self._by_id(gone, new, final),
        }
        return found, final[meanings]

    def _bounds(self, gone: Numbers, rows: Iterable[EntityRow]) -> Numbers:
        """Where each kind begins, and the end of the last."""
        kinds = np.diff(self._old.bounds)
        kinds = kinds - np.bincount(np.searchsorted(self._old.bounds, gone, "right") - 1, minlength=len(KINDS))
        return offsets(kinds + np.bincount([row.kind for row in rows], minlength=len(KINDS)))

    def _by_id(self, gone: Numbers, new: Iterable[tuple[EntityRow, int]], final: Numbers) -> Numbers:
        """The final numbers in the order of the ids."""
        dropped = np.isin(self._old.by_id, gone)
        by_id = sorted((row.id, number) for row, number in new)
        places = np.array([self._old.place(id) for id, _ in by_id], np.int64)
        places -= np.concatenate([[0], np.cumsum(dropped)])[places]
        own = np.array([number for _, number in by_id], np.int64)
        return np.insert(final[self._old.by_id[~dropped]], places, final[own]).astype(np.int32)

"""The entities of one roll and those that a commit changes in, the entities of the next roll out."""

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from indexer.entities.resolution import Entity
from indexer.registry.name_table import KINDS, Edit, Member, Roll, alphabetical, spliced
from indexer.storage.arrays import Array, offsets

Numbers = NDArray[np.int64]


class Roster:
    """The entities of the next roll while it is made: those of the one before by their numbers, then new ones."""

    def __init__(self, old: Roll) -> None:
        self._old = old
        self._new: dict[str, tuple[int, Member]] = {}  # id → number, entity
        self._size = len(old.ids)

    def number(self, entity: Entity) -> int:
        """The number of an entity as it now is."""
        member = Member(KINDS.index(entity.kind), alphabetical(entity.label), entity.id, entity.label)
        known = self._old.entity(entity.id)
        if known >= 0 and self._old.member(known) == member:
            return known
        if entity.id not in self._new:
            self._new[entity.id] = self._size, member
            self._size += 1
        return self._new[entity.id][0]

    def again(self, number: int) -> int:
        """The number that an entity of the roll before has now."""
        id = self._old.ids[number]
        return self._new[id][0] if id in self._new else number

    def settled(self, meanings: Numbers) -> tuple[dict[str, Array], Numbers]:
        """The arrays of the entities that names still mean, and `meanings` in their final numbers (-1 stays)."""
        old, size = self._old, len(self._old.ids)
        used = np.zeros(self._size, np.bool_)
        used[meanings[meanings >= 0]] = True
        gone = np.flatnonzero(~used[:size])
        new = sorted((member, number) for number, member in self._new.values() if used[number])
        members = [member for member, _ in new]
        places = np.array([bisect_left(range(size), member, key=old.member) for member in members], np.int64)
        every, final = np.arange(size), np.full(self._size + 1, -1, np.int64)  # the last one is for -1
        final[every] = every - np.searchsorted(gone, every) + np.searchsorted(places, every, "right")
        final[[number for _, number in new]] = places - np.searchsorted(gone, places) + np.arange(len(new))

        def edits(items: Iterable[str]) -> list[Edit]:
            cut: list[Edit] = [(at, at + 1, ()) for at in gone.tolist()]
            put: list[Edit] = [(at, at, (item,)) for at, item in zip(places.tolist(), items, strict=True)]
            return sorted(cut + put, key=lambda edit: edit[:2])

        arrays = {
            **spliced("entity.ids", old.ids, edits(member.id for member in members)),
            **spliced("entity.labels", old.entity_labels, edits(member.label for member in members)),
            "entity.bounds": self._bounds(gone, members),
            "entity.by_id": self._by_id(gone, new, final),
        }
        return arrays, final[meanings]

    def _bounds(self, gone: Numbers, members: Iterable[Member]) -> Numbers:
        """Where each kind begins, and the end of the last."""
        kinds = np.diff(self._old.bounds)
        kinds = kinds - np.bincount(np.searchsorted(self._old.bounds, gone, "right") - 1, minlength=len(KINDS))
        return offsets(kinds + np.bincount([member.kind for member in members], minlength=len(KINDS)))

    def _by_id(self, gone: Numbers, new: Iterable[tuple[Member, int]], final: Numbers) -> Numbers:
        """The final numbers in the order of the ids."""
        dropped = np.isin(self._old.by_id, gone)
        by_id = sorted((member.id, number) for member, number in new)
        places = np.array([self._old.place(id) for id, _ in by_id], np.int64)
        places -= np.concatenate([[0], np.cumsum(dropped)])[places]
        own = np.array([number for _, number in by_id], np.int64)
        return np.insert(final[self._old.by_id[~dropped]], places, final[own]).astype(np.int32)

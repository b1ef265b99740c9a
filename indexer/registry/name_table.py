"""Keeps all names of an archive as arrays: every name key, in how many articles it stands, which entity it means.

Names are numbered in the order of their keys as text, entities in the order that readers see them: persons,
enterprises, organisations, each by label. A table belongs to one commit of the index and says for every segment which
name each code of its column is. It is mapped, and read through once at opening: names whose bytes have changed on the
disk would mean others.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.database.name_sums import NameRow
from indexer.annotation import KINDS
from indexer.storage.arrays import Array, ArrayFile, Strings, TornIndex, narrow, offsets, string_arrays, write_arrays

NAME_TABLE_FILE = "roll-{}.names"  # by the number of the commit
SEGMENT_ARRAY = "segment."  # before the segment's name

Arrays = Mapping[str, Array]
Numbers = NDArray[np.int64]  # of names or entities
Edit = tuple[int, int, Sequence[str]]  # a run of a table of strings, and what stands in its place


class EntityRow(NamedTuple):
    """An entity as a table orders them."""

    kind: int  # its place in KINDS
    order: str  # alphabetical(label)
    id: str
    label: str


class NameTable:
    """The names of one commit and the entities that they mean; any thread may read them."""

    def __init__(self, arrays: ArrayFile | Arrays) -> None:
        self._arrays = arrays
        self.keys = string_table(arrays, "name.keys")  # sorted
        self.labels = string_table(arrays, "name.labels")
        self.sounds: NDArray[np.int64] = arrays["name.sounds"]  # equal for names that may be spellings of one; 0: none
        self.counts: NDArray[np.int32] = arrays["name.counts"]  # live articles
        self.meanings: NDArray[np.int32] = arrays["name.entities"]  # the entity's number
        self.ids = string_table(arrays, "entity.ids")
        self.entity_labels = string_table(arrays, "entity.labels")
        self.bounds: list[int] = arrays["entity.bounds"].tolist()  # where each of KINDS begins; the end of the last
        self.by_id: NDArray[np.int32] = arrays["entity.by_id"]  # entities in the order of their ids

    def covers(self, segments: Iterable[str]) -> bool:
        """Whether it knows all of these segments."""
        return all(SEGMENT_ARRAY + name in self._arrays for name in segments)

    def names(self, segment: str) -> NDArray[np.int32]:
        """The number of the name that each code of the segment's column is."""
        found: NDArray[np.int32] = self._arrays[SEGMENT_ARRAY + segment]
        return found

    def entity(self, id: str) -> int:
        """The number of an entity; -1 where it is unknown."""
        place = self.place(id)
        found = int(self.by_id[place]) if place < len(self.by_id) else -1
        return found if found >= 0 and self.ids[found] == id else -1

    def place(self, id: str) -> int:
        """Where an id stands, or would stand, among all ids in order."""
        return bisect_left(self.by_id, id, key=lambda number: self.ids[int(number)])

    def kind(self, entity: int) -> int:
        """The kind of an entity, as its place in KINDS."""
        return next(kind for kind, end in enumerate(self.bounds[1:]) if entity < end)

    def entity_row(self, entity: int) -> EntityRow:
        """An entity by its number."""
        label = self.entity_labels[entity]
        return EntityRow(self.kind(entity), alphabetical(label), self.ids[entity], label)

    def rows(self, names: Iterable[int]) -> Iterator[NameRow]:
        """Names by number, as the store keeps them."""
        for name in names:
            entity = int(self.meanings[name])
            yield self.keys[name], self.ids[entity], KINDS[self.kind(entity)], self.entity_labels[entity]

    def names_of(self, entities: Sequence[int]) -> list[int]:
        """The numbers of all names of these entities."""
        found: list[int] = np.flatnonzero(np.isin(self.meanings, entities)).tolist()
        return found


def alphabetical(label: str) -> str:
    """What labels are ordered by: case ignored, ё as е."""
    return label.lower().replace("ё", "е")


def string_table(arrays: ArrayFile | Arrays, name: str) -> Strings:
    """A table of strings among arrays."""
    return Strings(arrays[name + ".text"], arrays[name + ".offsets"])


def spliced(name: str, old: Strings, edits: Iterable[Edit]) -> dict[str, Array]:
    """The arrays of a table with some runs replaced; edits ascend, and of two at one place the insertion is first."""
    text, starts = old.arrays()
    lengths: NDArray[np.int64] = np.diff(starts).astype(np.int64)
    texts, sizes, done = [text[:0]], [lengths[:0]], 0
    for start, stop, items in runs(edits):
        new = [item.encode() for item in items]
        texts += [text[starts[done] : starts[start]], np.frombuffer(b"".join(new), np.uint8)]
        sizes += [lengths[done:start], np.fromiter(map(len, new), np.int64, len(new))]
        done = stop
    texts.append(text[starts[done] :])
    sizes.append(lengths[done:])
    return {name + ".text": np.concatenate(texts), name + ".offsets": narrow(offsets(np.concatenate(sizes)))}


def runs(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The same edits, those that touch as one: a table made from nothing is a single one, not hundreds of thousands."""
    first, last, put = 0, 0, list[str]()
    for start, stop, items in edits:
        if start > last:
            yield first, last, put
            first, put = start, []
        put += items
        last = stop
    yield first, last, put


def write_name_table(folder: Path, commit: int, arrays: Arrays) -> str:
    """Writes the table of a commit that is about to be made; the file's name."""
    name = NAME_TABLE_FILE.format(commit)
    write_arrays(folder / name, arrays)
    return name


def open_name_table(folder: Path, commit: int) -> NameTable | None:
    """The table of a commit; None where it is missing or a byte of it is wrong: it can be made anew."""
    try:
        arrays = ArrayFile(folder / NAME_TABLE_FILE.format(commit))
        arrays.need_whole()
        return NameTable(arrays)
    except (FileNotFoundError, TornIndex, KeyError):  # KeyError: made by a version that had fewer arrays
        return None


def drop_other_tables(folder: Path, commit: int) -> None:
    """Deletes the tables of all other commits; who has mapped one keeps it."""
    for path in folder.glob(NAME_TABLE_FILE.format("*")):
        if path.name != NAME_TABLE_FILE.format(commit):
            path.unlink(missing_ok=True)


NO_NAMES = NameTable(
    {
        **string_arrays("name.keys", ()),
        **string_arrays("name.labels", ()),
        **string_arrays("entity.ids", ()),
        **string_arrays("entity.labels", ()),
        "name.sounds": np.empty(0, np.int64),
        "name.counts": np.empty(0, np.int32),
        "name.entities": np.empty(0, np.int32),
        "entity.bounds": np.zeros(len(KINDS) + 1, np.int64),
        "entity.by_id": np.empty(0, np.int32),
    }
)

"""The roll of an archive's names as arrays: every name key, in how many articles it stands, whom it means.

Names are numbered in the order of their keys, entities in the order that readers see them: persons, enterprises,
organisations, each by label. A roll belongs to one commit of the index and says for every segment which name each code
of its column is. It is mapped: opening it costs the same however many names there are.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.store.entity_ids import NameRow
from indexer.annotation import Kind
from indexer.storage.arrays import Array, ArrayFile, Strings, TornIndex, narrow, offsets, string_arrays, write_arrays

FILE = "roll-{}.names"
KINDS: tuple[Kind, ...] = ("person", "enterprise", "organisation")
OF_SEGMENT = "segment."

Arrays = Mapping[str, Array]
Edit = tuple[int, int, Sequence[str]]  # a run of a table of strings, and what stands in its place


class Member(NamedTuple):
    """An entity as the roll orders them."""

    kind: int  # its place in KINDS
    order: str  # alphabetical(label)
    id: str
    label: str


class Roll:
    """The names and entities of one commit; any thread may read them."""

    def __init__(self, arrays: ArrayFile | Arrays) -> None:
        self._arrays = arrays
        self.keys = table(arrays, "name.keys")  # sorted
        self.labels = table(arrays, "name.labels")
        self.sounds: NDArray[np.int64] = arrays["name.sounds"]  # equal for names that may be spellings of one; 0: none
        self.counts: NDArray[np.int32] = arrays["name.counts"]  # live articles
        self.meanings: NDArray[np.int32] = arrays["name.entities"]  # the entity's number
        self.ids = table(arrays, "entity.ids")
        self.entity_labels = table(arrays, "entity.labels")
        self.bounds: list[int] = arrays["entity.bounds"].tolist()  # where each of KINDS begins; the end of the last
        self.by_id: NDArray[np.int32] = arrays["entity.by_id"]  # entities in the order of their ids

    def covers(self, segments: Iterable[str]) -> bool:
        """Whether it knows all of these segments."""
        return all(OF_SEGMENT + name in self._arrays for name in segments)

    def names(self, segment: str) -> NDArray[np.int32]:
        """The number of the name that each code of the segment's column is."""
        found: NDArray[np.int32] = self._arrays[OF_SEGMENT + segment]
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

    def member(self, entity: int) -> Member:
        """All of an entity."""
        label = self.entity_labels[entity]
        return Member(self.kind(entity), alphabetical(label), self.ids[entity], label)

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


def table(arrays: ArrayFile | Arrays, name: str) -> Strings:
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


def write_roll(folder: Path, commit: int, arrays: Arrays) -> str:
    """Writes the roll of a commit that is about to be made; the file's name."""
    name = FILE.format(commit)
    write_arrays(folder / name, arrays)
    return name


def latest_roll(folder: Path, commit: int) -> Roll | None:
    """The roll of a commit; None where it is missing or torn: it can be made anew."""
    try:
        return Roll(ArrayFile(folder / FILE.format(commit)))
    except (FileNotFoundError, TornIndex, KeyError):  # KeyError: made by a version that had fewer arrays
        return None


def drop_rolls(folder: Path, commit: int) -> None:
    """Deletes the rolls of all other commits; who has mapped one keeps it."""
    for path in folder.glob(FILE.format("*")):
        if path.name != FILE.format(commit):
            path.unlink(missing_ok=True)


EMPTY = Roll(
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

"""The roll of the commit before and the segments of the next one in, the next roll out.

Only names whose number of articles has changed are looked at, with those that may be the same person or body: all of
one surname in all its spellings, all of one body's name. The others keep their entity; their numbers are moved as
arrays.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.entities.resolution import Entity, NameCount
from indexer.names.transliteration import is_foreign, sound
from indexer.registry.entity_table import Roster
from indexer.registry.name_table import OF_SEGMENT, Edit, Roll, spliced, table
from indexer.storage.arrays import Array, ArrayFile, Strings

TOGETHER = 20_000  # names that are resolved at a time
FEW = 20  # names are looked up one by one where there are so many times fewer of them than the roll has

Resolve = Callable[[Sequence[NameCount]], Iterable[Entity]]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NameColumn:
    """The names of a segment: its keys, sorted, a label for each and the number of live articles."""

    segment: str
    keys: Strings
    labels: Strings
    counts: Numbers

    @classmethod
    def of(cls, segment: str, arrays: ArrayFile, live: NDArray[np.bool_] | None) -> "NameColumn":
        """Read out of a segment's arrays; `live` None: all of its articles."""
        codes, keys = arrays["name.codes"], arrays.strings("name.values")
        if live is not None and not live.all():
            codes = codes[np.repeat(live, np.diff(arrays["name.offsets"]))]
        return cls(segment, keys, arrays.strings("name.labels"), np.bincount(codes, minlength=len(keys)))


def enrolled(old: Roll, columns: Sequence[NameColumn], resolve: Resolve) -> dict[str, Array]:
    """The arrays of the roll of all `columns`. `resolve` is given names that may be one, and all of them together."""
    fresh, places = fresh_names(old, columns)
    moved = np.arange(len(old.keys)) + np.searchsorted(places, np.arange(len(old.keys)), "right")
    inserted = places + np.arange(len(places))
    keys = spliced("name.keys", old.keys, ((at, at, (key,)) for at, key in zip(places.tolist(), fresh, strict=True)))
    numbers = numbered(old, columns, moved, dict(zip(fresh, inserted.tolist(), strict=True)))
    counts = counted(columns, numbers, len(moved) + len(fresh))
    changed = counts > 0
    changed[moved] &= False
    changed[moved] |= counts[moved] != old.counts
    labels = labelled(old, columns, numbers, changed, moved, inserted)
    names = table(keys, "name.keys")
    sounds = np.insert(old.sounds, places, [sound_of(key) for key in fresh])
    meanings = np.full(len(counts), -1, np.int64)
    meanings[moved] = old.meanings
    roster = Roster(old)
    called = table(labels, "name.labels")
    for some in together(names, changed, sounds):
        living = [name for name in some if counts[name]]
        found = {names[name]: name for name in living}
        given = resolve([NameCount(key, called[name], int(counts[name])) for key, name in found.items()])
        for entity in given:
            meanings[[found[key] for key in entity.names]] = roster.number(entity)
        for name in some:
            if not counts[name] and meanings[name] >= 0:
                meanings[name] = roster.again(int(meanings[name]))
    entities, meanings = roster.settled(meanings)
    return {
        **keys,
        **labels,
        **entities,
        "name.sounds": sounds,
        "name.counts": counts.astype(np.int32),
        "name.entities": meanings.astype(np.int32),
        **{OF_SEGMENT + name: some.astype(np.int32) for name, some in numbers.items()},
    }


def fresh_names(old: Roll, columns: Sequence[NameColumn]) -> tuple[list[str], Numbers]:
    """The keys that the roll has not, in order, and before which of its names each comes."""
    new = [column for column in columns if not old.covers([column.segment])]
    known = lookup(old.keys, sum(len(column.keys) for column in new))
    fresh = sorted({key for column in new for key in column.keys if known(key) < 0})
    return fresh, np.array([old.keys.place(key) for key in fresh], np.int64)


def lookup(keys: Strings, times: int) -> Callable[[str], int]:
    """Finds the place of a key in the table, -1 where it is not; quick for so many times."""
    if times * FEW < len(keys):
        return keys.find
    places = {key: place for place, key in enumerate(keys)}
    return lambda key: places.get(key, -1)


def numbered(old: Roll, columns: Sequence[NameColumn], moved: Numbers, fresh: dict[str, int]) -> dict[str, Numbers]:
    """The name that each code of each segment is, in the new numbers."""
    known = lookup(old.keys, sum(len(column.keys) for column in columns if not old.covers([column.segment])))
    numbers = {}
    for column in columns:
        if old.covers([column.segment]):
            numbers[column.segment] = moved[old.names(column.segment)]
        else:
            own = (fresh[key] if key in fresh else int(moved[known(key)]) for key in column.keys)
            numbers[column.segment] = np.fromiter(own, np.int64, len(column.keys))
    return numbers


def counted(columns: Sequence[NameColumn], numbers: dict[str, Numbers], size: int) -> Numbers:
    """In how many articles each name stands."""
    counts = np.zeros(size, np.int64)
    for column in columns:
        counts[numbers[column.segment]] += column.counts  # a segment has a name once
    return counts


def labelled(
    old: Roll,
    columns: Sequence[NameColumn],
    numbers: dict[str, Numbers],
    changed: NDArray[np.bool_],
    moved: Numbers,
    inserted: Numbers,
) -> dict[str, Array]:
    """The labels of all names: of those that have changed, the one with most articles in a segment."""
    best: dict[int, tuple[int, str]] = {}
    for column in columns:
        own = numbers[column.segment]
        for code in np.flatnonzero(changed[own] & (column.counts > 0)).tolist():
            name, found = int(own[code]), (int(column.counts[code]), column.labels[code])
            best[name] = max(best.get(name, (0, "")), found)
    places = (inserted - np.arange(len(inserted))).tolist()
    edits: list[Edit] = [
        (at, at, (best[name][1] if name in best else "",)) for at, name in zip(places, inserted.tolist(), strict=True)
    ]
    before = np.flatnonzero(changed[moved])
    edits += [(at, at + 1, (best[name][1],)) for at, name in zip(before.tolist(), moved[before].tolist(), strict=True)
              if name in best and old.labels[at] != best[name][1]]  # fmt: skip
    return spliced("name.labels", old.labels, sorted(edits, key=lambda edit: edit[:2]))


def together(names: Strings, changed: NDArray[np.bool_], sounds: Numbers) -> Iterator[list[int]]:
    """The changed names with all that may be the same, about TOGETHER at a time, nobody's names apart."""
    some: list[int] = []
    done = 0  # names of persons before it are taken
    alike = spelt_alike(sounds, changed)
    for name in np.flatnonzero(changed).tolist():
        if name < done:
            continue
        group = group_of(names[name])
        if own := int(sounds[name]):
            some += alike.pop(own, ())
        elif group.startswith("p:"):
            first, done = run_round(names, name, group)
            some += range(first, done)
        else:
            pair = [place for letter in "eo" if (place := names.find(letter + group)) >= 0]
            some += pair if name == next(place for place in pair if changed[place]) else ()
        if len(some) >= TOGETHER:
            yield some
            some = []
    if some:
        yield some


def spelt_alike(sounds: Numbers, changed: NDArray[np.bool_]) -> dict[int, list[int]]:
    """Sound → all names of it, of those sounds that a changed name has."""
    found: dict[int, list[int]] = defaultdict(list)
    wanted = np.unique(sounds[changed])
    places = np.flatnonzero(np.isin(sounds, wanted[wanted != 0]))
    for place, own in zip(places.tolist(), sounds[places].tolist(), strict=True):
        found[own].append(place)
    return found


def sound_of(key: str) -> int:
    """A number that names share which may be spellings of one foreign name; 0 of all others."""
    surname = key[2:].partition("|")[0] if key.startswith("p:") else ""
    if not surname or not is_foreign(surname):
        return 0
    return int.from_bytes(blake2b(sound(surname).encode(), digest_size=8).digest(), "big", signed=True) or 1


def group_of(key: str) -> str:
    """What all names share that a name may be one with: a person's surname, the whole name of a body.

    >>> group_of("p:иванов|иван||m"), group_of("e:титан"), group_of("p:|иван|петрович|m")
    ('p:иванов|', ':титан', 'p:|иван|петрович|m')
    """
    if not key.startswith("p:"):
        return key[1:]
    surname = key.partition("|")[0] + "|"
    return surname if surname != "p:|" else key


def run_round(names: Strings, name: int, group: str) -> tuple[int, int]:
    """The first of the names round this one that begin so, and where they end."""
    first, last = name, name + 1
    while first and names[first - 1].startswith(group):
        first -= 1
    while last < len(names) and names[last].startswith(group):
        last += 1
    return first, last

"""Makes the name table of a commit from that of the commit before and the segments of the new one.

Only names whose number of articles has changed are resolved anew, with those that may be the same person or body: all
of one surname in all its spellings, all of one body's name. The others keep their entity; their numbers are moved as
arrays.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.entities.resolution import Entity, NameCount
from indexer.name_key import BODY_KINDS, BodyKey, NameKey, PersonKey, name_key, prefix_of_surname
from indexer.names.transliteration import is_foreign, sound
from indexer.registry.entity_table import EntityTableBuilder
from indexer.registry.name_table import SEGMENT_ARRAY, Edit, NameTable, Numbers, spliced, string_table
from indexer.storage.arrays import Array, ArrayFile, Strings

NAMES_AT_A_TIME = 20_000  # are resolved
TIMES_FEWER = 20  # where names are so many times fewer than the table has, they are looked up one by one

Resolve = Callable[[Sequence[NameCount]], Iterable[Entity]]


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


def updated(old: NameTable, columns: Sequence[NameColumn], resolve: Resolve) -> dict[str, Array]:
    """The arrays of the table of all `columns`. `resolve` is given names that may be one, and all of them together."""
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
    names = string_table(keys, "name.keys")
    sounds = np.insert(old.sounds, places, [sound_of(name_key(key)) for key in fresh])
    meanings = np.full(len(counts), -1, np.int64)
    meanings[moved] = old.meanings
    called = string_table(labels, "name.labels")
    entities = EntityTableBuilder(old)
    for some in together(names, changed, sounds):
        for entity, own in resolved(some, names, called, counts, resolve):
            meanings[own] = entities.number(entity)
        for name in some:
            if not counts[name] and meanings[name] >= 0:
                meanings[name] = entities.again(int(meanings[name]))
    entity_arrays, meanings = entities.arrays(meanings)
    return {
        **keys,
        **labels,
        **entity_arrays,
        "name.sounds": sounds,
        "name.counts": counts.astype(np.int32),
        "name.entities": meanings.astype(np.int32),
        **{SEGMENT_ARRAY + name: some.astype(np.int32) for name, some in numbers.items()},
    }


def fresh_names(old: NameTable, columns: Sequence[NameColumn]) -> tuple[list[str], Numbers]:
    """The keys that the table has not, in order, and before which of its names each comes."""
    new = [column for column in columns if not old.covers([column.segment])]
    known = lookup(old.keys, sum(len(column.keys) for column in new))
    fresh = sorted({key for column in new for key in column.keys if known(key) < 0})
    return fresh, np.array([old.keys.place(key) for key in fresh], np.int64)


def lookup(keys: Strings, times: int) -> Callable[[str], int]:
    """Finds the place of a key in the table, -1 where it is not; quick for so many times."""
    if times * TIMES_FEWER < len(keys):
        return keys.find
    places = {key: place for place, key in enumerate(keys)}
    return lambda key: places.get(key, -1)


def numbered(
    old: NameTable, columns: Sequence[NameColumn], moved: Numbers, fresh: dict[str, int]
) -> dict[str, Numbers]:
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
    old: NameTable,
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
    """The changed names with all that may be the same, about NAMES_AT_A_TIME at a time, nobody's names apart."""
    some: list[int] = []
    done = 0  # names of persons before it are taken
    alike = spelt_alike(sounds, changed)
    for name in np.flatnonzero(changed).tolist():
        if name < done:
            continue
        if own := int(sounds[name]):
            some += alike.pop(own, ())
        elif isinstance(key := name_key(names[name]), BodyKey):
            same = (names.find(BodyKey(kind, key.name).text) for kind in BODY_KINDS)
            pair = [place for place in same if place >= 0]
            some += pair if name == next(place for place in pair if changed[place]) else ()
        elif key.surname:
            first, done = run_round(names, name, prefix_of_surname(key.surname))
            some += range(first, done)
        else:
            some.append(name)  # without a surname nobody is joined to anybody
        if len(some) >= NAMES_AT_A_TIME:
            yield some
            some = []
    if some:
        yield some


def resolved(
    some: Iterable[int], names: Strings, labels: Strings, counts: Numbers, resolve: Resolve
) -> Iterator[tuple[Entity, list[int]]]:
    """The entities of some names, each with the numbers of its own; those that stand in no article are left out."""
    living = {name_key(names[name]): name for name in some if counts[name]}
    for entity in resolve([NameCount(key, labels[name], int(counts[name])) for key, name in living.items()]):
        yield entity, [living[key] for key in entity.names]


def spelt_alike(sounds: Numbers, changed: NDArray[np.bool_]) -> dict[int, list[int]]:
    """Sound → all names of it, of those sounds that a changed name has."""
    found: dict[int, list[int]] = defaultdict(list)
    wanted = np.unique(sounds[changed])
    places = np.flatnonzero(np.isin(sounds, wanted[wanted != 0]))
    for place, own in zip(places.tolist(), sounds[places].tolist(), strict=True):
        found[own].append(place)
    return found


def sound_of(key: NameKey) -> int:
    """A number that names share which may be spellings of one foreign name; 0 of all others."""
    if not isinstance(key, PersonKey) or not key.surname or not is_foreign(key.surname):
        return 0
    return int.from_bytes(blake2b(sound(key.surname).encode(), digest_size=8).digest(), "big", signed=True) or 1


def run_round(names: Strings, name: int, prefix: str) -> tuple[int, int]:
    """The first of the names round this one that have the prefix, and where they end."""
    first, last = name, name + 1
    while first and names[first - 1].startswith(prefix):
        first -= 1
    while last < len(names) and names[last].startswith(prefix):
        last += 1
    return first, last

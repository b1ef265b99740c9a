"""The roll and the authority file in, the names that its lines may speak of out: all others mean what the roll says."""

from collections.abc import Iterator

import numpy as np

from indexer.authority.authority_file import Authority, Line
from indexer.authority.corrections import body_names, key_words, person_words
from indexer.registry.name_table import Roll

SPACE, BAR = ord(" "), ord("|")


def concerned(roll: Roll, authority: Authority) -> list[int]:
    """The numbers of all names of every entity that a line may mean: by its id, or as one of its names is written."""
    if not authority.lines:
        return []
    texts = {text for line in authority.lines for text in written(line)}
    entities = {roll.entity(text) for text in texts} - {-1}
    entities |= {int(roll.meanings[name]) for name in (*bodies(roll, texts), *persons(roll, texts))} - {-1}
    return roll.names_of(sorted(entities))


def written(line: Line) -> Iterator[str]:
    """All names and ids of a line."""
    yield from (line.id, line.label, *line.not_variants, *line.successor_of)
    for variant in line.variants:
        yield from (variant.text, variant.together)


def bodies(roll: Roll, texts: set[str]) -> Iterator[int]:
    """The names of bodies that are written so."""
    for name in {name for text in texts for name in body_names(text)}:
        yield from (number for letter in "eo" if (number := roll.keys.find(f"{letter}:{name}")) >= 0)


def persons(roll: Roll, texts: set[str]) -> Iterator[int]:
    """The names of persons that have the same words."""
    wanted = {person_words(text) for text in texts}
    words = {word for some in wanted for word in some}
    found = {number for word in words for number in roll.keys.with_prefix(f"p:{word}|")}
    found.update(roll.keys.with_prefix("p:|"), of_several_words(roll))
    yield from (number for number in found if key_words(roll.keys[number]) in wanted)


def of_several_words(roll: Roll) -> list[int]:
    """The names of persons whose surname is more than one word."""
    text, starts = roll.keys.arrays()
    places = roll.keys.with_prefix("p:")
    bars = np.append(np.flatnonzero(text == BAR), len(text))
    first = bars[np.searchsorted(bars, starts[:-1])]
    spaces = np.flatnonzero(text == SPACE)
    names = np.searchsorted(starts, spaces, "right") - 1
    kept = (names >= places.start) & (names < places.stop) & (spaces < first[names])
    found: list[int] = np.unique(names[kept]).tolist()
    return found

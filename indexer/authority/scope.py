"""Finds the names that the lines of the authority file may speak of; all others mean what the name table says."""

from collections.abc import Iterator

import numpy as np

from indexer.authority.authority_file import Authority
from indexer.authority.spellings import body_names, key_words, names_in, person_words
from indexer.name_key import BODY_KINDS, PART_END, PERSONS, BodyKey, PersonKey, name_key, prefix_of_surname
from indexer.registry.name_table import NameTable

SPACE, BAR = ord(" "), ord(PART_END)


def names_in_scope(table: NameTable, authority: Authority) -> list[int]:
    """The numbers of all names of every entity that a line may mean: by its id, or as one of its names is written."""
    if not authority.lines:
        return []
    texts = {text for line in authority.lines for text in (line.id, *names_in(line))}
    entities = {table.entity(text) for text in texts} - {-1}
    entities |= {int(table.meanings[name]) for name in (*bodies(table, texts), *persons(table, texts))} - {-1}
    return table.names_of(sorted(entities))


def bodies(table: NameTable, texts: set[str]) -> Iterator[int]:
    """The names of bodies that are written so."""
    for name in {name for text in texts for name in body_names(text)}:
        keys = (BodyKey(kind, name) for kind in BODY_KINDS)
        yield from (number for key in keys if (number := table.keys.find(key.text)) >= 0)


def persons(table: NameTable, texts: set[str]) -> Iterator[int]:
    """The names of persons that have the same words."""
    wanted = {person_words(text) for text in texts}
    words = {"", *(word for some in wanted for word in some)}  # "": persons without a surname
    found = {number for word in words for number in table.keys.with_prefix(prefix_of_surname(word))}
    found.update(of_several_words(table))
    for number in found:
        key = name_key(table.keys[number])
        if isinstance(key, PersonKey) and key_words(key) in wanted:
            yield number


def of_several_words(table: NameTable) -> list[int]:
    """The names of persons whose surname is more than one word."""
    text, starts = table.keys.arrays()
    places = table.keys.with_prefix(PERSONS)
    bars = np.append(np.flatnonzero(text == BAR), len(text))
    first = bars[np.searchsorted(bars, starts[:-1])]
    spaces = np.flatnonzero(text == SPACE)
    names = np.searchsorted(starts, spaces, "right") - 1
    kept = (names >= places.start) & (names < places.stop) & (spaces < first[names])
    found: list[int] = np.unique(names[kept]).tolist()
    return found

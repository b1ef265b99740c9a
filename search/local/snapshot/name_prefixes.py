"""Finds the names of an archive whose words begin as the typed ones do."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.registry.name_table import NameTable
from indexer.storage.arrays import Strings, offsets
from indexer.text.tokens import CYRILLIC_TWINS, forms

ALIKE = {chr(latin).lower(): chr(twin).lower() for latin, twin in CYRILLIC_TWINS.items()}


def may_mean(starts: Sequence[str], label: str) -> bool:
    """Whether each of these begins a word of the label.

    >>> may_mean(["боч", "андр"], "Андрей Бочаров"), may_mean(["боч", "и"], "Андрей Бочаров")
    (True, False)
    """
    words = forms(label)[0]
    return all(any(word.startswith(start) for word in words) for start in starts)


def names_with(starts: Sequence[str], table: NameTable, among: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The numbers of the names that may be meant, ascending; by number, which of them count."""
    candidates = _holding(max(filter(str.isalnum, starts), key=len, default=""), table.keys)
    candidates = candidates[among[candidates]]
    return np.array([name for name in candidates.tolist() if may_mean(starts, table.labels[name])], np.int64)


def _holding(start: str, keys: Strings) -> NDArray[np.int64]:
    """The places of the keys in which a word begins so, letters that look alike being one; of "" all."""
    text, begins = _in_a_row(keys)
    wanted = re.escape(_looked_alike(start))
    found = re.finditer(rf"{wanted}(?<![^\W_]{wanted})", text)  # what begins with letters is found the fastest
    places = np.fromiter((match.start() for match in found), np.int64)
    return np.unique(begins.searchsorted(places, "right") - 1) if start else np.arange(len(keys))


@lru_cache(1)
def _in_a_row(keys: Strings) -> tuple[str, NDArray[np.int64]]:
    """All keys as one string, and where in it each begins; the last one's are kept."""
    text, begins = keys.arrays()
    letters = (text & 0xC0) != 0x80  # not so the bytes of a letter after its first
    lengths = np.add.reduceat(letters, begins[:-1], dtype=np.int64) if len(keys) else np.empty(0, np.int64)
    return _looked_alike(str(text.data, "utf-8")), offsets(lengths)[:-1]


def _looked_alike(text: str) -> str:
    for letter, twin in ALIKE.items():
        text = text.replace(letter, twin)
    return text

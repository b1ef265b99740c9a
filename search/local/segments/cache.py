"""Keeps what was decoded of an index while there is room: one cache of the process, bounded in bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from itertools import count
from threading import Lock
from typing import Any, Protocol

CACHE_BYTES = 512 << 20
OPENINGS = count()  # numbers whatever is opened, to tell it from every other in the cache


class Sized(Protocol):
    """What can be kept: arrays, or several of them."""

    @property
    def nbytes(self) -> int: ...


class PostingsCache:
    """What was decoded last, up to a number of bytes. The first part of a key says what was opened, the others what of
    it is meant, and so of what type it is."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._entries: OrderedDict[Hashable, Sized] = OrderedDict()
        self._lock = Lock()

    @property
    def held(self) -> int:
        """Bytes of all entries."""
        return self._held

    def __len__(self) -> int:
        return len(self._entries)

    def bound(self, limit: int) -> None:
        """Changes how many bytes it may hold; what is too much goes with the next entry."""
        self._limit = limit

    def get(self, key: Hashable) -> Any:
        """The entry, now the last asked for; None where it is not held."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: Hashable, entry: Sized) -> None:
        """Holds an entry and lets go of the oldest ones beyond the limit."""
        with self._lock:
            if key in self._entries:
                return
            self._entries[key] = entry
            self._held += held_bytes(entry)
            while self._held > self._limit:
                self._held -= held_bytes(self._entries.popitem(last=False)[1])


def held_bytes(entry: Sized) -> int:
    """Memory that an entry takes, its key and the objects around it included."""
    return entry.nbytes + 500


CACHE = PostingsCache(CACHE_BYTES)

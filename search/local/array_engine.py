"""Searches one machine's index as arrays: the engine that needs nothing else.

A request is answered from one moment of the store, and from what the index has of it.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

from archive.home import Home
from archive.store.store import Store
from indexer.index.generations import current, last_written
from indexer.storage.arrays import TornIndex
from search.engine import Gauge
from search.local.array_moment import ArrayMoment
from search.local.live_snapshot import LiveSnapshot
from search.local.segments.cache import CACHE, CACHE_BYTES
from search.local.segments.segment import open_segments
from search.work import limited_work


class ArrayEngine:
    """The index of one home."""

    def __init__(self, home: Home, store: Store) -> None:
        self._home, self._store = home, store
        self._live = LiveSnapshot(home, store)
        self._held = local()  # the moment that a thread holds

    def ready(self) -> bool:
        """Whether there is an index that can be opened."""
        try:
            return bool(open_segments(self._home.index))
        except TornIndex:
            return False

    @contextmanager
    def moment(self) -> Iterator[ArrayMoment]:
        """All that this thread asks within, of the index and of the store, is answered from one moment."""
        held: ArrayMoment | None = getattr(self._held, "moment", None)
        if held:
            yield held
            return
        published = self._live.published()  # before the store: so the store has all that it has
        with self._store.moment():
            if not published.views and current(self._home.index) is None and self._store.revision():
                raise TornIndex("индекс ещё не построен")
            standing = self._live.standing(published)
            state = published.made_from, self._store.revision()
            self._held.moment = ArrayMoment(standing, self._store.entity_ids, repr(state))
            try:
                with limited_work(standing.articles):
                    yield self._held.moment
            finally:
                self._held.moment = None

    def written(self) -> tuple[int, dt.datetime] | None:
        """The revision that the published index has taken in, and when. Raises TornIndex."""
        written = last_written(self._home.index)
        return (written[0].revision, written[1]) if written else None

    def gauges(self) -> Iterator[Gauge]:
        """What the cache of decoded postings holds."""
        yield Gauge("podshivka_cache_bytes", "Память под списки статей по словам", CACHE.held)
        yield Gauge("podshivka_cache_entries", "Слов, чьи списки статей в памяти", len(CACHE))


def share_cache(processes: int) -> None:
    """Bounds what this process keeps of decoded postings, as one of several that search the same archive."""
    CACHE.bound(CACHE_BYTES // processes)

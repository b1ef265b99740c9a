"""Keeps the snapshot of the index that is published now; aware within a second of what is newly published.

What was taken out of the archive is left out of the snapshot whether the index has heard of it or not. What is new or
corrected is seen when the index has it, and all of it at once.
"""

import logging
import math
import time
from functools import partial
from threading import Lock, Thread

from archive.home import Home
from archive.store.store import Store
from indexer.authority.authority_file import Authority, read_authority, stamp, with_current_ids
from indexer.authority.corrections import corrected_names
from indexer.authority.scope import names_in_scope
from indexer.registry.entity_ids import current_id
from indexer.reprints.reprint_groups import Stories
from indexer.storage.arrays import TornIndex
from search.local.segments.segment import index_token
from search.local.snapshot.name_meanings import open_index
from search.local.snapshot.snapshot import Snapshot

SECONDS_BETWEEN_LOOKS = 0.5  # for a newly published index
SECONDS_WAITED = 0.3  # an index that takes longer to open is waited for by no request
SECONDS_WAITED_EDITED = 1.5  # the same where the authority file was edited: its effect is looked for at once
NOT_YET = object()  # no index has been looked for


class LiveSnapshot:
    """The snapshot of one home's index; safe for threads."""

    def __init__(self, home: Home, store: Store) -> None:
        self._home, self._store = home, store
        self._snapshot = Snapshot((), corrected_names((), Authority()))
        self._token: object = NOT_YET
        self._corrected: object = NOT_YET  # the authority file as it was read
        self._looked = -math.inf
        self._looking = Lock()
        self._opened_in = 0.0  # seconds
        self._rest = (self._snapshot, 0, self._snapshot)  # an index, a later revision, what is left of the index then

    def published(self) -> Snapshot:
        """What is published now, or was half a second ago; requests under way keep theirs. One that takes long to open
        is opened beside them."""
        edited = self._corrected != stamp(self._home.authority)
        due = edited or time.monotonic() - self._looked > SECONDS_BETWEEN_LOOKS
        if due and self._looking.acquire(blocking=self._token is NOT_YET):
            waited = SECONDS_WAITED_EDITED if edited else SECONDS_WAITED
            if self._token is not NOT_YET and self._opened_in > waited:
                Thread(target=self._look_beside, daemon=True).start()
            else:
                self._look_now()
        return self._snapshot

    def standing(self, published: Snapshot) -> Snapshot:
        """What is left of an index at the present moment of the store, worked out once a revision. Raises DamagedStore
        where the store has not come to it."""
        revision = self._store.revision()
        if revision < published.revision:
            self._store.need_revision(published.revision)
        if revision == published.revision or not published.views:
            return published
        index, at, rest = self._rest
        if (index, at) != (published, revision):
            gone = self._store.taken_out(published.revision)
            rest = published.without(gone) if gone else published
            self._rest = published, revision, rest
        return rest

    def _look_beside(self) -> None:
        """In a thread of its own, what goes wrong is told in the log."""
        try:
            self._look_now()
        except Exception:
            logging.getLogger(__name__).exception("the index of %s was not looked at", self._home.path)

    def _look_now(self) -> None:
        """Looks, and lets others look again."""
        try:
            self._look()
            self._looked = time.monotonic()
        finally:
            self._looking.release()

    def _look(self) -> None:
        """Opens the index where another is published or the authority file was edited; one that cannot be used leaves
        the snapshot there is."""
        token, corrected = index_token(self._home.index), stamp(self._home.authority)
        if (token, corrected) == (self._token, self._corrected):
            return
        started = time.perf_counter()
        try:
            opened = self._opened()
            opened.made_from = token, corrected
            self._snapshot = opened
        except TornIndex:
            if self._token is NOT_YET:
                raise
            logging.getLogger(__name__).exception("the index of %s stays as it was", self._home.path)
        self._token, self._corrected = token, corrected
        self._opened_in = time.perf_counter() - started

    def _opened(self) -> Snapshot:
        """The published index with its names as the authority file corrects them."""
        segments, table = open_index(self._home.index, self._store.names())
        authority = read_authority(self._home.authority)
        authority = with_current_ids(authority, partial(current_id, self._store.entity_ids, table))
        corrected = corrected_names(table.rows(names_in_scope(table, authority)), authority)
        stories = Stories.of(self._store.reprints.alike(), self._store.reprints.printed())
        return Snapshot(segments, corrected, stories, table)

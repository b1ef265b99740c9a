"""Tells the figures of an archive, the history of its batches and whether it is well.

What an index says is counted on its columns; what the store says is counted once a revision.
"""

import datetime as dt
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

from archive.article import StoredArticle
from archive.errors import FormerStore, Refusal, StoreError
from archive.home import Home
from archive.records.log import Batch, BatchItem
from archive.records.statistics import Totals
from archive.store.store import Store
from indexer.annotation import KINDS, Kind
from indexer.authority.authority_file import read_authority
from indexer.index.preparation import percent
from indexer.index.verify import need_archive
from indexer.storage.arrays import FormerIndex, TornIndex
from search.engine import Gauge
from search.request import NONE, SearchRequest
from search.result import Facet, Overview
from search.searcher import Searcher

HealthState = Literal["ready", "empty", "behind", "broken store", "broken index", "no rights"]
STATES: tuple[HealthState, ...] = get_args(HealthState)


@dataclass(frozen=True, slots=True)
class NameFigures:
    """How many persons or bodies of one kind are named, and in how many articles."""

    kind: Kind
    entities: int
    articles: int


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the authority file does: its lines, those nobody understands, entities merged, names given to another."""

    lines: int
    problems: int
    merged: int
    split: int


@dataclass(frozen=True, slots=True)
class ArchiveFigures:
    """What an archive holds, in numbers; years ascending."""

    overview: Overview
    reprints: int
    years: tuple[tuple[int, int], ...]
    names: tuple[NameFigures, ...]
    corrections: Corrections
    totals: Totals
    revision: int
    indexed: int  # the revision that the index has taken in
    indexed_at: dt.datetime | None  # UTC


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the archive can be searched, in a word and a sentence."""

    state: HealthState
    sentence: str
    articles: int | None = None
    revision: int | None = None
    indexed: int | None = None
    indexed_at: dt.datetime | None = None


class Holdings:
    """What one archive tells of itself."""

    def __init__(self, home: Home, searcher: Searcher) -> None:
        self._home = home
        self._searcher = searcher
        self._store = searcher.store
        self._counted: tuple[int, Totals] | None = None

    def figures(self) -> ArchiveFigures:
        """The figures of the present moment."""
        with self._searcher.moment():
            return self._figures()

    def _figures(self) -> ArchiveFigures:
        revision = self._store.revision()
        written = self._searcher.engine.written()
        found = self._searcher.search(SearchRequest(date_step="year", size=1, facet_size=1))
        facets = {facet.name: facet for facet in found.facets}
        corrected = self._searcher.corrected_names()
        lines = len(read_authority(self._home.authority).lines)
        return ArchiveFigures(
            overview=self._searcher.overview(),
            reprints=found.total - found.stories,
            years=tuple((int(value.key), value.count) for value in facets["date"].values if value.key != NONE),
            names=tuple(name_figures(kind, facets[kind]) for kind in KINDS),
            corrections=Corrections(lines, len(corrected.problems), len(corrected.moved), len(corrected.splits)),
            totals=self._totals(revision),
            revision=revision,
            indexed=written[0] if written else 0,
            indexed_at=written[1] if written else None,
        )

    def batches(self) -> tuple[Batch, ...]:
        """All batches but one that is not finished, the newest first."""
        return tuple(batch for batch in reversed([*self._store.batches()]) if batch.status != "open")

    def delivered(self, batch: int, start: int, size: int) -> list[tuple[BatchItem, StoredArticle | None]]:
        """What became of the things that a batch delivered, each with its article where it stands in the archive."""
        items = islice(self._store.items(batch, start), size)
        return [(item, self._store.article(item.article) if item.article else None) for item in items]

    def gauges(self) -> Iterable[Gauge]:
        """What is to be watched of the engine."""
        return self._searcher.engine.gauges()

    def health(self) -> Health:
        """Whether all that a reader needs is there; nothing of what is wrong raises."""
        try:
            with Store(self._home.store) as store:  # anew: one opened before would not see the file go
                revision = store.revision()
        except FormerStore as error:
            return Health("behind", self.preparing(error) or "")
        except (Refusal, OSError) as error:
            return Health("broken store" if may_read(self._home.store) else "no rights", with_advice(error))
        try:
            with Store(self._home.store) as store:
                need_archive(store, self._home.index)
            written = self._searcher.engine.written()
            articles = self._searcher.search(SearchRequest(size=1)).total
        except PermissionError as error:
            return Health("no rights", f"Нет права читать {error.filename}.", None, revision)
        except StoreError as error:
            return Health("broken store", with_advice(error), None, revision)
        except TornIndex as error:
            if said := self.preparing(error):
                return Health("behind", said, None, revision)
            return Health("broken index", with_advice(error), None, revision)
        except Exception as error:  # whatever it is, whoever asks whether we are well must get an answer
            if not isinstance(error, Refusal):
                logging.getLogger(__name__).exception("health")
            return Health("broken index", with_advice(error, TornIndex.advice), None, revision)
        if not revision:
            return Health("empty", "Архив пуст.", 0, 0, 0)
        if not written:
            return Health("broken index", "Индекс не построен. Поможет podshivka reindex.", None, revision)
        indexed, at = written
        if indexed < revision:
            sentence = f"Индекс отстаёт от архива: правка {indexed} из {revision}. Ищется в прежнем."
            return Health("behind", sentence, articles, revision, indexed, at)
        if (done := percent(self._home.path)) is not None:
            return Health(
                "behind", f"Новый индекс готовится: {done} %. Ищется в прежнем.", articles, revision, indexed, at
            )
        if not articles:
            return Health("empty", "Архив пуст.", 0, revision, indexed, at)
        return Health("ready", "Архив готов.", articles, revision, indexed, at)

    def preparing(self, error: Refusal) -> str | None:
        """Says how far the archive is, where this error means that it is being brought up; None where it does not."""
        done = percent(self._home.path)
        waits = isinstance(error, (FormerStore, FormerIndex)) or (isinstance(error, TornIndex) and done is not None)
        return f"Архив готовится{'' if done is None else f': {done} %'}." if waits else None

    def _totals(self, revision: int) -> Totals:
        if self._counted is None or self._counted[0] != revision:
            self._counted = revision, self._store.totals()
        return self._counted[1]


def name_figures(kind: Kind, facet: Facet) -> NameFigures:
    """The figures of one kind from its facet over all articles."""
    without = next((value.count for value in facet.values if value.key == NONE), None)
    return NameFigures(kind, facet.size - (without is not None), facet.base - (without or 0))


def with_advice(error: Exception, advice: str = "") -> str:
    """What went wrong and what helps."""
    advice = error.advice if isinstance(error, Refusal) else advice
    return " ".join(f"{part.rstrip('.')}." for part in (str(error), advice) if part)


def may_read(file: Path) -> bool:
    """Whether we may read the store and write beside it, as SQLite needs to."""
    beside = os.access(file.parent, os.W_OK | os.X_OK, effective_ids=True)
    return beside and os.access(file, os.R_OK, effective_ids=True)

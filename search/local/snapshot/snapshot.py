"""Holds one unchanging view of a published index and of what its names mean, which requests are answered from.

Names of one entity become one value of its facet, counted once an article.
"""

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.annotation import KINDS
from indexer.authority.corrections import CorrectedNames, Split
from indexer.index.segments import paired_numbers
from indexer.registry.name_table import NameTable
from indexer.reprints.reprint_groups import Stories
from indexer.text.tokens import fold
from search.local.matching.bm25 import Bm25Scores, length_norms
from search.local.segments.joined import JoinedSegments
from search.local.segments.segment import Segment
from search.local.snapshot.columns import CodedColumn, FacetColumn, NumberedValues
from search.local.snapshot.joint_column import JointColumn
from search.local.snapshot.name_meanings import NameMeanings, name_table_of
from search.local.snapshot.story_column import StoryColumn
from search.local.snapshot.typed_values import TypedValues
from search.request import FIELD_FACETS


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment and what this snapshot adds to it."""

    segment: Segment
    norms: Bm25Scores
    facets: dict[str, FacetColumn]
    joint: JointColumn
    values: Mapping[str, NumberedValues]  # of the facets, in all segments


@dataclass(frozen=True, slots=True)
class JoinedView:
    """All segments as one, and what this snapshot adds to them."""

    segment: JoinedSegments
    norms: Bm25Scores
    facets: dict[str, CodedColumn]
    joint: JointColumn
    parts: tuple[SegmentView, ...]

    @classmethod
    def of(cls, parts: tuple[SegmentView, ...]) -> "JoinedView":
        """Several views as one."""
        facets = {name: CodedColumn.joined([part.facets[name] for part in parts]) for name in parts[0].facets}
        norms = np.concatenate([part.norms for part in parts])
        return cls(JoinedSegments([part.segment for part in parts]), norms, facets, JointColumn(facets), parts)


class Snapshot:
    """All segments at one moment; safe for threads."""

    def __init__(
        self,
        segments: Sequence[Segment],
        corrected_names: CorrectedNames,
        stories: Stories | None = None,
        name_table: NameTable | None = None,
    ) -> None:
        self.made_from: Hashable = None  # the files on the disk
        self.articles = sum(segment.live_count for segment in segments)
        self.revision = segments[0].revision if segments else 0  # of the store, taken in by the index
        self.corrected_names = corrected_names
        self.stories = stories = stories or Stories()
        self.values: dict[str, NumberedValues]
        columns: list[dict[str, FacetColumn]] = [{} for _ in segments]
        self.name_table = name_table or name_table_of(segments, ())
        self.meanings = meanings = NameMeanings(self.name_table, corrected_names)
        self.values = {**meanings.values, **{name: field_values(name, segments) for name in FIELD_FACETS}}
        self.typed_values = TypedValues(self.values, meanings)
        for segment, facets in zip(segments, columns, strict=True):
            parted = [(split, parted_places(segment, split)) for split in reversed(corrected_names.splits)]
            for kind in KINDS:  # of two splits that hold, the first in the file is the last that is put in
                values, own = self.values[kind], meanings.codes(kind, segment.name)
                exceptions = [(some, values.number(one.entity if one.kind == kind else None)) for one, some in parted]
                facets[kind] = FacetColumn.of(segment.column("name"), own, exceptions, len(values.keys))
            for name in FIELD_FACETS:
                column, values = segment.column(name), self.values[name]
                own = np.array([values.number(key) for key in column.values], np.int32)
                facets[name] = FacetColumn.of(column, own, (), len(values.keys))
        tokens = sum(int(live(segment, segment.lengths).sum(dtype=np.int64)) for segment in segments)
        average = tokens / max(self.articles, 1)
        self.views = tuple(
            SegmentView(segment, length_norms(segment.lengths, average), facets, JointColumn(facets), self.values)
            for segment, facets in zip(segments, columns, strict=True)
        )
        self.searched: tuple[SegmentView | JoinedView, ...] = (
            (JoinedView.of(self.views),) if len(self.views) > 1 else self.views
        )
        self.story_columns = tuple(StoryColumn.of(view.segment, stories) for view in self.searched)

    def without(self, gone: Sequence[tuple[int, int]]) -> "Snapshot":
        """The same without these (id, version); lengths are compared with the average of all, as before."""
        pairs = paired_numbers(*np.array(gone, np.int64).reshape(-1, 2).T)
        rest = copy(self)
        rest.views = tuple(replace(view, segment=view.segment.without(pairs)) for view in self.views)
        rest.articles = sum(view.segment.live_count for view in rest.views)
        rest.searched = rest.views
        if isinstance(whole := self.searched[0], JoinedView):
            segments = [view.segment for view in rest.views]
            rest.searched = (replace(whole, segment=JoinedSegments(segments), parts=rest.views),)
        return rest

    def place(self, id: int) -> tuple[SegmentView, int] | None:
        """The segment that has the article, and its number there."""
        for view in self.views:
            segment = view.segment
            for doc in np.flatnonzero(segment.ids == id).tolist():
                if segment.live is None or segment.live[doc]:
                    return view, doc
        return None

    def days(self) -> tuple[dt.date | None, dt.date | None, int]:
        """The first and last day of publication, and how many articles bear none."""
        found = [live(view.segment, view.segment.days) for view in self.views]
        dated = [days[days > 0] for days in found]
        undated = self.articles - sum(map(len, dated))
        bounds = [(int(days.min()), int(days.max())) for days in dated if len(days)]
        if not bounds:
            return None, None, undated
        first, last = min(low for low, _ in bounds), max(high for _, high in bounds)
        return dt.date.fromordinal(first), dt.date.fromordinal(last), undated


def live(segment: Segment, values: NDArray[np.int32]) -> NDArray[np.int32]:
    """Values of the articles that are not deleted."""
    return values if segment.live is None else values[segment.live]


def parted_places(segment: Segment, split: Split) -> NDArray[np.int64]:
    """The places of the segment's names, article by article, that the split speaks of."""
    column = segment.column("name")
    places = np.flatnonzero(np.isin(column.codes, column.codes_of(split.names)))
    rows = np.searchsorted(column.offsets, places, side="right") - 1
    holds = np.ones(segment.size, np.bool_)
    if split.first or split.last:
        days = segment.days
        holds &= (days >= max(1, split.first)) & (days <= (split.last or np.iinfo(np.int32).max))
    if split.source:
        sources = segment.column("source")
        holds &= sources.having([code for code, value in enumerate(sources.values) if fold(value) == split.source])
    if split.together is not None:
        holds &= column.having(column.codes_of(split.together))
    return places[holds[rows]]


def field_values(name: str, segments: Sequence[Segment]) -> NumberedValues:
    """Of a field of articles; a value written in several ways is shown in the first of them by the alphabet."""
    labels: dict[str, str] = {}
    for column in (segment.column(name) for segment in segments):
        for key, label in zip(column.values, column.labels, strict=True):
            labels[key] = min(label, labels.get(key, label))
    return NumberedValues.of(labels)

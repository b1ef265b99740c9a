"""Finds the articles that have a field's value as a query names it."""

import numpy as np
from numpy.typing import NDArray

from indexer.text.tokens import forms
from search.local.matching.match import Docs, Match
from search.local.segments.joined import JoinedSegments
from search.local.segments.segment import Segment
from search.local.snapshot.snapshot import JoinedView, SegmentView, Snapshot
from search.query.tree import FieldValue, Node


def view_match(snapshot: Snapshot, view: SegmentView | JoinedView, tree: Node) -> Match:
    """A query against a view, its fields too."""
    return Match(view.segment, tree, lambda field: articles_with_value(snapshot, view, field))


def articles_with_value(snapshot: Snapshot, view: SegmentView | JoinedView, field: FieldValue) -> Docs:
    """The live articles of a view that have any of the values that are meant."""
    if field.name in view.facets:
        having = view.facets[field.name].having([value.number for value in snapshot.typed_values.meant(field)])
    else:
        segment = view.segment
        parts = segment.segments if isinstance(segment, JoinedSegments) else (segment,)
        having = np.concatenate([having_words(part, field) for part in parts])
    live = view.segment.live
    return (having if live is None else having & live).nonzero()[0]


def having_words(segment: Segment, field: FieldValue) -> NDArray[np.bool_]:
    """By article: whether a field that is no facet has all the words, «5» in «№ 5» and in «5–6»."""
    column, wanted = segment.column(field.name), set(bare_numbers(field.value))
    if not wanted:
        return np.zeros(segment.size, np.bool_)
    return column.having([code for code, value in enumerate(column.values) if wanted <= set(bare_numbers(value))])


def bare_numbers(text: str) -> list[str]:
    """The words of a text, numbers without zeros before them."""
    return [form.lstrip("0") or form for form in forms(text)[0] if form]

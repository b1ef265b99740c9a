"""Says in how many articles words stand as they are printed."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from search.local.segments.segment import Segment


def articles_with_form(segments: Iterable[Segment], form: str) -> int:
    """In how many articles a folded form stands, deleted ones too."""
    tables = [segment.forms() for segment in segments]
    places = [(table.find(form), counts) for table, counts in tables]
    return sum(int(counts[place]) for place, counts in places if place >= 0)


def frequent_forms(segments: Iterable[Segment], start: str, most: int) -> list[str]:
    """The forms that begin so and stand in most articles, deleted ones too."""
    found: Counter[str] = Counter()
    for segment in segments:
        table, counts = segment.forms()
        run = table.with_prefix(start)
        first = np.argsort(-counts[run.start : run.stop].astype(np.int64), kind="stable")[:most] + run.start
        found.update({table[place]: int(counts[place]) for place in first.tolist()})
    return [form for form, _ in found.most_common(most)]

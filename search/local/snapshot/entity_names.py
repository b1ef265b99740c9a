"""Says what the articles of a snapshot call its persons and bodies, and where they name them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.store.entity_ids import EntityIds
from indexer.annotation import KINDS, Kind
from indexer.name_key import NameKey, PersonKey, name_key, prefix_of_surname
from indexer.registry.entity_ids import current_id
from indexer.registry.name_table import alphabetical
from search.engine import ArticleKey, NameMet, NewestArticle
from search.local.snapshot.columns import FacetColumn
from search.local.snapshot.name_meanings import name_column
from search.local.snapshot.snapshot import SegmentView, Snapshot
from search.request import ENTITY_FACETS
from search.result import FacetValue


class EntityNames:
    """The persons and bodies of a snapshot."""

    def __init__(self, snapshot: Snapshot, ids: EntityIds) -> None:
        self._snapshot, self._ids = snapshot, ids

    def present_id(self, id: str) -> str:
        """The id that whoever the program once gave this one has now."""
        return current_id(self._ids, self._snapshot.name_table, id)

    def present(self, kind: Kind, key: str) -> tuple[Kind, str] | None:
        """The kind and id that whoever has or had this id has now; None where it is unknown."""
        id = self.present_id(key)
        id = self._snapshot.corrected_names.moved.get(id, id)
        retyped = self._snapshot.meanings.corrected.get(id)
        for now in (retyped,) if retyped else (kind, *(other for other in ENTITY_FACETS if other != kind)):
            values = self._snapshot.values[now]
            number = values.sought(id)
            if number is not None:
                return now, values.keys[number]
        return None

    def label(self, kind: Kind, key: str) -> str:
        """What the one with that key is called."""
        values = self._snapshot.values[kind]
        return values.labels[values.numbers[key]]

    def by_entity(self) -> dict[str, dict[NameKey, str]]:
        """Entity → its name keys with their labels, splits left aside; of live articles."""
        found: dict[str, dict[NameKey, str]] = defaultdict(dict)
        for view in self._snapshot.views:
            standing = name_column(view.segment).counts > 0
            for kind in KINDS:
                column, keys = view.facets[kind], self._snapshot.values[kind].keys
                for code in np.flatnonzero(standing & (column.meanings >= 0)).tolist():
                    name = name_key(column.column.values[code])
                    found[keys[int(column.meanings[code])]][name] = column.column.labels[code]
        return found

    def of(self, kind: Kind, key: str) -> tuple[NameMet, ...]:
        """The names under which the articles know the one with that key, the most used first."""
        former, number = self._snapshot.corrected_names.former, self._snapshot.values[kind].numbers[key]
        found: Counter[tuple[str, bool]] = Counter()
        for view in self._snapshot.views:
            column = view.facets[kind]
            rows: dict[tuple[str, bool], list[NDArray[np.int64]]] = defaultdict(list)
            places, own = name_places(view, column, number)
            for code in np.unique(own).tolist():
                name = column.column.values[code], column.column.labels[code]
                rows[name[1], name[0] in former].append(places[own == code])
            for called, several in rows.items():
                found[called] += len(np.unique(np.concatenate(several)))
        met = (NameMet(label, count, was) for (label, was), count in found.items())
        return tuple(sorted(met, key=lambda name: (-name.articles, alphabetical(name.label))))

    def newest_articles(self, kind: Kind, key: str, most: int) -> list[NewestArticle]:
        """The articles that name the one with that key, the largest ids first."""
        number = self._snapshot.values[kind].numbers[key]
        names: dict[ArticleKey, set[NameKey]] = defaultdict(set)
        for view in self._snapshot.views:
            segment, column = view.segment, view.facets[kind]
            rows, codes = name_places(view, column, number)
            for row, code in list(zip(rows.tolist(), codes.tolist(), strict=True))[-most:]:
                names[int(segment.ids[row]), int(segment.versions[row])].add(name_key(column.column.values[code]))
        return [NewestArticle(article, frozenset(names[article])) for article in sorted(names, reverse=True)[:most]]

    def namesakes(self, key: str) -> tuple[FacetValue, ...]:
        """Other persons with a surname of this one, the most mentioned first."""
        values = self._snapshot.values["person"]
        number = values.numbers[key]
        columns = [(view.segment, view.facets["person"]) for view in self._snapshot.views]
        own = {surname for _, column in columns for surname in surnames(column, number)}
        counts: Counter[int] = Counter()
        for segment, column in columns:
            others = {other for surname in own for other in bearers(column, surname)} - {number, -1}
            for other in others:
                having = column.having([other])
                counts[other] += int(np.count_nonzero(having if segment.live is None else having & segment.live))
        found = [FacetValue(*values.named(other), count) for other, count in counts.items() if count]
        return tuple(sorted(found, key=lambda value: (-value.count, alphabetical(value.label), value.key)))


def name_places(view: SegmentView, column: FacetColumn, number: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """(live article, the column's own code) of every name that means the value."""
    raw = column.column
    means = np.isin(raw.codes, np.flatnonzero(column.meanings == number))
    for place, other in column.exceptions.items():
        means[place] = other == number
    places = np.flatnonzero(means)
    rows = np.searchsorted(raw.offsets, places, side="right") - 1
    if view.segment.live is not None:
        kept = view.segment.live[rows]
        places, rows = places[kept], rows[kept]
    return rows, raw.codes[places]


def surnames(column: FacetColumn, number: int) -> Iterator[str]:
    """The surnames in the names of a person."""
    for code in np.flatnonzero(column.meanings == number).tolist():
        key = name_key(column.column.values[code])
        if isinstance(key, PersonKey) and key.surname:
            yield key.surname


def bearers(column: FacetColumn, surname: str) -> Iterator[int]:
    """The values of all names of persons with a surname."""
    yield from column.meanings[list(column.column.values.with_prefix(prefix_of_surname(surname)))].tolist()

"""An entity's number and a snapshot in, what the archive calls it and who bears the same surname out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import Kind, Mention, readable
from indexer.authority.corrections import KINDS, Former
from indexer.pipeline import ANNOTATOR
from indexer.registry.name_table import alphabetical
from indexer.text.tokens import fold
from search.local.snapshot.columns import FacetColumn
from search.local.snapshot.name_meanings import name_column
from search.local.snapshot.snapshot import Snapshot, View
from search.pages.job_titles import Role, evidence, role
from search.request import SearchRequest
from search.result import FacetValue, SearchResult

BESIDE = 30  # of each kind that stand beside an entity on its page
READ = 200  # articles of an entity that are looked at for its printed forms and roles


@dataclass(frozen=True, slots=True)
class NameMet:
    """A name in the nominative, the number of articles that use it; `former`: a former name's."""

    label: str
    articles: int
    former: bool = False


@dataclass(frozen=True, slots=True)
class EntityPage:
    """All that the archive says of one person or body."""

    kind: Kind
    key: str
    label: str
    result: SearchResult  # its articles, the newest first, counted by year; who else stands in them
    names: tuple[NameMet, ...]  # the most used first
    forms: tuple[tuple[str, int], ...]  # as printed in the `read` newest articles, the most frequent first
    roles: tuple[Role, ...]  # in the same articles
    read: int
    lineage: tuple[Former, ...]
    namesakes: tuple[FacetValue, ...]  # persons with the same surname, the most mentioned first


def request_for(kind: Kind, key: str) -> SearchRequest:
    """The newest articles of an entity, by year, with those of each kind that stand beside it most."""
    return SearchRequest(chosen={kind: (key,)}, sort="newest", date_step="year", facet_size=BESIDE)


def entity_page(store: Store, snapshot: Snapshot, kind: Kind, key: str, result: SearchResult) -> EntityPage:
    """What `result`, the articles of the value with that key, and their names say of it."""
    values = snapshot.values[kind]
    number = values.numbers[key]
    found = newest_mentions(store, snapshot, kind, number)
    forms = Counter(mention.text for _, own, _ in found for mention in own)
    return EntityPage(
        kind=kind,
        key=key,
        label=values.labels[number],
        result=result,
        names=names_met(snapshot, kind, number),
        forms=tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0]))),
        roles=stated_roles(found) if kind == "person" else (),
        read=len(found),
        lineage=snapshot.register.lineage.get(key, ()),
        namesakes=namesakes(snapshot, number) if kind == "person" else (),
    )


def newest_mentions(
    store: Store, snapshot: Snapshot, kind: Kind, number: int
) -> list[tuple[StoredArticle, list[Mention], list[Mention]]]:
    """The newest articles of an entity: each with its mentions there, and with those of others."""
    names: dict[tuple[int, int], set[str]] = defaultdict(set)
    for view in snapshot.views:
        segment, column = view.segment, view.facets[kind]
        rows, codes = name_places(view, column, number)
        for row, code in list(zip(rows.tolist(), codes.tolist(), strict=True))[-READ:]:
            names[int(segment.ids[row]), int(segment.versions[row])].add(column.column.values[code])
    newest = sorted(names, reverse=True)[:READ]
    texts = store.articles(newest)
    notes = readable(store.annotations([stored.article.digest for stored in texts.values()], ANNOTATOR))
    found = []
    for place in newest:
        if place in texts:
            note = notes.get(texts[place].article.digest)
            mentions = note.mentions if note else ()
            own = [mention for mention in mentions if mention.key in names[place]]
            found.append((texts[place], own, [mention for mention in mentions if mention.key not in names[place]]))
    return found


def stated_roles(found: Iterable[tuple[StoredArticle, list[Mention], list[Mention]]]) -> tuple[Role, ...]:
    """The posts that the articles give a person, the most frequent first, the newest sentence of each."""
    roles: dict[str, Role] = {}
    for stored, own, others in found:
        text = stored.article.text
        places = tuple((mention.start, mention.stop) for mention in others if mention.kind == "person")
        for mention in own:
            if label := role(text, mention.start, mention.stop, places, mention.name):
                known = roles.get(fold(label)) or Role(label, 0, stored.id, evidence(text, mention.start, mention.stop))
                roles[fold(label)] = replace(known, mentions=known.mentions + 1)
    return tuple(sorted(roles.values(), key=lambda one: -one.mentions))


def names_met(snapshot: Snapshot, kind: Kind, number: int) -> tuple[NameMet, ...]:
    """The names under which the articles know the value, the most used first."""
    former = snapshot.register.former
    found: Counter[tuple[str, bool]] = Counter()
    for view in snapshot.views:
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


def names_by_entity(snapshot: Snapshot) -> dict[str, dict[str, str]]:
    """Entity → its name keys with their labels, splits left aside; of live articles."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for view in snapshot.views:
        standing = name_column(view.segment).counts > 0
        for kind in KINDS.values():
            column, keys = view.facets[kind], snapshot.values[kind].keys
            for code in np.flatnonzero(standing & (column.meanings >= 0)).tolist():
                found[keys[int(column.meanings[code])]][column.column.values[code]] = column.column.labels[code]
    return found


def name_places(view: View, column: FacetColumn, number: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
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


def namesakes(snapshot: Snapshot, number: int) -> tuple[FacetValue, ...]:
    """Other persons with a surname of this one, the most mentioned first."""
    surnames = set()
    for view in snapshot.views:
        column = view.facets["person"]
        for code in np.flatnonzero(column.meanings == number).tolist():
            key = column.column.values[code]
            if key.startswith("p:") and not key.startswith("p:|"):
                surnames.add(key.partition("|")[0] + "|")
    values = snapshot.values["person"]
    counts: Counter[int] = Counter()
    for view in snapshot.views:
        column = view.facets["person"]
        others = {other for surname in surnames for other in bearers(column, surname)} - {number, -1}
        for other in others:
            having = column.having([other])
            counts[other] += int(np.count_nonzero(having if view.segment.live is None else having & view.segment.live))
    found = [FacetValue(values.keys[other], values.labels[other], count) for other, count in counts.items() if count]
    return tuple(sorted(found, key=lambda value: (-value.count, alphabetical(value.label), value.key)))


def bearers(column: FacetColumn, start: str) -> Iterator[int]:
    """The values of all names whose key begins so."""
    yield from column.meanings[list(column.column.values.with_prefix(start))].tolist()

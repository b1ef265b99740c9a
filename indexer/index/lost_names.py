"""Finds the names and the entity ids that nobody but some articles bears, before these are destroyed."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import Annotation, readable
from indexer.entities.resolution import facet_values
from indexer.entities.slugs import slug
from indexer.index.document import names_of
from indexer.index.generations import current, last_commit
from indexer.pipeline import ANNOTATOR
from indexer.registry.name_table import NameTable, open_name_table

NUMBER_OF_NAMESAKE = re.compile(r"-\d+$")


@dataclass(frozen=True, slots=True)
class LostNames:
    """Name keys that go with articles, ids that are made of these names, and the labels to look for elsewhere."""

    keys: frozenset[str]
    entities: frozenset[str]
    labels: frozenset[str]


def lost_names(store: Store, versions: Iterable[StoredArticle], table: NameTable | None) -> LostNames:
    """Finds the names of all these versions that stand in no other article of the table; without a table, all."""
    versions = list(versions)
    ids = {stored.id for stored in versions}
    notes = readable(store.annotations({one.article.digest for one in versions}, ANNOTATOR))
    borne: Counter[str] = Counter()  # in how many of the articles that the index has
    labels: dict[str, str] = {}
    for stored in versions:
        names = names_of(stored.article, notes.get(stored.article.digest, Annotation(())))
        labels |= names
        if store.article(stored.id) == stored:
            borne.update(names.keys())
    for note in readable({str(n): data for n, data in enumerate(store.erasures.annotations(ids))}).values():
        labels = {key.text: label for key, label in facet_values(note).items()} | labels
    lost = {key for key in labels if table is None or articles_with(table, key) <= borne[key]}
    slugs = {slug(labels[key]) for key in lost}
    given = {entity for _, entity, _, _ in store.entity_ids.of(lost)}
    entities = {entity for entity in given if NUMBER_OF_NAMESAKE.sub("", entity) in slugs or entity in slugs}
    others = {key for entity in entities for key in store.entity_ids.names_of(entity)}
    return LostNames(frozenset(lost | others), frozenset(entities), frozenset(labels[key] for key in lost))


def articles_with(table: NameTable, key: str) -> int:
    """Counts the articles in the index that bear a name."""
    place = table.keys.find(key)
    return int(table.counts[place]) if place >= 0 else 0


def published_names(index: Path) -> NameTable | None:
    """Opens the name table of the published index; None where there is none."""
    folder = current(index)
    return open_name_table(folder, last_commit(folder)) if folder else None

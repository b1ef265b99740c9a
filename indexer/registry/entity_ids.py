"""Gives entities the ids that the store has for their names, and tells which id stands today for one given up."""

from collections.abc import Sequence

from archive.store.entity_ids import EntityIds
from indexer.entities.resolution import Entity, NameCount, resolve
from indexer.name_key import name_key
from indexer.registry.name_table import NameTable


def resolved_and_saved(ids: EntityIds, names: Sequence[NameCount]) -> tuple[Entity, ...]:
    """The entities of names that may be one, and all of them together; the store keeps what is new. An id that none of
    them has any longer leads from now on to the most mentioned name that had it."""
    articles = {name.key.text: name.articles for name in names}
    known = ids.of(articles)
    entities = resolve(names, {name_key(key): entity for key, entity, _, _ in known}, ids.holder)
    rows = {(key.text, entity.id, entity.kind, entity.label) for entity in entities for key in entity.names}
    kept = {entity.id for entity in entities}
    known.sort(key=lambda row: (articles[row[0]], row[0]))
    ids.save(rows.difference(known), kept, {id: key for key, id, _, _ in known if id not in kept})
    return entities


def current_id(ids: EntityIds, table: NameTable, id: str) -> str:
    """The id that whoever once had this one has in the table; the same where nobody gave it up."""
    name = ids.formerly(id)
    place = table.keys.find(name) if name else -1
    return table.ids[int(table.meanings[place])] if place >= 0 else id

"""Names that a commit changes and the store in, their entities out; the store keeps what is new of them. An id that
was given up in, the present one out."""

from collections.abc import Sequence

from archive.store.entity_ids import EntityIds
from indexer.entities.resolution import Entity, NameCount, resolve
from indexer.registry.name_table import Roll


def named(given: EntityIds, names: Sequence[NameCount]) -> tuple[Entity, ...]:
    """The entities of names that may be one, and all of them together; an id that none of these keeps leads from now
    on to the most mentioned name that had it."""
    known = given.of(name.key for name in names)
    entities = resolve(names, {key: entity for key, entity, _, _ in known}, given.holder)
    rows = {(key, entity.id, entity.kind, entity.label) for entity in entities for key in entity.names}
    kept, articles = {entity.id for entity in entities}, {name.key: name.articles for name in names}
    known.sort(key=lambda row: (articles[row[0]], row[0]))
    given.save(rows.difference(known), kept, {id: key for key, id, _, _ in known if id not in kept})
    return entities


def present_id(given: EntityIds, roll: Roll, id: str) -> str:
    """The id that whoever once had this one has in the roll; the same where nobody gave it up."""
    name = given.formerly(id)
    place = roll.keys.find(name) if name else -1
    return roll.ids[int(roll.meanings[place])] if place >= 0 else id

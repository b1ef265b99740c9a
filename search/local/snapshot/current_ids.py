"""A request in, the same with the ids that its persons and bodies have now out: an id once shown is good for ever."""

from collections.abc import Mapping
from dataclasses import replace

from archive.store.entity_ids import EntityIds
from indexer.annotation import Kind
from indexer.registry.entity_ids import present_id
from search.local.snapshot.snapshot import Snapshot
from search.request import ENTITY_FACETS, SearchRequest

Choices = Mapping[str, tuple[str, ...]]


def with_present_ids(request: SearchRequest, given: EntityIds, snapshot: Snapshot) -> SearchRequest:
    """Ids that the program gave up, and those that a line of the authority file joined to others, as they are now."""
    if not any(choices.get(facet) for choices in (request.chosen, request.excluded) for facet in ENTITY_FACETS):
        return request
    chosen = _present(request.chosen, given, snapshot)
    return replace(request, chosen=chosen, excluded=_present(request.excluded, given, snapshot))


def _present(choices: Choices, given: EntityIds, snapshot: Snapshot) -> Choices:
    found = {facet: set(keys) for facet, keys in choices.items() if facet not in ENTITY_FACETS}
    for facet in ENTITY_FACETS:
        for key in choices.get(facet, ()):
            now, id = whose_id(facet, key, given, snapshot) or (facet, key)
            found.setdefault(now, set()).add(id)
    return {facet: tuple(sorted(keys)) for facet, keys in found.items()}


def whose_id(kind: Kind, key: str, given: EntityIds, snapshot: Snapshot) -> tuple[Kind, str] | None:
    """The kind and id that whoever has or had this id has now; None where it is unknown."""
    id = present_id(given, snapshot.roll, key)
    id = snapshot.register.moved.get(id, id)
    retyped = snapshot.meanings.corrected.get(id)
    for now in (retyped,) if retyped else (kind, *(other for other in ENTITY_FACETS if other != kind)):
        number = snapshot.values[now].sought(id)
        if number is not None:
            return now, snapshot.values[now].keys[number]
    return None

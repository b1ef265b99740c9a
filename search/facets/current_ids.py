"""Gives a request the ids that its persons and bodies have now: an id once shown is good for ever."""

from collections.abc import Mapping
from dataclasses import replace

from search.engine import IndexNames
from search.request import ENTITY_FACETS, SearchRequest

FacetKeys = Mapping[str, tuple[str, ...]]


def with_present_ids(request: SearchRequest, names: IndexNames) -> SearchRequest:
    """Ids that the program gave up, and those that a line of the authority file joined to others, as they are now."""
    if not any(choices.get(facet) for choices in (request.chosen, request.excluded) for facet in ENTITY_FACETS):
        return request
    chosen = _present(request.chosen, names)
    return replace(request, chosen=chosen, excluded=_present(request.excluded, names))


def _present(choices: FacetKeys, names: IndexNames) -> FacetKeys:
    found = {facet: set(keys) for facet, keys in choices.items() if facet not in ENTITY_FACETS}
    for facet in ENTITY_FACETS:
        for key in choices.get(facet, ()):
            now, id = names.present(facet, key) or (facet, key)
            found.setdefault(now, set()).add(id)
    return {facet: tuple(sorted(keys)) for facet, keys in found.items()}

"""A request in, the same with the ids that its persons and bodies have now out: an id once shown is good for ever."""

from collections.abc import Mapping
from dataclasses import replace

from archive.given_names import GivenNames
from indexer.naming import present_id
from search.request import ENTITY_FACETS, SearchRequest
from search.snapshot import Snapshot

Choices = Mapping[str, tuple[str, ...]]


def with_present_ids(request: SearchRequest, given: GivenNames, snapshot: Snapshot) -> SearchRequest:
    """Ids that the program gave up, and those that a line of the authority file joined to others, as they are now."""
    if not any(choices.get(facet) for choices in (request.chosen, request.excluded) for facet in ENTITY_FACETS):
        return request
    chosen = _present(request.chosen, given, snapshot)
    return replace(request, chosen=chosen, excluded=_present(request.excluded, given, snapshot))


def _present(choices: Choices, given: GivenNames, snapshot: Snapshot) -> Choices:
    found = dict(choices)
    for facet in ENTITY_FACETS & choices.keys():
        values = snapshot.values[facet]
        numbers = {key: values.sought(present_id(given, snapshot.roll, key)) for key in choices[facet]}
        keys = {key if number is None else values.keys[number] for key, number in numbers.items()}
        found[facet] = tuple(sorted(keys))
    return found

"""Declares the facets: dates, the kinds of entities, and those fields of articles that are facets.

Requests, counts, URLs, pages, the API, tables and commands read it: a kind of entity is declared here, a field in
archive/fields.
"""

from dataclasses import dataclass

from archive.fields import FACET_FIELDS
from indexer.annotation import Kind


@dataclass(frozen=True, slots=True)
class EntityFacet:
    """One kind of entity; chosen ones combine by AND."""

    kind: Kind  # the parameter of URLs, the option of commands
    title: str  # «Персона»
    plural: str  # «Персоны»
    genitive: str  # «персон»
    collection: str  # what the API calls them

    @property
    def without(self) -> str:
        """«без персон»: the articles that name none."""
        return f"без {self.genitive}"


ENTITIES = (
    EntityFacet("person", "Персона", "Персоны", "персон", "persons"),
    EntityFacet("enterprise", "Предприятие", "Предприятия", "предприятий", "enterprises"),
    EntityFacet("organisation", "Организация", "Организации", "организаций", "organisations"),
)
TITLES: dict[str, str] = {
    "date": "Дата",
    **{one.kind: one.title for one in ENTITIES},
    **{field.name: field.label for field in FACET_FIELDS},
}
PLURALS: dict[str, str] = {
    **{one.kind: one.plural for one in ENTITIES},
    **{field.name: field.plural for field in FACET_FIELDS},
}
WITHOUT: dict[str, str] = {
    "date": "без даты",
    **{one.kind: one.without for one in ENTITIES},
    **{field.name: field.without for field in FACET_FIELDS},
}

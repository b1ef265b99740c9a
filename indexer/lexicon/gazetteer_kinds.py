"""Says of which kind everybody knows a name to be."""

from collections.abc import Iterable, Mapping
from functools import cache

from indexer.lexicon.gazetteer import (
    CAR_MAKERS,
    CLUBS,
    ENTERPRISES,
    ORGANISATIONS,
    PRODUCTS,
    SOCIAL_NETWORKS,
    TOURNAMENTS,
)
from indexer.lexicon.gazetteer_forms import canonical_labels, known_nominatives
from indexer.lexicon.lemma_key import LemmaKey, lemma_key
from indexer.lexicon.type_kinds import TypeKind
from indexer.text.tokens import fold


def reputed_kind(name: str) -> TypeKind | None:
    """The kind of a name in any case that everybody knows."""
    in_nominative = known_nominatives().get(fold(name), name)
    in_nominative = canonical_labels().get(fold(in_nominative), in_nominative)
    return known_kinds().get(lemma_key(name)) or known_kinds().get(lemma_key(in_nominative))


@cache
def known_kinds() -> Mapping[LemmaKey, TypeKind]:
    """The kinds of the names that everybody knows."""
    return (
        keys_of_kind("enterprise", ENTERPRISES)
        | keys_of_kind("organisation", ORGANISATIONS)
        | keys_of_kind("nameless", TOURNAMENTS)
    )


@cache
def likely_kinds() -> Mapping[LemmaKey, TypeKind]:
    """The kinds of names that may be another's, too."""
    return keys_of_kind("organisation", CLUBS) | keys_of_kind("nameless", PRODUCTS)


def keys_of_kind(kind: TypeKind, names: Iterable[str]) -> dict[LemmaKey, TypeKind]:
    """The keys of names of one kind."""
    return {lemma_key(name): kind for name in names}


@cache
def namesake_clubs() -> frozenset[LemmaKey]:
    """The names that a plant and its club share («Северсталь»)."""
    return frozenset(keys_of_kind("organisation", CLUBS).keys() & keys_of_kind("enterprise", ENTERPRISES).keys())


@cache
def social_networks() -> frozenset[LemmaKey]:
    """The names of networks where one writes."""
    return frozenset(map(lemma_key, SOCIAL_NETWORKS))


@cache
def car_makers() -> frozenset[LemmaKey]:
    """The names of makers that are said for their cars."""
    return frozenset(map(lemma_key, CAR_MAKERS))

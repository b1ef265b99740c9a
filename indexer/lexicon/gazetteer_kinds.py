"""A body's name in; what everybody takes it for, out."""

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
from indexer.lexicon.gazetteer_forms import canonical, nominatives
from indexer.lexicon.lemma_key import LemmaKey, lemma_key
from indexer.lexicon.type_words import TypeKind
from indexer.text.tokens import fold


def reputation(name: str) -> TypeKind | None:
    """The kind of a name in any case that everybody knows."""
    in_nominative = nominatives().get(fold(name), name)
    in_nominative = canonical().get(fold(in_nominative), in_nominative)
    return well_known().get(lemma_key(name)) or well_known().get(lemma_key(in_nominative))


@cache
def well_known() -> Mapping[LemmaKey, TypeKind]:
    """The kinds of the names that everybody knows."""
    return (
        of_kind("enterprise", ENTERPRISES) | of_kind("organisation", ORGANISATIONS) | of_kind("nameless", TOURNAMENTS)
    )


@cache
def likely() -> Mapping[LemmaKey, TypeKind]:
    """The kinds of names that may be another's, too."""
    return of_kind("organisation", CLUBS) | of_kind("nameless", PRODUCTS)


def of_kind(kind: TypeKind, names: Iterable[str]) -> dict[LemmaKey, TypeKind]:
    """The keys of names of one kind."""
    return {lemma_key(name): kind for name in names}


@cache
def namesake_clubs() -> frozenset[LemmaKey]:
    """The names that a plant and its club share («Северсталь»)."""
    return frozenset(of_kind("organisation", CLUBS).keys() & of_kind("enterprise", ENTERPRISES).keys())


@cache
def social_networks() -> frozenset[LemmaKey]:
    """The names of networks where one writes."""
    return frozenset(map(lemma_key, SOCIAL_NETWORKS))


@cache
def car_makers() -> frozenset[LemmaKey]:
    """The names of makers that are said for their cars."""
    return frozenset(map(lemma_key, CAR_MAKERS))

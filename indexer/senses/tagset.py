"""Translates what the dictionary says of a word into the tags that the morphological tagger may give it.

The dictionary speaks OpenCorpora's grammemes, the tagger Universal Dependencies.
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.text.lemmas import Grammar
from indexer.text.morph_tagger import Grammemes, morphology

Tags = NDArray[np.bool_]  # which of the tagger's

UNIVERSAL_PARTS: Mapping[str, frozenset[str]] = {  # `Grammar.part` → the parts of speech of Universal Dependencies
    "NOUN": frozenset(("NOUN", "PROPN")),
    "ADJF": frozenset(("ADJ",)),
    "Subs": frozenset(("NOUN", "PROPN", "ADJ")),
    "Apro": frozenset(("ADJ", "DET", "PRON")),
    "ADJS": frozenset(("ADJ",)),
    "COMP": frozenset(("ADJ", "ADV", "NUM")),
    "VERB": frozenset(("VERB", "AUX")),
    "INFN": frozenset(("VERB", "AUX")),
    "GRND": frozenset(("VERB", "AUX")),
    "PRTF": frozenset(("VERB", "AUX", "ADJ")),
    "PRTS": frozenset(("VERB", "AUX", "ADJ")),
    "NUMR": frozenset(("NUM", "ADV", "PRON")),
    "ADVB": frozenset(("ADV", "PART", "SCONJ", "CCONJ", "ADP", "PRON", "INTJ", "ADJ")),
    "PRED": frozenset(("ADV", "VERB", "ADJ", "AUX", "PART")),
    "NPRO": frozenset(("PRON", "DET", "SCONJ", "CCONJ")),
    "PREP": frozenset(("ADP", "ADV")),
    "CONJ": frozenset(("SCONJ", "CCONJ", "PART", "ADV", "PRON")),
    "PRCL": frozenset(("PART", "ADV", "CCONJ", "SCONJ", "INTJ", "AUX")),
    "INTJ": frozenset(("INTJ", "PART")),
}
UNIVERSAL_CASES = {
    "nomn": "Nom", "voct": "Nom", "gent": "Gen", "gen1": "Gen", "gen2": "Gen", "datv": "Dat",
    "accs": "Acc", "acc2": "Acc", "ablt": "Ins", "loct": "Loc", "loc1": "Loc", "loc2": "Loc",
}  # fmt: skip
UNIVERSAL_NUMBERS = {"sing": "Sing", "plur": "Plur"}
UNIVERSAL_GENDERS = {"masc": "Masc", "femn": "Fem", "neut": "Neut"}
SHORT_PARTS = frozenset(("ADJS", "PRTS"))
PREDICATIVE_PARTS = frozenset(("ADVB", "PRED"))  # «сложно» is tagged as a short adjective, too
UNIVERSAL_VERB_FORMS = {"INFN": "Inf", "GRND": "Conv", "VERB": "Fin", "PRTF": "Part", "PRTS": "Part"}


def without_word(ways: frozenset[Grammar]) -> frozenset[Grammar]:
    """Grammars without the word that has them."""
    return frozenset(way._replace(lemma="", score=0.0, person="", is_name=False) for way in ways)


@lru_cache(1 << 12)
def compatible(ways: frozenset[Grammar]) -> Tags:
    """The tags that a word with one of these grammars can have."""
    tags = np.zeros(len(morphology().tags), np.bool_)
    for way in ways:
        tags |= tags_of(way)
    return tags


@lru_cache(1 << 12)
def tags_of(way: Grammar) -> Tags:
    """The tags that a word with this grammar can have."""
    return np.array([agrees(way, tag) for tag in morphology().grammemes])


def agrees(way: Grammar, tag: Grammemes) -> bool:
    """Whether what the dictionary says of a word and what the tagger says can be one."""
    features = tag.features
    if way.part == "ADVB" and tag.part == "NOUN":
        return features.get("Case") == "Ins"  # «утром», «порой»
    if tag.part not in UNIVERSAL_PARTS.get(way.part, ()):
        return False
    if way.part not in PREDICATIVE_PARTS and (way.part in SHORT_PARTS) != (features.get("Variant") == "Short"):
        return False
    if (way.part == "COMP") != (features.get("Degree") == "Cmp"):
        return False
    if "VerbForm" in features and UNIVERSAL_VERB_FORMS.get(way.part) != features["VerbForm"]:
        return False
    if way.part == "VERB" and (
        (way.mood == "impr") != (features.get("Mood") == "Imp")
        or (way.tense == "past") != (features.get("Tense") == "Past")
    ):
        return False
    return all(
        not ours or name not in features or ours == features[name]
        for ours, name in (
            (UNIVERSAL_CASES.get(way.case), "Case"),
            (UNIVERSAL_NUMBERS.get(way.number), "Number"),
            (UNIVERSAL_GENDERS.get(way.gender), "Gender"),
        )
    )

"""Weighs by the morphological tagger how likely each sex and case is for a name in its place.

Dictionary and endings leave many a surname open («Харада» is a nominative, or a genitive of «Харад»); the tagger has
seen in news which it is among such words. Only names whose readings are near each other are asked about, one in five.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from indexer.text.cut_text import CutText
from indexer.text.grammar import SEX_CASES, Case, Sex, SexCase
from indexer.text.morph_tagger import Grammemes, WordAt, morphology
from indexer.text.sentences import Piece, pieces
from indexer.text.slovnet import REACH_WORDS, Floats

SEX_OF_GENDER: Mapping[str, Sex] = {"Masc": "m", "Fem": "f"}
CASE_OF_TAG: Mapping[str, Case] = {"Nom": "n", "Voc": "n", "Gen": "g", "Dat": "d", "Acc": "a", "Ins": "i", "Loc": "p"}
TAGS_OF_NAMES = frozenset(("PROPN", "NOUN", "ADJ"))
TOKENS_BESIDE = 2 * REACH_WORDS  # to either side of a name: line ends among them are no words
LEAST_ODDS = 1e-4  # a probability that one word gives: below it, the others decide
LEAST_WEIGHT = 0.02  # weight that even a cell of no probability keeps


def sex_case_weights(text: CutText, places: Sequence[tuple[int, int]]) -> list[dict[SexCase, float]]:
    """(sex, case) → weight for each name, the geometric mean over its words; {} where it has none."""
    asked = [words_of(text, *place) for place in places]
    odds = morphology().probabilities(place for found in asked for place in found) @ columns()
    ends = np.cumsum([len(found) for found in asked])
    return [weights(odds[end - len(found) : end]) for found, end in zip(asked, ends, strict=True)]


def words_of(text: CutText, start: int, stop: int) -> list[WordAt]:
    """The tokens round a name with the number of each that is a word of it (initials say nothing)."""
    first, last = max(0, text.tokens_before(start) - TOKENS_BESIDE), text.tokens_before(stop) + TOKENS_BESIDE
    piece = next(pieces(0, text.words[first:last], text.starts[first:last]), Piece(0, [], []))
    return [
        (piece.words, i)
        for i, (word, at) in enumerate(zip(piece.words, piece.starts, strict=True))
        if start <= at < stop and len(word) > 1 and word[0].isalpha()
    ]


def weights(odds: Floats) -> dict[SexCase, float]:
    """Of the probabilities of a name's words, shape (words, cells)."""
    if not len(odds):
        return {}
    mean = np.exp(np.log(odds + LEAST_ODDS).mean(axis=0)) + LEAST_WEIGHT
    return dict(zip(SEX_CASES, mean.tolist(), strict=True))


@cache
def columns() -> Floats:
    """Which tags are of which cell: shape (tags, cells), ones and zeros."""
    found = [[sex_case_of(tag) == cell for cell in SEX_CASES] for tag in morphology().grammemes]
    return np.array(found, np.float32)


def sex_case_of(tag: Grammemes) -> SexCase | None:
    """Sex and case of a tag that a person's name may have."""
    sex, case = SEX_OF_GENDER.get(tag.features.get("Gender", "")), CASE_OF_TAG.get(tag.features.get("Case", ""))
    if tag.part not in TAGS_OF_NAMES or tag.features.get("Number") == "Plur" or not sex or not case:
        return None
    return sex, case

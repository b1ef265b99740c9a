"""A name's place in a text in; how likely the morphological tagger finds each sex and case for it there, out.

Dictionary and endings leave many a surname open («Харада» is a nominative, or a genitive of «Харад»); the tagger has
seen in news which it is among such words. Only names whose readings are near each other are asked about, one in five.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from indexer.text.cut_text import CutText
from indexer.text.grammar import CASES, Case, Sex
from indexer.text.morph_tagger import Grammemes, Place, morphology
from indexer.text.sentences import Piece, pieces
from indexer.text.slovnet import REACH, Floats

Cell = tuple[Sex, Case]
SEX: Mapping[str, Sex] = {"Masc": "m", "Fem": "f"}
CASE: Mapping[str, Case] = {"Nom": "n", "Voc": "n", "Gen": "g", "Dat": "d", "Acc": "a", "Ins": "i", "Loc": "p"}
CELLS: tuple[Cell, ...] = tuple((sex, case) for sex in ("m", "f") for case in CASES)
PARTS = frozenset(("PROPN", "NOUN", "ADJ"))
TOKENS_BESIDE = 2 * REACH  # to either side of a name: line ends among them are no words
NEVER = 1e-4  # a probability that one word gives: below it, the others decide
UNLIKELY = 0.02  # weight that even a cell of no probability keeps


def cells(text: CutText, places: Sequence[tuple[int, int]]) -> list[dict[Cell, float]]:
    """(sex, case) → weight for each name, the geometric mean over its words; {} where it has none."""
    asked = [words_of(text, *place) for place in places]
    odds = morphology().probabilities(place for found in asked for place in found) @ columns()
    ends = np.cumsum([len(found) for found in asked])
    return [weights(odds[end - len(found) : end]) for found, end in zip(asked, ends, strict=True)]


def words_of(text: CutText, start: int, stop: int) -> list[Place]:
    """The tokens round a name with the number of each that is a word of it (initials say nothing)."""
    first, last = max(0, text.tokens_before(start) - TOKENS_BESIDE), text.tokens_before(stop) + TOKENS_BESIDE
    piece = next(pieces(0, text.words[first:last], text.starts[first:last]), Piece(0, [], []))
    return [
        (piece.words, i)
        for i, (word, at) in enumerate(zip(piece.words, piece.starts, strict=True))
        if start <= at < stop and len(word) > 1 and word[0].isalpha()
    ]


def weights(odds: Floats) -> dict[Cell, float]:
    """Of the probabilities of a name's words, shape (words, cells)."""
    if not len(odds):
        return {}
    mean = np.exp(np.log(odds + NEVER).mean(axis=0)) + UNLIKELY
    return dict(zip(CELLS, mean.tolist(), strict=True))


@cache
def columns() -> Floats:
    """Which tags are of which cell: shape (tags, cells), ones and zeros."""
    found = [[cell_of(tag) == cell for cell in CELLS] for tag in morphology().grammemes]
    return np.array(found, np.float32)


def cell_of(tag: Grammemes) -> Cell | None:
    """Sex and case of a tag that a person's name may have."""
    sex, case = SEX.get(tag.features.get("Gender", "")), CASE.get(tag.features.get("Case", ""))
    if tag.part not in PARTS or tag.features.get("Number") == "Plur" or not sex or not case:
        return None
    return sex, case

"""Words of texts in, what the news-trained morphological tagger of slovnet says of them in context out.

Only windows round the words asked about go through the network: its three convolutions of width 3 see three words to
either side, so that a window of seven gives the very numbers that the whole text gives.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from indexer.network import MORPHOLOGY, REACH, Floats, Network
from indexer.tagger import Piece

WORDS_KEPT = 15_000
Asked = tuple[Piece, Sequence[int]]  # a piece and the numbers of its words, ascending


class Grammemes(NamedTuple):
    """A tag of Universal Dependencies: «NOUN|Case=Gen|Gender=Fem» → its part of speech and features."""

    part: str
    features: Mapping[str, str]


class Morphology(Network):
    """The tagger with its weights (about 70 MB)."""

    def __init__(self) -> None:
        super().__init__(MORPHOLOGY, WORDS_KEPT)
        self.grammemes = [grammemes(tag) for tag in self.tags]

    def probabilities(self, asked: Sequence[Asked]) -> Floats:
        """Of every tag for every word asked about, in order; shape (words, tags)."""
        words: list[str] = []
        gaps, rows = [0], list[int]()
        for piece, numbers in asked:
            for group in near(numbers):
                start = max(0, group[0] - REACH)
                window = piece.words[start : group[-1] + REACH + 1]
                rows += [gaps[-1] + 1 + number - start for number in group]
                gaps.append(gaps[-1] + 1 + len(window))
                words += window
        if not rows:
            return np.zeros((0, len(self.tags)), np.float32)
        scores = self.scores(self.rows(words, np.array(gaps))[rows])
        odds: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        return odds


def near(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ascending numbers in groups whose windows touch."""
    first = 0
    for i in range(1, len(numbers)):
        if numbers[i] - numbers[i - 1] > 2 * REACH:
            yield numbers[first:i]
            first = i
    if numbers:
        yield numbers[first:]


def grammemes(tag: str) -> Grammemes:
    """A tag taken apart."""
    part, *features = tag.split("|")
    return Grammemes(part, dict(feature.split("=", 1) for feature in features))


@cache
def morphology() -> Morphology:
    """The one morphological tagger of the process, loaded at first use."""
    return Morphology()

"""Words of texts in, what the news-trained morphological tagger of slovnet says of them in context out.

Only windows round the words asked about go through the network: its three convolutions of width 3 see three words to
either side, so that a window of seven gives the very numbers that the whole text gives. Asked with the word hidden, the
tagger says what its neighbours want there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from indexer.network import MORPHOLOGY, REACH, Floats, Network
from indexer.tagger import BATCH_TOKENS, Piece

WORDS_KEPT = 15_000
HIDDEN = "ыыъы"  # no word of the vectors: the tagger knows its neighbours only
Asked = tuple[Piece, Sequence[int]]  # a piece and the numbers of its words, ascending
Window = tuple[Sequence[str], Sequence[int]]  # words and the numbers of those asked about


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
        return self.of_windows(
            (window(piece.words, group[0], group[-1]), [number - max(0, group[0] - REACH) for number in group])
            for piece, numbers in asked
            for group in near(numbers)
        )

    def expected(self, places: Iterable[tuple[Sequence[str], int]]) -> Floats:
        """Of every tag for a word not known, at each place of so many words, in order; shape (places, tags)."""
        return self.of_windows(
            (with_hidden(window(words, at, at), min(at, REACH)), [min(at, REACH)]) for words, at in places
        )

    def of_windows(self, windows: Iterable[Window]) -> Floats:
        """Of every tag for the words of windows that have those numbers there; shape (words, tags)."""
        found = [self.of_batch(batch) for batch in in_batches(windows)]
        return np.concatenate(found) if found else np.zeros((0, len(self.tags)), np.float32)

    def of_batch(self, windows: Iterable[Window]) -> Floats:
        """`of_windows` for some, all at once."""
        words: list[str] = []
        gaps, rows = [0], list[int]()
        for seen, numbers in windows:
            rows += [gaps[-1] + 1 + number for number in numbers]
            gaps.append(gaps[-1] + 1 + len(seen))
            words += seen
        scores = self.scores(self.rows(words, np.array(gaps))[rows])
        odds: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        return odds


def in_batches(windows: Iterable[Window]) -> Iterator[list[Window]]:
    """Windows in runs of about BATCH_TOKENS words, however many there are: a task may be of 64 books."""
    batch: list[Window] = []
    words = 0
    for seen, numbers in windows:
        batch.append((seen, numbers))
        words += len(seen)
        if words >= BATCH_TOKENS:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def window(words: Sequence[str], first: int, last: int) -> Sequence[str]:
    """All words that the tags of the words from `first` to `last` depend on."""
    return words[max(0, first - REACH) : last + REACH + 1]


def with_hidden(words: Sequence[str], at: int) -> list[str]:
    """The words, one of them replaced by a word not known, with a capital letter where it has one."""
    hidden = HIDDEN.capitalize() if words[at][0].isupper() else HIDDEN
    return [*words[:at], hidden, *words[at + 1 :]]


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

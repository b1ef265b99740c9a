"""Tags words in their context by the news-trained morphological tagger of slovnet.

Only windows round the words asked about go through the network: its three convolutions of width 3 see three words to
either side, and of a window of seven the layers need five rows, three and one. Asked with the word hidden, the tagger
says what its neighbours want there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from indexer.text.slovnet import MORPH_TAGGER_FILE, NOTHING, REACH_WORDS, WINDOW_WORDS, Floats, Integers, Network

WORDS_KEPT = 15_000
WINDOWS_LOOKED_UP = WORDS_KEPT // 3 // WINDOW_WORDS  # windows whose first products are looked up together
BATCH_WINDOWS = 128  # windows; their rows stay in the cache of the processor
HIDDEN_WORD = "ыыъы"  # no word of the vectors: the tagger knows its neighbours only
WordAt = tuple[Sequence[str], int]  # words and the number of the one asked about


class Grammemes(NamedTuple):
    """A tag of Universal Dependencies: «NOUN|Case=Gen|Gender=Fem» → its part of speech and features."""

    part: str
    features: Mapping[str, str]


class Morphology(Network):
    """The tagger with its weights (about 70 MB)."""

    def __init__(self) -> None:
        super().__init__(MORPH_TAGGER_FILE, WORDS_KEPT)
        self.grammemes = [grammemes(tag) for tag in self.tags]

    def probabilities(self, places: Iterable[WordAt]) -> Floats:
        """Of every tag for the word in each place, in order; shape (places, tags)."""
        return self.of_windows(window(words, at) for words, at in places)

    def expected(self, places: Iterable[WordAt]) -> Floats:
        """Of every tag for a word not known in each place, in order; shape (places, tags)."""
        return self.of_windows(with_hidden(window(words, at)) for words, at in places)

    def of_windows(self, windows: Iterator[list[str]]) -> Floats:
        """Of every tag for the words in the middle of windows; shape (windows, tags)."""
        found = list[Floats]()
        while some := list(islice(windows, WINDOWS_LOOKED_UP)):
            known = self.first([word for seen in some for word in seen])
            found += (
                self.of_batch(known[at : at + BATCH_WINDOWS * WINDOW_WORDS])
                for at in range(0, len(known), BATCH_WINDOWS * WINDOW_WORDS)
            )
        return np.concatenate(found) if found else np.zeros((0, len(self.tags)), np.float32)

    def of_batch(self, known: Integers) -> Floats:
        """`of_windows` for some, one after another, by their words' rows of `first.table`."""
        odds = self.scores(self.middle_rows(known))
        odds -= odds.max(axis=1, keepdims=True)
        np.exp(odds, out=odds)
        odds /= odds.sum(axis=1, keepdims=True)
        return odds


def window(words: Sequence[str], at: int) -> list[str]:
    """A word with all that its tag depends on: REACH_WORDS words to either side, NOTHING beyond the ends.

    >>> window(["Пуск", "новой", "домны"], 0)
    ['', '', '', 'Пуск', 'новой', 'домны', '']
    """
    before, after = words[max(0, at - REACH_WORDS) : at], words[at : at + REACH_WORDS + 1]
    return [*[NOTHING] * (REACH_WORDS - len(before)), *before, *after, *[NOTHING] * (REACH_WORDS + 1 - len(after))]


def with_hidden(seen: list[str]) -> list[str]:
    """A window, the word in its middle replaced by one not known, with a capital letter where it has one."""
    hidden = HIDDEN_WORD.capitalize() if seen[REACH_WORDS][0].isupper() else HIDDEN_WORD
    return [*seen[:REACH_WORDS], hidden, *seen[REACH_WORDS + 1 :]]


def grammemes(tag: str) -> Grammemes:
    """A tag taken apart."""
    part, *features = tag.split("|")
    return Grammemes(part, dict(feature.split("=", 1) for feature in features))


@cache
def morphology() -> Morphology:
    """The one morphological tagger of the process, loaded at first use."""
    return Morphology()

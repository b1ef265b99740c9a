"""Marks the tokens of a text with what their forms no longer tell: capitals, sentence beginnings, «%», «№»."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from indexer.text.sentence_ends import sentences

CAPITAL, SENTENCE, PERCENT, NUMBER_SIGN = 1, 2, 4, 8  # bits of a token's mark

PERCENT_SIGN = re.compile(r"(?<=\d)[ \u00a0]?%")
BEFORE_NUMBER = re.compile(r"№[ \u00a0]?(?=\d)")


def token_marks(text: str, starts: Sequence[int]) -> bytearray:
    """One byte a token; `starts`: where the tokens of the text begin, line breaks among them.

    >>> list(token_marks("Рост на 5%. Дом № 7", [0, 5, 8, 12, 18]))
    [3, 0, 4, 3, 8]
    """
    marks = bytearray(CAPITAL if text[start].isupper() else 0 for start in starts)
    begin = 0
    for paragraph in text.split("\n"):
        for first, stop in sentences(paragraph):
            number = bisect_left(starts, begin + first)
            if number < len(starts) and starts[number] < begin + stop:
                marks[number] |= SENTENCE
        begin += len(paragraph) + 1
    for sign in PERCENT_SIGN.finditer(text):
        marks[bisect_left(starts, sign.start()) - 1] |= PERCENT
    for sign in BEFORE_NUMBER.finditer(text):
        marks[bisect_left(starts, sign.end())] |= NUMBER_SIGN
    return marks

"""Cuts from an article's text the sentences that show what was sought: texts and ranges, no HTML."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.text.sentence_ends import sentences
from search.engine import MatchedRange
from search.result import Marks, Snippet

EXCERPT_CHARS = 240  # characters of an excerpt, ellipses not counted
EXCERPTS_A_HIT = 2
ELLIPSIS = "…"

SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    stop: int
    ranges: tuple[MatchedRange, ...]

    def items(self) -> frozenset[int]:
        return frozenset(one.item for one in self.ranges)


def snippets(text: str, start: int, ranges: Sequence[MatchedRange], worth: Sequence[float]) -> tuple[Snippet, ...]:
    """Up to EXCERPTS_A_HIT sentences of the text from `start` on that show the most of what was sought, in its order.

    `worth`: how much an item says, by its number. Where nothing matches there, the text's beginning.
    """
    sentences = list(_matching(text, start, ranges))
    chosen: list[_Sentence] = []
    shown: frozenset[int] = frozenset()
    while sentences and len(chosen) < EXCERPTS_A_HIT:

        def value(sentence: _Sentence, shown: frozenset[int] = shown) -> tuple[float, float, int]:
            items = sentence.items()
            return sum(worth[i] for i in items - shown), sum(worth[i] for i in items), -sentence.start

        sentence = max(sentences, key=value)
        sentences.remove(sentence)
        chosen.append(sentence)
        shown |= sentence.items()
    if not chosen:
        return lead(text, start)
    return tuple(_excerpt(text, sentence) for sentence in sorted(chosen, key=lambda one: one.start))


def lead(text: str, start: int) -> tuple[Snippet, ...]:
    """The first paragraph from `start` on, cut at a word; none where there is nothing."""
    stop = _paragraph_end(text, start)
    if not text[start:stop].strip():
        return ()
    return (_excerpt(text, _Sentence(start, stop, ())),)


def marks_between(ranges: Iterable[MatchedRange], start: int, stop: int) -> Marks:
    """Marks of the ranges inside start … stop, ascending; those that overlap become one."""
    marks: list[tuple[int, int]] = []
    for first, last in sorted((max(one.start, start), min(one.stop, stop)) for one in ranges):
        if marks and first < marks[-1][1]:
            marks[-1] = marks[-1][0], max(marks[-1][1], last)
        elif first < last:
            marks.append((first, last))
    return tuple(marks)


def _matching(text: str, start: int, ranges: Sequence[MatchedRange]) -> Iterator[_Sentence]:
    """The sentences of the text that hold ranges."""
    starts = [one.start for one in ranges]
    at = bisect_left(starts, start)
    while at < len(ranges):
        begin = max(start, text.rfind("\n", 0, starts[at]) + 1)
        end = _paragraph_end(text, starts[at])
        for first, last in sentences(text[begin:end]):
            after = bisect_left(starts, begin + last, at)
            if after > at:
                yield _Sentence(begin + first, begin + last, tuple(ranges[at:after]))
            at = after
        at = bisect_left(starts, end + 1, at)  # what begins with the line break is of no sentence


def _paragraph_end(text: str, start: int) -> int:
    stop = text.find("\n", start)
    return stop if stop >= 0 else len(text)


def _excerpt(text: str, sentence: _Sentence) -> Snippet:
    """The sentence, or as much of it as EXCERPT_CHARS allows round its matches."""
    start, stop = _window(text, sentence)
    before = ELLIPSIS if start > sentence.start else ""
    after = ELLIPSIS if stop < sentence.stop else ""
    shift = len(before) - start
    marks = tuple((first + shift, last + shift) for first, last in marks_between(sentence.ranges, start, stop))
    return Snippet(before + text[start:stop] + after, marks)


def _window(text: str, sentence: _Sentence) -> tuple[int, int]:
    """Where the excerpt begins and ends: between words, round the run of matches that shows the most."""
    if sentence.stop - sentence.start <= EXCERPT_CHARS:
        return sentence.start, sentence.stop
    first, last = _densest(sentence)
    start = max(sentence.start, min(first - (EXCERPT_CHARS - last + first) // 3, sentence.stop - EXCERPT_CHARS))
    stop = min(sentence.stop, start + EXCERPT_CHARS)
    if start > sentence.start and (space := SPACE.search(text, start - 1, first)):
        start = space.end()
    if stop < sentence.stop:
        spaces = [space.start() for space in SPACE.finditer(text, last, stop + 1)]
        stop = last + len(text[last : spaces[-1] if spaces else stop].rstrip(" ,;:–—-(«"))
    return start, stop


def _densest(sentence: _Sentence) -> tuple[int, int]:
    """From the first to the last of the ranges that one excerpt can hold, where they are of the most items."""
    found = (0, 0, sentence.start, sentence.start)
    for number, first in enumerate(sentence.ranges):
        near = [one for one in sentence.ranges[number:] if one.stop <= first.start + EXCERPT_CHARS]
        last = max((one.stop for one in near), default=first.start + EXCERPT_CHARS)
        found = max(found, (len({one.item for one in near}), -number, first.start, last))
    return found[2:]

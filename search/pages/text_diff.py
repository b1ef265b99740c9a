"""Finds what was changed between two texts, word by word; quick on texts of any length.

Rows of words that stand once in each text are matched first (as patience diff does), so that only short stretches
between them are searched through in full.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

WORD = re.compile(r"\w+(?:[-’']\w+)*|[^\w\s]")
PAIRS_SEARCHED = 160_000  # pairs of words: two stretches of 400 words
ROW_WORDS = (4, 2, 1)  # words in a row that may stand once in each text
WORDS_BESIDE_CHANGE = 15  # words of an unchanged stretch that stay beside a change
WORDS_UNCUT = 3 * WORDS_BESIDE_CHANGE  # an unchanged stretch of more words is cut
FEW_WORDS, MANY_WORDS = 2, 6  # so few tokens unchanged amid so many changed are told as changed

ChangeKind = Literal["same", "gone", "new", "cut"]
CommonWords = tuple[int, int, int]  # place in the one, place in the other, how many words


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of text: unchanged, gone, new, or unchanged and left out; how many words it has."""

    change: ChangeKind
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was changed, by paragraphs; the share of words that both texts have; whether nothing was changed."""

    paragraphs: tuple[tuple[TextPiece, ...], ...]
    common: float
    same: bool


def compare(before: str, after: str) -> Comparison:
    """The way from one text to the other; paragraphs that were only parted anew are no change."""
    old, new = [list(WORD.finditer(text)) for text in (before, after)]
    one, other = ([match.group() for match in some] for some in (old, new))
    found = list(blocks(one, other))
    common = 2 * sum(size for _, _, size in found) / max(1, len(old) + len(new))
    same = one == other
    pieces: list[TextPiece] = []
    for change, start, stop in stretches(found, len(old), len(new)):
        words, text = (old, before) if change == "gone" else (new, after)
        first = words[start].start()
        said = text[first : end(words, stop, text)]
        if change != "same" and pieces and not pieces[-1].text[-1].isspace() and said[0].isalnum():
            said = ("\n" if change == "gone" and text[first - 1] == "\n" else " ") + said
        pieces.append(TextPiece(change, said, stop - start))
    return Comparison(tuple(in_paragraphs(long_runs_cut(pieces))), common, same)


def end(words: Sequence[re.Match[str]], stop: int, text: str) -> int:
    """Where the word after a stretch begins: a stretch keeps the space behind it."""
    return words[stop].start() if stop < len(words) else len(text)


def blocks(one: Sequence[str], other: Sequence[str]) -> Iterator[CommonWords]:
    """Stretches that are the same in both, in order."""
    ahead = [(0, len(one), 0, len(other))]
    while ahead:
        i, i_stop, j, j_stop = ahead.pop()
        size = 0
        while i + size < i_stop and j + size < j_stop and one[i + size] == other[j + size]:
            size += 1
        if size:
            yield i, j, size
            i, j = i + size, j + size
        if (i_stop - i) * (j_stop - j) <= PAIRS_SEARCHED:
            matcher = SequenceMatcher(None, one[i:i_stop], other[j:j_stop], autojunk=False)
            yield from ((i + a, j + b, size) for a, b, size in matcher.get_matching_blocks() if size)
            continue
        anchors = next(filter(None, (anchor_places(one, other, i, i_stop, j, j_stop, row) for row in ROW_WORDS)), [])
        edges = [*anchors, (i_stop, j_stop)] if anchors else []
        parts = [(a, a_next, b, b_next) for (a, b), (a_next, b_next) in zip([(i, j), *edges], edges, strict=False)]
        ahead += reversed(parts)


def anchor_places(
    one: Sequence[str], other: Sequence[str], i: int, i_stop: int, j: int, j_stop: int, row: int
) -> list[tuple[int, int]]:
    """Places of rows of words that stand once in each stretch, as many as keep their order; none at the very start."""
    first, second = (once(words, start, stop, row) for words, start, stop in ((one, i, i_stop), (other, j, j_stop)))
    pairs = sorted((place, second[words]) for words, place in first.items() if words in second)
    kept = ascending([b for _, b in pairs])
    return [pairs[place] for place in kept if pairs[place] != (i, j)]


def once(words: Sequence[str], start: int, stop: int, row: int) -> dict[tuple[str, ...], int]:
    """Rows of so many words that stand once in the stretch, and where."""
    rows = {place: tuple(words[place : place + row]) for place in range(start, stop - row + 1)}
    counts = Counter(rows.values())
    return {some: place for place, some in rows.items() if counts[some] == 1}


def ascending(values: Sequence[int]) -> list[int]:
    """Places of a longest ascending run of the values (patience sorting)."""
    tops: list[int] = []  # the least value that ends a run of each length
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_left(tops, value)
        before.append(places[length - 1] if length else -1)
        tops[length : length + 1] = [value]
        places[length : length + 1] = [place]
    run = []
    place = places[-1] if places else -1
    while place >= 0:
        run.append(place)
        place = before[place]
    return run[::-1]


def stretches(found: Sequence[CommonWords], old: int, new: int) -> Iterator[tuple[ChangeKind, int, int]]:
    """(change, start, stop) in order: gone in words of the one text, new and same in those of the other."""
    i = j = 0
    for a, b, size in without_lone_words(touching_joined(found), old, new):
        if a > i:
            yield "gone", i, a
        if b > j:
            yield "new", j, b
        if size:
            yield "same", b, b + size
        i, j = a + size, b + size


def touching_joined(found: Sequence[CommonWords]) -> Iterator[CommonWords]:
    """Blocks that touch as one."""
    last: CommonWords | None = None
    for a, b, size in found:
        if last and (last[0] + last[2], last[1] + last[2]) == (a, b):
            last = (last[0], last[1], last[2] + size)
        else:
            if last:
                yield last
            last = (a, b, size)
    if last:
        yield last


def without_lone_words(found: Iterator[CommonWords], old: int, new: int) -> Iterator[CommonWords]:
    """The blocks but those that are a word or two amid much that is changed, and the texts' end."""
    i = j = 0
    ahead = [*found, (old, new, 0)]
    for (a, b, size), (a_next, b_next, _) in pairwise(ahead):
        before, behind = a - i + b - j, a_next + b_next - a - b - 2 * size
        if size > FEW_WORDS or min(before, behind) <= MANY_WORDS:
            yield a, b, size
            i, j = a + size, b + size
    yield old, new, 0


def long_runs_cut(pieces: Sequence[TextPiece]) -> Iterator[TextPiece]:
    """The pieces, long unchanged ones cut down to what stands beside a change."""
    for number, piece in enumerate(pieces):
        if piece.change != "same" or piece.words <= WORDS_UNCUT:
            yield piece
            continue
        starts = [match.start() for match in WORD.finditer(piece.text)]
        first = WORDS_BESIDE_CHANGE if number else 0
        last = WORDS_BESIDE_CHANGE if number + 1 < len(pieces) else 0
        start, stop = starts[first], starts[piece.words - last] if last else len(piece.text)
        if first:
            yield TextPiece("same", piece.text[:start], first)
        yield TextPiece("cut", "", piece.words - first - last)
        if last:
            yield TextPiece("same", piece.text[stop:], last)


def in_paragraphs(pieces: Iterator[TextPiece]) -> Iterator[tuple[TextPiece, ...]]:
    """The pieces by paragraphs; a line break behind a word that is only replaced parts nothing, nor does a cut."""
    row: list[TextPiece] = []
    some = list(pieces)
    for piece, following in zip(some, [*some[1:], None], strict=False):
        text = piece.text
        if piece.change == "cut":
            yield from ([tuple(row)] if row else [])
            yield (piece,)
            row = []
            continue
        if piece.change == "gone" and following and following.change == "new":
            text = text.rstrip("\n")
        for number, line in enumerate(text.split("\n")):
            if number and row:
                yield tuple(row)
                row = []
            if line:
                row.append(TextPiece(piece.change, line, piece.words))
    if row:
        yield tuple(row)

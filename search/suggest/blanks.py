"""Puts the blanks of a query where the words of the archive want them.

газ пром → газпром      красныйоктябрь → "красный октябрь"      дело онарко тиках → дело о наркотиках
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.text.tokens import Token, tokenize
from search.suggest.archive_words import ArchiveWords

LETTERS_READ = 40  # of what is cut into words
WORDS_IN_A_ROW = 3  # of a query that may be one, or other words
LONGEST_WORD = 24
SHORT_WORDS = frozenset("а в и к о с у я во да до за и из ко на не ни но об от по со то для при над под без".split())
SHORTEST_WORD = 3  # of other words
WORD_COST = 1.0  # of each word that is made, beside how rare it is as a power of ten
SPACING_COST = -1.0  # of blanks beside slips of the hand: they are likelier
CUTS_KEPT = 3


class Respaced(NamedTuple):
    """A query with its blanks elsewhere."""

    cost: float
    text: str


def respaced(text: str, archive: ArchiveWords) -> list[Respaced]:
    """The query with one or several of its words joined or cut otherwise, the most probable first."""
    found = []
    for row in rows(text):
        typed = tuple(token.form for token in row)
        several = joined(typed, archive)
        if any(map(archive.doubts, typed)):
            several += cuts("".join(typed), len(typed), archive)
        for cost, words in several:
            if not any(form in words for form in typed):
                in_row = len(row) == 1 and not text[: row[0].start].endswith(('"', "«"))
                written = f'"{" ".join(words)}"' if in_row else " ".join(words)
                found.append(Respaced(cost, text[: row[0].start] + written + text[row[-1].stop :]))
    return sorted(found)


def rows(text: str) -> Iterator[Sequence[Token]]:
    """One to three words of a query that only blanks part, no operator among them."""
    tokens = tokenize(text)
    for first, token in enumerate(tokens):
        for last in range(first, min(first + WORDS_IN_A_ROW, len(tokens))):
            row = tokens[first : last + 1]
            between = [text[one.stop : other.start] for one, other in pairwise(row)]
            is_plain = token.start == 0 or text[token.start - 1] in ' "«('
            if (
                is_plain
                and not any(gap.strip(" ") for gap in between)
                and not text.startswith(("*", ":"), row[-1].stop)
            ):
                yield row


def joined(typed: Sequence[str], archive: ArchiveWords) -> list[tuple[float, tuple[str, ...]]]:
    """Several words as one, where the archive has it more than seldom."""
    word = "".join(typed)
    articles = archive.articles(word) if len(typed) > 1 and word.isalpha() else 0
    return [(SPACING_COST - math.log10(articles), (word,))] if articles else []


def cuts(letters: str, count: int, archive: ArchiveWords) -> list[tuple[float, tuple[str, ...]]]:
    """How letters in a row, typed as so many words, may be cut into words that the archive prints, the most probable
    ways first."""
    if not letters.isalpha() or len(letters) > LETTERS_READ:
        return []
    best: list[list[tuple[float, tuple[str, ...]]]] = [[(0.0, ())], *([] for _ in letters)]
    for start in range(len(letters)):
        for stop in range(start + 1, min(start + LONGEST_WORD, len(letters)) + 1) if best[start] else ():
            word = letters[start:stop]
            if stop - start < SHORTEST_WORD and word not in SHORT_WORDS:
                continue
            if articles := archive.printed(word):
                cost = WORD_COST + archive.rarity(articles)
                best[stop] += [(before + cost, (*words, word)) for before, words in best[start]]
        best[start + 1] = sorted(best[start + 1])[:CUTS_KEPT]
    ways = [words for _, words in best[-1] if archive.in_a_row(words)]
    return [
        (SPACING_COST + max(0, len(words) - count) - math.log10(min(map(archive.printed, words))), words)
        for words in ways
    ]

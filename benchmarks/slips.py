"""Measures how well a slip of the hand is mended: words of an archive, each with one random slip, are asked for.

    python -m benchmarks.slips HOME

Told are the shares of slips for which the word that was meant is offered, another, or none, and the time of a page.
A slip that is a word of more than RARE articles, or of the same meaning, is no slip and not counted.
"""

import argparse
import random
import statistics
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from archive.home import Home
from search.local.segments.segment import open_segments
from search.query.typed_word import query_lemmas
from search.request import SearchRequest
from search.searcher import Searcher
from search.suggest.archive_words import RARE_ARTICLES
from search.suggest.keyboard_layout import CYRILLIC

SEED = 1
LEAST_LETTERS, LEAST_ARTICLES = 5, 5  # of a word that is asked for
ROWS = (CYRILLIC[:12], CYRILLIC[12:23], CYRILLIC[23:32])  # of the keyboard
LIKE = ("оа", "еи", "иы", "тд", "бп", "зс", "гк", "вф", "шщ", "ъь")  # letters that are taken for one another


def neighbours() -> dict[str, str]:
    """By letter: those beside it on the keyboard, and those taken for it."""
    found: Counter[tuple[str, str]] = Counter()
    for row in (*ROWS, *LIKE):
        for one, other in pairwise(row):
            found[one, other] = found[other, one] = 1
    return {one: "".join(other for first, other in found if first == one) for one, _ in found}


def slipped(word: str, beside: dict[str, str]) -> str:
    """The word with a letter left out, doubled, replaced or in the place of the next."""
    at = random.randrange(len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return random.choice(
        (
            before + after,
            before + letter + letter + after,
            before + random.choice(beside.get(letter, letter)) + after,
            before + after[0] + letter + after[1:],
        )
    )


def main() -> None:
    """Print the shares and the median time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--words", type=int, default=400)
    named = parser.parse_args()
    random.seed(SEED)
    home = Home(named.home)
    searcher = Searcher(home)
    words, counts = max((segment.forms() for segment in open_segments(home.index)), key=lambda forms: len(forms[0]))
    beside = neighbours()
    frequent = [words[place] for place in range(len(words)) if counts[place] >= LEAST_ARTICLES]
    asked = [word for word in frequent if len(word) >= LEAST_LETTERS and set(word) <= set(beside)]
    outcomes: Counter[str] = Counter()
    times = []
    for word in random.sample(asked, min(named.words, len(asked))):
        typed = slipped(word, beside)
        started = time.perf_counter()
        result = searcher.search(SearchRequest(typed))
        if result.total > RARE_ARTICLES or set(query_lemmas(typed)) & set(query_lemmas(word)):
            continue
        times.append(time.perf_counter() - started)
        offered = result.rescue.query if result.rescue else result.suggestions[0].query if result.suggestions else ""
        is_right = bool(set(query_lemmas(offered)) & set(query_lemmas(word)))
        outcomes["none" if not offered else "right" if is_right else "wrong"] += 1
    print(f"{outcomes.total()} slips, {1000 * statistics.median(times):.1f} ms a page")
    for outcome in ("right", "wrong", "none"):
        print(f"{outcome:6} {outcomes[outcome] / outcomes.total():.3f}")


if __name__ == "__main__":
    main()

"""Writes the articles of an invented archive as another engine takes them: words as one string, the rest as numbers."""

import datetime as dt
from collections.abc import Iterator

from benchmarks.invented.corpus import Corpus

TOP, VALUES = 10, 20  # what a page shows
Row = tuple[int, str, str, int, int, list[int], list[int]]  # id, lemmas, forms, day, month, persons, enterprises


def rows(corpus: Corpus) -> Iterator[Row]:
    """The archive's articles."""
    words = corpus.words
    for block in corpus.blocks():
        forms, lemmas = block.forms.tolist(), words.form_lemmas[block.forms].tolist()
        persons, enterprises = block.persons.tolist(), block.enterprises.tolist()
        for i, day in enumerate(block.days.tolist()):
            first, last = block.form_offsets[i], block.form_offsets[i + 1]
            yield (
                block.first + i,
                " ".join([words.lemmas[lemma] for lemma in lemmas[first:last]]),
                " ".join([words.forms[form] for form in forms[first:last]]),
                day,
                month_of(day),
                persons[block.person_offsets[i] : block.person_offsets[i + 1]],
                enterprises[block.enterprise_offsets[i] : block.enterprise_offsets[i + 1]],
            )


def month_of(day: int) -> int:
    """Months since the year 0."""
    date = dt.date.fromordinal(day)
    return 12 * date.year + date.month - 1

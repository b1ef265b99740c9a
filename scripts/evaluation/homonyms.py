"""Measures whether a rare reading of a word is indexed in just the sentences that mean it.

homonyms.tsv has them in parts. «[стали=сталь]»: the word is a form of «сталь» there and is to be found by it;
«[стали≠сталь]»: it is not. Of all these words the reading named has less than `lemmas.LEAST_SCORE`. The rules were
written with the errors of "first" (ours), "hard" (ours, to find out what goes wrong), "plain" (ours, everyday
sentences; before its errors were looked at .90) and "other" in view. "other" and "held" are by another hand, which knew
neither rules nor program, no form in both; no error of "held" was looked at.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.annotation import Annotation
from indexer.index.document import extra_lemmas
from indexer.pipeline import annotate
from indexer.text.lemmas import lemmas
from indexer.text.tokens import forms

TABLE = Path(__file__).parent / "homonyms.tsv"
MARKED = re.compile(r"\[(\w+)([=≠])(\w+)\]")
PARTS = ("first", "hard", "plain", "other", "held")


class Marked(NamedTuple):
    """A sentence without marks, where the word in question begins, the lemma in question, whether it is meant."""

    sentence: str
    start: int
    lemma: str
    is_meant: bool


def table(*parts: str) -> Iterator[Marked]:
    """The marked words of some parts."""
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        part, text = line.split("\t")
        if part in parts:
            yield from marked(text)


def marked(text: str) -> Iterator[Marked]:
    """The marked words of a sentence."""
    shift = 0
    sentence = MARKED.sub(r"\1", text)
    for match in MARKED.finditer(text):
        yield Marked(sentence, match.start() - shift, match[3], match[2] == "=")
        shift += len(match[0]) - len(match[1])


def wrong(rows: Iterable[Marked]) -> list[Marked]:
    """Those that are not indexed as marked."""
    found = list(rows)
    pairs = zip(found, annotate([row.sentence for row in found]), strict=True)
    return [row for row, annotation in pairs if row.is_meant != is_indexed(row, annotation)]


def share(part: str) -> float:
    """The share of the marked words of a part that are indexed as marked."""
    rows = list(table(part))
    return 1 - len(wrong(rows)) / len(rows)


def is_indexed(row: Marked, annotation: Annotation) -> bool:
    """Whether the word is found by the lemma in question."""
    found, starts = forms(row.sentence)
    place = starts.index(row.start)
    return row.lemma in (*lemmas(found[place]), *extra_lemmas(found, starts, annotation).get(place, ()))

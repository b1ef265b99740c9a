"""Says what a query that is being typed may become: names, papers, words of the archive.

The letters typed are read in either alphabet and on either keyboard, a name in any case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer.names.word_readings import surname_lemmas
from indexer.text.lemmas import lemmas
from indexer.text.tokens import forms
from search.engine import IndexMoment, RequestMatch
from search.query.parser import read
from search.query.tree import EVERYTHING, Word
from search.request import ENTITY_FACETS, SearchRequest
from search.suggest.keyboard_layout import switched
from search.suggest.romanisation import cyrillic

CompletionKind = Literal["word", "person", "enterprise", "organisation", "source"]

MOST_COMPLETIONS = 10
LETTERS_LOOKED_AT = 100
NAMES_OF_A_KIND = 4
WORDS_OFFERED = 4
FORMS_LOOKED_AT = 24  # the most frequent forms that begin so: several may be of one word
SHORTEST_START = 2  # letters of what is completed
READINGS_TRIED = 3  # of Latin letters


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be typed: a name or a paper with its key, or a query without one, and how many articles it finds."""

    text: str
    kind: CompletionKind
    key: str
    count: int


def completions(moment: IndexMoment, text: str) -> list[Completion]:
    """What a query may become, names first, the most mentioned first; of several ways to read the letters the first
    that leads anywhere."""
    if len(text) > LETTERS_LOOKED_AT:
        return []
    every = moment.find(EVERYTHING, SearchRequest(facet_size=NAMES_OF_A_KIND))
    for reading in dict.fromkeys(readings(text)):
        words = [form for form in forms(reading)[0] if form]
        if words and len(words[-1]) >= SHORTEST_START:
            found = [*named(every, words), *with_last_word(moment, reading, words[-1])]
            if found:
                return found[:MOST_COMPLETIONS]
    return []


def readings(text: str) -> Iterator[str]:
    """The letters as typed, on the keys of the other alphabet, in Russian for Latin ones."""
    yield text
    yield switched(text)
    several = [cyrillic(form)[:READINGS_TRIED] or (form,) for form in forms(text)[0]]
    for nth in range(READINGS_TRIED):
        yield " ".join(some[min(nth, len(some) - 1)] for some in several)


def named(every: RequestMatch, words: list[str]) -> list[Completion]:
    """Persons, bodies and papers of whose names words begin so, in any case."""
    found = []
    in_nominative = [next(iter(surname_lemmas(word)), word) for word in words]
    for kind in ENTITY_FACETS:
        for starts in (words, in_nominative):
            if values := every.named_values(kind, starts).first:
                found += [Completion(value.label, kind, value.key, value.count) for value in values]
                break
    for value in every.values("source").first:
        own = forms(value.label)[0]
        if all(any(form.startswith(word) for form in own) for word in words):
            found.append(Completion(value.label, "source", value.key, value.count))
    return sorted(found, key=lambda one: -one.count)[: MOST_COMPLETIONS - WORDS_OFFERED]


def with_last_word(moment: IndexMoment, text: str, start: str) -> list[Completion]:
    """The query with its last word made whole, in its dictionary form where it is the only one."""
    before = text[: len(text) - len(text.split()[-1])]
    found: dict[str, Completion] = {}
    for form in moment.forms_with_prefix(start, FORMS_LOOKED_AT):
        lemma = lemmas(form)[0]
        whole = lemma if lemma.startswith(start) else form
        if whole not in found and len(found) < WORDS_OFFERED and whole.isalpha():
            query = before + whole
            count = (
                moment.find(read(query).tree, SearchRequest()).total if before else moment.articles_with(Word(whole))
            )
            if count:
                found[whole] = Completion(query, "word", "", count)
    return sorted(found.values(), key=lambda one: -one.count)

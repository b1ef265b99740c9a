"""Offers other words that a query may mean: «стали» is sought as «стать», and the reader may have meant steel."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from indexer.text.lemmas import lemmas, readings
from search.engine import IndexMoment
from search.query.canonical import canonical
from search.query.parser import Query
from search.query.tree import And, Near, Node, Or, Paragraph, Phrase, Sentence, Title, Together, Word
from search.query.typed_word import query_lemmas
from search.result import OtherWord

LEAST_SCORE = 0.005  # readings below are hardly anybody's («дела» as «деть»)
MOST_OTHER_WORDS = 3


def other_words(query: Query, moment: IndexMoment) -> tuple[OtherWord, ...]:
    """What else the words of a query may mean; empty where nothing found in the archive would be new."""
    found: list[OtherWord] = []
    for form in dict.fromkeys(typed(query.tree)):
        for lemma in unlikely(form):
            if len(found) < MOST_OTHER_WORDS and moment.articles_with(Word(lemma)):
                found.append(OtherWord(form, lemma, canonical(with_words(query.tree, form, (lemma,)))))
    return tuple(found)


@lru_cache(1 << 12)
def unlikely(form: str) -> tuple[str, ...]:
    """The lemmas of a typed form under which it is not sought.

    >>> unlikely("стали"), unlikely("завода")
    (('сталь',), ())
    """
    return tuple(
        reading.lemma
        for reading in readings(form)
        if reading.score >= LEAST_SCORE
        and reading.lemma not in query_lemmas(form)
        and reading.lemma in lemmas(reading.lemma)
    )


def typed(node: Node) -> Iterator[str]:
    """The words, in any form, that articles are to have."""
    match node:
        case Word(form):
            yield form
        case Title(part):
            yield from typed(part)
        case (
            And(parts) | Or(parts) | Phrase(parts) | Near(parts) | Together(parts) | Sentence(parts) | Paragraph(parts)
        ):
            for part in parts:
                yield from typed(part)


def with_words(node: Node, form: str, others: Sequence[str]) -> Node:
    """The tree with other words, in a row where they are several, for a typed one wherever an article is to have it."""
    words = tuple(map(Word, others))

    def each(parts: tuple[Node, ...]) -> tuple[Any, ...]:
        return tuple(with_words(part, form, others) for part in parts)

    def in_row(terms: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(one for term in terms for one in (words if term == Word(form) else (term,)))

    match node:
        case Word(typed_form) if typed_form == form:
            return Phrase(words) if len(words) > 1 else words[0]
        case And(parts) | Or(parts) | Sentence(parts) | Paragraph(parts):
            return type(node)(each(parts))
        case Title(part):
            return Title(with_words(part, form, others))
        case Phrase(terms):
            return Phrase(in_row(terms))
        case Near(terms, distance):
            return Near(in_row(terms), max(distance, len(in_row(terms)) - 1))
        case Together(parts):
            return Together(in_row(parts))
    return node

"""Says which persons and bodies a result is about: those chosen, and those whose name is the query."""

from functools import lru_cache
from typing import NamedTuple

from indexer.text.tokens import forms
from search.query.parser import read
from search.query.tree import And, Phrase, Word
from search.query.typed_word import query_lemmas
from search.request import ENTITY_FACETS, NONE
from search.result import SearchResult

NAME_WORDS = 5  # of a query that may be a name
MOST_SUBJECTS = 4
REMARK_START = " ("  # what follows it in a label is no name: «Бочаров (без имени)»


class Subject(NamedTuple):
    """A person or body, of which kind, and how many of the result's articles name it."""

    kind: str
    key: str
    label: str
    articles: int


def subjects(result: SearchResult) -> tuple[Subject, ...]:
    """Whom the result is about, the most mentioned first of those chosen, then of those that the query names."""
    typed = typed_name(result.request.text)
    chosen, named = [], []
    for facet in result.facets:
        for value in facet.values if facet.name in ENTITY_FACETS else ():
            subject = Subject(facet.name, value.key, value.label, value.count)
            if value.selected and value.key not in (NONE, value.label):  # what nobody has is its own label
                chosen.append(subject)
            elif typed and value.count and not value.selected and bears(subject, typed):
                named.append(subject)
    return (*sorted(chosen, key=_rank), *sorted(named, key=_rank))[:MOST_SUBJECTS]


def typed_name(text: str) -> tuple[str, ...]:
    """The words of a query that may be a name; none where it has anything but plain words, or too many."""
    tree = read(text).tree
    words: list[str] = []
    for part in tree.parts if isinstance(tree, And) else (tree,):
        for term in part.terms if isinstance(part, Phrase) else (part,):
            if not isinstance(term, Word):
                return ()
            words.append(term.form)
    return tuple(words) if len(words) <= NAME_WORDS else ()


def bears(subject: Subject, typed: tuple[str, ...]) -> bool:
    """Whether the words are its name in any case: of a person the surname, with the given name or its initial or
    without; of a body the whole name."""
    own = name_words(subject.label)
    if not typed or not own or len(typed) > len(own) or (subject.kind != "person" and len(typed) < len(own)):
        return False
    left = list(range(len(own)))
    for word in typed:
        place = next((at for at in reversed(left) if meets(word, own[at], is_last=at == len(own) - 1)), None)
        if place is None:
            return False
        left.remove(place)
    return len(own) - 1 not in left


def meets(word: str, own: str, is_last: bool) -> bool:
    """Whether a typed word is a word of a name, which its last is not by an initial alone.

    >>> meets("бочарову", "бочаров", True), meets("а", "андрей", False), meets("б", "бочаров", True)
    (True, True, False)
    """
    if word[0] != own[0]:  # no two forms of a name begin otherwise, and most names need not be looked up
        return False
    return word == own or (len(word) == 1 and not is_last) or not senses(word).isdisjoint(senses(own))


@lru_cache(1 << 13)
def name_words(label: str) -> tuple[str, ...]:
    """The words of a label that are a name."""
    return tuple(forms(label.partition(REMARK_START)[0])[0])


@lru_cache(1 << 13)
def senses(form: str) -> frozenset[str]:
    """What a word is sought under."""
    return frozenset(query_lemmas(form))


def _rank(subject: Subject) -> int:
    return -subject.articles

"""Says which persons and bodies a result is about: those chosen, and those whose name is the query."""

from typing import NamedTuple

from search.facets.typed_names import meets, name_words
from search.query.parser import read
from search.query.tree import And, Idle, Phrase, Together, Word
from search.request import ENTITY_FACETS, NONE
from search.result import SearchResult

NAME_WORDS = 5  # of a query that may be a name
MOST_SUBJECTS = 4


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
        row = part.row if isinstance(part, Together) else part
        for term in row.terms if isinstance(row, Phrase) else (row,):
            if not isinstance(term, Word | Idle):
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


def _rank(subject: Subject) -> int:
    return -subject.articles

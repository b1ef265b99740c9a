"""Says whether a typed name, in any case and form, is a name of the archive."""

from collections.abc import Sequence
from functools import lru_cache

from indexer.names.word_readings import PATRONYMIC
from indexer.text.tokens import forms
from search.query.typed_word import query_lemmas

REMARK_START = " ("  # what follows it in a label is no name: «Бочаров (без имени)»


def names_person(typed: Sequence[str], label: str) -> bool:
    """Whether the words are a person's name: the surname, alone or with the given name or its initial; a patronymic
    that the label lacks is passed over.

    >>> names_person(["бочарову", "а"], "Андрей Бочаров"), names_person(["андрей"], "Андрей Бочаров")
    (True, False)
    """
    own = name_words(label)
    words = [word for word in typed if _is_own_or_no_patronymic(word, own)] if len(typed) > len(own) else list(typed)
    left = _left(words, own)
    return left is not None and len(own) - 1 not in left


def has_words(typed: Sequence[str], label: str) -> bool:
    """Whether each of the words is one of the label's, in any form."""
    return _left(typed, name_words(label)) is not None


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


def common_start(form: str) -> str:
    """How a word and all that it may be a form of begin.

    >>> common_start("беглова"), common_start("льва")
    ('беглов', 'л')
    """
    shared = form
    for sense in senses(form):
        while not sense.startswith(shared):
            shared = shared[:-1]
    return shared or form[:1]


def _left(typed: Sequence[str], own: Sequence[str]) -> list[int] | None:
    """The places of a name's words that no typed word is, the last one first taken; None where a typed word is none."""
    left = list(range(len(own)))
    for word in typed:
        place = next((at for at in reversed(left) if meets(word, own[at], is_last=at == len(own) - 1)), None)
        if place is None:
            return None
        left.remove(place)
    return left if typed else None


def _is_own_or_no_patronymic(word: str, own: Sequence[str]) -> bool:
    """Whether a word may not be passed over."""
    return not PATRONYMIC.search(word) or any(meets(word, one, is_last=True) for one in own)

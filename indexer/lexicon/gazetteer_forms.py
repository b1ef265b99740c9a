"""Finds the name under which everybody knows a body by its case forms, abbreviations and both alphabets.

The dictionary has neither «Росатом» nor «Мосбиржа»; their case forms are made from their nominatives.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from indexer.lexicon.gazetteer import CAR_MAKERS, ENTERPRISES, ORGANISATIONS, SAME_BODY, TAKEN_FOR_PLACES, UNMISTAKABLE
from indexer.lexicon.lemma_key import LemmaKey, lemma_key
from indexer.text.lemmas import known, lemmas
from indexer.text.tokens import fold

CASE_ENDINGS_BY_NOMINATIVE: tuple[tuple[str, tuple[str, ...]], ...] = (  # of a nominative, and of its other cases
    ("ия", ("ии", "ию", "ией")),
    ("а", ("ы", "и", "е", "у", "ой")),
    ("я", ("и", "е", "ю", "ей")),
    ("ие", ("ия", "ию", "ием", "ии")),
    ("ь", ("я", "ю", "ем", "е", "и")),
    ("й", ("я", "ю", "ем", "е")),
    ("", ("а", "у", "ом", "е")),
)
MOST_WORDS_KNOWN = 4  # words of a well-known name
DECLINED_WORD = re.compile("[а-я-]{2,}")
ABBREVIATION_WORD = re.compile("[А-ЯЁ]{2,}")


@cache
def known_nominatives() -> Mapping[str, str]:
    """Folded case form of a well-known name → the name; a nominative is never taken for another's case."""
    known = [*ENTERPRISES, *CAR_MAKERS, *ORGANISATIONS, *(name for names in SAME_BODY for name in names)]
    found = {form: name for name in known for form in case_forms(name)}
    return found | {fold(name): name for name in known}


def known_name(words: Sequence[str]) -> str | None:
    """The well-known name of several words that these are in any case («Голоса Америки», «Большим театром»)."""
    if not 1 < len(words) <= MOST_WORDS_KNOWN:
        return None
    readings = product(*(lemmas(fold(word)) for word in words))
    return next((name for key in readings if (name := names_by_lemmas().get(key))), None)


@cache
def names_by_lemmas() -> Mapping[LemmaKey, str]:
    """Dictionary forms of a well-known name of several words in Cyrillic letters → the name."""
    names = [*ENTERPRISES, *ORGANISATIONS, *(name for same in SAME_BODY for name in same)]
    return {
        key: name
        for name in names
        if 1 < len(key := lemma_key(name)) <= MOST_WORDS_KNOWN and not re.search("[A-Za-z]", name)
    }


@cache
def enterprise_nominatives() -> frozenset[str]:
    """The folded nominatives of enterprises that everybody knows."""
    return frozenset(map(fold, (*ENTERPRISES, *CAR_MAKERS)))


@cache
def organisations() -> frozenset[str]:
    """The folded case forms of well-known organisations, of one simple word only of those that the dictionary does not
    have or that can be nothing else."""
    names = [name for name in (*ORGANISATIONS, *TAKEN_FOR_PLACES) if name[0].isupper() and not name.isupper()]
    forms = {form for name in names for form in (fold(name), *case_forms(name))}
    unmistakable = {form for name in UNMISTAKABLE for form in (fold(name), *case_forms(name))}
    return frozenset(unmistakable).union(form for form in forms if " " in form or "-" in form or not known(form))


def case_forms(name: str) -> Iterator[str]:
    """The folded case forms of a name by its last word, where it is of one word or its first does not decline."""
    words = name.split()
    last = fold(words[-1])
    if len(words) > 2 or name.isascii() or not DECLINED_WORD.fullmatch(last) or ABBREVIATION_WORD.fullmatch(words[-1]):
        return
    before = " ".join(map(fold, words[:-1]))
    ending, others = next((e, o) for e, o in CASE_ENDINGS_BY_NOMINATIVE if last.endswith(e))
    for other in others:
        yield f"{before} {last[: len(last) - len(ending)]}{other}".strip()


@cache
def canonical_labels() -> Mapping[str, str]:
    """Folded name of a body → its label, for those that are known under several names."""
    return {fold(name): names[0] for names in SAME_BODY for name in names}


def known_as(label: str, after: str = "") -> str:
    """Under which of several names a body stands; `after`: what may belong to the name («ВС РФ»)."""
    return canonical_labels().get(fold(label + after)) or canonical_labels().get(fold(label), label)

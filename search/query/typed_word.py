"""Says under which lemmas a typed word is looked for, and with how many slips of the hand."""

from functools import lru_cache

from indexer.names.word_readings import surname_lemmas
from indexer.text.lemmas import lemmas

UNITS = {"тыс": "тысяча", "млн": "миллион", "млрд": "миллиард", "трлн": "триллион", "руб": "рубль"}
SAME_UNIT = UNITS | {whole: short for short, whole in UNITS.items()}
SLIPS_BY_LETTERS = ((12, 3), (5, 2), (4, 1))  # of three letters every second name is near another word


@lru_cache(1 << 14)
def query_lemmas(form: str) -> tuple[str, ...]:
    """Its likely readings, what surname it may be, and the other way to write a unit.

    >>> query_lemmas("заводу")
    ('завод',)
    >>> query_lemmas("млрд")
    ('млрд', 'миллиард')
    """
    found = dict.fromkeys(lemmas(form) + surname_lemmas(form))
    return tuple(found | {other: None for lemma in found if (other := SAME_UNIT.get(lemma))})


def slips_allowed(form: str) -> int:
    """How many slips a word of this length is looked for with."""
    return next((slips for letters, slips in SLIPS_BY_LETTERS if len(form) >= letters), 0)

"""Says under which lemmas a typed word is looked for."""

from functools import lru_cache

from indexer.names.word_readings import surname_lemmas
from indexer.text.lemmas import lemmas


@lru_cache(1 << 14)
def query_lemmas(form: str) -> tuple[str, ...]:
    """Its likely readings, and what surname it may be.

    >>> query_lemmas("заводу")
    ('завод',)
    """
    return tuple(dict.fromkeys(lemmas(form) + surname_lemmas(form)))

"""Makes one key of all case forms of a body's name: the dictionary forms of its words."""

from functools import lru_cache

from indexer.text.lemmas import lemmas
from indexer.text.tokens import fold
from indexer.text.words import WORD

LemmaKey = tuple[str, ...]


@lru_cache(1 << 15)
def lemma_key(name: str) -> LemmaKey:
    """The dictionary forms of a name's words: one for all its case forms."""
    return tuple(lemmas(fold(word))[0] for word in WORD.findall(name))

"""Takes real word forms from the dictionary, each of one lemma only, so that all engines count alike."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from indexer.text.lemmas import CYRILLIC_WORD, analyzer, lemmas
from indexer.text.tokens import fold
from search.query.typed_word import query_lemmas

LEMMAS = 60_000
ONE_IN = 4  # lemmas of the dictionary are tried
MOST_FORMS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A lemma with its forms, the most frequent first."""

    lemma: str
    forms: tuple[str, ...]


def make_vocabulary(path: Path, seed: int) -> None:
    """Writes LEMMAS lines: a lemma, then its forms; the most frequent lemmas first."""
    chance = random.Random(seed)
    entries = sorted(candidates(seed), key=lambda entry: entry.lemma)
    chance.shuffle(entries)
    path.write_text("".join(" ".join((entry.lemma, *entry.forms)) + "\n" for entry in entries[:LEMMAS]), "utf-8")


def candidates(seed: int) -> Iterator[Entry]:
    """Lemmas that a query for them finds alone, with those of their forms that mean nothing else."""
    forms: dict[str, set[str]] = defaultdict(set)
    for word, _, normal, *_ in analyzer().dictionary.iter_known_words(""):
        lemma = fold(normal)
        if crc32(lemma.encode(), seed) % ONE_IN == 0 and CYRILLIC_WORD.match(lemma) and len(lemma) > 3:
            forms[lemma].add(fold(word))
    for lemma, found in forms.items():
        if query_lemmas(lemma) != (lemma,):
            continue
        ordered = sorted(found, key=lambda form: (form != lemma, len(form), form))
        own = [form for form in ordered[:MOST_FORMS] if lemmas(form) == (lemma,)]
        if lemma in own:
            yield Entry(lemma, tuple(own))

"""Names looked for by the beginnings of their words: against a look at every name."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.registry.name_table import NO_NAMES, NameTable
from indexer.storage.arrays import string_arrays
from indexer.text.tokens import fold, forms
from search.local.snapshot.name_prefixes import may_mean, names_with

WORDS = "Красный Октябрь Баррикады Бочаров Андрей ё-моё Ёлкин МТС MTC Travel ВMК BMW CMA H&M №24 24 1,5 530.5\
 О'Генри «Заря» B.V"
word = st.sampled_from(WORDS.split()) | st.text("аАоoOсcСёе-. 1,»'", min_size=1, max_size=5)
labels = st.lists(st.lists(word, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8)


def roll(labels: list[str]) -> NameTable:
    """A table of bodies with these names."""
    names = dict(sorted(("e:" + fold(label), label) for label in labels))
    tables = {**string_arrays("name.keys", list(names)), **string_arrays("name.labels", list(names.values()))}
    return NameTable({**NO_NAMES._arrays, **tables})


@given(labels, st.lists(word, min_size=1, max_size=2).map(" ".join), st.integers(1, 5))
@example(["МТС Travel", "CMA CGM"], "мтс", 5)
@example(["e Он", "о e"], "о", 5)
def test_all_that_are_called_so_are_found(labels: list[str], typed: str, letters: int) -> None:
    archive = roll(labels)
    starts = [form for form in forms(" ".join(part[:letters] for part in typed.split()))[0] if form]
    expected = [place for place, label in enumerate(archive.labels) if may_mean(starts, label)]
    assert names_with(starts, archive, np.ones(len(archive.keys), np.bool_)).tolist() == expected
    assert names_with(starts, archive, np.zeros(len(archive.keys), np.bool_)).tolist() == []

"""The dictionary forms under which a word is indexed."""

import pytest

from indexer.names.word_readings import surname_lemmas
from indexer.text.lemmas import grammars, is_ambiguous, known, lemmas, parses, share
from indexer.text.tokens import fold


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("сталям", {"сталь"}),
        ("заводом", {"завод"}),
        ("людей", {"человек"}),
        ("volga", {"volga"}),
        ("стали", {"стать"}),
    ],
)
def test_lemmas(form: str, expected: set[str]) -> None:
    assert set(lemmas(fold(form))) == expected


@pytest.mark.parametrize("form", ["не" * 495, "не" * 33, "а" * 20_000])
def test_a_word_too_long_for_the_dictionary_stands_as_printed(form: str) -> None:
    assert lemmas(form) == (form,)
    assert not parses(form)
    assert not grammars(form)
    assert not known(form)
    assert not is_ambiguous(form)
    assert not share(form, "NOUN")
    assert not surname_lemmas(form)

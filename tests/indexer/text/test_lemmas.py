"""The dictionary forms under which a word is indexed."""

import pytest

from indexer.text.lemmas import lemmas
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

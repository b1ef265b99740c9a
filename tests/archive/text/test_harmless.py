"""Text from outside does nothing where it is printed: no line begins, no terminal is steered, nothing turns round."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.harmless import in_lines, in_one_line, table_cell


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Завод стоит", "Завод стоит"),
        ("газета\n2021-01-01 GET / 200.html", "газета\\n2021-01-01 GET / 200.html"),
        ("\x1b[2J\x07", "\\x1b[2J\\x07"),
        ("справка\u202etxt.exe", "справка\\u202etxt.exe"),
        ("а\u2028б\x85в", "а\\u2028б\\x85в"),
        ("пере\u00adнос", "пере\u00adнос"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_is_unseen_is_shown(text: str, shown: str) -> None:
    assert in_one_line(text) == shown


def test_our_own_lines_and_columns_stay() -> None:
    assert in_lines("одна\nдругая\tтретья\x1b") == "одна\nдругая\tтретья\\x1b"


@given(st.text() | st.text(alphabet=st.characters(categories=("Cc", "Cf", "Zl", "Zp"))))
def test_nothing_unseen_is_left(text: str) -> None:
    left = {unicodedata.category(sign) for sign in in_one_line(text) if sign not in "\u00ad\u200c\u200d"}
    assert not left & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert table_cell(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}

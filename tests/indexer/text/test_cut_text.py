"""The tokens of a text are all that is printed in it; what stands before a place is found by them as by a search."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.cut_text import CutText

TEXTS = st.text('абВ12_-«". \n\u00a0,Gі—', max_size=20)


@given(TEXTS)
def test_tokens_are_all_that_is_printed(printed: str) -> None:
    text = CutText(printed)
    assert text == printed
    assert [text[start : text.stop(i)] for i, start in enumerate(text.starts)] == text.words
    assert "".join(text.words).replace("\n", "") == "".join(printed.split())
    assert text.words.count("\n") == printed.count("\n")


@given(TEXTS, st.integers(0, 20))
def test_what_stands_before_is_what_begins_before(printed: str, offset: int) -> None:
    text = CutText(printed)
    before = [word for word, start in zip(text.words, text.starts, strict=True) if start < offset]
    assert "".join(text.before(offset, 20)) == "".join(before)
    assert text.tokens_before(offset) == len(before)


@given(TEXTS)
def test_the_last_part_of_a_word_is_found_as_by_a_search(printed: str) -> None:
    text = CutText(printed)
    for number in range(len(text.words)):
        found = re.search(r"[^\W_]*\Z", printed[: text.stop(number)])
        assert found
        assert text.last_part(number) == found[0]


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("бизнес-леди Т90 и 2,5 млн", ["бизнес-леди", "Т", "90", "и", "2,5", "млн"]),
        ("Да?! «Ложь…»\nГалич", ["Да", "?!", "«", "Ложь", "…", "»", "\n", "Галич"]),
        ("", []),
    ],
)
def test_words_numbers_signs_and_line_ends(printed: str, words: list[str]) -> None:
    assert CutText(printed).words == words


def test_a_word_in_several_tokens_is_whole_before_a_name() -> None:
    text = CutText("Партнёры: GroupАО «ЛОЭСК»")
    assert text.words[-4:-2] == ["АО", "«"]
    assert text.before(18, most=2) == ["GroupАО"]
    assert text.before(18, most=1) == ["GroupАО"]


def test_an_opening_quote_before_a_name_is_passed_over() -> None:
    text = CutText("завод « Каучук», завод «Каучук»")
    assert [text.words[text.unquoted(start) - 1] for start in (8, 24)] == ["«", "завод"]

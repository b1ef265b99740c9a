"""Other forms of a word are those of pymorphy3's own methods."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import archive
from indexer.text.lemmas import parses
from indexer.text.paradigms import declined, in_nominative, lexeme
from indexer.text.tokens import fold

WORDS = (
    "заводу суперзаводу мантурову человеку-горе нано-заводом красным подписавшими газпромом росгвардии шли виски "
    "синего высшим екатеринбурга тремя абвгд псевдокошками наполеонами бочаровых гензе ы".split()
)
SAMPLE = Path(archive.__file__).parent / "sample/batch/promyshlennoe-povolzhye/2020-2022.jsonl"


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("wanted", [("nomn",), ("nomn", "plur"), ("gent", "sing", "masc")])
def test_a_lexeme_is_that_of_the_dictionary(word: str, wanted: tuple[str, ...]) -> None:
    for parse in parses(word):
        part = parse.tag.POS
        forms = [form.word for form in parse.lexeme if part == form.tag.POS and set(wanted) <= form.tag.grammemes]
        assert lexeme(parse, part, *wanted) == forms


@pytest.mark.parametrize("word", WORDS)
def test_a_nominative_is_that_of_the_dictionary(word: str) -> None:
    assert_nominatives(word)


@given(st.text("авеийкнорсуыь", min_size=3, max_size=12))
def test_a_nominative_of_what_is_no_word(word: str) -> None:
    assert_nominatives(word)


def test_nominatives_of_all_capitalised_words_of_the_sample() -> None:
    text = SAMPLE.read_text()
    words = {fold(word) for word in re.findall("[А-Я][а-я]+", text)}
    assert len(words) > 100
    for word in words:
        assert_nominatives(word)


def assert_nominatives(word: str) -> None:
    for parse in parses(word):
        inflected = parse.inflect({"nomn"})
        assert in_nominative(parse) == (inflected.word if inflected else None)


def test_paradigms_are_those_of_words_known_and_of_guesses_by_prefix_and_ending() -> None:
    assert [bool(declined(parses(word)[0])) for word in WORDS[:4]] == [True, True, True, False]

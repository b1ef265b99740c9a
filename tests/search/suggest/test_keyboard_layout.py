"""What was typed on the keys of the other alphabet is read back."""

from hypothesis import given
from hypothesis import strategies as st

from search.suggest.keyboard_layout import TO_LATIN, retyped

RUSSIAN = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюя", min_size=2).map("а".__add__)


@given(st.lists(RUSSIAN))
def test_russian_typed_on_latin_keys_is_read_back(words: list[str]) -> None:
    assert retyped(" ".join(words).translate(TO_LATIN), words.__contains__).split() == words


@given(st.text())
def test_known_words_are_left_as_typed(text: str) -> None:
    assert retyped(text, lambda _: True) == retyped(text, lambda _: False) == text

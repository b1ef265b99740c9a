"""What the form of a token does not tell is marked beside it."""

import pytest

from indexer.index.token_marks import CAPITAL, NUMBER_SIGN, PERCENT, SENTENCE, token_marks
from indexer.text.tokens import forms


def marked(text: str, bit: int) -> str:
    """The forms of the marked tokens."""
    words, starts = forms(text)
    marks = token_marks(text, starts)
    assert len(marks) == len(words)
    return " ".join(word for word, mark in zip(words, marks, strict=True) if mark & bit)


@pytest.mark.parametrize(
    ("text", "bit", "words"),
    [
        ("Завод Титан и сталь. Вышли", CAPITAL, "завод титан вышли"),
        ("Завод пустили. Стан новый?! «Да», – сказал он.\nНовый цех", SENTENCE, "завод стан да новый"),
        ("\n\nЗавод\n… Да.\n", SENTENCE, "завод да"),
        ("А. И. Бочаров на ул. Мира. Там", SENTENCE, "а там"),
        ("Рост 5%, 7,5 %, 10 процентов и 3–4\u00a0%; %", PERCENT, "5 7,5 4"),
        ("Дом № 5, №7, N 8, № и 9", NUMBER_SIGN, "5 7"),
        ("", CAPITAL, ""),
    ],
)
def test_marks(text: str, bit: int, words: str) -> None:
    assert marked(text, bit) == words

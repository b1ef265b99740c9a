"""Marked strings: what becomes a token, and under which form."""

import pytest

from indexer.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Ещё не всё", "еще не все"),
        ("составил 103,5%, а не 103.5", "составил 103,5 а не 103,5"),
        ("12.03.1998 г.", "12 03 1998 г"),
        ("«Титан-Баррикады»", "титан баррикады"),
        ("на promenergovolga.ru", "на promenergovolga ru"),
        ("форум «ПромЭнергоVolga2022»", "форум промэнергоvolga2022"),
        ("ВMК с латинской M", "вмк с латинской м"),
        ("СOVID и COVID", "covid и covid"),  # the first with a Cyrillic letter
        ("за\u0301мок", "замок"),
        ("и\u0306од", "йод"),
        ("10\u00a0000 рублей", "10 000 рублей"),
        ("А.И.Бочаров", "а и бочаров"),
        ("д’Артаньян", "д'артаньян"),
        ("İstanbul", "istanbul"),
        ("первый\nвторой", "первый | второй"),
    ],
)
def test_forms(text: str, forms: str) -> None:
    assert " ".join(token.form or "|" for token in tokenize(text)) == forms


def test_offsets_give_the_words_back() -> None:
    text = "Рост — 20,9% («Красный Октябрь»)"
    assert [text[t.start : t.stop] for t in tokenize(text)] == ["Рост", "20,9", "Красный", "Октябрь"]

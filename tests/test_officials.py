"""Marked strings: bodies of power in small letters, with the labels that a reader would write in a catalogue."""

import re

import pytest

from indexer import officials
from indexer.annotate import annotate

MARKED = {
    "Об этом сообщила [администрация Урюпинска].": "Администрация Урюпинска",
    "Проект внесли в [администрацию Волгоградской области] в среду.": "Администрация Волгоградской области",
    "Победу одержали над [сборной Дании].": "Сборная Дании",
    "По данным [правительства РФ], цены растут.": "Правительство России",
    "В [комитете промышленной политики и торговли Волгоградской области] ждут.": (
        "Комитет промышленной политики и торговли Волгоградской области"
    ),
    "В [министерстве иностранных дел] промолчали.": "Министерство иностранных дел",
}
UNMARKED = (
    "Решение администрации Виктории Абрамченко.",
    "Администрация ответила.",
    "Это полиция пресекла.",
    "Из комитета вышли трое.",
    "министерство закрыто",
)


@pytest.mark.parametrize("marked", MARKED)
def test_a_body_in_small_letters(marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    (place,) = officials.found(text, [])
    assert text[slice(*place)] == re.findall(r"\[(.*)\]", marked)[0]
    assert officials.nominative(text[slice(*place)]) == MARKED[marked]


@pytest.mark.parametrize("text", UNMARKED)
def test_by_itself_it_names_nobody(text: str) -> None:
    assert officials.found(text, []) == []


def test_the_country_belongs_to_the_label() -> None:
    (annotation,) = annotate(["Верховный суд Бангладеша отклонил жалобу. Министерство обороны России ответило."])
    assert [mention.label for mention in annotation.mentions] == ["Верховный суд Бангладеша", "Минобороны"]

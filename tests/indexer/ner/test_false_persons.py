"""Words that the tagger takes for persons: [persons] are left, what is nobody is not."""

import math
import re

import pytest

from indexer.ner import rules
from indexer.ner.false_persons import KNOWN_AS_OTHER_MARGIN, without_nobodies
from indexer.ner.ner_tagger import tagger
from indexer.text.cut_text import CutText
from indexer.text.spans import Span

MARKED = [
    "Тамбовчанка не выплатила ущерб после аварии.",
    "Об этом рассказал врач. Вирусолог заявил, что скрытые вирусы опасны.",
    "В заявлении Даунинг-стрит назвали госпитализацию мерой предосторожности.",
    "Депутата-единоросса раскритиковали за шубу.",
    "Вчера Кандидатке на пост президента исполнилось 54 года.",
    "К движению, помимо Славгорода, присоединились все.",
    "Приговоренную за оскорбление освободили в Пакистане.",
    "[Мадонна] спела в Москве.",
    "В следующем году отремонтируют улицу Фокина.",
    "Дом на ул. Тимирязева сдан. До Тимирязева ходит трамвай.",
    "Взрыв был на складе, где работал кладовщик. Кладовщик добавил, что взрыв мощный.",
    "[Мадонна] сообщила, что приедет.",
    "Слова [Эдгарда Запашного] цитирует издание. Дрессировщик успокоил подписчиков.",
]


@pytest.mark.parametrize("marked", MARKED)
def test_finds_whom_is_marked(marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    found = [text[span.start : span.stop] for span in rules.find([text])[0] if span.kind == "person"]
    assert found == re.findall(r"\[([^]]+)\]", marked)


def test_the_tagger_takes_nobodies_for_persons() -> None:
    """The table above would prove nothing if it did not."""
    texts = [re.sub(r"[\[\]]", "", marked) for marked in MARKED if "Мадонна" not in marked]
    raw = [{text[s.start : s.stop] for s in spans} for text, spans in zip(texts, tagger().spans(texts), strict=True)]
    words = ["Тамбовчанка", "Вирусолог", "Даунинг-стрит", "Депутата-единоросса", "Кандидатке", "Славгорода",
             "Приговоренную", "Фокина", "Тимирязева", "Кладовщик", "Дрессировщик"]  # fmt: skip
    assert [word in found for word, found in zip(words, raw, strict=True)] == [True] * len(words)


@pytest.mark.parametrize(
    ("text", "name", "margin", "stays"),
    [
        ("Пётр Рычаг вышел. Рычагу дали слово.", "Рычагу", 1.0, True),
        ("Вышел Рычаг.", "Рычаг", 1.0, False),
        ("Вышел Рычаг.", "Рычаг", KNOWN_AS_OTHER_MARGIN, True),
        ("Вышел Бочаров.", "Бочаров", 0.1, True),
        ("Вышел Гензе.", "Гензе", 1.6, True),
        ("Вышел Гензе.", "Гензе", 1.4, False),
        ("Летел Ми-8.", "Ми-8", 3.0, False),
        ("Вышел Кустов.", "Кустов", 0.5, True),
        ("Помогли Тамбову.", "Тамбову", 2.2, False),
        ("Саратовчанка пожаловалась.", "Саратовчанка", 7.0, False),
        ("Спела Ростовчанка.", "Ростовчанка", 7.0, True),
        ("Иван Северянин пишет. Северянин уехал.", "Северянин", 7.0, False),
        ("Рычаг вышел.", "Рычаг", 7.0, True),
        ("Сломался рычаг. Рычаг вышел.", "Рычаг", 7.0, False),
        ("Сломался рычаг. Вышел Рычаг.", "Рычаг", 7.0, True),
        ("Дом на ул. Хазова.", "Хазова", 9.0, False),
    ],
)
def test_doubt_is_settled_by_the_dictionary_and_other_mentions(
    text: str, name: str, margin: float, stays: bool
) -> None:
    start = text.rindex(name)
    doubted = Span(start, start + len(name), "person", margin)
    others = [Span(0, 10, "person", math.inf)] if text.startswith("Пётр") else []
    assert (doubted in without_nobodies(CutText(text), [*others, doubted])) is stays

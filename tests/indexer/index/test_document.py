"""What the index keeps of an article: forms by position, lemmas that names add, name keys, fields."""

import datetime as dt

import pytest

from archive.article import Article, Published, StoredArticle
from indexer.annotation import Annotation, Kind, Mention
from indexer.index.document import IndexDocument, index_document
from indexer.name_key import name_key


def mention(
    text: str, words: str, name: str, kind: Kind = "person", key: str = "p:к|к||m", label: str = "я"
) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), kind, words, name, name_key(key), label)


def document(text: str, *mentions: Mention, **fields: object) -> IndexDocument:
    article = Article("а", tuple(text.split("\n")), **fields)  # type: ignore[arg-type]
    return index_document(StoredArticle(7, 2, 1, article), Annotation(mentions))


@pytest.mark.parametrize(
    ("text", "words", "name", "expected"),
    [
        ("Слово Мантурову дали.", "Мантурову", "Мантуров", {1: ("мантуров",)}),
        ("Слово Денису Мантурову дали.", "Денису Мантурову", "Денис Мантуров", {2: ("мантуров",)}),
        ("Приехал Андрей Бочаров.", "Андрей Бочаров", "Андрей Бочаров", {}),  # lemmas of the forms themselves
        ("Встретил Бочарова А. И.", "Бочарова А. И.", "Андрей Бочаров", {1: ("андрей",)}),  # not word by word
        ("Слово С. Мантурову дали.", "С. Мантурову", "С. Мантуров", {2: ("мантуров",)}),
    ],
)
def test_words_of_the_nominative_stand_at_the_mention(
    text: str, words: str, name: str, expected: dict[int, tuple[str, ...]]
) -> None:
    assert document(text, mention(text, words, name)).extra == expected


def test_a_body_adds_no_lemmas() -> None:
    text = "Слово Мантурову дали."
    assert document(text, mention(text, "Мантурову", "Мантуров", kind="enterprise")).extra == {}


def test_positions_are_those_of_the_tokens() -> None:
    found = document("Сталь пошла.\nЗавод встал.", title="Пуск")
    assert found.forms == ("пуск", "", "сталь", "пошла", "", "завод", "встал")
    assert (found.id, found.version) == (7, 2)


def test_names_are_those_found_and_those_given() -> None:
    text = "На «Красном Октябре» был Мантуров."
    found = document(
        text,
        mention(text, "Красном Октябре", "Красный Октябрь", "enterprise", "e:красный октябрь", "Красный Октябрь"),
        mention(text, "Мантуров", "Мантуров", "person", "p:мантуров|||m", "Мантуров"),
        persons=("Андрей Бочаров",),
        enterprises=("ВгТЗ",),
    )
    assert found.names.keys() == {"e:красный октябрь", "p:мантуров|||m", "p:бочаров|андрей||m", "e:вгтз"}


@pytest.mark.parametrize(
    ("published", "day", "minute"),
    [
        (Published(), 0, -1),
        (Published(dt.date(1, 1, 1)), 1, 1440),
        (Published(dt.date(2020, 3, 12)), 737496, 737496 * 1440),
        (Published(dt.date(2020, 3, 12), dt.time(14, 5)), 737496, 737496 * 1440 + 845),
    ],
)
def test_publication_in_days_and_minutes(published: Published, day: int, minute: int) -> None:
    found = document("Текст.", published=published)
    assert (found.day, found.minute) == (day, minute)


def test_fields() -> None:
    found = document("Текст.", source="Вести", rubric="Спорт", author="А. Петрова")
    assert found.fields == {"source": ("Вести",), "rubric": ("Спорт",), "author": ("А. Петрова",)}

"""Makes the articles of an invented archive, with their annotations, as the store takes them.

Beside the persons and enterprises of the corpus, about half of the articles name somebody whom no other one names, as
papers do. A person stands in the text by given name and surname, by initial, with the patronymic or by surname alone.
"""

import datetime as dt
from collections.abc import Iterator
from zlib import crc32

from archive.article import Article, Published
from benchmarks.invented.corpus import Block, Corpus
from indexer.annotation import Annotation, Kind, Mention
from indexer.name_key import BodyKey, BodyKind, NameKey, PersonKey, key_part
from indexer.text.tokens import fold

SENTENCE, PARAGRAPH = 12, 4  # words, sentences
TITLE = 6
EVERY_NAME = 9  # words from one name to the next
GIVEN = "Иван Андрей Сергей Олег Пётр Павел Денис Игорь Юрий Борис Глеб Антон Роман Илья Лев Марк".split()
PATRONYMICS = "Иванович Андреевич Сергеевич Олегович Петрович Павлович Денисович Игоревич Юрьевич".split()
SURNAME_ENDINGS = "ов ев ин ский енко ук".split()
BODIES: dict[BodyKind, tuple[str, ...]] = {
    "enterprise": ("завод", "комбинат", "фабрика", "трест"),
    "organisation": ("комитет", "союз", "институт", "управление"),
}
SOURCES = ("Волгоградская правда", "Вечерний Царицын", "Городские вести", "Рабочий край", "Волжская новь")
RUBRICS = "Город Экономика Спорт Культура Происшествия Село Наука Письма".split()
AUTHORS = 150
ONCE_PERSON, ONCE_BODY = 2, 5  # one article in so many names a person, a body, that no other does
ONCE = 1 << 40  # numbers of theirs begin here

Name = tuple[Kind, NameKey, str, str]  # kind, key, label, as printed


def articles(corpus: Corpus) -> Iterator[tuple[Article, Annotation]]:
    """The whole archive, day by day."""
    for block in corpus.blocks():
        yield from of_block(corpus, block)


def of_block(corpus: Corpus, block: Block) -> Iterator[tuple[Article, Annotation]]:
    """The articles of one block."""
    forms = corpus.words.forms
    words = [forms[form] for form in block.forms.tolist()]
    persons, enterprises = block.persons.tolist(), block.enterprises.tolist()
    bounds = [some.tolist() for some in (block.form_offsets, block.person_offsets, block.enterprise_offsets)]
    for i, day in enumerate(block.days.tolist()):
        own, named, bodies = ((starts[i], starts[i + 1]) for starts in bounds)
        number = block.first + i
        found = [person(corpus, k, mixed(number, k)) for k in persons[slice(*named)]]
        found += [body(corpus, k) for k in enterprises[slice(*bodies)]]
        if number % ONCE_PERSON == 0:
            found.append(person(corpus, ONCE + number, 0))
        if number % ONCE_BODY == 0:
            found.append(body(corpus, ONCE + number))
        yield article(number, day, words[slice(*own)], found)


def article(number: int, day: int, words: list[str], names: list[Name]) -> tuple[Article, Annotation]:
    """One article: its words in sentences and paragraphs, a name in place of every EVERY_NAME-th word."""
    title, words = " ".join(words[:TITLE]).capitalize(), words[TITLE:]
    for place, name in zip(range(EVERY_NAME // 2, len(words), EVERY_NAME), names, strict=False):
        words[place] = name[3]
    sentences = [" ".join(words[at : at + SENTENCE]) for at in range(0, len(words), SENTENCE)]
    sentences = [sentence[:1].upper() + sentence[1:] + "." for sentence in sentences]
    made = Article(
        path=f"{number}.html",
        title=title,
        paragraphs=tuple(" ".join(sentences[at : at + PARAGRAPH]) for at in range(0, len(sentences), PARAGRAPH)),
        published=Published(dt.date.fromordinal(day), None, "metadata"),
        source=SOURCES[min(mixed(number, 1) % 9, 4)],
        own_id=str(number + 1),
        author=author(mixed(number, 2) % AUTHORS),
        rubric=RUBRICS[mixed(number, 3) % len(RUBRICS)],
    )
    text, mentions, end = made.text, [], 0
    for kind, key, label, printed in names:
        start = text.find(printed, end)
        if start >= 0:
            end = start + len(printed)
            mentions.append(Mention(start, end, kind, printed, printed, key, label))
    return made, Annotation(tuple(mentions))


def person(corpus: Corpus, number: int, way: int) -> Name:
    """A person as one article names him: `way` decides how."""
    surname = surname_of(corpus, mixed(number, 4))
    given, patronymic = GIVEN[mixed(number, 5) % len(GIVEN)], PATRONYMICS[mixed(number, 6) % len(PATRONYMICS)]
    match way % 20:
        case 0:
            parts, label = ("", ""), surname
        case 1 | 2:
            parts, label = (given[0], ""), f"{given[0]}. {surname}"
        case 3:
            parts, label = (given, patronymic), f"{given} {patronymic} {surname}"
        case _:
            parts, label = (given, ""), f"{given} {surname}"
    return "person", PersonKey(key_part(surname), key_part(parts[0]), key_part(parts[1]), "m"), label, label


def body(corpus: Corpus, number: int) -> Name:
    """An enterprise or an organisation."""
    kind: BodyKind = "enterprise" if mixed(number, 7) % 3 == 0 else "organisation"
    lemmas = corpus.words.lemmas
    first, second = (lemmas[mixed(number, salt) % len(lemmas)].capitalize() for salt in (8, 9))
    label = f"{BODIES[kind][mixed(number, 10) % 4].capitalize()} {first}-{second}"
    return kind, BodyKey(kind, fold(label)), label, label


def surname_of(corpus: Corpus, number: int) -> str:
    """An invented surname; a few of them have many bearers."""
    lemmas = corpus.words.lemmas
    stem = lemmas[int(len(lemmas) * (number % 100_003 / 100_003) ** 2)]
    return stem.rstrip("аеиоуыьяйю").capitalize() + SURNAME_ENDINGS[number % len(SURNAME_ENDINGS)]


def author(number: int) -> str:
    """Who signs."""
    return f"{GIVEN[number % len(GIVEN)]} Пишущий-{number}"


def mixed(number: int, salt: int) -> int:
    """A number that looks drawn, the same in every run."""
    return crc32(number.to_bytes(8, "little"), salt)

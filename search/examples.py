"""Makes an example of every operator of the query language that finds something in this archive, from its own articles.

The words are those of articles that came last; a query is shown only where it finds an article.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import Kind
from indexer.text.lemmas import share
from indexer.text.tokens import fold
from search.engine import IndexMoment
from search.facets.periods import MONTH_NAMES
from search.query.function_words import FUNCTION_WORDS
from search.query.parser import read
from search.query.tree import EVERYTHING, Word
from search.request import SearchRequest

ARTICLES_LOOKED_AT = 30
QUERIES_TRIED = 12  # of one operator
WORDS_LOOKED_AT = 40  # of an article
SHORTEST_WORD = 5  # letters
MOSTLY = 0.5  # of a form's readings
LETTERS_BEFORE_STAR = 4
WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,])")
SENTENCE = re.compile(r"[^.!?…]+")


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it shows, and in how many articles of the archive it finds something."""

    text: str
    says: str
    total: int


@dataclass(frozen=True, slots=True)
class Material:
    """What examples are made of: words of an article as printed, some that stand side by side, in one sentence."""

    words: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]  # neighbours
    sentences: tuple[tuple[str, str], ...]  # two words of one sentence, apart
    article: StoredArticle


Maker = Callable[[Material], Iterator[str]]


def examples(store: Store, moment: IndexMoment) -> tuple[Example, ...]:
    """An example of each operator that finds something, in the order of the manual."""
    materials = [material for stored in newest(store, moment) if (material := material_of(moment, stored)).words]
    materials.sort(key=lambda one: -moment.articles_with(Word(fold(one.words[0]))))
    found = []
    for says, makers in (*OPERATORS, *((says, [maker]) for says, maker in named(moment))):
        tried = islice((text for one in materials for maker in makers for text in maker(one)), QUERIES_TRIED)
        for text in dict.fromkeys(tried):
            if total := moment.find(read(text).tree, SearchRequest()).total:
                found.append(Example(text, says, total))
                break
    return tuple(found)


def newest(store: Store, moment: IndexMoment) -> list[StoredArticle]:
    """The articles that came last, of those that the index has."""
    indexed = (moment.article(id) for id in store.newest(ARTICLES_LOOKED_AT))
    return list(store.articles([one.key for one in indexed if one]).values())


def material_of(moment: IndexMoment, stored: StoredArticle) -> Material:
    """What examples can be made of an article; its words are those that most articles have."""
    rows: list[tuple[str, str]] = []
    sentences: list[tuple[str, str]] = []
    words: list[str] = []
    for line in (stored.article.title or "", *stored.article.paragraphs[:3]):
        for sentence in SENTENCE.findall(line):
            printed = WORD.findall(sentence)
            telling = [word for word in printed if tells(word)]
            words += telling
            beside = (pair for pair in pairwise(printed) if all(map(tells, pair)))
            rows += [pair for pair in beside if " ".join(pair) in sentence]
            if len(telling) > 2:
                sentences.append((telling[0], telling[-1]))
    nouns = (word for word in dict.fromkeys(words) if word.islower() and share(fold(word), "NOUN") > MOSTLY)
    small = list(islice(nouns, WORDS_LOOKED_AT))
    usual = sorted(small, key=lambda word: -moment.articles_with(Word(fold(word))))
    return Material(tuple(usual), tuple(rows), tuple(sentences), stored)


def tells(word: str) -> bool:
    """Whether a word is a noun or an adjective, as people search for."""
    if len(word) < SHORTEST_WORD or word.lower() in FUNCTION_WORDS or "-" in word:
        return False
    form = fold(word)
    return share(form, "NOUN", "ADJF") > MOSTLY and not share(form, "Apro")


def two(material: Material) -> tuple[str, str]:
    """Two words of an article; the same twice where it has one."""
    return material.words[0], material.words[min(1, len(material.words) - 1)]


def titled(material: Material) -> Iterator[str]:
    """Queries for words of a title."""
    yield from (f"заголовок:{word}" for word in WORD.findall(material.article.article.title or "") if tells(word))


def dated(material: Material) -> Iterator[str]:
    """Queries for the month of an article."""
    if day := material.article.article.published.day:
        yield f"дата:{MONTH_NAMES[day.month - 1]} {day.year}"


def of_field(name: str, field: str) -> Maker:
    """Queries for a field of an article."""

    def make(material: Material) -> Iterator[str]:
        if value := getattr(material.article.article, field):
            yield f"{name}:«{value}»"

    return make


OPERATORS: tuple[tuple[str, Sequence[Maker]], ...] = (
    ("все слова, в любой форме", [lambda one: iter([" ".join(dict.fromkeys(two(one)))])]),
    ("слова подряд, в любом падеже", [lambda one: (f"«{first} {last}»" for first, last in one.rows)]),
    ("слова не дальше пяти друг от друга, в любом порядке", [lambda one: (f"«{b} {a}»~5" for a, b in one.rows)]),
    ("именно в этой форме", [lambda one: (f"!{word}" for word in one.words)]),
    ("без слова", [lambda one: (f"{word} НЕ {other}" for word in one.words for other in ("конкурс", "погода"))]),
    ("хотя бы одно из слов", [lambda one: iter([" ИЛИ ".join(dict.fromkeys(two(one)))])]),
    ("скобки собирают слова вместе", [lambda one: (f"({a} | {b}) {b}" for a, b in one.rows)]),
    ("в одном предложении", [lambda one: (f"{first} /п {last}" for first, last in one.sentences)]),
    ("в одном абзаце", [lambda one: (f"{first} /а {last}" for first, last in one.sentences)]),
    ("всё, что начинается так", [lambda one: (f"{word[:LETTERS_BEFORE_STAR]}*" for word in one.words)]),
    ("звёздочка – любые буквы", [lambda one: (f"*{word[-LETTERS_BEFORE_STAR:]}" for word in one.words)]),
    ("только с большой буквы", [lambda one: (f"^{word}" for row in one.rows for word in row if word[0].isupper())]),
    ("число, как бы его ни напечатали", [lambda one: iter(NUMBER.findall(one.article.article.text)[:1])]),
    ("слово в заголовке", [titled]),
    ("вышли в это время", [dated]),
    ("издание", [of_field("издание", "source")]),
    ("рубрика", [of_field("рубрика", "rubric")]),
    ("жанр", [of_field("жанр", "genre")]),
    ("автор", [of_field("автор", "author")]),
    ("номер газеты", [of_field("номер", "issue")]),
)
NAMED: tuple[tuple[Kind, str, str], ...] = (
    ("person", "персона", "названа персона, в любой форме имени"),
    ("enterprise", "предприятие", "названо предприятие"),
    ("organisation", "организация", "названа организация"),
)


def named(moment: IndexMoment) -> Iterator[tuple[str, Maker]]:
    """Queries for those whom the archive names most."""
    found = moment.find(EVERYTHING, SearchRequest(facet_size=QUERIES_TRIED))
    for kind, name, says in NAMED:
        labels = [value.label for value in found.values(kind).first]
        yield says, lambda _, name=name, labels=labels: (f"{name}:«{label}»" for label in labels)  # type: ignore[misc]

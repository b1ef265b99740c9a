"""Whatever is typed is answered with a sentence that says how it was read, and typed back in it gives itself."""

import random
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from search.query.canonical import canonical
from search.query.parser import MOST_READ, read
from search.query.tree_json import tree_json

STRINGS = 10_000
PARTS = 4  # that may be run side by side
PIECES = (
    *("завод", "Сталь", "стали", "красный", "октябрь", "ТГК1", "530,5", "10 000", "20%", "№ 5", "Титан-Баррикады", "в"),
    *(" ", " ", " ", " ИЛИ ", " OR ", " | ", " / ", " или ", " И ", " НЕ ", " -", "!", "=", "^", "*", " /п ", " /а "),
    *("(", ")", '"', "«", "»", "„", "“", "'", "~5", "~", ".", ",", ":", "..", "-", "–", "/", "\n", "\u00a0", "\u0301"),
    *("персона:", "заголовок:", "дата:", "до:", "рубрика:", "номер:", "полоса:", "автор:", "title:", "person:"),
    *(
        "Иванов А.Б.",
        "2022",
        "октябрь 2022",
        "2022-10..2023",
        "12.03.1998",
        "вчера",
        "нигдетакого",
        "a",
        "Ç",
        "😀",
        "\0",
    ),
)


def strings(seed: int, count: int) -> Iterator[str]:
    """Random queries: of pieces of the language, some of random letters, a few very long."""
    chance = random.Random(seed)
    for number in range(count):
        if number % 10 == 9:
            yield "".join(
                chr(chance.choice((chance.randrange(1, 0x500), chance.randrange(1, 0xD800)))) for _ in range(20)
            )
        elif number % 500 == 1:
            yield "".join(chance.choices(PIECES, k=1_000))
        else:
            yield "".join(chance.choices(PIECES, k=chance.randint(1, 12)))


def is_answered(site: FlaskClient, typed: str) -> bool:
    """Whether the API answers with a sentence."""
    answer = site.get("/api/v1/search", query_string={"q": typed, "size": "1", "facet_size": "1"})
    said = (answer.get_json() or {}).get("read_as", "")
    return answer.status_code == 200 and said[:1].isupper() and said.endswith(".")


def test_canonical_queries_are_read_as_themselves() -> None:
    for typed in strings(1, STRINGS):
        query = read(typed)
        written = canonical(query.tree)
        assert read(written).tree == query.tree, typed
        assert canonical(read(written).tree) == written, typed
        assert len(written) <= MOST_READ, typed
        assert tree_json(query.tree)["op"], typed


@pytest.mark.parametrize("part", range(PARTS))
def test_anything_is_answered(site: FlaskClient, part: int) -> None:
    for typed in strings(part, STRINGS // PARTS):
        assert is_answered(site, typed), typed


@pytest.mark.long
def test_a_hundred_thousand_are_answered(site: FlaskClient) -> None:
    for typed in strings(random.randrange(10**9), 100_000):
        assert is_answered(site, typed), typed

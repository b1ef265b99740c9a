"""Queries are read as a table says, and some promises hold for any string."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.explain import CUT_TOLD, read_as
from search.query.parser import MOST_LETTERS, MOST_WORDS, read
from search.query.tree import And, Exact, Not, Phrase, Prefix, Word, canonical, sought

TYPED = st.text(
    st.sampled_from('абвгЁЙИЛИ ORx*!-−–|()"«»„“”12.,@’\n\t\0😀ʼİ')
    | st.characters(codec="utf-8", exclude_categories=("Cs",))
)
PIECES = st.lists(
    st.sampled_from(["завод", "Сталь", " ИЛИ ", " | ", " OR ", " -", "!", "*", '"', "«", "»", "(", ")", " ", "530,5"])
).map("".join)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", ""),
        ("  —  ,.! ", ""),
        ("Ещё СТАЛЬ", "еще сталь"),
        ("завод завод", "завод"),
        ('"Красный Октябрь"', '"красный октябрь"'),
        ("«ёлочки и» “лапки тоже” „и такие“", '"елочки и" "лапки тоже" "и такие"'),
        ("«ВМК „Красный Октябрь“»", '"вмк красный октябрь"'),
        ('"завод"', "завод"),
        ("!Стали", "!стали"),
        ('!"Точная фраза"', '!"точная фраза"'),
        ('"красный !октябрь"', '"красный !октябрь"'),
        ("завод -форум", "завод -форум"),
        ('завод -"красный октябрь" -(а б)', 'завод -"красный октябрь" -(а б)'),
        ("-!стали", "-!стали"),
        ("−форум", "-форум"),
        ("--форум", "-форум"),
        ("-(-форум)", "форум"),
        ("завод - форум – сталь", "завод форум сталь"),
        ("Титан-Баррикады", '"титан баррикады"'),
        ("5-10", '"5 10"'),
        ("!Титан-Баррикады", '!"титан баррикады"'),
        ("530,5 104.1", "530,5 104,1"),
        ("д’Артаньян", "д'артаньян"),
        ("info@zavod.ru", '"info zavod ru"'),
        ("а ИЛИ б в", "а ИЛИ б в"),
        ("а | б OR в", "а ИЛИ б ИЛИ в"),
        ("а или б or в", "а или б or в"),
        ("(а ИЛИ б) в", "(а ИЛИ б) в"),
        ("((а (б)) в)", "а б в"),
        ("а ИЛИ -б", "а ИЛИ -б"),
        ("ИЛИ а ИЛИ ИЛИ б |", "а ИЛИ б"),
        ("стал*", "стал*"),
        ("я*", "я"),
        ("* завод *", "завод"),
        ("Титан-Барр*", '"титан барр*"'),
        ('"красный окт*"', '"красный окт*"'),
        ("завод!", "завод"),
        ('"незакрытая фраза', "незакрытая фраза"),
        ("незакрытая» фраза)", "незакрытая фраза"),
        ("(а ИЛИ б", "а ИЛИ б"),
        ("а) б", "а б"),
        ("() -() !() а", "а"),
        ('"" «» а', "а"),
        ("(" * 3000 + "а", "а"),
        ("(" * 300 + "а ИЛИ б" + ")" * 300 + " в", "(а ИЛИ б) в"),
        ("а\0б", '"а б"'),
        ("завод😀 \ud800", "завод"),
    ],
)
def test_reading(typed: str, tree: str) -> None:
    assert canonical(read(typed).tree) == tree
    assert canonical(read(tree).tree) == tree


def test_trees() -> None:
    assert read('Завод !стали стал* -"а б"').tree == And(
        (Word("завод"), Exact("стали"), Prefix("стал"), Not(Phrase((Word("а"), Word("б")))))
    )
    assert list(sought(read('завод (сталь | "а б" завод) -форум').tree)) == [
        Word("завод"),
        Word("сталь"),
        Phrase((Word("а"), Word("б"))),
    ]


@settings(max_examples=600, deadline=None)
@given(TYPED | PIECES)
def test_anything_is_read_and_written_down(typed: str) -> None:
    query = read(typed)
    assert read(canonical(query.tree)) == type(query)(query.tree)
    assert read_as(query).endswith(".")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text('абв-!*(|)" ', min_size=1, max_size=60), min_size=90, max_size=160).map(" ".join))
def test_long_ones_too(typed: str) -> None:
    tree = read(typed).tree
    assert read(canonical(tree)).tree == tree


def test_what_is_too_long_is_cut_and_says_so() -> None:
    words = read(" ".join(f"слово{i}" for i in range(150)))
    assert words.cut
    assert len(list(sought(words.tree))) == MOST_WORDS
    assert CUT_TOLD in read_as(words)
    letters = read("щ" * 5000)
    assert letters.tree == Word("щ" * MOST_LETTERS)
    assert letters.cut
    assert not read(" ".join(f"слово{i}" for i in range(100))).cut

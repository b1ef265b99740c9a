"""Queries are read as a table says, and some promises hold for any string."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.canonical import canonical
from search.query.explain import CUT_TOLD, read_as
from search.query.parser import MOST_READ, MOST_WORDS, read
from search.query.tree import And, Dated, Exact, Idle, Not, Number, Phrase, Prefix, Word, sought
from search.query.words import LONGEST_WORD

TYPED = st.text(
    st.sampled_from('абвгЁЙИЛИ ORx*!-−–|()"«»„“”12.,@’~^=:/\n\t\0😀ʼİ')
    | st.characters(codec="utf-8", exclude_categories=("Cs",))
)
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "завод",
                "Сталь",
                "ТГК1",
                "530,5",
                "10 000",
                "20%",
                "Титан-Баррикады",
                "в ",
                "на ",
                "д’Артаньян",
                "Ç",
                "😀",
            ),
            *(" ИЛИ ", " | ", " OR ", " / ", " или ", " И ", " НЕ ", " -", "!", "=", "^", "*", " /п ", " /а ", " /x "),
            *('"', "«", "»", "“", "(", ")", "~5", "~", " ", ".", ",", "№", "\n"),
            *(
                "персона:",
                "заголовок:",
                "дата:",
                "до:",
                "рубрика:",
                "номер: ",
                "Иванов А.Б.",
                "2022",
                "октябрь 2022",
                "..",
            ),
        ]
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        # nothing to look for
        ("", ""),
        ("  —  ,.! ", ""),
        # words
        ("Ещё СТАЛЬ", "еще сталь"),
        ("завод завод", "завод"),
        ("завод - форум – сталь", "завод форум сталь"),
        ("530,5 104.1", "530,5 И 104,1"),
        ("д’Артаньян", "д'артаньян"),
        ("завод!", "завод"),
        ("завод😀 \ud800", "завод"),
        # rows in quotes of any kind
        ('"Красный Октябрь"', '"красный октябрь"'),
        ("«ёлочки и» “лапки тоже” „и такие“", '"елочки и" "лапки тоже" "и такие"'),
        ("«ВМК „Красный Октябрь“»", '"вмк красный октябрь"'),
        ('"завод"', "завод"),
        ('«красный октябрь"', '"красный октябрь"'),
        ('"незакрытая фраза', "незакрытая фраза"),
        ("незакрытая» фраза)", "незакрытая фраза"),
        ('"" «» а', "а"),
        ('"красный окт*"', '"красный окт*"'),
        # any order
        ('"сталь завод"~5', '"сталь завод"~5'),
        ('"сталь новый завод"~1', '"сталь новый завод"~2'),
        ('"сталь завод"~', '"сталь завод"'),
        ('"завод"~5', "завод"),
        # exact forms
        ("!Стали =чугуна", "!стали !чугуна"),
        ('!"Точная фраза" ="и ещё одна"', '!"точная фраза" !"и еще одна"'),
        ('"красный !октябрь"', '"красный !октябрь"'),
        ("!Титан-Баррикады", '!"титан баррикады"'),
        # masks
        ("стал* *завод сло*во", "стал* *завод сло*во"),
        ("я* * завод *", "я завод"),
        ("с**л*ь", "с*л*ь"),
        # a capital letter
        ("^Соловьев -^соловьёв", "^соловьев -^соловьев"),
        # exclusion
        ("завод -форум", "завод -форум"),
        ("завод НЕ комбинат", "завод -комбинат"),
        ("завод NOT комбинат", "завод -комбинат"),
        ("завод не комбинат", "завод не комбинат"),
        ('завод -"красный октябрь" -(а б)', 'завод -"красный октябрь" -(а б)'),
        ("НЕ (завод ИЛИ цех)", "-(завод ИЛИ цех)"),
        ("НЕ НЕ завод", "завод"),
        ("-!стали −форум --цех", "-!стали -форум -цех"),
        ("-(-форум)", "форум"),
        # alternatives
        ("а ИЛИ б в", "а ИЛИ б в"),
        ("а | б OR в / г", "а ИЛИ б ИЛИ в ИЛИ г"),
        ("сталь или чугун", "сталь ИЛИ чугун"),
        ("один два три четыре пять шесть или семь", "один два три четыре пять шесть или семь"),
        ("(а ИЛИ б) в", "(а ИЛИ б) в"),
        ("а ИЛИ -б", "а ИЛИ -б"),
        ("ИЛИ а ИЛИ ИЛИ б |", "а ИЛИ б"),
        ("завод И цех AND сталь & чугун", "завод цех сталь чугун"),
        ("завод и цех", "завод и цех"),
        # brackets
        ("((а (б)) в)", "а б в"),
        ("(а ИЛИ б", "а ИЛИ б"),
        ("а) б", "а б"),
        ("() -() !() а", "а"),
        # a sentence, a paragraph
        ('"красный октябрь" /п сталь', '"красный октябрь" /п сталь'),
        ("завод /п сталь /п цех печь", "завод /п сталь /п цех печь"),
        ("завод /п сталь /а цех", "завод /п сталь сталь /а цех"),
        ("(сталь | чугун) /а завод", "(сталь ИЛИ чугун) /а завод"),
        ("(сталь завод) /п цех", "сталь /п завод /п цех"),
        ("завод /п -сталь", "завод -сталь"),
        ("/п завод /а", "завод"),
        # parts written as one
        ("КХЛ-2016/17", "кхл-2016-17"),
        ("Титан-Баррикады", "титан-баррикады"),
        ("завод/комбинат", "завод-комбинат"),
        ("ТГК1 covid19", "тгк-1 covid-19"),
        ("530,5млрд", "530,5-млрд"),
        ("Титан-Барр*", "титан-барр*"),
        ("info@zavod.ru", "info-zavod-ru"),
        ("12.03.1998", "12-03-1998"),
        ("а\0б", "а-б"),
        # numbers
        ("10000", "10000"),
        ("10 000 рублей", "10000 рублей"),
        ("1 500 000,5", "1500000,5"),
        ("1.5 млрд", "1,5 млрд"),
        ("2022 год", "2022 год"),
        ("20%", '"20 процентов" ИЛИ 20'),
        ("№ 5", "5"),
        # fields
        ("заголовок:завод title:(сталь чугун)", "заголовок:завод заголовок:(сталь чугун)"),
        ("персона:Беглов", 'персона:"Беглов"'),
        ("персона: Беглов А. Д. завод", 'персона:"Беглов А. Д." завод'),
        ("person:А.Д. Беглов завод", 'персона:"А.Д. Беглов" завод'),
        ("персона:Александр Беглов завод", 'персона:"Александр Беглов" завод'),
        ("-персона:Беглов", '-персона:"Беглов"'),
        ("предприятие:(Каустик | «Красный Октябрь»)", 'предприятие:"Каустик" ИЛИ предприятие:"Красный Октябрь"'),
        ("рубрика:Спорт издание:«Вечерний Царицын»", 'рубрика:"Спорт" издание:"Вечерний Царицын"'),
        ("номер:5 полоса:2 issue:«17 (234)»", 'номер:"5" полоса:"2" номер:"17 234"'),
        ("дата:2022", "дата:2022-01-01..2022-12-31"),
        ("дата:2022-10..2023", "дата:2022-10-01..2023-12-31"),
        ("дата:октябрь 2022 завод", "дата:2022-10-01..2022-10-31 завод"),
        ("дата:5 октября 2022", "дата:2022-10-05"),
        ("date:05.10.2022", "дата:2022-10-05"),
        ("дата:2001–1998", "дата:1998-01-01..2001-12-31"),
        ("до:1998 после:2001", "до:1998-01-01 после:2001-12-31"),
        ("before:1998", "до:1998-01-01"),
        ("дата:вчера завод", "завод"),
        ("Волгоград: итоги", "волгоград итоги"),
        # function words keep their place
        ("завод в цехе", "завод в цехе"),
        ("(в на) завод", "в на завод"),
        ("в -на", "в -на"),
    ],
)
def test_reading(typed: str, tree: str) -> None:
    assert canonical(read(typed).tree) == tree
    assert canonical(read(tree).tree) == tree


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("завод /z", "«/z» не разобрано и пропущено"),
        ("дата:вчера завод", "«дата:вчера» не разобрано и пропущено"),
        ("завод автор:", "«автор:» не разобрано и пропущено"),
        ("завод НЕ", "«НЕ» без слова после него пропущено"),
        ("завод ИЛИ", "«ИЛИ» без слов с обеих сторон пропущено"),
        ("завод /п", "«/п» и «/а» ставятся между словами: лишнее пропущено"),
        ("завод /п -сталь", "«/п» и «/а» действуют только между словами и фразами: здесь прочитаны как «И»"),
        ('"сталь завод"~', "после «~» нужно число слов: прочитано как фраза"),
        ("(" * 30 + "завод", "слишком глубокие скобки пропущены"),
    ],
)
def test_what_is_passed_over_is_told(typed: str, note: str) -> None:
    query = read(typed)
    assert query.notes == (note,)
    assert f"{note[:1].upper()}{note[1:]}." in read_as(query)


def test_function_words_tell_nothing_beside_others_and_are_words_alone() -> None:
    assert read("завод в цехе").tree == And((Word("завод"), Idle("в"), Word("цехе")))
    assert read("в").tree == Word("в")
    assert read("!в завод").tree == And((Exact("в"), Word("завод")))
    assert read('"в" завод').tree == And((Exact("в"), Word("завод")))
    assert read("-в завод").tree == And((Not(Word("в")), Word("завод")))


def test_a_number_is_looked_for_however_it_is_printed() -> None:
    assert Number("1500000,5").ways == (Word("1500000,5"), Phrase((Word("1"), Word("500"), Word("000,5"))))
    assert read("10 000").tree == read("10000").tree == Number("10000")
    assert read("1998").tree == Word("1998")


def test_days() -> None:
    assert read("дата:февраль 2020").tree == Dated(dt.date(2020, 2, 1), dt.date(2020, 2, 29))
    assert read("до:1998").tree == Dated(None, dt.date(1997, 12, 31))
    assert read("после:05.2001").tree == Dated(dt.date(2001, 6, 1), None)


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
    assert len(canonical(tree)) <= MOST_READ
    assert read(canonical(tree)).tree == tree


def test_what_is_too_long_is_cut_and_says_so() -> None:
    many = read(" ".join(f"сл{i}" for i in range(300)))
    assert many.cut
    assert len(canonical(many.tree)) <= MOST_READ
    assert CUT_TOLD in read_as(many)
    most = read(" ".join(f"{one}{two}{three}" for one in "бвгджз" for two in "аеиоу" for three in "клмн"))
    assert len(list(sought(most.tree))) == MOST_WORDS
    assert most.cut
    assert read("щ" * 900).tree == Word("щ" * LONGEST_WORD)
    assert read("щ" * 5000).cut
    swollen = read("|".join("абвгдежзик" * 9))  # the canonical form is longer than what was typed
    assert len(canonical(swollen.tree)) <= MOST_READ
    assert not read(" ".join(f"слово{letter}" for letter in "абвгдежзиклмнопрстуфхцчшщ")).cut

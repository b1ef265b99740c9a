"""Plain text comes to paragraphs: glue is parted, broken lines are joined, nothing else changes."""

import gzip
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.paragraphs import mend, paragraphs

GLUED = """
Обсудили ряд вопросов.|Как сообщили в администрации, встреча была рабочей.
Появится возможность работать в этом сегменте.|9 июня состоялся Совет по экономике.
Проконсультироваться можно по адресу promenergovolga.ru.|Развитие сектора — приоритет.
Губернатор доложил о делах главе страны.|Денис Мантуров добавил подробности.
Выпускают более 500 видов проката.|- Что касается судьбы завода, решение принято.
Выпускают более 500 видов проката.|— Решение принято, — отметил директор.
Примут участие представители Минпромторга России.|- 23 ноября состоятся конференции.
Чиновников призвали «не почивать на лаврах».|В регионе действуют 85 мер.
Это кредит (без залога).|Деньги получит завод.
Мы победили!|Дальше будет легче.
Что будет с заводом?|Директор ответил на этот вопрос.
Он спросил: «Что будет с заводом?»|Директор промолчал.
Рост составил 103,5%.|Объем вырос.
Рост составил 5 %.|Объем вырос.
Завод пустили в 1998 г.|Тогда же открыли и школу.
Привезли столы, стулья и т. д.|Завод этому рад.
Об этом сообщает ТАСС.|«Санкции будут сняты», — говорится в сообщении.
Об этом сообщает портал Znak.com.|Суд состоится завтра.
Пожар тушили сотрудники МЧС.|Пострадавших нет.
Он уезжает из Украины.|Inditex, у которой есть магазины, закрывается.
Сказал, что "завод работает".|Больше ничего не сказал.
Больше он ничего не сказал.|"Завод работает", - добавила Петрова.
Он приехал из Уфы и остался в Волгограде.|Участники разошлись.
""".strip().splitlines()

WHOLE = """
Встречу провёл А.И.Бочаров, а не А. И. Бочаров и не Бочаров А.И.
Совещание в г.Волгоград, в г. Волгоград, на ул.Мира, ул. Мира и пр.Ленина.
В районе им.Ленина, пос.Рабочий, с.Дубовка, пгт.В.Максаковка, д.15, корп.15 в размере.
Дата 12.03.1998, рост 103.5, время 14.05, версия 2.0, статья 20.3.3 и ст.105 УК.
Адреса www.mail.ru, info@Site.Ru, Lenta.Ru, Фонтанка.Ру, V1.RU и Накануне.RU.
Учредитель ООО «Рога».Ру, банк ДОМ.РФ и ВЭБ.РФ, портал СМОТРИЦИФРУ.РФ.
Такси «Яндекс.Такси» и Яндекс.Маркет, сайты «Вести.Экономика», «Север.Реалии», Цензор.НЕТ.
Купили то, се и т.д. и т.п., т.е. всё, т.к. могли.
— Да,— сказал он.— Мы пойдём. Он встал.— И ты иди.
- Уверен, что мы её выполним, - пояснили в комитете, - на следующий день.
Игра «Что?Где?Когда?» и бар «УЕ!Бар».
Корпорация Yandex N.V. и Citibank N.A. в США.
Куда идём?— сказал он. Туда…и обратно.
Бочаров, Хам.Алтынтоп и Ан.Миранчук.
п.3 статьи, ч.2 статьи 186, рис.5 на странице, 1.Завод, 2.Школа
Ирландец О'Коннор. С.-Петербург. ООО «К.И.Т.-ОЙЛ».
""".strip().splitlines()


@pytest.mark.parametrize("marked", GLUED)
def test_glued_paragraphs_are_parted(marked: str) -> None:
    assert paragraphs(marked.replace("|", "")) == tuple(marked.split("|"))


@pytest.mark.parametrize("line", WHOLE)
def test_these_are_never_parted(line: str) -> None:
    assert paragraphs(line) == (line,)


BROKEN = [
    (
        "Завод перевыполнил план первой пяти-\nлетки и отчитался.",
        "Завод перевыполнил план первой пятилетки и отчитался.",
    ),
    ("На пред-\r\nприятие привезли станки.", "На предприятие привезли станки."),
    ("На пред\u00ad\nприятие при\u00adвезли стан\u00adки.", "На предприятие привезли станки."),
    ("Завод «Титан-\nБаррикады» работает.", "Завод «Титан-Баррикады» работает."),
    ("НОВОЕ ПРЕД-\nПРИЯТИЕ", "НОВОЕ ПРЕДПРИЯТИЕ"),
    ("Ветер северо-\nзападный.", "Ветер северо-западный."),
    ("Отметили 20-\nлетие завода.", "Отметили 20-летие завода."),
    ("Кто-\nто пришёл по-\nпрежнему из-\nза угла.", "Кто-то пришёл по-прежнему из-за угла."),
    ("Это мес-\nто по-\nлучил час-\nто.", "Это место получил часто."),
    ("Открыли бизнес-\nцентр. В бизнес-центр ходят.", "Открыли бизнес-центр. В бизнес-центр ходят."),
]


@pytest.mark.parametrize(("text", "whole"), BROKEN)
def test_words_broken_at_line_ends(text: str, whole: str) -> None:
    assert mend(text) == whole
    assert paragraphs(text) == (whole,)


PAGE = """
Завод пустил стан
Вчера на заводе пустили новый прокатный стан, о котором говорили
два года. На пуск приехали гости из Москвы и Самары. Директор ска-
зал, что наберёт ещё двести человек.
    Второй абзац начинается с отступа и тоже разбит на строки, как
это было принято. Он оканчивается короткой строкой.
Третий абзац стоит после неё; в нём тоже есть строка, которая про-
должается дальше.

После пустой строки начинается последний абзац, который тоже раз-
бит.
"""


def test_lines_of_a_page_are_joined() -> None:
    assert [(p.split()[0], p.split()[-1]) for p in paragraphs(PAGE)] == [
        ("Завод", "стан"),
        ("Вчера", "человек."),
        ("Второй", "строкой."),
        ("Третий", "дальше."),
        ("После", "разбит."),
    ]


def test_a_paragraph_a_line_stays_so() -> None:
    text = "Первый абзац, короткий.\nВторой абзац,\nтретий абзац без точки\n\n\nЧетвёртый.\n"
    assert len(paragraphs(text)) == 4
    assert paragraphs("Первый\rВторой\u2028Третий") == ("Первый", "Второй", "Третий")


def test_what_was_printed_stays() -> None:
    printed = "«Ёлка» — 5\xa0руб., “Завод” – А́нна, ЗАВОД, BМК…"
    assert paragraphs(printed) == (printed,)
    assert mend("  Слова\t\tразделены  как  попало\u200b. ") == "Слова разделены как попало."


@pytest.mark.parametrize("text", ["", "\n\n \t\n", "\ufeff"])
def test_nothing_comes_to_nothing(text: str) -> None:
    assert paragraphs(text) == ()


@given(st.text(st.sampled_from('абвАБВ .!?…-—–«»"()1290,\n\r\t\u00ad\xa0rRuU'), max_size=300))
def test_any_text_keeps_its_letters_and_is_stable(text: str) -> None:
    found = paragraphs(text)
    assert [c for c in "".join(found) if c.isalnum()] == [c for c in text if c.isalnum()]
    assert all(p == p.strip(" \t\n") and p and "\n" not in p and "\u00ad" not in p for p in found)


def test_seed_articles(gold: Path) -> None:
    texts = [path.read_text() for path in sorted((gold / "seed-articles").glob("*.txt"))]
    assert [len(paragraphs(text)) for text in texts] == [14, 8]
    assert ["".join(paragraphs(text)) for text in texts] == texts


def test_press_comes_through_unsplit(gold: Path) -> None:
    """Of the paragraphs of 535 sites 0.11 % are parted, nearly all of them where the site or a reader glued them."""
    with gzip.open(gold / "press" / "many-papers-2019.jsonl.gz", "rt") as lines:
        articles = [json.loads(line)["text"] for line in lines]
    printed = [p for text in random.Random(1).sample(articles, 1000) for p in text.split("\n") if p.strip()]
    parted = [p for p in printed if len(paragraphs(p)) > 1]
    assert len(parted) <= 0.002 * len(printed)

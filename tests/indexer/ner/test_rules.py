"""Marked strings: [person] and {body}, after all rules."""

import gzip
import json
import re
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.ner import rules
from indexer.ner.missed_persons import printed_places
from indexer.text.cut_text import CutText
from indexer.text.words import WORD

MARKED = [
    "[Путин] подписал указ.",
    "Актриса [Фань Бинбин] прилетела в Москву.",
    "Сегодня {Роскомнадзор} предупредил издания.",
    "[Хончжин Тан] ([Hongjin Tan]) задержан.",
    "[Гордеева Анна Петровна] родилась в 1950 году.",
    "Выступил [А. И. Бочаров]. Потом [Бочаров А.И.] ответил на вопросы.",
    "АО «{Каустик}» и ООО «{Волгоградский завод буровой техники}» подписали договор.",
    "АО «ФНПЦ «{Титан-Баррикады}» выполнило заказ.",
    "Рабочие заводов «{Каустик}», «{Химпром}» и «{Ахтуба}» получили награды.",
    "Матч провели команды «{Ротор}» и «{Факел}».",
    "{Волгоградский тракторный завод} ({ВгТЗ}) закрыт.",
    "Сотрудники СМИ и ЖКХ, представители АПК и ТЭК обсудили работу СИЗО.",
    "Комиссия {Евросоюза} ответила на запрос.",
    "{Волгоградстат} опубликовал данные. Об этом пишет {Крыминформ}.",
    "{Нижневолжскнефтегаз} увеличил добычу, {Волгоградоблэлектро} – тарифы.",
    "{Минцифры} ответило. {Облздрав} сообщил о случаях, {Леноблизбирком} – о кандидатах.",
    "Учится в школе им. [В. И. Ленина] и рад.",
    "Фото: {ТАСС}/[Сергей Карпов]",
    "Юрист в беседе с {НЕВСКИМИ НОВОСТЯМИ} отметил это.",
    "Турбины для КС «Портовая» задержали, сообщила {ФСБ} «{Интерфаксу}».",
    "Магазин на Партизана Германа, 2, закрыт. На [Ивана Петрова], 45 лет, напали.",
    "В радио-шоу «Все к лучшему» он не был. Идёт рейд «Нетрезвый водитель».",
    "[Масуд] и [Малком] приехали, их встретил [Ярмаш].",
    "Грант выделили {Интерполу}, сообщает {Голос Америки}.",
    "[Денис Мантуров] и [Андрей Бочаров] осмотрели цех. По словам [Бочарова], работа идёт.",
    "Выступили [Иван Петров], [Сергей Иванов]; [Анна Орлова].",
    "На сцену вышли [Aaliyah] и другие. Раньше певица [Aaliyah] не выступала.",
    "Рэперы Face выступили. Актриса {Netflix} уволилась.",
    "[Виктор Понедельник]: «Адвокат не прав»\nВ сборной играл [Виктор Понедельник].",
    "Церемонию посетила вдова [Ельцина] [Наина Иосифовна].",
    "Увезли жену [Янгулбаева] [Зарему Мусаеву].",
    "Пришла его жена [Иванова Мария Петровна].",
    "Мэр поздравил [Марка]. Вечером по городу гулял [Марк].",
    "{РИАМО} (КОРОЛЕВ) сообщает, что пропавшую школьницу нашли.",
    "Победила команда {РГУ нефти и газа} (НИУ) имени И.М. Губкина.",
    "В {СК} об этом не слышали. Глава {СК} РФ выехал, ответило {ГСУ} {СК} по Москве.",
    "ООО СК «{Прайд}» строит дом. Пресс-служба губернатора СК молчит, {УГИБДД} по СК тоже.",
    "{Госавтоинспекция} напоминает: за рулём не спят.",
    "Под {Нацбанком} требуют отставки, на {Мосбирже} торгов нет.",
    "Накопился СО2, пишут в @Andminsamokatov_bot.",
    "Отбор проектов для {Фонда национального благосостояния} регламентируют до конца года.",
]


@pytest.mark.parametrize("marked", MARKED)
def test_finds_what_is_marked(marked: str) -> None:
    text = re.sub(r"[\[\]{}]", "", marked)
    found = {span.start: (text[span.start : span.stop], span.kind) for span in rules.find([text])[0]}
    expected = [(m.group(1) or m.group(2), "person" if m.group(1) else "body") for m in marks(marked)]
    assert [found[start] for start in sorted(found)] == expected


def marks(marked: str) -> list[re.Match[str]]:
    return list(re.finditer(r"\[([^]]+)\]|\{([^}]+)\}", marked))


def test_spans_are_ordered_and_apart(gold: Path) -> None:
    with gzip.open(gold / "press/many-papers-2019.jsonl.gz", "rt") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, 200)]
    for spans in rules.find(texts):
        assert all(one.stop <= other.start for one, other in pairwise(spans))


def test_glued_sentences_of_the_seed_articles_give_the_same_persons(gold: Path) -> None:
    glued = (gold / "seed-articles/000_87864ade9000dff3.txt").read_text()
    apart = re.sub(r"(?<=[а-я]\.)(?=[А-Я-])", "\n", glued)
    for text in (glued, apart):
        persons = [text[s.start : s.stop] for s in rules.find([text])[0] if s.kind == "person"]
        assert {name.split()[-1][:5] for name in persons} == {"Манту", "Бочар", "Ивано", "Путин"}


def test_a_long_text_is_read_as_its_parts() -> None:
    """Names far apart do not meet: twice the text has twice the mentions."""
    text = "Директор завода «Каучук» Анна Котова встретила Петра Сизова. Котовой показали «Каучук».\n"
    found = rules.find([text * 50])[0]
    assert len(found) == 50 * len(rules.find([text])[0])


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Дж.|Коми", True),
        ("Мейв| Кеннеди", True),
        ("Ли.| Ким", False),
        ("Шаймиева| Камиля", False),
        ("Анна| Пётр", False),
        ("Мейв|, Кеннеди", False),
    ],
)
def test_names_that_the_tagger_broke(text: str, is_one: bool) -> None:
    first, _, rest = text.partition("|")
    text = first + rest
    one, other = WORD.match(text), WORD.search(text, len(first))
    assert one
    assert other
    assert rules.is_broken(text, one.span(), other.span()) is is_one


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Пришла внучка ", "Шаймиева|Камиля"),
        ("Муж ", "Ларисы|Валерий"),
        ("Дочь ", "Алексея|Мария"),
        ("Увезли сына ", "Ивана Петра"),
        ("Дочь ", "Анна Мария"),
        ("Её муж ", "Иванова Пётр"),
        ("Встретили ", "Ларисы Валерий"),
    ],
)
def test_somebody_and_his_kin_are_two(before: str, name: str) -> None:
    """A stroke where the name is two."""
    text = before + name.replace("|", " ")
    places = rules.of_kin(CutText(text), (len(before), len(text)))
    assert [text[slice(*place)] for place in places] == name.split("|")


@pytest.mark.parametrize(
    ("before", "name", "bare"),
    [
        ("Ответил ", "Император Акихито", "Акихито"),
        ("Ответил ", "34-летний Анри", "Анри"),
        ("", "Актриса Фань Бинбин", "Фань Бинбин"),
        ("Ответил ", "Белый Андрей", "Белый Андрей"),
        ("Сказано, что ", "Папа Франциск", "Франциск"),
        ("Лидер ", "Аль-Каиды Усамы бен Ладена", "Усамы бен Ладена"),
        ("", "Шейк Модибо", "Шейк Модибо"),
    ],
)
def test_what_is_no_part_of_a_name(before: str, name: str, bare: str) -> None:
    start, stop = rules.untitled(CutText(before + name), len(before), len(before + name))
    assert (before + name)[start:stop] == bare


@given(st.text("аб 1_-", max_size=30), st.text("аб ", min_size=1, max_size=4).filter(lambda name: name.strip() == name))
def test_a_name_is_printed_where_a_pattern_finds_it(text: str, name: str) -> None:
    assert list(printed_places(text, name)) == [match.span() for match in re.finditer(rf"(?<!\w){name}(?!\w)", text)]

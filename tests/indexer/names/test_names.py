"""Names come to the nominative as one, and a surname is found from any case."""

import re
from itertools import product
from pathlib import Path

import pytest

from indexer.names.case_context import case_weights
from indexer.names.organisation_names import nominative_body, proper_name
from indexer.names.person_names import nominative_person
from indexer.names.surname_endings import ENDINGS, guesses
from indexer.names.word_readings import surname_lemmas
from indexer.text.cut_text import CutText
from indexer.text.lemmas import lemmas
from indexer.text.tokens import fold

PERSONS = {
    "Петра I.": "|Петр I||m",
    "Крушинская": "Крушинская|||f",
    "Татьяны Загородней": "Загородняя|Татьяна||f",  # as printed: surname | given | patronymic | sex
    "Бочарову Андрею Ивановичу": "Бочаров|Андрей|Иванович|m",
    "Санна Марин": "Марин|Санна||",
    "Садио Мане": "Мане|Садио||m",
    "Щербининой Кире": "Щербинина|Кира||f",
    "Голуб Вероника": "Голуб|Вероника||f",
    "Мельник Зинаиды": "Мельник|Зинаида||f",
    "Дениса Мантурова": "Мантуров|Денис||m",
    "Андреем Ивановичем": "|Андрей|Иванович|m",
    "А. И. Бочарова": "Бочаров|А.|И.|m",
    "Бочарова А.И.": "Бочаров|А.|И.|m",
    "Н. И. Комаровой": "Комарова|Н.|И.|f",
    "ИВАНОВУ": "Иванов|||m",
    "Романом Абрамовичем": "Абрамович|Роман||m",
    "Татьяны Гензе": "Гензе|Татьяна||f",
    "Ковальчук Ольге Сергеевне": "Ковальчук|Ольга|Сергеевна|f",
    "Любови Шевчук": "Шевчук|Любовь||f",
    "Сергею Шевчуку": "Шевчук|Сергей||m",
    "Анну Ткач": "Ткач|Анна||f",
    "Дмитрия Белого": "Белый|Дмитрий||m",
    "Сергея Черных": "Черных|Сергей||m",
    "Артёмом Дзюбой": "Дзюба|Артём||m",
    "Никитой Михалковым": "Михалков|Никита||m",
    "Мусина-Пушкина": "Мусин-Пушкин|||m",
    "Жан-Клодом Ван Даммом": "Ван Дамм|Жан-Клод||m",
    "Шарлем де Голлем": "де Голль|Шарль||m",
    "Джорджем У. Бушем": "Буш|Джордж|У.|m",
    "Мухаммеда бин Салмана": "бин Салман|Мухаммед||m",
    "Гейдара Алиева": "Алиев|Гейдар||m",
    "Терезы Мэй": "Мэй|Тереза||f",
    "Николаю II": "|Николай II||m",
    "Людмилы Соловьёвой": "Соловьёва|Людмила||f",
    "Каральбию Муратовичу Кумпилову": "Кумпилов|Каральбий|Муратович|m",
    "Ким Ё Чжон": "Чжон|Ким Ё||m",
    "Ван И": "И|Ван||m",
    "Ван Гогом": "Гог|Ван||m",
    "Ким Алексей": "Ким|Алексей||m",
    "Ким Анны": "Ким|Анна||f",
    "Яна Карского": "Карский|Ян||m",
    "John Smith": "Smith|John||",
    "Гензе": "Гензе|||",
}
IN_CONTEXT = {  # a marked name and its nominative
    "рассказала [Комарова].": "Комарова",
    "рассказал [Комаров].": "Комаров",
    "[Комарова] отметила, что": "Комарова",
    "от [Комарова] ждут": "Комаров",
    "о [Комаровой] знают": "Комарова",
    "к [Комарову] пришли": "Комаров",
    "про [Комарову] пишут": "Комарова",
    "поздравили [Комарову] с юбилеем": "Комарова",
    "вручили [Комарову] медаль": "Комаров",
    "указ [Комарова] вышел": "Комаров",
    "актрису [Комарову] наградили": "Комарова",
    "встреча с [Ким Чен Ыном] прошла": "Ким Чен Ын",
    "письмо [Ким Чен Ыну] вручено": "Ким Чен Ын",
    "визит [Хвана Чжан Епа] отменён": "Хван Чжан Еп",
    "портрет [Дэн Сяопина] висит": "Дэн Сяопин",
    "губернатору [Комарову] доложили": "Комаров",
}
BODIES = {
    "НЕВСКИМ НОВОСТЯМ": "Невские новости",
    "НОВОСТИ КИЕВА": "НОВОСТИ КИЕВА",
    "Газпром экспортом": "Газпром экспорт",
    "Водоканал Санкт-Петербурга": "Водоканал Санкт-Петербурга",
    "Водоканалом Воронежа": "Водоканал Воронежа",
    "Сбербанк страхование жизни": "Сбербанк страхование жизни",
    "Финляндского полка": "Финляндский полк",
    "«Метаклэй»": "Метаклэй",
    "«Кэпиталз»": "Кэпиталз",
    "Викиновостям": "Викиновости",
    "Голоса Америки": "Голос Америки",
    "Большим театром": "Большой театр",
    "«Опоры России»": "Опора России",
    "«Синего краба»": "Синий краб",
    "Росатома": "Росатом",
    "Мосбиржи": "Мосбиржа",
    "Газпром нефти": "Газпром нефть",
    "Россети": "Россети",
    "Россети Ленэнерго": "Россети Ленэнерго",
    "Газпром Арены": "Газпром Арена",
    "Запорожской АЭС": "Запорожская АЭС",  # as printed («» where it stood in quotes): nominative
    "«Красного Октября»": "Красный Октябрь",
    "«Баррикады»": "Баррикады",
    "«Титан-Баррикады»": "Титан-Баррикады",
    "«Городским вестям»": "Городские вести",
    "«Химпроме»": "Химпром",
    "«Единой России»": "Единая Россия",
    "МИДом": "МИД",
    "британским МИДом": "британский МИД",
    "Минпромторга": "Минпромторг",
    "Роснефти": "Роснефть",
    "Росгвардии": "Росгвардия",
    "Волгоград Арене": "Волгоград Арена",
    "Министерству обороны": "Министерство обороны",
    "Ленинского районного суда": "Ленинский районный суд",
    "Высшим судом": "Высший суд",
    "Волгоградским тракторным заводом": "Волгоградский тракторный завод",
    "комитетом промышленной политики, торговли и ТЭК": "комитет промышленной политики, торговли и ТЭК",
}
PROPER = {
    "газета «L'Opinion»": "L'Opinion",
    "СНТ имени 40 лет Победы": "СНТ имени 40 лет Победы",
    "Ленинский райсуд": "Ленинский районный суд",
    "Мосгорсуд": "Мосгорсуд",
    "Школа №5": "Школа № 5",
    "АО «ВМК „Красный Октябрь“»": "ВМК Красный Октябрь",
    "завод «Баррикады»": "Баррикады",
    "Детский сад «Солнышко»": "Детский сад Солнышко",
    "«Каустик», ПАО": "Каустик",
    "ООО": "ООО",
}
DECLENSIONS = """
Мантуров Мантурова Мантурову Мантурова Мантуровым Мантурове
Мантурова Мантуровой Мантуровой Мантурову Мантуровой Мантуровой
Бочаров Бочарова Бочарову Бочарова Бочаровым Бочарове
Бочарова Бочаровой Бочаровой Бочарову Бочаровой Бочаровой
Комаров Комарова Комарову Комарова Комаровым Комарове
Комарова Комаровой Комаровой Комарову Комаровой Комаровой
Путин Путина Путину Путина Путиным Путине
Никитина Никитиной Никитиной Никитину Никитиной Никитиной
Птицын Птицына Птицыну Птицына Птицыным Птицыне
Синицына Синицыной Синицыной Синицыну Синицыной Синицыной
Соловьёв Соловьёва Соловьёву Соловьёва Соловьёвым Соловьёве
Киселёва Киселёвой Киселёвой Киселёву Киселёвой Киселёвой
Трапезников Трапезникова Трапезникову Трапезникова Трапезниковым Трапезникове
Кустов Кустова Кустову Кустова Кустовым Кустове
Орехова Ореховой Ореховой Орехову Ореховой Ореховой
Гензе Гензе Гензе Гензе Гензе Гензе
Живаго Живаго Живаго Живаго Живаго Живаго
Черных Черных Черных Черных Черных Черных
Седых Седых Седых Седых Седых Седых
Бондаренко Бондаренко Бондаренко Бондаренко Бондаренко Бондаренко
Шевченко Шевченко Шевченко Шевченко Шевченко Шевченко
Дурново Дурново Дурново Дурново Дурново Дурново
Дюма Дюма Дюма Дюма Дюма Дюма
Дзюба Дзюбы Дзюбе Дзюбу Дзюбой Дзюбе
Глинка Глинки Глинке Глинку Глинкой Глинке
Сковорода Сковороды Сковороде Сковороду Сковородой Сковороде
Берия Берии Берии Берию Берией Берии
Ткач Ткача Ткачу Ткача Ткачом Ткаче
Ткач Ткач Ткач Ткач Ткач Ткач
Шевчук Шевчука Шевчуку Шевчука Шевчуком Шевчуке
Шевчук Шевчук Шевчук Шевчук Шевчук Шевчук
Ковальчук Ковальчука Ковальчуку Ковальчука Ковальчуком Ковальчуке
Кравец Кравца Кравцу Кравца Кравцом Кравце
Заяц Зайца Зайцу Зайца Зайцем Зайце
Мороз Мороза Морозу Мороза Морозом Морозе
Коваль Коваля Ковалю Коваля Ковалем Ковале
Гоголь Гоголя Гоголю Гоголя Гоголем Гоголе
Цой Цоя Цою Цоя Цоем Цое
Гайдай Гайдая Гайдаю Гайдая Гайдаем Гайдае
Белый Белого Белому Белого Белым Белом
Белая Белой Белой Белую Белой Белой
Толстой Толстого Толстому Толстого Толстым Толстом
Толстая Толстой Толстой Толстую Толстой Толстой
Луговой Лугового Луговому Лугового Луговым Луговом
Заболотный Заболотного Заболотному Заболотного Заболотным Заболотном
Достоевский Достоевского Достоевскому Достоевского Достоевским Достоевском
Достоевская Достоевской Достоевской Достоевскую Достоевской Достоевской
Троицкая Троицкой Троицкой Троицкую Троицкой Троицкой
Абрамович Абрамовича Абрамовичу Абрамовича Абрамовичем Абрамовиче
Вальтер Вальтера Вальтеру Вальтера Вальтером Вальтере
Трамп Трампа Трампу Трампа Трампом Трампе
Саакашвили Саакашвили Саакашвили Саакашвили Саакашвили Саакашвили
""".split("\n")[1:-1]


@pytest.mark.parametrize("printed", PERSONS)
def test_a_person_comes_to_the_nominative(printed: str) -> None:
    name = nominative_person(printed)
    assert f"{name.surname}|{name.given}|{name.patronymic}|{name.sex}" == PERSONS[printed]


def test_the_printed_order_is_kept_beside_the_label() -> None:
    name = nominative_person("Бочаровым Андреем Ивановичем")
    assert (name.name, name.label) == ("Бочаров Андрей Иванович", "Андрей Иванович Бочаров")
    assert name.key.text == "p:бочаров|андрей|иванович|m"


@pytest.mark.parametrize("marked", IN_CONTEXT)
def test_the_words_beside_a_surname_decide(marked: str) -> None:
    start, stop = marked.index("["), marked.index("]") - 1
    text = re.sub(r"[\[\]]", "", marked)
    assert nominative_person(text[start:stop], case_weights(CutText(text), start, stop)).name == IN_CONTEXT[marked]


@pytest.mark.parametrize("printed", BODIES)
def test_a_body_comes_to_the_nominative(printed: str) -> None:
    assert nominative_body(printed.strip("«»"), printed.startswith("«")) == BODIES[printed]


@pytest.mark.parametrize("name", PROPER)
def test_legal_forms_quotes_and_type_words_are_no_name(name: str) -> None:
    assert proper_name(name) == PROPER[name]


@pytest.mark.parametrize("forms", DECLENSIONS, ids=lambda forms: forms.split()[0])
def test_a_surname_in_any_case_finds_it_in_any_other(forms: str) -> None:
    cases = sorted(set(forms.split()))
    missed = [(printed, typed) for printed, typed in product(cases, cases) if not meets(printed, typed)]
    assert not missed


def meets(printed: str, typed: str) -> bool:
    """Whether the terms indexed where `printed` stands alone as a person have one of those asked for `typed`."""
    indexed = {*lemmas(fold(printed)), *(fold(word) for word in re.findall(r"\w+", nominative_person(printed).name))}
    return not indexed.isdisjoint({*lemmas(fold(typed)), *surname_lemmas(fold(typed))})


@pytest.mark.parametrize("word", "завод завода стали сталью форуме предприятие спецсталь мира хлеба день".split())
def test_a_common_word_is_no_surname(word: str) -> None:
    assert surname_lemmas(word) == ()


MAY_BE_SURNAMES = {
    "основа": "основ",
    "корову": "коров",
    "картины": "",
    "заводов": "заводов",
    "трапезников": "трапезников",
}


@pytest.mark.parametrize("word", MAY_BE_SURNAMES)
def test_a_common_word_grows_to_surnames_only(word: str) -> None:
    assert set(surname_lemmas(word)) - set(lemmas(word)) == set(MAY_BE_SURNAMES[word].split())


def test_surnames_of_the_duma_list(gold: Path) -> None:
    """Of those on -ов, -ин, -ский every case finds every other for 99 of 100; each sixth is tried."""
    surnames = {line.split()[0] for line in (gold / "names/duma-candidates-2011.tsv").read_text().splitlines()[1:]}
    sets = [forms for surname in sorted(surnames)[::6] if (forms := declined(surname))]
    found = [all(meets(a, b) for a, b in product(forms, forms)) for forms in sets]
    assert len(sets) > 250
    assert sum(found) / len(found) >= 0.99


def declined(surname: str) -> list[str]:
    """The forms of a surname of Russian type."""
    for pattern, endings in (
        ("(?:ов|ев|ёв|ин|ын)$", ("", "а", "у", "ым", "е")),
        ("(?:ов|ев|ёв|ин|ын)(а)$", ("а", "ой", "у")),
        ("[сц]к(ий)$", ("ий", "ого", "ому", "им", "ом")),
        ("[сц]к(ая)$", ("ая", "ой", "ую")),
    ):
        match = re.search(pattern, surname)
        if match and "-" not in surname:
            stem = surname[: match.start(1)] if match.lastindex else surname
            return [stem + ending for ending in endings]
    return []


@pytest.mark.parametrize("word", "бочаровой троицкому гоголем дзюбе гарсией черных ли цой абовой ов ия а".split())
def test_guesses_are_those_of_every_ending_that_fits(word: str) -> None:
    fitting = [
        ending
        for ending in ENDINGS
        if word.endswith(ending.printed) and re.search(ending.before, word.removesuffix(ending.printed))
    ]
    long_enough = [e for e in fitting if len(word) - len(e.printed) > (1 if e.printed else 0)]
    expected = [(word.removesuffix(e.printed) + e.nominative, e.score) for e in long_enough]
    assert list(dict.fromkeys((guess.nominative, guess.score) for guess in guesses(word))) == list(
        dict.fromkeys(expected)
    )

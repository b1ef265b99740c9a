"""Who of an article is the same person, and which names of the archive are one entity."""

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from indexer.annotation import Kind
from indexer.entities.article_entities import in_article
from indexer.entities.resolution import NameCount, can_be_looked_for, given, resolve
from indexer.entities.slugs import slug
from indexer.name_key import BodyKey, PersonKey, name_key
from indexer.names.word_readings import is_of_both
from indexer.text.cut_text import CutText

KINDS: dict[str, Kind] = {"p": "person", "e": "enterprise", "o": "organisation"}
ARTICLES = {  # [name]kind{label of its entity}, where it is not the name itself
    "full name": "[Денис Мантуров]p приехал. [Мантурову]p{Денис Мантуров} рады.",
    "patronymic learnt": "[Андрей Бочаров]p{Андрей Иванович Бочаров}. "
    "С [Андреем Ивановичем]p{Андрей Иванович Бочаров} говорили.",
    "man and woman": "[Иван Иванов]p и [Анна Иванова]p. К [Иванову]p{Иван Иванов} шли. "
    "О [Ивановой]p{Анна Иванова} спорят. [Иванова]p{Анна Иванова} ушла. "
    "[Иванов]p{Иван Иванов} ушёл. Про [Иванову]p{Анна Иванова} писали.",
    "two brothers": "[Пётр Иванов]p и [Павел Иванов]p. Видели [Иванова]p{Иванов}.",
    "initials": "[Андрей Бочаров]p{Андрей И. Бочаров}. [А. И. Бочаров]p{Андрей И. Бочаров}.",
    "other initials": "[Андрей Бочаров]p. [В. Бочаров]p.",
    "one of two first names": "[Реджеп Тайип Эрдоган]p. [Реджеп Эрдоган]p. Ответ [Эрдогана]p{Реджеп Тайип Эрдоган}.",
    "a woman's surname alone": "Ответила [Елена Долманова]p.\n"
    "Вместе с новыми обязанностями, [Долманова]p{Елена Долманова} продолжит работу.",
    "a surname like a name's plural": "[Абдулманап Нурмагомедов]p сказал.",
    "a surname like a patronymic": "[Анастасию Вашукевич]p{Анастасия Вашукевич} судят. "
    "[А. Вашукевич]p{Анастасия Вашукевич} ответила.",
    "two of one patronymic": "[Андрей Иванович Бочаров]p. [Андрей Иванович Комаров]p. [Андрей Иванович]p ответил.",
    "patronymics apart": "[Иван Петрович Петров]p и [Иван Сергеевич Петров]p.",
    "given name alone": "[Анна Ткач]p поёт. [Анна]p{Анна Ткач} довольна.",
    "two of one given name": "[Анна Ткач]p и [Анна Глоба]p. С [Анной]p{Анна} говорили.",
    "woman alone": "Рассказала [Комарова]p. О [Комаровой]p{Комарова} знают.",
    "foreign": "[Дональд Трамп]p прилетел. [Трампа]p{Дональд Трамп} ждали, [Трампом]p{Дональд Трамп} восхищались.",
    "heading": "[БОЧАРОВ]p{Андрей Бочаров} ОТВЕТИЛ\n[Андрей Бочаров]p ответил.",
    "acronym": "[Волгоградский тракторный завод]e ([ВгТЗ]e{Волгоградский тракторный завод}) стоит.",
    "short names": "[Михайловский театр]o{Михайловский театр}. На сцене [Михайловского]o{Михайловский театр}. "
    "[Газпром]e{Газпром} и [Газпром нефть]e{Газпром нефть}. [МХАТ им. Горького]o{МХАТ им. Горького}, "
    "во [МХАТе]o{МХАТ им. Горького}. [Заксобрание]o{Законодательное собрание Карелии} Карелии. Депутаты "
    "[ЗакСа]o{Законодательное собрание Карелии}. [Верховный суд]o{Верховный суд Украины} Украины и "
    "[Верховный суд]o{Верховный суд}. [Служба безопасности]o{СБУ} Украины ответила.",
    "what and where": "[Банк ВТБ]e{ВТБ} вырос, [ВТБ]e рад. [Саратовская областная Дума]o{Саратовская областная Дума}. "
    "[Дума]o{Саратовская областная Дума} решила. [Инициативная группа МГУ]o и [МГУ]o.",
    "acronyms of other words": "[Федеральное агентство по делам национальностей]o ([ФАДН]o{Федеральное агентство по "
    "делам национальностей}) и [Общероссийский народный фронт]o{ОНФ} ([ОНФ]o). [ВВС]o{Военно-воздушные силы} США. "
    "Как пишет [ВВС]o{Би-би-си}, со ссылкой на [ВВС]o{Би-би-си}; [BBC]o{Би-би-си}.",
    "a hard ending": "Раньше он звонил канцлеру Германии [Ангеле Меркель]p{Ангела Меркель} и президенту Украины.",
    "compounds": "[Сколковский институт науки и технологий]o ([Сколтех]o{Сколковский институт науки и технологий}). "
    "[Альянс Туристических Агентств]o ([АТА]o{Альянс Туристических Агентств}), из [Альянса]o{Альянс Туристических "
    "Агентств}. [Газпром]e ([Газпром нефть]e). [Волгоградский комитет здравоохранения]o "
    "([Волгоздрав]o{Волгоградский комитет здравоохранения}).",
    "printed as elsewhere": "[Трактор]o играл. Матч «[Трактора]o{Трактор}». «[Баррикады]e» и «[Каустик]e».",
    "the Far East": "Сказано, — цитирует [Хвана Чжан Епа]p{Хван Чжан Еп} издание. [Хван Чжан Еп]p приехал. "
    "[Хвана]p{Хван Чжан Еп} ждали.",
    "cases of a plant": "На «[Красном Октябре]e{Красный Октябрь}» и у «[Красного Октября]e{Красный Октябрь}».",
    "its own alphabet": "[Хончжин Тан]p ([Hongjin Tan]p{Хончжин Тан}) задержан.",
    "half of a double surname": "[Анна Швецова-Белова]p пришла. [Белова]p{Анна Швецова-Белова} ушла.",
    "several names of one body": "[Госдума]o, [Государственной думе]o{Госдума}, [Совфеда]o{Совет Федерации}.",
    "legal form": "[ООО «Ромашка»]e{Ромашка} и [Минпромторгом]o{Минпромторг}.",
}


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, Kind]], list[str]]:
    text, spans, labels = "", [], []
    for name, kind, label, rest in re.findall(r"\[(.*?)\]([peo])(?:\{(.*?)\})?|([^\[]+)", marked):
        if name:
            spans.append((len(text), len(text) + len(name), KINDS[kind]))
            labels.append(label or name)
        text += name or rest
    return text, spans, labels


@pytest.mark.parametrize("case", ARTICLES)
def test_mentions_of_an_article_come_together(case: str) -> None:
    text, spans, labels = unmarked(ARTICLES[case])
    mentions = in_article(CutText(text), spans)
    assert [mention.label for mention in mentions] == labels
    assert [(mention.start, mention.stop, mention.kind) for mention in mentions] == spans
    assert all(text[mention.start : mention.stop] == mention.text for mention in mentions)
    assert len({mention.key for mention in mentions}) == len(set(labels))


@examples(st.text("АБ абвгд.-«»I1\n", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9))))
def test_any_span_gives_a_mention_with_its_text(text: str, places: list[tuple[int, int]]) -> None:
    spans: list[tuple[int, int, Kind]] = []
    for i, (start, length) in enumerate(sorted(places)):
        if start + length <= len(text) and (not spans or spans[-1][1] <= start):
            spans.append((start, start + length, ("person", "enterprise", "organisation")[i % 3]))
    mentions = in_article(CutText(text), spans)
    assert [(m.start, m.stop, m.kind, m.text) for m in mentions] == [(a, b, k, text[a:b]) for a, b, k in spans]
    assert all(mention.key.kind == mention.kind for mention in mentions)
    assert all(name_key(mention.key.text) == mention.key for mention in mentions)


def test_a_nominative_that_the_article_has_is_the_one() -> None:
    """«Коломенского» alone would be of a «Коломенское»."""
    text = "Холдинг «Коломенский» растёт. На площадке «Коломенского» работают. Завод «Томский» стоит."
    spans = [(m.start(1), m.end(1), "enterprise") for m in re.finditer("«([^»]+)»", text)]
    assert [m.label for m in in_article(CutText(text), spans)] == ["Коломенский", "Коломенский", "Томский"]  # type: ignore[arg-type]
    assert [m.label for m in in_article(CutText(text), spans[1:])] == ["Коломенское", "Томский"]  # type: ignore[arg-type]


def test_a_paper_of_a_plants_name_is_not_the_plant() -> None:
    text = "Газета «Красный Октябрь» вышла. «Красный Октябрь» печатают в Камышине."
    found = in_article(CutText(text), [(8, 23, "organisation"), (33, 48, "organisation")])
    assert {mention.key.text for mention in found} == {"o:газета «красный октябрь»"}
    (plant,) = in_article(CutText("Завод «Красный Октябрь» стоит."), [(7, 22, "enterprise")])
    assert plant.key.text == "e:красный октябрь"


def test_a_name_given_by_a_cataloguer() -> None:
    bocharov = PersonKey("бочаров", "андрей", "иванович", "m")
    assert given("Бочаров Андрей Иванович", "person") == (bocharov, "Андрей Иванович Бочаров")
    assert given("Комарова Н. И.", "person") == (PersonKey("комарова", "н", "и", "f"), "Н. И. Комарова")
    assert given("АО «Каустик»", "enterprise") == (BodyKey("enterprise", "каустик"), "Каустик")


ARCHIVES = {  # keys that are one entity, a line each
    "patronymic": "бочаров|андрей||m бочаров|андрей|иванович|m",
    "two patronymics": "петров|иван|петрович|m\nпетров|иван|сергеевич|m\nпетров|иван||m",
    "initials of one": "бочаров|андрей|иванович|m бочаров|а||m бочаров|а|и|m",
    "initials of two": "бочаров|андрей||m\nбочаров|антон||m\nбочаров|а||m",
    "initials of one of several": "кац|андрей|иванович|m кац|а|и|m\nкац|андрей|петрович|m кац|а|п|m\nкац|андрей||m",
    "initials of one or another": "кац|андрей|иванович|m\nкац|андрей|петрович|m\nкац|антон||m\nкац|а|и|m",
    "other patronymic initial": "бочаров|андрей|иванович|m\nбочаров|а|п|m",
    "surname alone": "бочаров|андрей||m\nбочаров|||m",
    "sexes": "ткач|саша||m\nткач|саша||f\nткач|саша||",
    "no surname": "|иван||m\n|иван|петрович|m",
    "two spellings": "макрон|эммануэль||m макрон|эмманюэль||m",
    "spellings of both sexes": "макрон|эммануэль||m макрон|эмманюэль||m макрон|эммануэль||f",
    "sexes of a man's name": "труба|роман||m труба|роман||f труба|р||m",
    "sexes of an initial": "труба|р||m\nтруба|р||f",
    "two names": "дюк|марина||f\nдюк|карина||f",
    "Russian surname": "онопов|александ||m\nонопов|александр||m",
    "spellings of two": "гросси|рафаль|п|m\nгросси|рафаэль|с|m",
    "foreign surname": "мэй|тереза||f мей|тереза||f",
    "foreign surname and name": "девис|дэвид||m дэвис|девид||m дэвис|д||m",
    "foreign surname in four ways": "бернссон|хафтор||m бьернсон|гафтор||m бйорнсон|хафтор||m бьернссон|хафтор||m",
    "other consonant": "боган|джон||m\nбогдан|джон||m",
    "two given names": "уильямс|гари||m\nвильямс|гарри||m",
    "Russian given name": "бас|сергей||m\nбасс|сергей||m",
    "Russian surname, ь": "панков|джон||m\nпаньков|джон||m",
    "foreign initials": "холл|э||m\nголл|э||m",
    "foreign surname alone": "мэй|||f\nмей|||f",
    "no surname, spelt alike": "|дэвид||m\n|девид||m",
    "foreign patronymics": "холл|эдди|иванович|m\nголл|эдди|петрович|m",
    "sex unknown": "гензе|женя||f гензе|женя||",
}


@pytest.mark.parametrize(
    ("given", "entities"),
    [
        (("реджеп", "реджеп тайип", "р"), 1),
        (("реджеп тайип", "реджеп"), 1),
        (("джордж", "джордж уокер", "джордж герберт"), 3),
    ],
)
def test_who_is_called_by_the_first_of_his_given_names(given: tuple[str, ...], entities: int) -> None:
    names = [NameCount(PersonKey("буш", one, "", "m"), one, 1) for one in given]
    assert len(resolve(names, {})) == entities


@pytest.mark.parametrize("case", ARCHIVES)
def test_names_of_the_archive_come_together(case: str) -> None:
    lines = [{name_key("p:" + key) for key in line.split()} for line in ARCHIVES[case].split("\n")]
    entities = resolve([NameCount(key, key.text, 1) for line in lines for key in line], {})
    assert sorted(sorted(entity.names) for entity in entities) == sorted(sorted(line) for line in lines)


def test_labels_kinds_and_ids() -> None:
    names = [
        NameCount(name_key("p:бочаров|андрей|иванович|m"), "Андрей Иванович Бочаров", 1),
        NameCount(name_key("p:бочаров|андрей||m"), "Андрей Бочаров", 5),
        NameCount(name_key("p:бочаров|||m"), "Бочаров", 3),
        NameCount(name_key("e:красный октябрь"), "Красный Октябрь", 2),
        NameCount(name_key("o:красный октябрь"), "Красный Октябрь", 1),
        NameCount(name_key("e:зенит"), "Зенит", 1),
        NameCount(name_key("o:зенит"), "Зенит", 1),
    ]
    assert {(entity.id, entity.kind, entity.label) for entity in resolve(names, {})} == {
        ("andrey-bocharov", "person", "Андрей Иванович Бочаров"),
        ("bocharov", "person", "Бочаров (без имени)"),
        ("krasnyy-oktyabr", "enterprise", "Красный Октябрь"),
        ("zenit", "organisation", "Зенит"),
    }


def test_rulers_with_other_numbers_stay_apart() -> None:
    keys = ("p:|александр i||m", "p:|александр iii||m", "p:бурбон|карл ii||m", "p:бурбон|карл iii||m")
    assert len(resolve([NameCount(name_key(key), key, 1) for key in keys], {})) == len(keys)


def test_the_id_of_a_body_keeps_its_latin_letters() -> None:
    (body,) = resolve([NameCount(name_key("o:нво мах"), "HBO Max", 1)], {})
    assert body.id == "hbo-max"


def test_an_id_once_given_stays_with_the_most_mentioned_name() -> None:
    first = [
        NameCount(name_key("p:петров|иван||m"), "Иван Петров", 9),
        NameCount(name_key("p:петров|иван|петрович|m"), "Иван Петрович Петров", 2),
    ]
    (one,) = resolve(first, {})
    known = dict.fromkeys(one.names, one.id)
    other = NameCount(name_key("p:петров|иван|сергеевич|m"), "Иван Сергеевич Петров", 20)
    assert {entity.names[0].text: entity.id for entity in resolve([*first, other], known)} == {
        "p:петров|иван||m": "ivan-petrov",
        "p:петров|иван|сергеевич|m": "ivan-petrov-2",
        "p:петров|иван|петрович|m": "ivan-petrov-3",
    }


PARTS = st.tuples(
    st.sampled_from(["", "иванов", "иванова", "нонейка"]),
    st.sampled_from(["", "и", "иван", "игорь", "анна", "эммануэль", "эмманюэль"]),
    st.sampled_from(["", "п", "петрович", "павлович"]),
    st.sampled_from(["", "m", "f"]),
)
COUNTS = st.dictionaries(
    PARTS.map(lambda parts: PersonKey(*parts)) | st.sampled_from(["e:завод", "o:завод", "o:суд"]).map(name_key),
    st.integers(1, 9),
).map(lambda counts: [NameCount(key, key.text[2:], articles) for key, articles in counts.items()])


@examples(COUNTS, st.randoms())
def test_every_name_once_the_same_in_any_order_and_sexes_apart(names: list[NameCount], random: Random) -> None:
    entities = resolve(names, {})
    assert Counter(key for entity in entities for key in entity.names) == Counter(name.key for name in names)
    assert len({entity.id for entity in entities}) == len(entities)
    assert not any("none" in entity.id for entity in entities)
    for entity in entities:
        parts = [key for key in entity.names if isinstance(key, PersonKey)]
        given = {given for surname, given, *_ in parts if surname and len(given) > 1}
        assert len({sex for *_, sex in parts if sex}) < 2 or (given and not any(map(is_of_both, given)))
        assert len({patronymic for _, _, patronymic, _ in parts if len(patronymic) > 1}) < 2
    mixed = list(names)
    random.shuffle(mixed)
    assert resolve(mixed, {}) == entities


@examples(COUNTS, COUNTS)
def test_ids_survive_more_names(first: list[NameCount], second: list[NameCount]) -> None:
    before = resolve(first, {})
    known = {key: entity.id for entity in before for key in entity.names}
    assert {entity.names: entity.id for entity in resolve(first, known)} == {e.names: e.id for e in before}
    merged = {name.key: name for name in (*first, *second)}
    after = resolve(merged.values(), known)
    assert len({entity.id for entity in after}) == len(after)
    for entity in after:
        assert re.fullmatch("[a-z0-9-]+", entity.id)


def test_a_slug_is_readable_and_never_none() -> None:
    assert slug("Щербаков Юрий") == "shcherbakov-yuriy"
    assert "none" not in slug("Noneone")
    assert slug("«»") == "x"


LOOKED_FOR = {
    "o:фонд": False,
    "p:п|вячеслав||m": False,
    "e:завод": False,
    "o:фонд кино": True,
    "p:бочаров|||m": True,
    "o:главное управление": False,
    "o:региональное отделение": False,
    "o:федеральное авиационное управление": True,
    "p:бочаров|а||m": True,
    "p:|андрей|иванович|m": True,
    "p:|елизавета ii||f": True,
    "p:|анна||f": False,
    "p:|в|о|": False,
    "p:а|||": False,
    "p:о|в||": False,
    "p:и|ван||": True,
    "p:рентген|||m": False,
}


@pytest.mark.parametrize("key", LOOKED_FOR)
def test_who_can_be_looked_for(key: str) -> None:
    assert can_be_looked_for(name_key(key)) is LOOKED_FOR[key]

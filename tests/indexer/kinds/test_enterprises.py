"""Marked strings: {enterprise}, [other organisation], <no name of a body>."""

import re

import pytest

from indexer.annotation import Kind
from indexer.kinds.enterprises import kinds
from indexer.pipeline import annotate
from indexer.text.cut_text import CutText
from indexer.text.spans import Span

KINDS: dict[str, Kind | None] = {"{": "enterprise", "[": "organisation", "<": None}
MARKED = [
    "Площадки предприятий «{Титан-Баррикады}» и «{Красный Октябрь}».",
    "Глава [Минпромторга] приехал на {Волжский трубный завод}.",
    "Форум «<ПромЭнергоVolga2022>» пройдёт на стадионе «<Волгоград Арена>».",
    "Как сообщили «[Городским вестям]» в администрации.",
    "ООО «{Ромашка}» и ГБУЗ «[Больница № 7]» заключили договор.",
    "МУП «{Метроэлектротранс}» закупит трамваи.",
    "[Министерство юстиции] и [Верховный суд] ответили.",
    "Акционеры «{Ромашки}» и тренер «[Буревестника]» уволен.",
    "{Волгоградэнерго} и {Промсвязьбанк} ответили [Роспотребнадзору].",
    "[Волгоградский государственный университет] открыл набор.",
    "Премия «<Ника>», фильм «<Сталинград>», роман «<Тихий Дон>».",
    "[Центробанк] отозвал лицензию у {Сбербанка}.",
    "Агрофирма «{Восток}» и колхоз имени Ленина.",
    "[Партия «Родина»] и фонд «[Город]».",
    "Губернатор написал в <Twitter>.",
    "Суд рассмотрел иск к {Twitter}.",
    "[Росстат] и [Облдума] опубликовали данные.",
    "Станция «<Пионерская>» закрыта.",
    "Гастрофестиваль «<Верещагин>» пройдёт у торгово-развлекательного центра «<Жемчужная плаза>».",
    "ДРСУ «{Прикамье}» и ЧП «{Агробазис}» проиграли суд.",
    "Как стало известно «[Маяку]», платформы «{Черноморнефтегаза}» целы.",
    "Житель рассказал в социальной сети <Instagram> о заторе перед проспектом <Науки>.",
    "Водитель «<Форд Фокуса>» сбил пешехода, за рулём иномарки был полицейский.",
    "Завод «{Тойота}» остановлен.",
    "Телеканал «[Хабар-24]» показал матч, радио «[Маяк-3]» молчало.",
    "Полуфинал <Лиги чемпионов> пройдёт на «<Зенит Арене>».",
    "Сотрудников [ДПС] и [ОМОНа] наградили.",
    "В балете «Спартак» танцуют, клуб «[Динамо]» играет, ДВС стоит.",
    "ТСЖ «[Победа]» не поделило дом, школа «[Магнит]» закрыта.",
    "Завод «{Зенит}» выпускает камеры, газета «[Красный Октябрь]» вышла, «{Балтика}» варит пиво.",
    "Программа лояльности «<Аэрофлот Бонус>» закрыта, фестиваль «<Фонтанка SUP>» открыт.",
    "Студенты [РГПУ имени Герцена] и [НИЦЭМ им. Гамалеи].",
    "<Александрийский Патриарх> и [Московский патриархат].",
    "БКХ «[Коломенский]» и АО «ПО «{Возрождение}»» спорят.",
    "Ракета <С-300>, жилой комплекс <Crystal>, форум «<Зерно России – 2020>».",
    "В номинациях: «<Семейный Петербург>»; «<Петербург в кадре>».",
    "Станции метро (19, 21 и 26) «<Библиотека>» закроют.",
    "Тренер датского «[Хельсингора]» ушёл.",
    "Со ссылкой на «[Бабель]» сообщили в «[Авиарусе]».",
    "{Ленинградская атомная станция} и {Горьковская железная дорога}.",
    "{Saracen} – австралийская компания.",
    "Аукционный дом «{Литфонд}» и угольная группа «{Колмар}» молчат, добытчик «{Полюс}» строит.",
    "По улицам <Советской> и <Первомайской>, в микрорайоне <Железнодорожный>, в соборе <Святого Патрика>.",
    "Директор [Кольской] ГМК уехал, [Единую] дежурную службу закрыли.",
    "Репетиция <Главного военно-морского> парада, визы <Шенгенского> соглашения.",
    "Председатель правления «{Союзмультфильма}» ответила.",
    "[УФСИН] и [Северо-Западная транспортная прокуратура] начали проверку.",
]


def kind_of(text: str, span: Span) -> Kind | None:
    """What one body's span alone says; None where it names no body."""
    return next((kind for *_, kind in kinds(text, [span])), None)


@pytest.mark.parametrize("marked", MARKED)
def test_kinds_are_as_marked(marked: str) -> None:
    text = re.sub(r"[\[\]{}<>]", "", marked)
    for name in re.finditer(r"([\[{<])([^]}>]+)", marked):
        start = text.index(name[2])
        assert kind_of(CutText(text), Span(start, start + len(name[2]), "body")) == KINDS[name[1]], name[2]


SHORT = [
    "С фирмой «{Лекург}» заключён договор, с руководством «{Лекурга}» связались.",
    "Арбитраж рассмотрит иск к «{ВМЗ}». Деньги взыщут с {Выксунского металлургического завода}.",
    "По словам главы {Barrick}, сделка закрыта: АО «{Barrick Gold}» продало долю.",
    "АО «{Национальные логистические технологии}» ({НЛТ}) займёт склад. В [НЛГ] о том не знают.",
    "[Спартак] сыграл на стадионе «<Спартак Арена>».",
]


@pytest.mark.parametrize("marked", SHORT)
def test_a_short_form_is_what_its_name_is(marked: str) -> None:
    text = re.sub(r"[\[\]{}<>]", "", marked)
    at = [
        (match.start() - 2 * i, match[1], match[2]) for i, match in enumerate(re.finditer(r"([\[{<])([^]}>]+)", marked))
    ]
    spans = [Span(start, start + len(name), "body") for start, _, name in at]
    expected = [(span.start, KINDS[mark]) for span, (_, mark, _) in zip(spans, at, strict=True) if KINDS[mark]]
    assert [(start, kind) for start, _, kind in kinds(CutText(text), spans)] == expected


def test_a_club_of_a_plants_name_is_no_plant_in_an_article_on_sport() -> None:
    text = "В хоккейном матче «Северсталь» забросила три шайбы, вратарь гостей ушёл."
    span = Span(text.index("Северсталь"), text.index("Северсталь") + len("Северсталь"), "body")
    assert kind_of(CutText(text), span) == "organisation"
    assert kind_of(CutText("«Северсталь» отгрузила прокат."), Span(1, 11, "body")) == "enterprise"


def test_the_tail_of_a_name_that_a_line_break_divided_is_no_name() -> None:
    text = "По данным «Яндекс.\nПробок», дорога свободна."
    start = text.index("Пробок")
    assert kind_of(CutText(text), Span(start, start + 6, "body")) is None


def test_one_name_has_one_kind_in_an_article() -> None:
    text = "«Каустик-2» ответил.\nЗавод «Каустик-2» стоит. С «Каустиком-2» спорят."
    spans = [Span(m.start(), m.end(), "body") for m in re.finditer(r"Каустик\w*-2", text)]
    assert {kind for *_, kind in kinds(CutText(text), spans)} == {"enterprise"}


def test_two_abbreviations_are_one_plant() -> None:
    (annotation,) = annotate(["Металлурги ВМК КО получили премии. АО «ВМК „Красный Октябрь“» радо."])
    assert {mention.label for mention in annotation.mentions} <= {"ВМК Красный Октябрь", "Красный Октябрь"}
    assert annotation.mentions[0].text == "ВМК КО"


def test_a_forum_is_no_body_in_any_mention() -> None:
    text = "Форум «ПромЭнерго-22» пройдёт осенью. «ПромЭнерго-22» соберёт заводы."
    spans = [Span(m.start(), m.end(), "body") for m in re.finditer("ПромЭнерго-22", text)]
    assert kinds(CutText(text), spans) == ()

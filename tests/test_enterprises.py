"""Marked strings: {enterprise}, [other organisation], <no name of a body>."""

import re

import pytest

from indexer.annotation import Kind
from indexer.enterprises import kind_of, kinds
from indexer.tagger import Span

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
    "[УФСИН] и [Северо-Западная транспортная прокуратура] начали проверку.",
]


@pytest.mark.parametrize("marked", MARKED)
def test_kinds_are_as_marked(marked: str) -> None:
    text = re.sub(r"[\[\]{}<>]", "", marked)
    for name in re.finditer(r"([\[{<])([^]}>]+)", marked):
        start = text.index(name[2])
        assert kind_of(text, Span(start, start + len(name[2]), "body")) == KINDS[name[1]], name[2]


def test_one_name_has_one_kind_in_an_article() -> None:
    text = "«Каустик-2» ответил.\nЗавод «Каустик-2» стоит. С «Каустиком-2» спорят."
    spans = [Span(m.start(), m.end(), "body") for m in re.finditer(r"Каустик\w*-2", text)]
    assert {kind for *_, kind in kinds(text, spans)} == {"enterprise"}


def test_a_forum_is_no_body_in_any_mention() -> None:
    text = "Форум «ПромЭнерго-22» пройдёт осенью. «ПромЭнерго-22» соберёт заводы."
    spans = [Span(m.start(), m.end(), "body") for m in re.finditer("ПромЭнерго-22", text)]
    assert kinds(text, spans) == ()

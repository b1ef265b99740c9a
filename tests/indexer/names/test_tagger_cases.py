"""What the morphological tagger says of names: sex and case in sentences, and the nominatives that it decides."""

import re

import pytest

from indexer.entities.article_entities import in_article
from indexer.names.tagger_cases import LEAST_WEIGHT, SEX_CASES, sex_case_weights
from indexer.text.cut_text import CutText

SAID = [
    "Решение вынес [Синдзи Харада] вчера.: m n",
    "С этим согласна [Иванова].: f n",
    "Заявление [Иванова] напечатали.: m g",
    "Дом передали [Ивановой] вчера.: f d",
    "[Асия Биби] освобождена.: f n",
    "Он приехал с [Никитой Глинкой] утром.: m i",
]
DECIDED = [
    "Решение вынес [Синдзи Харада] вчера.: Синдзи Харада",
    "Суд оправдал [Асию Биби]. [Асия Биби] на свободе.: Асия Биби",
    "Указ подписал [Мантуров]. Встретили [Мантурова].: Мантуров",
    "Супруги [Ивановы] приехали.: Ивановы",
    "Встреча [Сейдзи Маэхары] с послом прошла вчера.: Сейдзи Маэхара",
]


def places(text: str, marked: str) -> list[tuple[int, int]]:
    names = re.findall(r"\[([^]]+)\]", marked)
    found, at = [], 0
    for name in names:
        at = text.index(name, at)
        found.append((at, at + len(name)))
        at += len(name)
    return found


@pytest.mark.parametrize("marked", SAID)
def test_sex_and_case_of_a_name_in_a_sentence(marked: str) -> None:
    sentence, _, expected = marked.partition(": ")
    text = re.sub(r"[\[\]]", "", sentence)
    said = sex_case_weights(CutText(text), places(text, sentence))[0]
    sex, case = max(SEX_CASES, key=lambda cell: said[cell])
    assert f"{sex} {case}" == expected


@pytest.mark.parametrize("marked", DECIDED)
def test_the_nominative_that_it_decides(marked: str) -> None:
    sentence, _, expected = marked.partition(": ")
    text = re.sub(r"[\[\]]", "", sentence)
    mentions = in_article(CutText(text), [(start, stop, "person") for start, stop in places(text, sentence)])
    assert {mention.label for mention in mentions} == {expected}


def test_what_stands_far_off_says_nothing() -> None:
    sentence = "Вчера в городском суде решение вынес Синдзи Харада и это всех там удивило."
    far = "Бочарову вручили длинное письмо от всех жителей большого дома над рекой. "
    for before in ("", far * 3, "\n" * 200):
        start = (before + sentence).index("Синдзи")
        said = sex_case_weights(CutText(before + sentence + " " + far), [(start, start + len("Синдзи Харада"))])[0]
        assert said == pytest.approx(sex_case_weights(CutText(sentence), [(37, 50)])[0], abs=1e-5)


def test_initials_and_nothing_at_all_say_nothing() -> None:
    assert sex_case_weights(CutText("Пришёл А. И. в дом."), [(7, 12)]) == [{}]
    assert sex_case_weights(CutText("Пришёл."), []) == []
    assert min(sex_case_weights(CutText("Пришёл Иванов."), [(7, 13)])[0].values()) >= LEAST_WEIGHT

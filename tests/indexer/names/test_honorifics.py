"""Who has no surname of his own in a text: the printed name in brackets, the facet value it gives after the colon."""

import re

import pytest

from indexer.entities.article_entities import in_article
from indexer.entities.resolution import can_be_looked_for
from indexer.text.cut_text import CutText

MARKED = [
    "Слова патриарха [Кирилла] напечатали.: Патриарх Кирилл",
    "Патриарх Московский и всея Руси [Кирилл] освятил храм.: Патриарх Кирилл",
    "Митрополит [Феодор] и игумен ответили.: Митрополит Феодор",
    "Папа римский [Франциск] выступил.: Папа Франциск",
    "Он встретил Папу [Франциска] в Ватикане.: Папа Франциск",
    "Пришёл папа [Иван] с сыном.: –",
    "Папа [Иван] пришёл с сыном.: –",
    "Отец [Николай] рассказал о стройке.: –",
    "Королеву [Елизавету II] встретили.: Елизавета II",
    "Принц [Гарри] приехал.: Принц Гарри",
    "Супруги [Ивановы] приехали.: –",
    "Дом супругов [Ивановых] сгорел.: –",
    "Сёстрам [Петровым] аплодировали.: –",
    "Семья [Кузнецовых] получила жильё.: –",
    "Книга братьев [Стругацких] вышла.: –",
    "Дом супруги [Иванова] сгорел.: Иванов",
    "Брат [Петров] рассказал.: Петров",
    "Мария и [Иван Сидоровы] поженились.: Иван Сидоров",
    "Дом Марии и [Ивана Стругацких] сгорел.: Иван Стругацкий",
    "Успехи [Насти Каменских] обсуждают.: Настя Каменских",
    "По словам [Даниила Абакшина], мост откроют.: Даниил Абакшин",
    "Встреча с [Анной Ореховой] прошла.: Анна Орехова",
    "Адвокат [Ореховой] не согласен.: Орехова",
    "Инженер [Черных] ответил.: Черных",
]


@pytest.mark.parametrize("marked", MARKED)
def test_a_name_gives_the_value_that_is_written(marked: str) -> None:
    sentence, _, value = marked.partition(": ")
    name = re.search(r"\[(.+)\]", sentence)
    assert name
    start = name.start()
    (mention,) = in_article(CutText(re.sub(r"[\[\]]", "", sentence)), [(start, start + len(name[1]), "person")])
    assert (mention.label if can_be_looked_for(mention.key) else "–") == value


def test_a_title_holds_for_the_name_in_the_whole_article() -> None:
    text = "Патриарх Кирилл приехал. Кирилла встретили."
    places = [(m.start(), m.end()) for m in re.finditer(r"Кирилл\w*", text)]
    labels = {mention.label for mention in in_article(CutText(text), [(*place, "person") for place in places])}
    assert labels == {"Патриарх Кирилл"}

"""A paragraph is divided into sentences; abbreviations and initials end none."""

import pytest

from indexer.text.sentence_ends import sentences


@pytest.mark.parametrize(
    "marked",
    [
        "Завод пустил стан.| Его ждали год!| Ждали?",
        "А. И. Бочаров приехал.| Встретил его В.В. Путин.",
        "В г. Волгограде на ул. Мира, д. 5 открыли цех.| Он большой.",
        "Выпуск вырос на 5 млн руб. и составил 530,5 млрд.",
        "Вопросов.|Как сообщили, сегменте.|Развитие идёт",
        "«Мы ждём».| Так сказал директор («Химпром»).| Конец",
        "Ждём… и дождались.| – Да?| – Нет!",
        "Это было в 2022 г. на заводе т. е. давно.",
        "На сайте promenergovolga.ru написано.| 9 июня",
        "Без точки",
    ],
)
def test_sentences(marked: str) -> None:
    text = marked.replace("|", "")
    assert [text[start:stop].strip() for start, stop in sentences(text)] == [part.strip() for part in marked.split("|")]

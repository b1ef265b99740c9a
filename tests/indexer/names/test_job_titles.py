"""Marked strings: |name|, with the nominative that the post before it makes of it."""

import pytest

from indexer.names.case_context import case_weights
from indexer.names.job_titles import job_title_before
from indexer.pipeline import annotate
from indexer.text.cut_text import CutText

NOMINATIVES = {
    "Об этом отметила советник аппарата Совета депутатов |Яна Никифорова|.": "Яна Никифорова",
    "Письмо отдали советнику аппарата Совета депутатов |Яна Никифорова|.": "Ян Никифоров",
    "Отметила министр культуры Оренбуржья |Евгения Шевченко|.": "Евгения Шевченко",
    "Рассказала автор видео |Валерия|.": "Валерия",
    "К ребятам обратилась представитель родительской общественности |Ю. Булохова|.": "Ю. Булохова",
    "Вручили председателю Европейской комиссии |Марошу Шефчовичу|.": "Марош Шефчович",
}
POSTS = {
    "пресс-секретарь президента России |Песков": ("agn", ""),
    "заявила глава комитета по обороне |Иванова": ("n", "f"),
    "дали слово директору завода «Каустик» |Дзюбе": ("d", ""),
    "рассказал отец |Ивана": None,
    "на складе завода |Иванова": None,
    "в июне |Иванова": None,
    "|Иванова": None,
}


@pytest.mark.parametrize("marked", NOMINATIVES)
def test_a_name_is_in_the_case_of_its_post(marked: str) -> None:
    start = marked.index("|")
    (annotation,) = annotate([marked.replace("|", "")])
    assert [m.name for m in annotation.mentions if m.start == start] == [NOMINATIVES[marked]]


@pytest.mark.parametrize("marked", POSTS)
def test_the_post_before_a_name(marked: str) -> None:
    post = job_title_before(CutText(marked.replace("|", "")), marked.index("|"))
    assert (post and ("".join(sorted(post.cases)), post.past)) == POSTS[marked]


def test_the_name_of_a_firm_stands_between_post_and_name() -> None:
    text = "Дали слово директору завода «Каустик» Дзюбе."
    weights = case_weights(CutText(text), text.index("Дзюбе"), len(text) - 1)
    assert weights["m", "d"] > weights["m", "g"] > weights["m", "n"]

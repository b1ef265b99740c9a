"""Whom an article quotes is told from whom it is about."""

import pytest

from search.facets.news_sources import is_news_source

PAPERS = ("Волгоградская правда", "fontanka.ru", "Вечерний Царицын")


@pytest.mark.parametrize(
    ("label", "is_source"),
    [
        ("ТАСС", True),
        ("ИА «Регнум»", True),
        ("РИА «Новости»", True),
        ("INTERFAX.RU", True),
        ("«Газета.Ru»", True),
        ("Коммерсантъ", True),
        ("Би-би-си", True),
        ("Волгоградская правда", True),
        ("газета «Волгоградская правда»", True),
        ("Фонтанка", True),
        ("Фонтанка.ру", True),
        ("Красный Октябрь", False),
        ("Звезда", False),
        ("Спутник", False),
        ("Правда", False),
        ("Царицын", False),
        ("Администрация Волгограда", False),
        ("Новости", False),
        ("газета", False),
    ],
)
def test_news_sources(label: str, is_source: bool) -> None:
    assert is_news_source(label, PAPERS) is is_source

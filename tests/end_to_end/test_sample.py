"""The sample batch is read whole, as it was meant to be."""

from collections import Counter

import pytest

from archive.article import Article
from archive.batches.reading import ReadOptions, read_batch
from tests.support.project import ROOT

SAMPLE = ROOT / "archive" / "sample" / "batch"


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = list(read_batch([SAMPLE], ReadOptions()))
    assert [item for item in found if not isinstance(item, Article)] == []
    return {article.path: article for article in found if isinstance(article, Article)}


def test_every_article_has_its_parts(articles: dict[str, Article]) -> None:
    assert len(articles) == 40
    assert Counter(article.source for article in articles.values()) == {
        "Вечерний Царицын": 12,
        "Волжский листок": 6,
        "Промышленное Поволжье": 16,
        None: 6,  # plain texts do not say
    }
    assert Counter(article.encoding for article in articles.values()) == {"utf-8": 24, "windows-1251": 16}
    assert [path for path, article in articles.items() if not article.title] == [
        "volzhsky-listok/teksty/2021-04-sbor-loma.txt"
    ]
    assert all(3 <= len(article.paragraphs) <= 6 for article in articles.values())
    assert not any("Читайте" in p or "рассылк" in p for article in articles.values() for p in article.paragraphs)


def test_dates(articles: dict[str, Article]) -> None:
    assert [path for path, article in articles.items() if not article.published.day] == [
        "promyshlennoe-povolzhye/2023.csv:25",
        "volzhsky-listok/teksty/2021-04-sbor-loma.txt",
        "volzhsky-listok/teksty/pismo-bez-daty.txt",
    ]
    years = {article.published.day.year for article in articles.values() if article.published.day}
    assert years == {2019, 2020, 2021, 2022, 2023}
    stamped = articles["vecherny-tsaritsyn/2020/76902.html"].published  # 08:20 in UTC
    assert str(stamped.time) == "11:20:00"


def test_damage_is_read_with_a_warning(articles: dict[str, Article]) -> None:
    assert [path for path, article in articles.items() if article.warnings] == ["vecherny-tsaritsyn/2023/90004.html"]
    assert articles["vecherny-tsaritsyn/2023/90004.html"].paragraphs[-1].startswith("Вечером над Волгой")


def test_reprints_carry_the_text_of_another_paper(articles: dict[str, Article]) -> None:
    pipes = articles["vecherny-tsaritsyn/2021/81240.html"].paragraphs
    assert articles["volzhsky-listok/2021/11-3.html"].paragraphs[1:] == pipes
    steel = articles["vecherny-tsaritsyn/2022/88120.html"]
    assert articles["promyshlennoe-povolzhye/2020-2022.jsonl:9"].text == steel.text


def test_broken_and_glued_texts_are_whole(articles: dict[str, Article]) -> None:
    folder = "volzhsky-listok/teksty/"
    assert len(articles[folder + "2021-04-sbor-loma.txt"].paragraphs) == 6
    melons = articles[folder + "2022-06-arbuzy.txt"]
    assert len(melons.paragraphs) == 4
    assert "северо-западный ветер" in melons.text
    assert "покупателям" in melons.text

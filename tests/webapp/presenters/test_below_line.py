"""What is said of articles that lack words of the query."""

import re

import pytest
from flask.testing import FlaskClient

from webapp.presenters.below_line import without_words


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ((), "Дальше – слова есть, но не рядом"),
        (("снег",), "Дальше – без слова „снег“"),
        (("снег", "погода", "форум"), "Дальше – без слов „снег“, „погода“ и „форум“"),
    ],
)
def test_headings(words: tuple[str, ...], heading: str) -> None:
    assert without_words(words) == heading


def test_the_page_never_says_that_nothing_is_found_above_articles(site: FlaskClient) -> None:
    page = site.get("/search?q=завод+губернатор+нигденет").get_data(as_text=True)
    assert re.search(r"<h1>Со всеми словами – 0 статей; ещё \d+, где не все слова</h1>", page)
    assert "без слова „нигденет“" in page
    assert "Ничего не найдено" not in page
    assert "Ничего не найдено" in site.get("/search?q=нигденет").get_data(as_text=True)

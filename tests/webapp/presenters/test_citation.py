"""References in all their forms, by the rules that libraries print."""

import datetime as dt

import pytest

from archive.article import Article, Published
from webapp.presenters.citation import bibtex, cite, one_line, ris, turned

YAROSH = Article(
    "",
    ("Текст.",),
    "Линия 100%",
    Published(dt.date(2020, 1, 23)),
    "Промышленное Поволжье",
    url="https://pp.example/14",
    author="Константин Ярош",
    issue="№ 2",
    page="3",
)


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("Константин Ярош", "Ярош, К."),
        ("Котов И.", "Котов, И."),
        ("Котов И. В.", "Котов, И. В."),
        ("И. В. Котов", "Котов, И. В."),
        ("Анна Петрова-Водкина", "Петрова-Водкина, А."),
        ("Редакция", "Редакция"),
        ("пресс-служба завода", "пресс-служба завода"),
        ("ИА «Регион»", "ИА «Регион»"),
    ],
)
def test_the_surname_stands_first(name: str, heading: str) -> None:
    assert turned(name) == heading


def test_gost() -> None:
    assert cite(YAROSH, dt.date(2026, 12, 1)).replace("\u00a0", " ") == (
        "Ярош, К. Линия 100% / Константин Ярош. – Текст : электронный // Промышленное Поволжье. – 2020. – "
        "23 января (№ 2). – С. 3. – URL: https://pp.example/14 (дата обращения: 01.12.2026)"
    )


def test_one_line() -> None:
    assert one_line(YAROSH).replace("\u00a0", " ") == "«Промышленное Поволжье», 23 января 2020 года, № 2, с. 3"
    assert one_line(Article("", ("Завод стоит.",))) == "«Завод стоит.»"


def test_bibtex_and_ris() -> None:
    entry = bibtex(YAROSH, 14)
    assert entry.startswith("@article{podshivka-14,\n  author = {Ярош, К.},\n  title = {Линия 100\\%},\n")
    assert entry.count("{") == entry.count("}")
    lines = ris(YAROSH).splitlines()
    assert lines[0] == "TY  - NEWS"
    assert "AU  - Ярош, К." in lines
    assert "DA  - 2020/01/23" in lines
    assert lines[-1] == "ER  - "
    hostile = bibtex(Article("", ("Текст.",), "a}, evil = {x\n"), 1)
    assert "evil = {" not in hostile

"""Posts that are one are told together; the head of an enterprise is told from its other people."""

import datetime as dt
import json

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from archive.home import Home
from scripts.cli import commands
from search.pages.job_titles import Role
from search.pages.posts import is_head_of, merged
from search.result import Snippet
from webapp.app import create_app


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("губернатор 9 | губернатор Петербурга 3 | губернатор города 2", "губернатор 14"),
        ("губернатор 2 | губернатор Санкт-Петербурга 5 | губернатор Петербурга 1", "губернатор Санкт-Петербурга 8"),
        ("президент РФ 3 | президент России 2 | российский президент 1 | президент 4", "президент 10"),
        ("глава СК 4 | глава Следственного комитета 3 | глава СКР 1", "глава СК 8"),
        ("глава МИД 4 | глава МИД РФ 3 | глава Минобороны 1", "глава МИД 7 | глава Минобороны 1"),
        ("директор школы 2 | директор завода «Каучук» 1", "директор школы 2 | директор завода «Каучук» 1"),
        ("директор 3 | директор школы 2 | директор музея 1", "директор 3 | директор школы 2 | директор музея 1"),
        ("инженер 2 | главный инженер 1", "инженер 2 | главный инженер 1"),
        ("заместитель губернатора 2 | губернатор 1", "заместитель губернатора 2 | губернатор 1"),
        ("мэр Волгограда 1 | мэр Волжского 1", "мэр Волгограда 1 | мэр Волжского 1"),
    ],
)
def test_posts_that_are_one(stated: str, told: str) -> None:
    posts = [post.rsplit(" ", 1) for post in stated.split(" | ")]
    roles = [Role(label, int(times), 1, Snippet("", ())) for label, times in posts]
    found = sorted(merged(roles), key=lambda role: -role.mentions)
    assert " | ".join(f"{role.label} {role.mentions}" for role in found) == told


def test_years_of_posts_that_are_one_are_joined() -> None:
    days = [dt.date(2019, 5, 1), None, dt.date(2022, 3, 1), dt.date(2018, 1, 1)]
    labels = ("губернатор", "губернатор", "губернатор региона", "губернатор области")
    [role] = merged(Role(label, 1, 1, Snippet("", ()), None, day, day) for label, day in zip(labels, days, strict=True))
    assert (role.first, role.last) == (dt.date(2018, 1, 1), dt.date(2022, 3, 1))


@pytest.mark.parametrize(
    ("label", "body", "is_head"),
    [
        ("директор «Каучука»", "«Каучука»", True),
        ("генеральный директор ООО «Каучук»", "«Каучук»", True),
        ("гендиректор завода «Каучук»", "«Каучук»", True),
        ("управляющий директор комбината «Каучук»", "«Каучук»", True),
        ("президент компании «Каучук»", "«Каучук»", True),
        ("директор по персоналу завода «Каучук»", "«Каучук»", False),
        ("директор музея завода «Каучук»", "«Каучук»", False),
        ("начальник цеха завода «Каучук»", "«Каучук»", False),
        ("заместитель директора «Каучука»", "«Каучука»", False),
        ("технический директор «Каучука»", "«Каучука»", False),
        ("советник главы «Каучука»", "«Каучука»", False),
        ("инженер «Каучука»", "«Каучука»", False),
        ("бывший директор «Каучука»", "«Каучука»", False),
        ("директор", "«Каучук»", False),
    ],
)
def test_heads(label: str, body: str, is_head: bool) -> None:
    assert is_head_of(label, body) is is_head


TEXTS = {
    "2018-03-01": "Генеральный директор завода «Каучук» Иван Котов открыл цех при губернаторе.",
    "2019-06-02": "Директор «Каучука» Иван Котов уходит. Начальник цеха завода «Каучук» Пётр Зимин остаётся.",
    "2021-09-03": "Гостей встретила Анна Лосева, директор завода «Каучук». Она сменила Ивана Котова.",
    "2022-01-04": "Советник главы «Каучука» Олег Рогов промолчал. Завод «Каучук» работает.",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("heads")
    lines = [json.dumps({"date": day, "text": text}, ensure_ascii=False) for day, text in TEXTS.items()]
    (folder / "batch.jsonl").write_text("\n".join(lines), encoding="utf-8")
    home = Home(folder / "home")
    added = CliRunner().invoke(commands, ["add", str(folder / "batch.jsonl")], env={"PODSHIVKA_HOME": str(home.path)})
    assert added.exit_code == 0, added.output
    return create_app(home).test_client()


def test_who_headed_an_enterprise(client: FlaskClient) -> None:
    heads = client.get("/api/v1/enterprises/kauchuk").get_json()["heads"]
    assert [(one["person"]["label"], one["label"], one["from"], one["to"]) for one in heads] == [
        ("Анна Лосева", "директор", "2021-09-03", "2021-09-03"),
        ("Иван Котов", "директор", "2018-03-01", "2019-06-02"),
    ]
    page = BeautifulSoup(client.get("/enterprise/kauchuk").text, "lxml")
    rows = [" ".join(row.get_text(" ").split()) for row in page.select("[aria-labelledby=heads] .posts li")]
    assert rows[0].startswith("2021 Анна Лосева , директор")
    assert rows[1].startswith("2018–2019 Иван Котов , директор")
    assert client.get("/api/v1/persons/ivan-kotov").get_json()["heads"] == []

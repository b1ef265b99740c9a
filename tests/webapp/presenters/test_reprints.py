"""Reprints and corrections as an archivist feeds them and a reader meets them: commands, pages, JSON."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from archive.home import Home
from scripts.cli import commands
from webapp.app import create_app

STORY = (
    "Волжский завод пустил после ремонта вторую печь. Её ждали с весны: без неё цех не мог взять большой заказ. "
    "Печь сложили за сорок дней, работали в три смены. Директор завода поблагодарил каменщиков и пообещал премию. "
    "Первую плавку дали ночью, утром трубы ушли заказчику. К осени на заводе хотят перестроить и третью печь."
)
SHORTER = STORY.replace("Директор завода поблагодарил каменщиков и пообещал премию. ", "").replace("ночью", "вечером")
OTHER = (
    "В парке открыли каток. Лёд залили в пятницу, в субботу на него пришли триста человек. Коньки дают внизу, "
    "у входа. Каток работает до десяти вечера, по понедельникам закрыт. Вход для школьников бесплатный весь сезон."
)


def line(id: str, title: str, text: str, day: str, source: str) -> dict[str, str]:
    return {"id": id, "title": title, "text": text, "date": day, "source": source}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home fed by three batches: two papers, a third with the same text, a correction."""
    folder = tmp_path_factory.mktemp("reprints")
    batches = (
        [line("1", "Печь пущена", STORY, "2020-03-02", "Вести"), line("2", "Каток", OTHER, "2020-03-03", "Вести")],
        [
            line("a", "Завод: печь снова в строю", SHORTER, "2020-03-04", "Правда"),
            line("b", "Печь пущена", STORY, "2020-03-05", "Труд"),
        ],
        [line("2", "Каток", OTHER.replace("триста", "четыреста"), "2020-03-03", "Вести")],
    )
    for number, batch in enumerate(batches, 1):
        path = folder / f"{number}.jsonl"
        path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in batch), encoding="utf-8")
        report = str(folder / f"{number}.csv")
        added = CliRunner().invoke(
            commands, ["add", str(path), "--report", report], env={"PODSHIVKA_HOME": str(folder / "home")}
        )
        assert added.exit_code == 0, added.output
        (folder / f"{number}.txt").write_text(added.output, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return create_app(Home(folder / "home")).test_client()


def page(client: FlaskClient, url: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == status, url
    return BeautifulSoup(answer.text, "lxml")


def said(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    assert found, selector
    return " ".join(found.get_text(" ").split()).replace("\N{NO-BREAK SPACE}", " ")


def ask(client: FlaskClient, url: str) -> Any:
    return client.get(url).json


def test_the_report_tells_reprints_and_its_counts_add_up(folder: Path) -> None:
    told = (folder / "2.txt").read_text("utf-8")
    assert "Из новых и изменённых перепечаток: 2." in told
    assert "Прочитано 2: новых 2, изменённых 0, без изменений 0, отказов 0." in told
    with open(folder / "2.csv", encoding="utf-8-sig", newline="") as file:
        assert [(row["исход"], row["причина"]) for row in csv.DictReader(file)] == [
            ("новая", "перепечатка статьи 1")
        ] * 2
    assert "перепечат" not in (folder / "1.txt").read_text("utf-8").replace("Перепечатки…", "")


def test_reprints_stand_under_the_best_hit_and_are_counted_both_ways(client: FlaskClient) -> None:
    found = page(client, "/search?q=печь&sort=oldest")
    assert said(found, "h1") == "Найдено: 3 статьи"
    assert "Без перепечаток – 1 статья." in said(found, ".beside .quiet")
    assert [str(link["href"]).split("?")[0] for link in found.select(".hit h2 a")] == ["/article/1"]
    assert said(found, ".reprints") == "Ещё в 2 изданиях Правда , 4 марта 2020 Труд , 5 марта 2020"
    assert {count.text for count in found.select("#source .value .count")} == {"1"}
    unfolded = page(client, str(found.select(".beside .quiet a")[0]["href"]))
    assert len(unfolded.select(".hit")) == 3
    assert not unfolded.select(".reprints")
    back = page(client, str(unfolded.select(".beside .quiet a")[0]["href"]))
    assert len(back.select(".hit")) == 1
    assert "перепечат" not in page(client, "/search?q=каток").text


def test_json_has_both_counts_and_the_folded_ids(client: FlaskClient) -> None:
    found = ask(client, "/api/v1/search?q=печь&sort=newest")
    assert (found["total"], found["stories"], found["pages"]) == (3, 1, 1)
    assert [[hit["id"], *(one["id"] for one in hit["reprints"])] for hit in found["hits"]] == [[4, 1, 3]]
    assert found["hits"][0]["reprints"][1] == {
        "id": 3,
        "title": "Завод: печь снова в строю",
        "date": "2020-03-04",
        "time": None,
        "source": "Правда",
    }
    plain = ask(client, "/api/v1/search?q=печь&sort=newest&reprints=1&size=1")
    assert (plain["total"], plain["stories"], plain["pages"], plain["hits"][0]["reprints"]) == (3, 1, 3, [])
    assert plain["facets"] == ask(client, "/api/v1/search?q=печь&sort=newest")["facets"]
    assert client.get("/api/v1/search?reprints=2").status_code == 400
    assert [one["id"] for one in ask(client, "/api/v1/articles/3")["story"]] == [1, 3, 4]
    assert ask(client, "/api/v1/articles/2")["story"] == []


def test_an_article_knows_its_story_and_each_is_compared_with_it(client: FlaskClient) -> None:
    shown = page(client, "/article/3")
    rows = [" ".join(row.get_text(" ").split()) for row in shown.select("#reprints li")]
    assert rows == [
        "Вести , 2 марта 2020 – первая сравнить",
        "Правда , 4 марта 2020",
        "Труд , 5 марта 2020 сравнить",
    ]
    assert [link["href"] for link in shown.select("#reprints .all")] == ["/article/1/compare/3", "/article/3/compare/4"]
    changes = page(client, "/article/1/compare/3")
    gone = " ".join(piece.text for piece in changes.select(".text del"))
    assert "Директор завода поблагодарил каменщиков и пообещал премию" in gone
    assert "вечером" in " ".join(piece.text for piece in changes.select(".text ins"))
    assert said(changes, ".details").startswith("Дата 2 марта 2020 → 4 марта 2020")
    same = page(client, "/article/1/compare/4")
    assert "Тексты совпадают слово в слово" in same.text
    assert not same.select(".text")


def test_a_correction_is_shown_and_each_version_can_be_read(client: FlaskClient) -> None:
    shown = page(client, "/article/2")
    assert "Исправлено" in said(shown, ".fixed")
    changes = page(client, str(shown.select(".fixed a")[0]["href"]))
    assert "триста" in said(changes, ".text del")
    assert "четыреста" in said(changes, ".text ins")
    listed = page(client, "/article/2/versions")
    assert [row.a.text for row in listed.select(".story li") if row.a] == ["Нынешний текст", "Версия 1"]
    assert "триста" in said(page(client, "/article/2/version/1"), ".text")
    assert client.get("/article/2/version/2").headers["Location"] == "/article/2"
    assert [one["version"] for one in ask(client, "/api/v1/articles/2")["versions"]] == [1, 2]
    assert "не менялся" in page(client, "/article/1/versions").text
    assert not page(client, "/article/1").select(".fixed")


@pytest.mark.parametrize(
    "url",
    [
        *("/article/1/compare/1", "/article/1/compare/99", "/article/99/compare/1", "/article/99/versions"),
        *("/article/2/version/3", "/article/2/version/0", "/article/2/version/2/compare", "/article/99/version/1"),
        *(f"/article/1/compare/{2**63}", "/article/1/compare/x"),
    ],
)
def test_a_bad_address_gets_a_clear_page(client: FlaskClient, url: str) -> None:
    told = page(client, url, 404)
    assert said(told, "h1") in ("Такой страницы нет", "Сравнивать не с чем")
    assert told.select(".message a")


def test_what_is_removed_is_in_no_story_and_its_versions_are_not_shown(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "home", tmp_path / "home")
    env = {"PODSHIVKA_HOME": str(tmp_path / "home")}
    assert CliRunner().invoke(commands, ["remove", "1", "2"], env=env).exit_code == 0
    client = create_app(Home(tmp_path / "home")).test_client()
    assert [one["id"] for one in ask(client, "/api/v1/articles/3")["story"]] == [3, 4]
    for url in ("/article/2/versions", "/article/2/version/1", "/article/2/version/1/compare", "/article/1/compare/3"):
        assert said(page(client, url, 410), "h1") == "Статья убрана из архива"
    assert CliRunner().invoke(commands, ["add", str(folder / "3.jsonl")], env=env).exit_code == 0
    page(client, "/article/2/versions", 410)
    assert CliRunner().invoke(commands, ["unremove", "2"], env=env).exit_code == 0
    assert [one["version"] for one in ask(client, "/api/v1/articles/2")["versions"]] == [1, 2]
    assert CliRunner().invoke(commands, ["remove", "--batch", "3"], env=env).exit_code == 0
    assert [one["version"] for one in ask(client, "/api/v1/articles/2")["versions"]] == [1]


def test_the_terminal_tells_both_counts(folder: Path) -> None:
    env = {"PODSHIVKA_HOME": str(folder / "home")}
    told = CliRunner().invoke(commands, ["search", "печь", "--sort", "oldest"], env=env).output
    assert "Найдено статей: 3. Без перепечаток: 1." in told
    assert "Перепечатки: [3] Правда, [4] Труд" in told
    plain = CliRunner().invoke(commands, ["search", "печь", "--reprints"], env=env).output
    assert "Перепечатки" not in plain
    assert all(f"[{id}] " in plain for id in (1, 3, 4))

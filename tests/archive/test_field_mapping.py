"""Exports under names of their own, standard input, and the archivists' own layouts."""

import datetime as dt
import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.article import Article
from archive.batches.reading import STDIN, ReadOptions, read_batch
from archive.readers.exports.field_mapping import BadMapping, read_mapping, values_at
from archive.readers.html.layouts import BadLayout, own_layouts
from scripts.cli import commands

FIRST = "На заводе «Красный Октябрь» пустили новый прокатный стан."
SECOND = "Директор завода Иван Петров поблагодарил строителей."
MAP = """
id = "post.id"
title = ["seo.title", "post.head"]
text = ["post.lead", "post.body"]
date = "ts"
date_format = "%d/%m/%Y %H:%M"
persons = "people.name"
[constant]
source = "Правда"
"""
RECORD = {
    "post": {"id": 7, "head": "Пущен стан", "lead": FIRST, "body": SECOND},
    "ts": "12/03/1998 14:05",
    "people": [{"name": "Иван Петров"}, {"name": "Анна Котова"}],
    "author": "не взят",
}


def mapped(folder: Path, toml: str) -> ReadOptions:
    (folder / "карта.toml").write_text(toml, encoding="utf-8")
    return ReadOptions(mapping=read_mapping(folder / "карта.toml"))


def read(path: Path, options: ReadOptions) -> Article:
    (found,) = read_batch([path], options)
    assert isinstance(found, Article), found
    return found


def test_a_mapping_of_nested_json(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(RECORD), encoding="utf-8")
    found = read(tmp_path / "a.jsonl", mapped(tmp_path, MAP))
    assert (found.own_id, found.title, found.paragraphs) == ("7", "Пущен стан", (FIRST, SECOND))
    assert (found.published.day, found.published.time) == (dt.date(1998, 3, 12), dt.time(14, 5))
    assert (found.source, found.persons, found.author) == ("Правда", ("Иван Петров", "Анна Котова"), None)


def test_a_mapping_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"n;h;b;ts\n7;Пущен стан;{FIRST};889700000\n", encoding="cp1251")
    found = read(tmp_path / "a.csv", mapped(tmp_path, 'id="n"\ntitle="h"\ntext="b"\ndate="ts"\ndate_format="unix"'))
    assert (found.own_id, found.title, str(found.published.day)) == ("7", "Пущен стан", "1998-03-12")


@pytest.mark.parametrize(
    ("path", "values"),
    [("post.head", ["Пущен стан"]), ("people.name", ["Иван Петров", "Анна Котова"]), ("people.1.name", ["Анна Котова"]),
     ("people.9.name", []), ("post.none", []), ("ts.x", []), ("ts", ["12/03/1998 14:05"])],
)  # fmt: skip
def test_places_in_a_record(path: str, values: list[str]) -> None:
    assert list(values_at(RECORD, path.split("."))) == values


@pytest.mark.parametrize(
    ("toml", "why"),
    [("text = ", "это не TOML"), ('text = "a"\nzaglavie = "b"', "zaglavie"), ('title = "a"', "где текст"),
     ("text = 1", "в кавычках")],
)  # fmt: skip
def test_a_wrong_mapping_is_told(tmp_path: Path, toml: str, why: str) -> None:
    with pytest.raises(BadMapping, match=why):
        mapped(tmp_path, toml)
    said = CliRunner().invoke(commands, ["add", str(tmp_path), "--mapping", str(tmp_path / "карта.toml")])
    assert said.exit_code == 2
    assert why in said.output


def piped(data: bytes, monkeypatch: pytest.MonkeyPatch, options: ReadOptions | None = None) -> list[Article]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = list(read_batch([STDIN], options))
    return [item for item in found if isinstance(item, Article)]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"".join(json.dumps({"id": number, "text": FIRST}).encode() + b"\n" for number in range(3))
    assert [item.identity for item in piped(lines, monkeypatch)] == ["id:0", "id:1", "id:2"]
    (one,) = piped(FIRST.encode("cp1251"), monkeypatch, ReadOptions(format="text"))
    (other,) = piped(SECOND.encode("cp1251"), monkeypatch, ReadOptions(format="text"))
    assert one.paragraphs == (FIRST,)
    assert one.identity != other.identity  # two texts piped in are not two versions of one


LAYOUT = """
source = "Вести"
title = "h2.head"
body = "div.txt"
date = "p.when"
author = "i.by"
rubric = "a.cat"
drop = [".ad"]
"""
PAGE = f"""<html><head><title>Вести</title></head><body><a class="cat">Экономика</a><h2 class="head">Пущен стан</h2>
<p class="when">12 марта 1998 года</p><i class="by">Анна Петрова</i>
<div class="txt"><p>{FIRST}</p><div class="ad">Купите.</div><p>{SECOND}</p></div></body></html>"""


def test_an_own_layout_is_tried_and_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, page = tmp_path / "дом", tmp_path / "a.html"
    monkeypatch.setenv("PODSHIVKA_HOME", str(home))
    (home / "layouts").mkdir(parents=True)
    (home / "layouts" / "vesti.toml").write_text(LAYOUT, encoding="utf-8")
    page.write_text(PAGE, encoding="cp1251")
    said = CliRunner().invoke(commands, ["layout", "try", str(page)])
    assert said.exit_code == 0
    for line in (
        "заголовок: Пущен стан  ← h2.head",
        "дата: 1998-03-12  ← p.when",
        "автор: Анна Петрова  ← i.by",
        "рубрика: Экономика  ← a.cat",
        "издание: Вести  ← раскладка",
        f"абзац: {FIRST}  ← div.txt",
        f"абзац: {SECOND}  ← div.txt",
    ):
        assert line in said.output
    assert "Купите" not in said.output
    found = read(page, ReadOptions(layouts=own_layouts(home / "layouts")))
    assert (found.title, found.source, found.paragraphs) == ("Пущен стан", "Вести", (FIRST, SECOND))


@pytest.mark.parametrize(
    ("toml", "why"),
    [('body = "p["', "p["), ('bodi = "p"', "bodi"), ('title = "h1"', "body"), ("body", "")],
)
def test_a_broken_layout_is_told_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str, why: str
) -> None:
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path))
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "плохая.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(BadLayout, match=r"плохая\.toml"):
        own_layouts(tmp_path / "layouts")
    said = CliRunner().invoke(commands, ["add", str(tmp_path / "layouts")])
    assert said.exit_code == 2
    assert "плохая.toml" in said.output
    assert why in said.output


def test_a_page_without_an_article_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><a href='/'>Главная</a></body></html>", encoding="utf-8")
    said = CliRunner().invoke(commands, ["layout", "try", str(tmp_path / "a.html")])
    assert said.exit_code == 1
    assert "не найден текст" in said.output

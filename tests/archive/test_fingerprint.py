"""An archive of former programs is read without one of its articles changed, and so it stays when a field is added."""

import gzip
import json
import re
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import archive
from archive.article import Article
from archive.database.fingerprint import fingerprint, upgraded_fingerprint
from archive.database.rows import staged_row
from archive.store.store import Store
from scripts.cli import commands
from tests.support.project import ROOT

HOMES = ROOT / "tests" / "homes"
SAMPLE = Path(archive.__file__).parent / "sample" / "batch"


@pytest.fixture
def home_of_schema_7(tmp_path: Path) -> Path:
    """The sample as the program of November 2026 kept it."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "archive.sqlite").write_bytes(gzip.decompress((HOMES / "schema-7.sqlite.gz").read_bytes()))
    return home


def test_the_same_batch_changes_nothing_in_an_archive_of_schema_7(home_of_schema_7: Path) -> None:
    batch = shutil.copytree(SAMPLE, home_of_schema_7.parent / "batch")
    for export in batch.rglob("*.jsonl"):
        export.write_text(re.sub(r' "genre": "[^"]*",', "", export.read_text()))
    for export in batch.rglob("*.csv"):
        lines = export.read_text("cp1251").replace(";rubric;genre;", ";rubric;")
        export.write_text(re.sub(r"(?m)^(pp-2023-\d+(?:;[^;]*){5});[^;]*", r"\1", lines), "cp1251")
    with Store(home_of_schema_7 / "archive.sqlite", write=True) as store:
        before = list(store.current())
    added = CliRunner().invoke(commands, ["add", str(batch)], env={"PODSHIVKA_HOME": str(home_of_schema_7)})
    assert "новых 0, изменённых 0, без изменений 40, отказов 0" in added.output
    with Store(home_of_schema_7 / "archive.sqlite") as store:
        assert len(before) == 40
        assert list(store.current()) == before
        assert store.check(lambda done, total: None) == ()


def test_a_genre_given_later_changes_the_articles_that_have_one(home_of_schema_7: Path) -> None:
    added = CliRunner().invoke(commands, ["add", str(SAMPLE)], env={"PODSHIVKA_HOME": str(home_of_schema_7)})
    assert "новых 0, изменённых 13, без изменений 27, отказов 0" in added.output
    with Store(home_of_schema_7 / "archive.sqlite") as store:
        genres = [stored.article.genre for stored in store.current() if stored.version == 2]
        assert len(genres) == 13
        assert None not in genres
        assert [stored for stored in store.current() if stored.version == 1 and stored.article.genre] == []
        assert store.check(lambda done, total: None) == ()


def test_damage_that_schema_7_would_tell_is_still_told(home_of_schema_7: Path) -> None:
    damaged = sqlite3.connect(home_of_schema_7 / "archive.sqlite")
    damaged.execute("UPDATE versions SET author = 'Подменённый' WHERE article = 7")
    damaged.commit()
    damaged.close()
    with Store(home_of_schema_7 / "archive.sqlite", write=True) as store:
        (wrong,) = store.check(lambda done, total: None)
    assert wrong.startswith("Сведения (дата, заголовок, автор…) не те, что были записаны, у статей: 7 ")


def test_a_fingerprint_holds_named_values_that_are_not_empty() -> None:
    said = {"title": "Завод", "author": "Ярош"}
    assert fingerprint(said | {"rubric": None, "persons": "[]", "genre": ""}) == fingerprint(said)
    assert fingerprint({"author": "Завод", "title": "Ярош"}) != fingerprint(said)
    assert fingerprint(said | {"rubric": "Город"}) != fingerprint(said)


def test_how_an_article_was_read_is_not_in_its_fingerprint() -> None:
    article = Article(path="а", paragraphs=("Одно.",), own_id="1", encoding="cp1251", warnings=("коротко",))
    other = replace(article, path="б", encoding="utf-8", warnings=())
    assert staged_row(article).values[-1] == staged_row(other).values[-1]
    assert staged_row(article).values[-1] != staged_row(replace(article, author="Ярош")).values[-1]


def test_a_fingerprint_that_was_wrong_stays_wrong() -> None:
    assert upgraded_fingerprint("0" * 64, *json.loads("[null]") * 14) == "0" * 64

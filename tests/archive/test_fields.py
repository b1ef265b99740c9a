"""Each field of the table stands wherever fields are kept: in articles, the store, exports, mapping files."""

import json
import sqlite3
from dataclasses import fields
from pathlib import Path

import pytest

from archive.article import Article
from archive.fields import FIELDS, Field
from archive.readers.exports.field_mapping import read_mapping
from archive.readers.exports.records import meaning
from archive.store.store import Store
from tests.support.project import ROOT

EMPTY = {field.name: field.default for field in fields(Article)}
SCHEMA = json.loads((ROOT / "docs" / "article.schema.json").read_text())


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The columns of a new store's tables."""
    path = tmp_path_factory.mktemp("home") / "archive.sqlite"
    Store(path, write=True).close()
    opened = sqlite3.connect(path)
    found = {name: {row[1] for row in opened.execute(f"PRAGMA table_info({name})")} for name in ("staged", "versions")}
    opened.close()
    return found | {"versions": found["versions"] | {"source"}}  # that of the article


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_is_of_articles_and_of_the_store(field: Field, columns: dict[str, set[str]]) -> None:
    assert EMPTY[field.name] == (() if field.many else None)
    assert field.values(Article("a", (), **{field.name: ("А", "Б") if field.many else "А"})) == (  # type: ignore[arg-type]
        ("А", "Б") if field.many else ("А",)
    )
    assert field.values(Article("a", ())) == ()
    assert field.name in columns["staged"] & columns["versions"]
    assert field.name in SCHEMA["properties"]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_is_read_from_exports(field: Field, tmp_path: Path) -> None:
    assert meaning(field.label) == field.mapped or not field.shown
    file = tmp_path / "mapping.toml"
    file.write_text(f'text = "body"\n{field.mapped} = "x"\n')
    assert read_mapping(file).apply({"x": "А"}) == {field.mapped: ["А"] if field.many else "А"}


def test_no_name_of_a_column_means_two_fields() -> None:
    names = [name for field in FIELDS for name in field.columns.split()]
    assert len(names) == len(set(names))
    assert len({field.name for field in FIELDS}) == len(FIELDS)

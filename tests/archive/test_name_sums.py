"""A changed byte in the store's table of names is told, and nothing is built on it."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.errors import DamagedStore
from archive.home import Home
from archive.store.store import Store
from scripts.cli import commands
from webapp.app import create_app


@pytest.fixture
def damaged(site_home: Home, tmp_path: Path) -> Home:
    """The sample with one letter of an id changed wherever the store has it, as a failing disk does."""
    home = Home(tmp_path / "home")
    shutil.copytree(site_home.path, home.path)
    with Store(home.store, write=True) as store:
        store._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    content = home.store.read_bytes()
    assert b"sebryakovtsement" in content
    home.store.write_bytes(content.replace(b"sebryakovtsement", b"sebrzakovtsement"))
    return home


def run(home: Home, *words: str) -> tuple[int, str]:
    said = CliRunner().invoke(commands, list(words), env={"PODSHIVKA_HOME": str(home.path)})
    return said.exit_code, said.output


def test_nothing_is_built_on_it(site_home: Home, damaged: Home, tmp_path: Path) -> None:
    with Store(damaged.store) as store, pytest.raises(DamagedStore, match="Себряковцемент"):
        list(store.names())
    (tmp_path / "new.jsonl").write_text(json.dumps({"id": "n", "text": "Завод работает."}), encoding="utf-8")
    before = create_app(site_home).test_client().get("/api/v1/entities?q=себр").get_json()
    assert create_app(damaged).test_client().get("/api/v1/entities?q=себр").get_json() == before  # it reads the index
    status, said = run(damaged, "check")
    assert (status, "Имена в таблице имён не те, что были записаны: 1" in said) == (1, True)
    for words in (("add", str(tmp_path / "new.jsonl")), ("reindex",)):
        status, said = run(damaged, *words)
        assert status == 3, words
        assert "таблице имён" in said
        assert "podshivka restore" in said

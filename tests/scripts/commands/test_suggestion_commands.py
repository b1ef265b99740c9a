"""SuggestionQueue of readers are listed and decided on from the terminal."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.home import Home
from archive.records.suggestions import SuggestionQueue
from scripts.cli import commands


@pytest.fixture
def home(tmp_path: Path) -> Home:
    kept = Home(tmp_path / "home")
    kept.path.mkdir()
    for text in ("Не Иванов, а Петров", "Опечатка\u202e\x1b[31m"):
        SuggestionQueue(kept.suggestions).add("/article/1", text)
    return kept


def run(home: Home, *words: str) -> Result:
    return CliRunner().invoke(commands, ["suggestions", *words], env={"PODSHIVKA_HOME": str(home.path)})


def test_the_queue_is_listed_and_decided(home: Home) -> None:
    listed = run(home, "list").stdout.splitlines()
    assert len(listed) == 2
    assert listed[0].split("\t")[2:5] == ["ждёт", "/article/1", "Не Иванов, а Петров"]
    assert "\\u202e\\x1b[31m" in listed[1]
    assert run(home, "accept", "1").stdout.splitlines()[1].startswith("Принято: Не Иванов")
    assert run(home, "reject", "2").exit_code == 0
    assert run(home, "list").stdout == ""
    assert [line.split("\t")[2] for line in run(home, "list", "--all").stdout.splitlines()] == ["принято", "отклонено"]


def test_what_is_not_in_the_queue_is_said(home: Home) -> None:
    refused = run(home, "accept", "7")
    assert refused.exit_code == 1
    assert "№ 7 в очереди нет" in refused.output

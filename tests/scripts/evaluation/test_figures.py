"""How well names are read keeps its floors; the scorers agree with what can be counted by hand."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import commands
from scripts.evaluation.clusters import b_cubed
from scripts.evaluation.feminine_surnames import declined, nominative
from scripts.evaluation.figures import NO_FLOOR
from scripts.evaluation.values import same_body, same_person, words
from tests.support.project import ROOT

FLOORS = json.loads((ROOT / "tests" / "baselines" / "names.json").read_text(encoding="utf-8"))


def test_no_figure_falls_below_its_floor(gold: Path, tmp_path: Path) -> None:
    """The floors only go up: podshivka measure names GOLD."""
    output = tmp_path / "names.json"
    measured = CliRunner().invoke(commands, ["measure", "names", str(gold), "--output", str(output)])
    figures = json.loads(output.read_text(encoding="utf-8"))
    assert measured.exit_code == 0
    assert {name for name in figures if not name.startswith(NO_FLOOR)} == FLOORS.keys()
    assert {name: figure for name, figure in figures.items() if figure < FLOORS.get(name, 0.0)} == {}


def test_a_folder_without_gold_sets_is_no_measure(tmp_path: Path) -> None:
    assert CliRunner().invoke(commands, ["measure", "names", str(tmp_path)]).exit_code == 1


def test_b_cubed() -> None:
    assert b_cubed([1, 1, 2], [1, 1, 2]) == (1.0, 1.0, 1.0)
    precision, recall, _ = b_cubed([1, 1, 1, 1], [1, 1, 1, 2])
    assert (precision, recall) == ((3 * 0.75 + 0.25) / 4, 1.0)


@pytest.mark.parametrize(
    ("label", "gold", "same"),
    [
        ("Андрей Бочаров", "Андрей Бочаров", True),
        ("Андрей Иванович Бочаров", "Андрей Бочаров", True),
        ("А. Бочаров", "Андрей Бочаров", True),
        ("Бочаров", "Андрей Бочаров", False),
        ("Анна Бочарова", "Андрей Бочаров", False),
    ],
)
def test_same_person(label: str, gold: str, same: bool) -> None:
    assert same_person(label, words(gold)) is same


@pytest.mark.parametrize(
    ("label", "gold", "same"),
    [
        ("Солидарность", "движение Солидарность", True),
        ("МЧС", "МЧС России", True),
        ("Правительство", "правительство России", True),
        ("Верховный суд", "Верховный суд Пакистана", False),
    ],
)
def test_same_body(label: str, gold: str, same: bool) -> None:
    assert same_body(label, [words(gold)]) is same


def test_a_woman_of_a_man() -> None:
    assert declined("Троицкий") == ("Троицкая", "Троицкой", "Троицкой", "Троицкую", "Троицкой", "Троицкой")
    assert nominative("По словам Анны {}, цех пустят осенью.", "Троицкой") == "Троицкая"

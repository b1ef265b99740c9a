"""What docs/names.md says of correcting a name works on the sample archive as it is typed there."""

import re
import shlex

import pytest
from click.testing import CliRunner

from archive.home import Home
from scripts.cli import commands
from scripts.serving.serve import catch_up
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.project import ROOT

PAGE = (ROOT / "docs" / "names.md").read_text(encoding="utf-8")
SECTION = PAGE[: PAGE.index("| столбец | что в нём |")]
ROWS = dict(re.findall(r"^\| (\w[^|]+) \| `([^`]+)`", SECTION, re.MULTILINE))
TABLES = {"vecherniy-tsaritsyn": "enterprises.csv", "epk-volzhskiy": "enterprises.csv"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("names") / "home")
    catch_up(home, sample=True)
    return home


def values(home: Home) -> dict[str, dict[str, int]]:
    """facet → label → articles"""
    facets = Searcher(home).search(SearchRequest(facet_size=1000)).facets
    return {facet.name: {value.label: value.count for value in facet.values} for facet in facets}


def do(home: Home, what: str) -> str:
    """Runs a command or writes a line of a table, as the page says; what was printed."""
    written = ROWS[what]
    if written.startswith("podshivka "):
        done = CliRunner().invoke(commands, shlex.split(written)[1:], env={"PODSHIVKA_HOME": str(home.path)})
        assert done.exit_code == 0, done.output
        return done.output
    table = home.authority / TABLES.get(written.partition(",")[0], "persons.csv")
    with table.open("a", encoding="utf-8") as lines:
        lines.write(written + "\n")
    return ""


def test_each_row_does_what_it_says(home: Home) -> None:
    before = values(home)
    tables = {path: path.read_bytes() for path in home.authority.iterdir()}
    candidates = do(home, "узнать, кто записан дважды")
    assert ROWS["соединить"] in candidates
    for what in ROWS:
        do(home, what)
    after = values(home)
    assert "Тарасенко (без имени)" not in after["person"]
    assert after["person"]["Елена Тарасенко"] == before["person"]["Елена Тарасенко"] + 1
    assert after["person"]["Соколова из Царицына"] == 2
    assert after["person"]["Ольга Дмитриевна Соколова"] == before["person"]["Ольга Дмитриевна Соколова"] - 2
    assert {"Виктор Чуприна", "Зинаида Мельник"} <= before["person"].keys() - after["person"].keys()
    assert "Виктор Чуприн" in after["person"]
    assert "Вечерний Царицын" in before["organisation"].keys() & after["enterprise"].keys()
    assert "прежнее имя" in do(home, "понять, почему так")
    assert "в порядке" in do(home, "проверить строки")
    for path, data in tables.items():
        path.write_bytes(data)
    assert values(home) == before

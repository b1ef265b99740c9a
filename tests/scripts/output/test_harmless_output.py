"""Nothing that came from outside steers a terminal or begins a line of a log, a list or a report."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import commands
from tests.support.project import ROOT

HOSTILE = "газета\n2021 GET \x1b[2J \u202eтекст"
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def test_only_one_module_prints() -> None:
    printing = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "scripts").rglob("*.py")
        if re.search(r"\bclick\.echo\(|^\s*print\(", path.read_text("utf-8"), re.MULTILINE)
    }
    assert printing == {"scripts/output/messages.py"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / "дом"))
    batch = tmp_path / "партия\x1b[31m"
    batch.mkdir()
    article = {"title": f"=2+2 {HOSTILE}", "text": f"Завод. {HOSTILE}", "source": HOSTILE, "author": "@SUM(1)"}
    (batch / "статьи.jsonl").write_text(json.dumps(article) + '\n{"title": "+пусто"}\n', "utf-8")
    (batch / f"={HOSTILE}.html").write_text("<p>Мало.</p>", "utf-8")
    return batch


def test_commands_report_and_lists_show_it_as_it_is(home: Path, tmp_path: Path) -> None:
    report = tmp_path / "отчёт.csv"
    run = CliRunner().invoke
    outputs = [run(commands, ["add", str(home), "--report", str(report)]).output]
    outputs += [run(commands, arguments).output for arguments in (["batches"], ["log"], ["stats"], ["search", "завод"])]
    outputs += [run(commands, ["search", "завод", "--json"]).output, run(commands, ["check"]).output]
    for output in outputs:
        assert not UNSEEN.search(output), repr(UNSEEN.search(output))
    assert json.loads(outputs[4 + 1].partition("{")[1] + outputs[5].partition("{")[2])["total"] == 1
    with report.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            for cell in row:
                assert not UNSEEN.search(cell)
                assert cell[:1] not in set("=+-@")

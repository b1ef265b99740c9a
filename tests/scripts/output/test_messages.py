"""How long commands speak: bars on a real terminal, lines in a real pipe, silence, events for programs."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive.batches.reading import Meter, read_batch
from scripts.cli import commands
from scripts.output.progress import STAGES
from tests.support.project import ROOT

WORK = (
    "import time\nfrom scripts.output import progress as p\np.LINE_EVERY = .1\nwith p.progress('naming') as told:\n"
    "    for done in range(1, 9): told(done, 60); time.sleep(.06)\n"
)
TEXT = "Директор завода «Красный Октябрь» Иван Петров пустил новый прокатный стан. Его ждали целый год."
COUNTS = ("new", "changed", "unchanged", "rejected")


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    folder = tmp_path / "май"
    folder.mkdir()
    (folder / "завод.txt").write_text(TEXT, encoding="utf-8")
    (folder / "сев.txt").write_text("Сев окончен.", encoding="utf-8")
    (folder / "скан.pdf").write_bytes(b"%PDF-1.4\x00\x01\x02")
    return folder


def run(home: Path, *arguments: object) -> Result:
    return CliRunner().invoke(commands, list(map(str, arguments)), env={"PODSHIVKA_HOME": str(home)})


def events(lines: str) -> list[dict[str, Any]]:
    """The events of a command; none comes without its time."""
    found = [json.loads(line) for line in lines.splitlines()]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", event["at"]) for event in found)
    return found


def test_a_terminal_shows_a_bar_with_rate_and_time_left() -> None:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    process = subprocess.Popen([sys.executable, "-c", WORK], cwd=ROOT, stderr=slave)
    os.close(slave)
    written = b""
    try:
        while some := os.read(master, 4096):
            written += some
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(master)
    assert process.wait() == 0
    *_, last = [part for part in written.decode().split("\r") if part.strip()]
    assert re.search(r"Имена: +\d+% \|.+\| \d из 60 статей, [\d,]+ в секунду, осталось \d+ с", last)
    assert written.endswith(b"\r")  # the bar is wiped off when all is done


def test_a_pipe_gets_a_line_now_and_then() -> None:
    said = subprocess.run([sys.executable, "-c", WORK], cwd=ROOT, capture_output=True, text=True, check=True).stderr
    first, *lines = said.splitlines()
    assert first == "Имена…"
    assert 1 <= len(lines) < 8
    for line in lines:
        assert re.fullmatch(r"Имена: \d из 60 статей, [\d,]+ в секунду, осталось \d+ с", line)


def test_a_program_gets_events_and_nothing_else(batch: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scripts.cli", "add", str(batch / "скан.pdf"), "--json"]
    home = tmp_path / "дом"
    env = {**os.environ, "PODSHIVKA_HOME": str(home)}
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=env)
    assert (said.returncode, said.stderr) == (1, "")
    first, *others, report = events(said.stdout)
    assert (first["event"], first["command"], first["home"]) == ("started", "podshivka add", str(home))
    rejected = [event for event in others if event["event"] == "rejection"]
    assert [(event["path"], "PDF" in event["reason"]) for event in rejected] == [("скан.pdf", True)]
    stages = [event["stage"] for event in others if event["event"] == "progress"]
    assert list(dict.fromkeys(stages)) == ["reading", "naming", "indexing"]
    assert report["event"] == "report"
    assert (report["batch"], report["name"], report["read"], report["rejected"]) == (1, "скан.pdf", 1, 1)


def test_events_tell_all_that_the_report_tells(batch: Path, tmp_path: Path) -> None:
    *told, report = events(run(tmp_path, "add", batch, "--json", "--source", "Вестник").stdout)
    assert report["read"] == sum(report[outcome] for outcome in COUNTS) == 3
    assert report["warned"] == 1
    (warning,) = [event for event in told if event["event"] == "warning"]
    assert (warning["path"], "короткий текст" in warning["message"]) == ("сев.txt", True)
    assert warning["article"]
    *_, ended = [event for event in told if event.get("stage") == "naming"]
    assert (ended["done"], ended["total"]) == (2, 2)
    dry = events(run(tmp_path, "add", batch, "--json", "--dry-run", "--source", "Вестник").stdout)[-1]
    assert (dry["dry_run"], dry["unchanged"], dry["rejected"]) == (True, 2, 1)
    assert events(run(tmp_path, "reindex", "--json").stdout)[-1]["articles"] == 2
    checked = run(tmp_path, "check", "--json")
    assert (checked.exit_code, events(checked.stdout)[-1]["discrepancies"]) == (0, 0)
    for manifest in (tmp_path / "index").rglob("manifest-*.json"):
        manifest.write_text("{", encoding="utf-8")
    checked = run(tmp_path, "check", "--json")
    assert checked.exit_code == 1
    assert [event["event"] for event in events(checked.stdout)] == ["started", "warning", "report"]


def test_quiet_commands_speak_only_of_what_is_wrong(batch: Path, tmp_path: Path) -> None:
    well = run(tmp_path, "add", batch / "завод.txt", "--quiet")
    assert (well.exit_code, well.output) == (0, "")
    wrong = run(tmp_path, "add", batch, "--quiet")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    refusal, counts = wrong.stderr.splitlines()
    assert refusal.startswith("Отказ: скан.pdf: ")
    assert "Прочитано 3: " in counts
    for command in ("reindex", "check"):
        assert run(tmp_path, command, "--quiet").output == ""
    (tmp_path / "archive.sqlite").write_bytes(b"not a database at all" * 50)
    broken = run(tmp_path, "check", "--quiet")
    assert (broken.exit_code, broken.stdout, "повреждён" in broken.stderr) == (3, "", True)
    (error,) = [event for event in events(run(tmp_path, "check", "--json").stdout) if event["event"] == "error"]
    assert (error["status"], "повреждён" in error["message"]) == (3, True)
    assert run(tmp_path, "check", "--json", "--quiet").exit_code == 2


def test_annotate_keeps_stdout_for_its_data(batch: Path, tmp_path: Path) -> None:
    one = run(tmp_path, "annotate", batch, "--json", "--workers", "1")
    assert one.exit_code == 1
    assert [json.loads(line)["id"] for line in one.stdout.splitlines()] == ["завод.txt", "сев.txt"]
    *_, report = events(one.stderr)
    assert (report["read"], report["annotated"], report["rejected"]) == (3, 2, 1)
    two = run(tmp_path, "annotate", batch, "--quiet", "--workers", "2")
    assert two.stdout == one.stdout
    assert two.stderr.splitlines()[-1] == "Прочитано 3: разобрано 2, отказов 1."


def test_what_is_left_to_read_is_known_by_size(tmp_path: Path) -> None:
    dump = "".join(json.dumps({"id": n, "text": TEXT * 50}, ensure_ascii=False) + "\n" for n in range(600))
    (tmp_path / "а.jsonl").write_text(dump, encoding="utf-8")
    (tmp_path / "б.txt").write_text(TEXT, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "в.zip", "w") as packed:
        packed.writestr("г.txt", TEXT)
    meter = Meter.of([tmp_path])
    assert meter.expected(0) is None
    expected = [meter.expected(read) or 0 for read, _ in enumerate(read_batch([tmp_path], None, meter), 1)]
    assert len(expected) == meter.expected(602) == 602
    assert all(read <= guess for read, guess in enumerate(expected, 1))
    assert 450 < expected[300] < 610  # a megabyte is read ahead


def test_every_event_is_told_in_the_manual() -> None:
    manual = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "scripts").rglob("*.py")]
    names = {name for source in sources for name in re.findall(r'\bevent\("(\w+)"', source)}
    assert names == {"started", "progress", "warning", "rejection", "sitemap", "report", "error"}
    for name in names:
        assert f"| `{name}` |" in manual
    assert not [stage for stage in STAGES if f"`{stage}`" not in manual]

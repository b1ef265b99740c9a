"""docs/archivist.md from its first command to its last, in one sitting: each works and says what the page shows."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tests.support.project import ROOT

PAGE = (ROOT / "docs" / "archivist.md").read_text(encoding="utf-8")
MARK = "@@ done "


@dataclass(frozen=True)
class Step:
    """A command, as many lines as it has, and the lines that the page shows under it."""

    command: str
    shown: tuple[str, ...]


def steps() -> list[Step]:
    found: list[Step] = []
    for block in re.findall(r"^```console\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            end = lines.index("КОНЕЦ") + 1 if "<<'КОНЕЦ'" in lines[0] else 1
            found.append(Step("\n".join(lines[:end]), tuple(lines[end:])))
    return found


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, str]]:
    """Status and output of each step, all run in one shell."""
    home = tmp_path_factory.mktemp("архивист")
    (home / "bin").mkdir()
    podshivka = home / "bin" / "podshivka"
    podshivka.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m scripts.cli "$@"\n')
    podshivka.chmod(0o755)
    script = "\n".join(f'{step.command}\necho "{MARK}$?"' for step in steps())
    environment = {**os.environ, "HOME": str(home), "PATH": f"{home / 'bin'}:{os.environ['PATH']}"}
    environment.pop("PODSHIVKA_HOME", None)
    run = subprocess.run(
        ["bash"], input=script, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    parts = re.split(rf"^{MARK}(\d+)\n", run.stdout, flags=re.MULTILINE)
    return list(zip(map(int, parts[1::2]), parts[::2], strict=False))


@pytest.mark.parametrize(("number", "step"), list(enumerate(steps())), ids=[step.command[:50] for step in steps()])
def test_the_page_is_true(said: list[tuple[int, str]], number: int, step: Step) -> None:
    status, output = said[number]
    assert status == 0, output
    lines = iter(output.replace("\xa0", " ").splitlines())
    for shown in step.shown:
        pattern = ".*".join(map(re.escape, shown.split("…")))
        assert any(re.search(pattern, line) for line in lines), f"{shown}\n– is not in:\n{output}"


def test_every_command_that_keeps_an_archive_is_on_the_page() -> None:
    commands = {step.command.split("podshivka ")[-1].split()[0] for step in steps() if "podshivka " in step.command}
    assert commands >= set("add layout authority remove unremove reindex backup restore check export".split())

"""Asks the nursery on behalf of tests."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.project import ROOT


class Nursery:
    """The process that runs the commands."""

    def __init__(self, *within: str) -> None:
        self._process = subprocess.Popen(
            [*within, sys.executable, "-m", "tests.support.killable_server"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **request: object) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def run(
        self,
        home: Path,
        arguments: tuple[str, ...],
        kill: tuple[str, float] | tuple[str, float, int | str] | None = None,
        beside: Path | str = "",
    ) -> dict[str, Any]:
        """Runs a command: its status, what it said, and the phases it came to."""
        asked = {"home": str(home), "arguments": arguments, "kill": kill, "beside": str(beside)}
        answer: dict[str, Any] = self.ask(do="run", **asked)
        return answer | {"said": Path(f"{beside or home}.out").read_text()}

    def end(self) -> None:
        self._process.communicate()

"""Runs a command in this process as it is typed; returns its exit status and what it said."""

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from scripts import cli


class Said(NamedTuple):
    status: int
    out: str
    err: str


Command = Callable[..., Said]


def typed(arguments: tuple[object, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """What `podshivka` with these arguments answers."""
    monkeypatch.setattr(sys, "argv", ["podshivka", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    code = ended.value.code
    return Said(code if isinstance(code, int) else 0, *capsys.readouterr())

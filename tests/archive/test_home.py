"""Where the archive lives: what is named, else beside a checkout, else in the user's data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from archive import home
from archive.errors import Refusal
from archive.home import checkout, default_home
from tests.support.project import ROOT


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PODSHIVKA_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "__file__", str(tmp_path / "site-packages" / "archive" / "home.py"))
    monkeypatch.setenv("HOME", str(tmp_path / "ирина"))


def test_a_named_folder_counts_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PODSHIVKA_HOME", "~/архив")
    assert default_home().path == tmp_path / "архив"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PODSHIVKA_HOME", "второй")
    assert default_home().path == tmp_path / "второй"


def test_a_checkout_has_its_own() -> None:
    assert checkout() == ROOT
    assert default_home().path == ROOT / "var"


@pytest.mark.usefixtures("installed")
def test_an_installed_program_keeps_it_with_the_data_of_its_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checkout() is None
    assert default_home().path == tmp_path / "ирина" / ".local" / "share" / "podshivka"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "данные"))
    assert default_home().path == tmp_path / "данные" / "podshivka"
    monkeypatch.setenv("XDG_DATA_HOME", "данные")  # is no absolute path: the standard has it passed over
    assert default_home().path == tmp_path / "ирина" / ".local" / "share" / "podshivka"


def test_an_unknown_user_is_asked_to_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PODSHIVKA_HOME", "~нет-такого-пользователя/архив")
    with pytest.raises(Refusal, match="PODSHIVKA_HOME"):
        default_home()


def test_the_command_says_so_in_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.cli", "stats"],
        cwd=ROOT,
        env={"PODSHIVKA_HOME": "~нет-такого-пользователя/архив", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "Ошибка: Не ясно, где лежит архив: у пользователя нет домашней папки. Назовите папку архива в PODSHIVKA_HOME.\n"
    )

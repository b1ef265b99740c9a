"""The program as a package: what `python -m build` makes is installed into a new environment and serves the sample."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.support.project import ROOT

FLOORS = ("archive", "indexer", "search", "webapp", "scripts")
ONLY_IN_A_CHECKOUT = {f"scripts/{name}" for name in ("pictures", "podshivka", "run", "setup.sh", "test")}
FILES = ("pyproject.toml", "requirements.txt", "README.md", "LICENSE")


def built(folder: Path) -> Path:
    """The wheel of a copy of the sources."""
    sources = folder / "sources"
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, sources / floor, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, sources / name)
    build = [sys.executable, "-m", "build", "--outdir", str(folder / "dist"), str(sources)]
    made = subprocess.run(build, capture_output=True, text=True)
    if "Could not find a version" in made.stdout + made.stderr:
        pytest.skip("setuptools cannot be had from the package index")
    assert made.returncode == 0, made.stdout + made.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


def installed(wheel: Path, folder: Path) -> Path:
    """A new environment with the wheel in it; the libraries are those of the tests."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def files_of_the_floors() -> set[str]:
    found = (path for floor in FLOORS for path in (ROOT / floor).rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT)) for path in found if "__pycache__" not in path.parts}


def test_the_wheel_is_whole_and_serves_the_sample_from_any_folder(tmp_path: Path) -> None:
    wheel = built(tmp_path)
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert names == files_of_the_floors() - ONLY_IN_A_CHECKOUT

    podshivka = str(installed(wheel, tmp_path / "environment") / "bin" / "podshivka")
    user = {"HOME": str(tmp_path / "ирина"), "PATH": os.defpath, "LANG": "C.UTF-8"}
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    said = subprocess.run([podshivka, "--version"], cwd=tmp_path, env=user, capture_output=True, text=True, check=True)
    assert said.stdout == f"Подшивка {version}\n"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = [podshivka, "serve", "--sample", "--port", str(port), "--log-format", "none"]
    server = subprocess.Popen(serve, cwd=tmp_path, env=user, stdout=subprocess.PIPE, text=True)
    try:
        home, address = tmp_path / "ирина" / ".local" / "share" / "podshivka", f"http://127.0.0.1:{port}"
        assert server.stdout
        assert server.stdout.readline() == f"Архив: {home}\n"
        assert any(line.strip() == address for line in server.stdout)
        assert "Найдено: 25" in urlopen(f"{address}/search?q={quote('завод')}").read().decode()
        assert urlopen(f"{address}/static/podshivka.css").status == 200
        assert (home / "archive.sqlite").exists()
        server.send_signal(signal.SIGINT)
        assert server.wait(10) == 0
    finally:
        server.kill()
        server.communicate()

"""A disk that is nearly full, and one that fills up: told in Russian, exit status 3, nothing lost, then it goes on."""

import gzip
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.batches.folders import growth
from archive.disk.free_space import NoSpace, require_space
from tests.support.killable_client import Nursery

MOUNTING = ("unshare", "--mount", "--map-root-user", "--user")


class Disk:
    """A disk in memory that only the nursery has, and a home on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._nursery = Nursery(*MOUNTING)
        self.home = folder / "disk" / "home"
        (folder / "disk").mkdir()

    def new(self, size: str) -> None:
        self.shell(f"umount {self._folder}/disk 2>/dev/null; mount -t tmpfs -o size={size} tmpfs {self._folder}/disk")

    def resize(self, size: str) -> None:
        self.shell(f"mount -o remount,size={size} {self._folder}/disk")

    def fill(self, left: int) -> None:
        self.shell(self.filling(left))

    def filling(self, left: int) -> str:
        disk = f"{self._folder}/disk"
        return f"head -c $(($(df --output=avail -B1 {disk} | tail -1) - {left})) /dev/zero > {disk}/other"

    def shell(self, command: str) -> None:
        assert self._nursery.ask(do="shell", command=command) == 0

    def run(self, *arguments: object, meanwhile: tuple[str, float, str] | None = None) -> dict[str, Any]:
        return self._nursery.run(self.home, tuple(map(str, arguments)), meanwhile, self._folder / "said")

    def end(self) -> None:
        self._nursery.end()


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    if not shutil.which("unshare") or subprocess.run([*MOUNTING, "true"], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    disk = Disk(tmp_path_factory.mktemp("disk"))
    yield disk
    disk.end()


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("batches")
    paths = []
    for name, numbers in (("первая", range(10)), ("вторая", range(10, 110))):
        paths.append(folder / f"{name}.jsonl")
        with open(paths[-1], "w", encoding="utf-8") as file:
            for n in numbers:
                text = " ".join(f"слово{n}и{k}" for k in range(80))
                file.write(json.dumps({"id": n, "text": f"Завод. {text}"}, ensure_ascii=False) + "\n")
    return paths


def test_a_batch_that_will_not_fit_is_refused_before_it_is_read(disk: Disk, batches: list[Path]) -> None:
    disk.new("40m")
    assert disk.run("add", batches[0])["status"] == 0
    disk.fill(left=20_000_000)
    for command in (("add", batches[1]), ("reindex",)):
        told = disk.run(*command)
        assert told["status"] == 3
        assert "мало места" in told["said"]
        assert "Архив не изменён; освободите место и повторите команду." in told["said"]
    assert "сходятся: статей 10." in disk.run("check")["said"]


@pytest.mark.parametrize(
    ("phase", "left"),
    [("reading", 0), ("naming", 0), ("naming", 60_000), ("publishing", 0), ("indexing", 0), ("indexing", 200_000)],
)
def test_a_disk_that_fills_up_in_the_middle(disk: Disk, batches: list[Path], phase: str, left: int) -> None:
    disk.new("40m")
    assert disk.run("add", batches[0])["status"] == 0
    added = disk.run("add", batches[1], meanwhile=(phase, 0, disk.filling(left)))
    assert added["status"] in (0, 3), added
    if added["status"]:
        assert "а диске не осталось места" in added["said"], added
        assert "система" not in added["said"]
        assert str(disk.home) in added["said"].split("Ошибка: ")[1]
        assert re.search(r"Освободите хотя бы 20 МБ|нужно около \d+ МБ", added["said"])
    found = disk.run("search", "завод", "--json")["said"]
    assert json.loads(found[found.index("{") :])["total"] in (10, 110)
    said = disk.run("check")["said"]
    assert "сходятся: статей 1" in said or "ндекс отстаёт от архива" in said
    disk.resize("80m")
    assert disk.run("add", batches[1])["status"] == 0
    assert "сходятся: статей 110." in disk.run("check")["said"]


def test_a_full_disk_can_be_read(disk: Disk, batches: list[Path]) -> None:
    disk.new("40m")
    assert disk.run("add", batches[0])["status"] == 0
    disk.fill(left=0)
    assert "Найдено статей: 10." in disk.run("search", "завод")["said"]
    assert "новых 100" in disk.run("add", batches[1], "--dry-run")["said"]
    assert disk.run("remove", 1)["status"] == 3
    disk.resize("60m")
    assert disk.run("remove", 1)["status"] == 0
    assert "Найдено статей: 9." in disk.run("search", "завод")["said"]


def test_what_is_needed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"x" * 1000)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(os.urandom(100)))
    packed = (tmp_path / "b.jsonl.gz").stat().st_size
    assert growth([tmp_path]) == 4 * 1000 + 12 * packed
    assert growth([Path("-")]) == 0
    require_space(tmp_path / "нет" / "такой", 0, "")
    with pytest.raises(NoSpace, match="нужно около 1 000 000 020 МБ, свободно"):
        require_space(tmp_path, 10**15, "для этого")

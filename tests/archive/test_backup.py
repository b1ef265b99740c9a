"""Backup and restore as an archivist runs them: the whole round, every refusal, what a kill or a sick disk leaves."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.backup import backup as backing
from archive.backup import chunks as packs
from archive.backup.backup import Source, backup_folder, save
from archive.backup.chunks import PIECE, TornBackup
from archive.backup.restore import chosen, restore, verify
from archive.backup.store_copy import Holding
from archive.disk import free_space as room
from archive.home import Home
from archive.store.store import Store
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.project import ROOT
from tests.support.run_command import Command, Said, typed

HOLDING = Holding("архив", 1, 1)
KILLED = """
import os, sys
from archive.backup import chunks as packs
from scripts import cli
added, left = packs.Packer.add, [5]

def add(self, *piece):
    place = added(self, *piece)
    left[0] -= 1
    if not left[0]:
        self._file.flush()
        os.truncate(self._file.name, place.offset + 9)
        os.kill(os.getpid(), 9)
    return place

packs.Packer.add = add
sys.argv = ["podshivka", "backup", sys.argv[1]]
cli.main()
"""
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def podshivka(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command in the home «дом», or another one that is named."""

    def run(*arguments: object, home: str = "дом") -> Said:
        monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / home))
        return typed(arguments, capsys, monkeypatch)

    return run


def dump(path: Path, records: dict[int, str]) -> Path:
    path.write_text(
        "".join(json.dumps({"id": n, "text": text, "source": "Вести"}) + "\n" for n, text in records.items())
    )
    return path


def text(number: int) -> str:
    name = ("Иван Петров", "Пётр Сидоров", "Анна Котова")[number % 3]
    return f"Завод «Красный Октябрь» пустил стан номер {number}. Директор {name} доволен работой цеха."


@pytest.fixture
def filled(podshivka: Command, tmp_path: Path) -> Path:
    """The home «дом» after batches, a removal, a correction, with an authority file and a layout."""
    home = tmp_path / "дом"
    podshivka("add", dump(tmp_path / "1.jsonl", {n: text(n) for n in range(12)}))
    podshivka("add", dump(tmp_path / "2.jsonl", {n: text(n) + " Исправлено." for n in range(3, 6)}))
    podshivka("remove", 2, "--why", "по просьбе")
    (home / "layouts").mkdir()
    (home / "layouts" / "вести.toml").write_text('source = "Вести"\nbody = "div.text"\n')
    (home / "authority").mkdir()
    (home / "authority" / "persons.csv").write_text("id,label,variants\nanna-kotova,Анна Ивановна Котова,Анна Котова\n")
    return home


def tables(store: Path) -> dict[str, list[Any]]:
    """Everything in an SQLite file."""
    with sqlite3.connect(store) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


def answers(home: Path) -> list[Any]:
    """What a reader sees: hits, facets, an entity's page."""
    searcher = Searcher(Home(home))
    results = [searcher.search(SearchRequest(text=asked)) for asked in ("", "завод", "исправлено", "котова")]
    assert results[0].total
    page = searcher.entity("person", "anna-kotova")
    assert page
    return [*(replace(one, took_ms=0) for one in results), replace(page, result=replace(page.result, took_ms=0))]


def files(home: Path, folder: str) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in (home / folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize("options", [(), ("--with-index",)])
def test_the_whole_round(podshivka: Command, filled: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    disk = tmp_path / "диск"
    before, shown = tables(filled / "archive.sqlite"), answers(filled)
    assert podshivka("backup", disk, *options).status == 0
    podshivka("add", dump(tmp_path / "3.jsonl", {n: text(n) for n in range(20, 30)}))
    podshivka("remove", "--batch", 2)
    again = podshivka("backup", disk, *options)
    assert again.status == 0
    assert podshivka("backup", "--check", disk).out.count(": цела") == 2

    assert podshivka("restore", disk, home="новый").status == 0
    first = podshivka("backup", "--check", disk).out.split("\n")[1].split(",")[0]
    assert podshivka("restore", disk, "--state", first, home="прежний").status == 0

    assert tables(tmp_path / "новый" / "archive.sqlite") == tables(filled / "archive.sqlite")
    assert answers(tmp_path / "новый") == answers(filled)
    assert tables(tmp_path / "прежний" / "archive.sqlite") == before
    assert answers(tmp_path / "прежний") == shown
    for folder in ("authority", "layouts"):
        assert files(tmp_path / "новый", folder) == files(filled, folder) != {}
    if options:
        kept = files(tmp_path / "новый", "index")
        assert kept == {name: data for name, data in files(filled, "index").items() if "LOCK" not in name}
    for home in ("новый", "прежний"):
        assert podshivka("check", home=home).status == 0
    log = podshivka("log").out
    assert podshivka("log", home="новый").out.splitlines()[1:] == log.splitlines()[1:]
    added = podshivka("add", dump(tmp_path / "4.jsonl", {7: text(7), 40: text(40)}), home="новый")
    assert "новых 1, изменённых 0, без изменений 1" in added.out


def test_what_is_unchanged_is_not_written_again(podshivka: Command, filled: Path, tmp_path: Path) -> None:
    disk = tmp_path / "диск"
    podshivka("backup", disk, "--with-index")
    packs_before = files(disk, "packs")
    assert "нового ничего." in podshivka("backup", disk, "--with-index").out
    assert files(disk, "packs") == packs_before
    podshivka("add", dump(tmp_path / "3.jsonl", {50: text(50)}))
    podshivka("backup", disk)
    assert packs_before.items() < files(disk, "packs").items()


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("дом/копия", "внутри архива"),
        ("дом", "внутри архива"),
        ("нет/копия", "Подключён ли диск?"),
        ("занято", "лежит другое: назовите пустую или новую"),
        ("файл", "– файл, а нужна папка"),
        ("другой", "копии другого архива"),
    ],
)
def test_where_no_backup_can_be(podshivka: Command, filled: Path, tmp_path: Path, folder: str, said: str) -> None:
    (tmp_path / "занято").mkdir()
    (tmp_path / "занято" / "письмо.txt").write_text("важное")
    (tmp_path / "файл").write_text("важное")
    with backup_folder(tmp_path / "другой", filled) as other:
        save(other, [], HOLDING, lambda size: None)
    refused = podshivka("backup", tmp_path / folder)
    assert (refused.status, said in refused.err) == (3, True)
    assert sorted(path.name for path in (tmp_path / "занято").iterdir()) == ["письмо.txt"]
    assert not list(filled.glob("backup.sqlite*"))


def test_what_is_no_backup_or_no_empty_home(podshivka: Command, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "занято").mkdir()
    assert "нет копий Подшивки" in podshivka("restore", tmp_path / "занято", home="новый").err
    assert "нет копий Подшивки" in podshivka("backup", "--check", tmp_path / "занято").err
    assert "пуст: копировать нечего" in podshivka("backup", tmp_path / "диск", home="новый").err
    assert not (tmp_path / "новый").exists()
    podshivka("backup", tmp_path / "диск")
    unknown = podshivka("restore", tmp_path / "диск", "--state", "1999", home="новый")
    assert (unknown.status, "Копии 1999" in unknown.err, "Есть: 20" in unknown.err) == (3, True, True)
    before = tables(filled / "archive.sqlite")
    full = podshivka("restore", tmp_path / "диск")
    assert (full.status, "не пуста" in full.err, f"mv {filled}" in full.err) == (3, True, True)
    assert tables(filled / "archive.sqlite") == before


def test_a_folder_that_may_not_be_written(podshivka: Command, filled: Path) -> None:
    refused = podshivka("backup", "/sys/копия")  # not even by root
    assert (refused.status, "/sys/копия: нет права доступа" in refused.err) == (3, True)


def test_room_is_asked_for_first(
    podshivka: Command, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "диск"
    podshivka("backup", disk)
    with monkeypatch.context() as little:
        little.setattr(room.shutil, "disk_usage", lambda path: Usage(1, 1, 1_000_000))
        here = podshivka("backup", disk)
        assert (here.status, "для снимка нужно около" in here.err) == (3, True)
        there = podshivka("restore", disk, home="новый")
        assert (there.status, "для восстановления нужно около" in there.err) == (3, True)
    free = shutil.disk_usage
    with monkeypatch.context() as little:
        little.setattr(
            backing.shutil, "disk_usage", lambda path: Usage(1, 1, 1000) if "диск" in str(path) else free(path)
        )
        podshivka("add", dump(tmp_path / "3.jsonl", {50: text(50)}))
        there = podshivka("backup", disk)
        assert (there.status, "для копии нужно около" in there.err) == (3, True)
    assert not list((tmp_path / "новый").glob("*.sqlite"))
    assert podshivka("backup", "--check", disk).out.count(": цела") == 1


def test_a_disk_that_fills_up_leaves_the_earlier_states(
    podshivka: Command, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "диск"
    podshivka("backup", disk)
    before = files(disk, "packs") | files(disk, "states")
    podshivka("add", dump(tmp_path / "3.jsonl", {n: text(n) for n in range(50, 60)}))
    added = packs.Packer.add

    def full(self: packs.Packer, digest: bytes, piece: bytes) -> packs.Place:
        added(self, digest, piece)
        raise OSError(28, "No space left on device", str(disk / "packs" / "000002.pack"))

    monkeypatch.setattr(packs.Packer, "add", full)
    refused = podshivka("backup", disk)
    assert (refused.status, "на диске не осталось места" in refused.err) == (3, True)
    assert files(disk, "packs") | files(disk, "states") == before


def test_a_killed_backup_leaves_the_earlier_one_and_goes_on(podshivka: Command, filled: Path, tmp_path: Path) -> None:
    disk = tmp_path / "диск"
    podshivka("backup", disk)
    states = files(disk, "states")
    podshivka("add", dump(tmp_path / "3.jsonl", {n: text(n) for n in range(50, 150)}))
    environment = {**os.environ, "PODSHIVKA_HOME": str(filled)}
    ended = subprocess.run([sys.executable, "-c", KILLED, str(disk)], cwd=ROOT, env=environment, capture_output=True)
    assert ended.returncode == -signal.SIGKILL
    assert files(disk, "states") == states
    left = files(disk, "packs")["packs/000002.pack"]
    assert podshivka("restore", disk, home="после").status == 0
    assert podshivka("backup", disk).status == 0
    assert not list(filled.glob("backup.sqlite*"))
    grown = files(disk, "packs")["packs/000002.pack"]
    whole = left[: len(left) - 9 - packs.RECORD.size]
    assert grown.startswith(whole)
    assert len(grown) > len(left)
    assert podshivka("backup", "--check", disk).out.count(": цела") == 2
    assert podshivka("restore", disk, home="новый").status == 0
    assert tables(tmp_path / "новый" / "archive.sqlite") == tables(filled / "archive.sqlite")


def test_a_killed_restore_is_given_again(podshivka: Command, filled: Path, tmp_path: Path) -> None:
    podshivka("backup", tmp_path / "диск")
    (tmp_path / "новый").mkdir()
    (tmp_path / "новый" / "lock").write_text("podshivka restore (процесс 1)")
    (tmp_path / "новый.restore" / "index").mkdir(parents=True)
    (tmp_path / "новый.restore" / "archive.sqlite").write_bytes(b"half")
    assert podshivka("restore", tmp_path / "диск", home="новый").status == 0
    assert not (tmp_path / "новый.restore").exists()
    assert podshivka("check", home="новый").status == 0


def test_a_restore_killed_while_it_indexes_goes_on(podshivka: Command, filled: Path, tmp_path: Path) -> None:
    assert podshivka("backup", tmp_path / "диск").status == 0
    home = tmp_path / "новый дом"
    command = [sys.executable, "-m", "scripts.cli", "restore", str(tmp_path / "диск")]
    running = subprocess.Popen(command, env=os.environ | {"PODSHIVKA_HOME": str(home)}, cwd=ROOT)
    while not (home / "archive.sqlite").exists():
        assert running.poll() is None
    running.kill()
    assert running.wait() == -signal.SIGKILL
    assert not (home / "index" / "current").exists()
    assert "restoring" in {path.name for path in home.iterdir()}
    again = podshivka("restore", tmp_path / "диск", home="новый дом")
    assert (again.status, "Восстановлено статей" in again.out) == (0, True), again
    assert podshivka("check", "--deep", home="новый дом").status == 0
    assert podshivka("restore", tmp_path / "диск", home="новый дом").status == 3  # it is no empty one any more


def test_a_damaged_backup_restores_nothing_and_is_told(podshivka: Command, filled: Path, tmp_path: Path) -> None:
    disk = tmp_path / "диск"
    podshivka("backup", disk)
    podshivka("add", dump(tmp_path / "3.jsonl", {n: text(n) for n in range(50, 60)}))
    podshivka("backup", disk)
    newest = disk / "packs" / "000002.pack"
    data = bytearray(newest.read_bytes())
    data[len(data) // 2] ^= 1
    newest.write_bytes(data)
    checked = podshivka("backup", "--check", disk)
    assert checked.status == 1
    assert "цела" in checked.out.split("\n")[1]
    assert "повреждена: не прочитать archive.sqlite" in checked.out.split("\n")[2]
    refused = podshivka("restore", disk, home="новый")
    assert (refused.status, "Ничего не восстановлено" in refused.err, "--state" in refused.err) == (3, True, True)
    assert sorted(path.name for path in tmp_path.glob("новый*/*")) in ([], ["lock"])
    state = checked.out.split("\n")[1].split(",")[0]
    assert podshivka("restore", disk, "--state", state, home="новый").status == 0

    (disk / "states").joinpath(state + ".json.gz").write_bytes(b"\x1f\x8bhalf")
    torn = podshivka("restore", disk, "--state", state, home="третий")
    assert (torn.status, "Опись копии" in torn.err, "--check" in torn.err) == (3, True, True)
    assert podshivka("backup", "--check", disk).out.count(": повреждена") == 2


def test_a_pack_that_is_gone_is_written_again(podshivka: Command, filled: Path, tmp_path: Path) -> None:
    disk = tmp_path / "диск"
    podshivka("backup", disk)
    (disk / "packs" / "000001.pack").write_bytes((disk / "packs" / "000001.pack").read_bytes()[:5000])
    podshivka("backup", disk)
    assert [": цела" in line for line in podshivka("backup", "--check", disk).out.splitlines()[1:3]] == [False, True]


def test_a_torn_archive_is_not_copied(podshivka: Command, filled: Path, tmp_path: Path) -> None:
    podshivka("backup", tmp_path / "диск")
    store = filled / "archive.sqlite"
    with sqlite3.connect(store) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'texts'").fetchone()
    with store.open("r+b") as file:
        file.seek(4096 * (root - 1))
        file.write(b"\xff" * 4096)
    refused = podshivka("backup", tmp_path / "диск")
    assert (refused.status, "копия с него не сделана" in refused.err, "restore" in refused.err) == (3, True, True)
    assert podshivka("backup", "--check", tmp_path / "диск").out.count(": цела") == 1


def test_a_moment_of_an_archive_that_is_written_to(podshivka: Command, filled: Path, tmp_path: Path) -> None:
    """Every copied article belongs to a whole batch of three, while batches of three come one after another."""
    stop = threading.Event()

    def write() -> None:
        with Store(filled / "archive.sqlite", write=True) as store:
            number = 100
            while not stop.is_set():
                batch = store.begin_batch("по три", "по три")
                store.stage(batch, list(triple(number)))
                store.publish_batch(batch)
                number += 3

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            assert podshivka("backup", tmp_path / "диск").status == 0
            time.sleep(0.1)
    finally:
        stop.set()
        writer.join()
    folder = tmp_path / "диск"
    for number, (name, _, wrong) in enumerate(verify(folder, lambda size: None)):
        assert not wrong
        restore(folder, chosen(folder, name), tmp_path / str(number), lambda size: None)
        with sqlite3.connect(tmp_path / str(number) / "archive.sqlite") as connection:
            (count,) = connection.execute("SELECT count(*) FROM articles WHERE id > 12").fetchone()
            assert count % 3 == 0
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def triple(number: int) -> Iterator[Any]:
    from archive.article import Article

    for one in range(number, number + 3):
        yield Article(path=str(one), paragraphs=(text(one),))


edits = st.lists(st.tuples(st.integers(0, 5 * PIECE), st.integers(1, 3 * PIECE)), max_size=3)


@settings(max_examples=25, deadline=None)
@given(st.lists(edits, min_size=1, max_size=4), st.integers(1, 5), st.integers())
def test_every_state_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, history: list[Any], keep: int, seed: int
) -> None:
    """States of a changing file, with unfinished packs between them, against the files themselves."""
    root, chance = tmp_path_factory.mktemp("states"), random.Random(seed)
    content, saved = bytearray(chance.randbytes(2 * PIECE)), {}
    for changes in history:
        for place, length in changes:
            content[place : place + length] = chance.randbytes(length)
        (root / "файл").write_bytes(content)
        with backup_folder(root / "диск", root / "дом") as disk, (root / "файл").open("rb") as file:
            left = max(packs.pack_numbers(disk / "packs"), default=0) + 1
            packs.pack_path(disk / "packs", left).write_bytes(chance.randbytes(chance.randrange(100)))
            state = save(disk, [Source("a/b", file)], HOLDING, lambda size: None, keep).state
        saved[state.name] = bytes(content)
    found = list(verify(disk, lambda size: None))
    assert [name for name, _, wrong in found if not wrong] == list(saved)[-keep:]
    for name, state, _ in found:
        assert state
        restore(disk, state, root / name, lambda size: None)
        assert (root / name / "a" / "b").read_bytes() == saved[name]


def test_what_no_state_needs_goes_from_the_disk(tmp_path: Path) -> None:
    """A file that keeps changing in scattered places, with one state kept, takes no more than a few of its sizes."""
    chance = random.Random(1)
    content = bytearray(chance.randbytes(20 * PIECE))
    for _ in range(40):
        for place in chance.sample(range(20), 3):
            content[place * PIECE] ^= 1 + chance.randrange(255)
        (tmp_path / "файл").write_bytes(content)
        with backup_folder(tmp_path / "диск", tmp_path / "дом") as disk, (tmp_path / "файл").open("rb") as file:
            state = save(disk, [Source("файл", file)], HOLDING, lambda size: None, keep=1).state
    assert sum(path.stat().st_size for path in (disk / "packs").iterdir()) < 3 * len(content)
    restore(disk, state, tmp_path / "назад", lambda size: None)
    assert (tmp_path / "назад" / "файл").read_bytes() == content


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", ""])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "файл").write_bytes(b"x")
    with backup_folder(tmp_path / "диск", tmp_path / "дом") as disk, (tmp_path / "файл").open("rb") as file:
        save(disk, [Source(path, file)], HOLDING, lambda size: None)
    with pytest.raises(TornBackup):
        chosen(disk, None)

"""After a power cut at any moment nothing is lost that a command said was done, and what `check` finds it can mend."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random
from sqlite3 import connect
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from archive.backup import restore as restoring
from archive.backup.backup import BackupError
from archive.home import Home
from scripts.actions import indexing
from tests.support.power_cut import STRACE, Call, Disk, put, recorded
from tests.support.project import ROOT
from tests.support.traces import traces

IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
DONE = b"DONE"
SECRET = "Иннокентий Кмурзаведов плювакил."
TRACES = [text.encode() for text in ("мурзавед", "лювакил", "murzaved")]
RUN = """
import os, sys
os.environ["PODSHIVKA_HOME"] = sys.argv[1]
from scripts import cli
for command in sys.argv[2:]:
    sys.argv = ["podshivka", *command.split("|")]
    try:
        cli.main()
    except SystemExit as ended:
        assert not ended.code, (command, ended.code)
    sys.stdout.flush()
    os.write(1, b"DONE")
"""
KNOWN = {  # what an archive holds
    "articles": "SELECT a.id, a.identity, a.version, a.removed IS NULL, t.digest FROM articles a "
    "JOIN versions v ON v.article = a.id AND v.version = a.version JOIN texts t ON t.id = v.text ORDER BY a.id",
    "log": "SELECT revision, what, batch FROM log ORDER BY revision",
}


class Holdings(NamedTuple):
    """What stands on a disk, as far as it was promised: articles and log, lines of the authority file, backups."""

    archive: tuple[tuple[object, ...], ...]
    lines: tuple[str, ...]
    backups: tuple[str, ...]


class Recording(NamedTuple):
    """What a row of commands wrote in a folder, and what stood there after each of them."""

    root: Path
    calls: list[Call]
    done: list[Holdings]
    erased: int  # so many commands were done when the article with the secret was destroyed


def holdings(root: Path) -> Holdings:
    store, authority = root / "home" / "archive.sqlite", root / "home" / "authority"
    found: list[tuple[object, ...]] = []
    if store.exists() and store.stat().st_size:
        with closing(connect(store)) as database:
            if database.execute("PRAGMA user_version").fetchone()[0]:
                found = [row for question in KNOWN.values() for row in database.execute(question).fetchall()]
    lines = [line for file in sorted(authority.glob("*.csv")) for line in file.read_text().splitlines()[1:]]
    return Holdings(tuple(found), tuple(lines), tuple(sorted(backups(root / "disk"))))


def backups(folder: Path) -> Iterator[str]:
    """The states that can be restored."""
    try:
        for name, _, wrong in restoring.verify(folder, lambda size: None):
            assert not wrong, wrong
            yield name
    except BackupError:  # no backup yet
        return


def write(file: Path, numbers: range, more: str = "") -> Path:
    texts = (
        {"id": n, "date": f"20{n:02}-05-12", "text": f"Иван Петров, Анна Котова и Олег Чернов пустили стан {n}. {more}"}
        for n in numbers
    )
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in texts))
    return file


@pytest.fixture(scope="module")
def recording() -> Iterator[Recording]:
    if not shutil.which("strace") or subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"]).returncode:
        pytest.skip("strace is not here, or may not be used")
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        root, record = Path(folder) / "root", Path(folder) / "record"
        root.mkdir()
        first, second = write(root.parent / "1.jsonl", range(8)), write(root.parent / "2.jsonl", range(5, 12), "Ура!")
        secret = write(root.parent / "3.jsonl", range(20, 21), SECRET)
        commands = (
            *(f"add|{first}|--workers|1", f"backup|{root}/disk", "remove|1|2", "unremove|1"),
            *("authority|merge|ivan-petrov|anna-kotova", f"add|{second}|--workers|1", "reindex"),
            *("authority|merge|ivan-petrov|oleg-chernov", "remove|--batch|2", f"backup|{root}/disk"),
            *("unremove|--batch|2", "authority|split|ivan-petrov|Иван Ильич Петров|--from|2005"),
            *(f"add|{secret}|--workers|1", f"backup|{root}/disk", f"erase|13|--why|суд|--yes|--backup|{root}/disk"),
            "remove|4",
        )
        run = [*STRACE, str(record), sys.executable, "-c", RUN, str(root / "home"), *commands]
        ended = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        calls = list(recorded(record))
        disk, done = Disk(root), [Holdings((), (), ())]
        for call in calls:
            if disk.play(call) == DONE:
                put(disk.tree, root.parent / "done", None)
                done.append(holdings(root.parent / "done"))
                shutil.rmtree(root.parent / "done")
        assert done[-1] == holdings(root)
        assert len(done) == len(commands) + 1
        yield Recording(root, calls, done, erased=len(commands) - 1)


def checked(home: Home) -> tuple[int, str]:
    """What `check` answers."""
    with redirect_stdout(StringIO()) as said, redirect_stderr(said):
        return indexing.check(home, deep=False), said.getvalue()


def mended(home: Home) -> None:
    """`check` finds nothing, or nothing after what it says helps."""
    status, said = checked(home)
    if status:
        assert "podshivka reindex" in said, said
        assert "podshivka restore" not in said, said
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            indexing.reindex(home, 1)
        assert checked(home)[0] == 0, (said, checked(home))


def is_between(found: Holdings, before: Holdings, after: Holdings) -> bool:
    """Everything is as before a command or as after it."""
    return all(now in (one, other) for now, one, other in zip(found, before, after, strict=True))


@pytest.mark.parametrize("cuts", [200, pytest.param(5000, marks=pytest.mark.long)])
def test_nothing_that_was_done_is_lost(recording: Recording, cuts: int) -> None:
    chance, (root, calls, expected, erased) = Random(cuts), recording
    changing = [number for number, call in enumerate(calls) if call.name not in ("openat", "close", "lseek")]
    moments = Counter(chance.choices(changing, k=cuts))
    disk, done, after = Disk(root), 0, root.parent / "after the cut"
    for number, call in enumerate(calls):
        done += disk.play(call) == DONE
        for _ in range(moments[number]):
            put(disk.tree, after, chance)
            found = holdings(after)
            assert done < erased or not traces(after, TRACES), (number, done, call.name)
            following = expected[min(done + 1, len(expected) - 1)]
            assert is_between(found, expected[done], following), (number, done, call.name)
            if (after / "home").exists():
                mended(Home(after / "home"))
                assert holdings(after).archive == found.archive
            shutil.rmtree(after)

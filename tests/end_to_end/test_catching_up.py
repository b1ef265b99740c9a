"""A server opens an archive whose index lags: readers are answered at once, the index is brought up beside them."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from archive.article import Article
from archive.disk.lock import writing
from archive.home import Home
from archive.store.store import Store
from indexer.index import verify as check
from indexer.storage.arrays import TornIndex
from scripts.serving.upkeep import catch_up, catch_up_beside
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.killable_client import ROOT
from tests.support.random_archives import published_home

READ_ONLY = ("unshare", "--mount", "--map-root-user", "--user", "sh", "-c")
MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$1" -c "$2" "$0"'
OPENED = """
import sys
from pathlib import Path
from archive.home import Home
from scripts.serving.upkeep import catch_up
from search.request import SearchRequest
from search.searcher import Searcher
home = Home(Path(sys.argv[1]))
print(catch_up(home, sample=True), Searcher(home).search(SearchRequest()).total)
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return published_home(tmp_path, [[Article(str(n), (f"Завод {n}",)) for n in range(5)]])


def found(home: Home) -> int:
    return Searcher(home).search(SearchRequest()).total


def killed_before_indexing(home: Home) -> None:
    with Store(home.store, write=True) as store:
        batch = store.begin_batch("партия", "партия")
        store.stage(batch, [Article("новая", ("Новый завод",))])
        store.publish_batch(batch)


def killed_while_comparing(home: Home) -> None:
    with Store(home.store, write=True) as store:
        for statement in ("DELETE FROM imprints", "UPDATE batches SET compared = 0"):
            store._database.change(statement)


def of_an_earlier_version(home: Home) -> None:
    (table,) = home.index.glob("gen-*/roll-*")
    table.unlink()


@pytest.mark.parametrize(
    ("left", "articles"), [(killed_before_indexing, 6), (killed_while_comparing, 5), (of_an_earlier_version, 5)]
)
def test_an_index_that_lags_is_searched_and_brought_up(
    home: Home, left: Callable[[Home], None], articles: int, capsys: pytest.CaptureFixture[str]
) -> None:
    catch_up_beside(home)  # compared, as `podshivka add` leaves it
    assert not catch_up(home, sample=False)
    left(home)
    assert catch_up(home, sample=False)
    assert found(home) == 5
    capsys.readouterr()
    catch_up_beside(home)
    assert capsys.readouterr().out == "Индекс догнал архив.\n"
    assert not catch_up(home, sample=False)
    assert found(home) == articles


def test_without_an_index_nobody_is_answered_wrong_before_there_is_one(home: Home) -> None:
    for lose in (lambda: shutil.rmtree(home.index), lambda: (home.index / "current").write_text("gen-7")):
        lose()
        assert catch_up(home, sample=False)
        with pytest.raises(TornIndex):
            found(home)
        catch_up_beside(home)
        assert not catch_up(home, sample=False)
        assert found(home) == 5
        with Store(home.store) as store:
            assert check.check(store, home.index) == ()


def test_nothing_is_made_where_there_is_no_archive(tmp_path: Path) -> None:
    assert not catch_up(Home(tmp_path / "нет"), sample=False)
    assert not (tmp_path / "нет").exists()


def test_who_writes_brings_it_up_himself(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    killed_before_indexing(home)
    holder = "import sys, pathlib\nfrom archive.disk.lock import writing\n" + (
        "with writing(pathlib.Path(sys.argv[1]), 'podshivka add'):\n    print('held', flush=True)\n    input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", holder, str(home.path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout
    assert other.stdout.readline() == b"held\n"
    assert not catch_up(home, sample=False)
    assert "Пока ищем в прежнем индексе." in capsys.readouterr().err
    catch_up_beside(home)
    assert "догнал" not in capsys.readouterr().out
    other.communicate(b"\n")
    with writing(home.path, "podshivka log"):
        assert found(home) == 5


@pytest.mark.parametrize("lagging", [False, True])
def test_a_home_that_cannot_be_written_is_served(home: Home, lagging: bool) -> None:
    if subprocess.run([*READ_ONLY, "true"], capture_output=True).returncode:
        pytest.skip("no mount of one's own here")
    catch_up_beside(home)
    if lagging:
        killed_before_indexing(home)
    done = subprocess.run(
        [*READ_ONLY, MOUNTED, str(home.path), sys.executable, OPENED], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.split() == ["False", "5"], done.stderr
    assert ("не записать: ищем в том индексе, какой есть." in done.stderr) == lagging


def test_a_server_answers_while_its_index_catches_up(home: Home) -> None:
    killed_before_indexing(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "scripts.cli", "serve", "--port", str(port), "--log-format", "none"],
        cwd=ROOT,
        env={**os.environ, "PODSHIVKA_HOME": str(home.path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout
        said = [server.stdout.readline().strip() for _ in range(4)]
        assert said[1:] == [
            "Подшивка открыта; остановить – Ctrl-C. Адрес:",
            f"http://127.0.0.1:{port}",
            "Индекс отстаёт от архива: догоняет, пока вы ищете.",
        ]
        assert json.load(urlopen(f"http://127.0.0.1:{port}/healthz"))["articles"] in (5, 6)
        assert server.stdout.readline() == "Индекс догнал архив.\n"
        assert found(home) == 6
    finally:
        server.kill()
        server.communicate()

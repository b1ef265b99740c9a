"""What is newly published is seen, by many threads at once, and what cannot be opened holds up nobody."""

import threading
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from indexer.index.generations import current
from indexer.index.schema import ARRAYS_EXTENSION
from indexer.storage.arrays import TornIndex
from search.local import live_snapshot
from search.request import SearchRequest
from search.searcher import Searcher
from tests.search.test_searcher import article
from tests.support.random_archives import add, published_home


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks for a new index at every request."""
    monkeypatch.setattr(live_snapshot, "SECONDS_BETWEEN_LOOKS", 0)


@pytest.mark.usefixtures("eager")
def test_what_is_published_is_seen_and_what_is_removed_is_gone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    searcher = Searcher(home)
    assert searcher.search(SearchRequest()).total == 0
    with Store(home.store, write=True) as store:
        for number in range(3):
            add(home, store, [article(number, f"Завод {number}")])
            assert searcher.search(SearchRequest("завод")).total == number + 1
        store.remove([2])
        before = searcher.search(SearchRequest("завод"))  # the index still has it
        assert (before.total, {hit.own_id for hit in before.hits}) == (2, {"0", "2"})
        assert searcher.article(2) is None
        build.update(store, home.index)
        assert searcher.search(SearchRequest("завод")).total == 2
        add(home, store, [article(0, "Погода")])
        assert searcher.search(SearchRequest("завод")).total == 1
        build.rebuild(store, home.index)
        assert searcher.search(SearchRequest()).total == 2


@pytest.mark.usefixtures("eager")
def test_threads_share_a_searcher_while_the_index_grows(tmp_path: Path) -> None:
    home = published_home(tmp_path, [[article(0, "Завод 0")]])
    searcher = Searcher(home)
    done = threading.Event()
    wrong: list[object] = []

    def ask() -> None:
        while not done.is_set():
            try:
                result = searcher.search(SearchRequest("завод", size=100))
                if result.total != len(result.hits) or result.total != result.facets[0].base:
                    wrong.append(result)
            except Exception as error:
                wrong.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    with Store(home.store, write=True) as store:
        for number in range(1, 5):
            add(home, store, [article(number, f"Завод {number}")])
    done.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert searcher.search(SearchRequest("завод")).total == 5


def test_a_new_index_is_seen_within_a_second(tmp_path: Path) -> None:
    home = published_home(tmp_path, [[article(0, "Завод 0")]])
    searcher = Searcher(home)
    assert searcher.search(SearchRequest()).total == 1
    with Store(home.store, write=True) as store:
        add(home, store, [article(1, "Завод 1")])
    time.sleep(live_snapshot.SECONDS_BETWEEN_LOOKS)
    assert searcher.search(SearchRequest()).total == 2


@pytest.mark.usefixtures("eager")
def test_an_index_that_takes_long_to_open_holds_up_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = published_home(tmp_path, [[article(0, "Завод 0")]])
    searcher = Searcher(home)
    assert searcher.search(SearchRequest()).total == 1
    monkeypatch.setattr(live_snapshot, "SECONDS_WAITED", -1)
    opening, open_index = Event(), live_snapshot.open_index

    def opened(*arguments: Any) -> Any:
        opening.wait(30)
        return open_index(*arguments)

    monkeypatch.setattr(live_snapshot, "open_index", opened)
    with Store(home.store, write=True) as store:
        add(home, store, [article(1, "Завод 1")])
    assert [searcher.search(SearchRequest("завод")).total for _ in range(3)] == [1, 1, 1]
    opening.set()
    until = time.monotonic() + 30
    while searcher.search(SearchRequest("завод")).total == 1 and time.monotonic() < until:
        time.sleep(0.01)
    assert searcher.search(SearchRequest("завод")).total == 2


@pytest.mark.usefixtures("eager")
def test_a_torn_index_leaves_the_snapshot_there_is(tmp_path: Path) -> None:
    home = published_home(tmp_path, [[article(0, "Завод 0")]])
    searcher = Searcher(home)
    assert searcher.search(SearchRequest()).total == 1
    with Store(home.store, write=True) as store:
        add(home, store, [article(1, "Завод 1")])
        folder = current(home.index)
        assert folder
        for file in folder.glob("*" + ARRAYS_EXTENSION):
            whole = file.read_bytes()
            file.unlink()  # what is mapped stays whole
            file.write_bytes(whole[:-100])
        assert searcher.search(SearchRequest()).total == 1
        with pytest.raises(TornIndex):
            Searcher(home).search(SearchRequest())
        build.update(store, home.index)
        assert searcher.search(SearchRequest()).total == 2

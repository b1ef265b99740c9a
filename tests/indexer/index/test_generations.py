"""The generation before can be gone back to; what a killed rebuild left goes."""

from pathlib import Path

import pytest

from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from indexer.index import verify as check
from indexer.index.generations import current, generations
from search.request import SearchRequest
from search.searcher import Searcher
from tests.indexer.index.test_build import add, articles


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Home(tmp_path).store, write=True)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return Home(tmp_path).index


def found(store: Store, text: str) -> int:
    return Searcher(Home(store.path.parent)).search(SearchRequest(text)).total


def test_back_to_the_generation_before(store: Store, index: Path) -> None:
    with pytest.raises(build.NoneEarlier, match="Прежнего индекса нет"):
        build.roll_back(store, index)
    add(store, articles("завод", "сталь"))
    build.update(store, index)
    with pytest.raises(build.NoneEarlier, match="Прежнего индекса нет"):
        build.roll_back(store, index)
    build.rebuild(store, index)
    add(store, articles("уголь"))
    build.update(store, index)
    store.remove([2])
    report = build.roll_back(store, index)
    assert (report.rebuilt, report.articles) == (False, 2)
    assert sorted(generations(index)) == [1]
    assert check.check(store, index) == ()
    assert [found(store, text) for text in ("завод", "сталь", "уголь")] == [1, 0, 1]
    build.rebuild(store, index)
    assert sorted(generations(index)) == [1, 2]


def test_a_torn_generation_is_not_gone_back_to(store: Store, index: Path) -> None:
    add(store, articles("завод"))
    build.rebuild(store, index)
    build.rebuild(store, index)
    [arrays] = generations(index)[1].glob("*.arrays")
    data = bytearray(arrays.read_bytes())
    data[-1] ^= 255
    arrays.write_bytes(data)
    with pytest.raises(build.NoneEarlier, match=r"Прежний индекс не годится: файл индекса .* повреждён"):
        build.roll_back(store, index)
    assert current(index) == generations(index)[2]


def test_what_a_killed_rebuild_left_goes(store: Store, index: Path) -> None:
    add(store, articles("завод"))
    build.update(store, index)
    (index / "gen-2").mkdir()
    add(store, articles("сталь"))
    build.update(store, index)
    assert sorted(generations(index)) == [1]

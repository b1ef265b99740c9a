"""The index built anew is verified before it is switched to; the one before can be gone back to."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.home import Home
from archive.store.store import Store
from indexer.annotation import Annotation
from indexer.index import build, segment_writer
from indexer.index import verify as check
from indexer.index.document import IndexDocument, index_document
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


def less(values: Mapping[Any, Any]) -> dict[Any, Any]:
    return dict(list(values.items())[1:])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: replace(document, forms=(*document.forms[:-1], "уголь")),
        lambda document: replace(document, forms=document.forms[:-1]),
        lambda document: replace(document, forms=("завод", *document.forms)),
        lambda document: replace(document, extra=less(document.extra)),
        lambda document: replace(document, names=less(document.names)),
        lambda document: replace(document, names={**document.names, "p:лишний|||m": "Лишний"}),
        lambda document: replace(document, minute=document.minute + 1),
        lambda document: replace(document, id=document.id + 7),
        lambda document: replace(document, version=document.version + 1),
    ],
)
def test_a_wrong_index_is_not_switched_to(
    store: Store, index: Path, spoil: Callable[[IndexDocument], IndexDocument]
) -> None:
    add(store, articles("завод заводы завод", "приём у Мантурову сталь стали"))
    build.update(store, index)
    before = current(index)

    def spoilt(*given: Any) -> IndexDocument:
        document = index_document(*given)
        return spoil(document) if document.names else document

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment_writer, "index_document", spoilt)
        with pytest.raises(segment_writer.BuildError, match="не прошёл проверку, служит прежний: "):
            build.rebuild(store, index)
    assert current(index) == before
    assert list(generations(index).values()) == [before]
    assert check.check(store, index) == ()
    assert build.rebuild(store, index).rebuilt


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


def test_names_found_by_an_earlier_annotator_are_told_until_a_rebuild(store: Store, index: Path) -> None:
    add(store, articles("завод"))
    with pytest.MonkeyPatch.context() as patch:
        for module in (build, check, segment_writer):
            patch.setattr(module, "ANNOTATOR", "прежний")
        patch.setattr(segment_writer, "annotate", lambda texts: [Annotation(()) for _ in texts])
        build.update(store, index)
    add(store, articles("сталь", "уголь"))
    build.update(store, index)
    assert check.check(store, index) == ("имена в индексе определены прежней версией программы",)
    build.rebuild(store, index)
    assert check.check(store, index) == ()

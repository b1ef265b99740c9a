"""The index built anew is verified before it is switched to; an earlier annotator is told."""

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
from tests.indexer.index.test_build import add, articles


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Home(tmp_path).store, write=True)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return Home(tmp_path).index


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

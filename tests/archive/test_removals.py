"""Batches and articles out of the archive and in again, in any order: store, index and log against a plain model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article
from archive.errors import StoreError
from archive.home import Home
from archive.store.store import Store
from indexer.annotation import Annotation, encode
from indexer.index import build
from indexer.index import verify as check
from indexer.pipeline import ANNOTATOR
from search.request import SearchRequest
from search.searcher import Searcher

IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


def article(name: str, text: str) -> Article:
    return Article(path=name, paragraphs=(f"{name} {text}",))


def add(store: Store, articles: Sequence[Article], restore: bool = False) -> int:
    batch = store.begin_batch("партия", "партия")
    store.stage(batch, articles)
    store.save_annotations(ANNOTATOR, {one.digest: encode(Annotation(())) for one in articles})
    store.publish_batch(batch, restore_removed=restore)
    return batch


def shown(store: Store) -> dict[str, str]:
    """What the archive shows: name → text."""
    found = (store.article(change.id) for change in store.changes(0) if not change.removed)
    return {one.article.path: one.article.text for one in found if one}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive.sqlite", write=True)


def test_a_batch_comes_back_as_it_was(store: Store) -> None:
    add(store, [article("а", "1"), article("б", "1")])
    add(store, [article("а", "2"), article("в", "2")])
    before = shown(store)
    assert store.remove_batch(2, "лишняя", "архивист") == (1, 1)
    assert shown(store) == {"а": "а 1", "б": "б 1"}
    assert store.unremove_batch(2, "не лишняя", "архивист") == (1, 1)
    assert shown(store) == before
    assert [batch.status for batch in store.batches()] == ["published", "published"]
    assert [(entry.what, entry.batch, entry.why) for entry in store.log()][2:] == [
        ("remove batch", 2, "лишняя"),
        ("unremove batch", 2, "не лишняя"),
    ]
    for batch, sentence in ((2, "и так в архиве"), (7, "Партии 7 нет")):
        with pytest.raises(StoreError, match=sentence):
            store.unremove_batch(batch)


@pytest.mark.parametrize("singly_first", [True, False])
def test_what_was_removed_singly_stays_removed(store: Store, singly_first: bool) -> None:
    add(store, [article("а", "1"), article("б", "1"), article("в", "1")])
    add(store, [article("а", "2"), article("б", "2")])
    if singly_first:
        store.remove([1])
        assert store.remove_batch(2) == (0, 1)
    else:
        assert store.remove_batch(2) == (0, 2)
        store.remove([1])
    assert store.unremove_batch(2) == (0, 1)
    assert shown(store) == {"б": "б 2", "в": "в 1"}
    assert store.unremove([1]) == (1,)
    assert shown(store) == {"а": "а 2", "б": "б 2", "в": "в 1"}


def test_a_later_batch_keeps_its_texts(store: Store) -> None:
    add(store, [article("а", "1"), article("б", "1")])
    store.remove_batch(1)
    add(store, [article("а", "2")], restore=True)
    assert store.unremove_batch(1) == (1, 0)
    assert shown(store) == {"а": "а 2", "б": "б 1"}
    assert store.remove_batch(2) == (0, 1)
    assert shown(store) == {"а": "а 1", "б": "б 1"}


def test_batches_taken_out_and_put_back_crosswise(store: Store) -> None:
    for text in "123":
        add(store, [article("а", text)])
    store.remove_batch(2)
    store.remove_batch(3)
    assert shown(store) == {"а": "а 1"}
    store.unremove_batch(2)
    assert shown(store) == {"а": "а 2"}
    store.unremove_batch(3)
    assert shown(store) == {"а": "а 3"}


def test_one_article_of_a_removed_batch_can_be_named(store: Store) -> None:
    add(store, [article("а", "1"), article("б", "1")])
    store.remove_batch(1)
    assert store.unremove([2]) == (2,)
    assert shown(store) == {"б": "б 1"}
    assert [batch.status for batch in store.batches()] == ["removed"]
    assert store.unremove_batch(1) == (1, 0)
    assert shown(store) == {"а": "а 1", "б": "б 1"}
    assert store.remove_batch(1) == (2, 0)  # the naming was of the removal before
    assert list(store.log())[2].articles == (2,)


@dataclass
class Model:
    """The archive as all that was ever done to it, read anew for every question."""

    batches: list[dict[str, tuple[int, str]]] = field(default_factory=list)  # the versions each brought: (when, text)
    out: dict[int, int] = field(default_factory=dict)  # batches taken out, and when
    single: dict[str, tuple[str, int]] = field(default_factory=dict)  # the last thing done to an article by itself
    named: dict[tuple[str, int], int] = field(default_factory=dict)  # (name, batch) put back, and when
    last: dict[str, int] = field(default_factory=dict)  # the batch whose text an article showed last
    now: int = 0

    def stands(self, name: str) -> int | None:
        """The batch whose text of an article stands."""
        return max((n for n in range(1, len(self.batches) + 1) if self.holds(n, name)), default=None)

    def holds(self, batch: int, name: str) -> bool:
        """Whether a batch's text of an article stands, if under later ones."""
        if name not in self.batches[batch - 1]:
            return False
        return batch not in self.out or self.named.get((name, batch), 0) > self.out[batch]

    def shown(self) -> dict[str, str]:
        found = {}
        for name in {name for batch in self.batches for name in batch}:
            batch = self.stands(name)
            if batch is not None:
                self.last[name] = batch
                if not self.taken(name, batch):
                    found[name] = self.batches[batch - 1][name][1]
        return found

    def taken(self, name: str, batch: int) -> bool:
        """Whether an article was taken out by itself after the batch delivered it."""
        what, moved = self.single.get(name, ("unremove", 0))
        return what == "remove" and moved > self.batches[batch - 1][name][0]

    def stays_out(self, name: str, text: str, is_shown: bool, restore: bool) -> bool:
        """Whether a text that comes again is not taken in, because it was taken out."""
        had = [number for number, batch in enumerate(self.batches, 1) if name in batch]
        if had and not is_shown:
            return not restore or self.single.get(name, ("", 0))[0] == "remove"
        return not restore and any(
            self.batches[number - 1][name][1] == text and not self.holds(number, name) for number in had
        )

    def do(self, step: tuple[str, object]) -> bool:
        """Whether the step is one that changes something."""
        self.now += 1
        what, of = step
        before = self.shown()
        known = {name for batch in self.batches for name in batch}
        if what in ("add", "restore"):
            assert isinstance(of, dict)
            self.batches.append(
                {
                    name: (self.now, text)
                    for name, text in of.items()
                    if before.get(name) != text and not self.stays_out(name, text, name in before, what == "restore")
                }
            )
        elif isinstance(of, int):
            if of > len(self.batches) or (of in self.out) == (what == "remove"):
                return False
            if what == "remove":
                self.out[of] = self.now
            else:
                del self.out[of]
        else:
            assert isinstance(of, str)
            if of not in known or (of in before) == (what == "unremove"):
                return False
            self.single[of] = (what, self.now)
            if what == "unremove":
                self.named[of, self.stands(of) or self.last[of]] = self.now
        self.shown()
        return True


NAME = st.sampled_from("абв")
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "restore"]), st.dictionaries(NAME, st.sampled_from(["1", "2", "3"]), min_size=1))
    | st.tuples(st.sampled_from(["remove", "unremove"]), NAME | st.integers(1, 4)),
    max_size=14,
)


def do(
    store: Store, ids: dict[str, int], step: tuple[str, object], print_it: Callable[[str, str], Article] = article
) -> bool:
    """The step in the store; whether it changed something."""
    what, of = step
    if what in ("add", "restore"):
        assert isinstance(of, dict)
        batch = add(store, [print_it(name, text) for name, text in of.items()], restore=what == "restore")
        ids.update({item.path: item.article for item in store.items(batch) if item.article})
        return True
    if isinstance(of, int):
        try:
            store.remove_batch(of) if what == "remove" else store.unremove_batch(of)
        except StoreError:
            return False
        return True
    assert isinstance(of, str)
    named = [ids.get(of, 99)]
    return bool(store.remove(named) if what == "remove" else store.unremove(named))


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_any_order_agrees_with_the_model(steps: list[tuple[str, object]]) -> None:
    model, ids = Model(), dict[str, int]()
    with TemporaryDirectory(dir=IN_MEMORY) as folder, Store(Path(folder) / "archive.sqlite", write=True) as store:
        for step in steps:
            revision = store.revision()
            changed = model.do(step)
            assert do(store, ids, step) == changed
            expected = {name: f"{name} {text}" for name, text in model.shown().items()}
            assert shown(store) == expected
            assert store.revision() == revision + changed == len(list(store.log()))
            assert store.contents().articles == len(expected)
            for batch in store.batches():
                assert (batch.status == "removed") == (batch.id in model.out)
                if batch.status == "published":
                    store.remove_batch(batch.id)
                    store.unremove_batch(batch.id)
                    model.now += 2
                    assert shown(store) == expected


@settings(max_examples=12, deadline=None)
@given(STEPS)
def test_the_index_follows(steps: list[tuple[str, object]]) -> None:
    with TemporaryDirectory(dir=IN_MEMORY) as folder, Store(Home(Path(folder)).store, write=True) as store:
        ids = dict[str, int]()
        for step in steps:
            do(store, ids, step)
            build.update(store, Path(folder) / "index")
        assert check.check(store, Path(folder) / "index") == ()
        expected = shown(store)
        for text in "123":
            found = Searcher(Home(Path(folder))).search(SearchRequest(text))
            assert {hit.id for hit in found.hits} == {ids[name] for name in expected if expected[name][-1] == text}

"""Texts of a batch that was killed and never given again: told, kept for whoever gives it again, dropped by reindex."""

from pathlib import Path

import pytest

from archive.article import Article
from archive.home import Home
from archive.store.store import Store
from indexer.annotation import Annotation, encode
from indexer.pipeline import ANNOTATOR
from tests.support.random_archives import add, published_home
from tests.support.run_command import Command, Said, typed

FIRST = [Article(str(n), (f"Завод номер {n}",), source="Вести") for n in range(4)]
KILLED = [*FIRST[:1], *(Article(str(n), (f"Стан номер {n}",), source="Вести") for n in range(10, 13))]
TOLD = "Текстов, которых нет ни в одной статье: 3."


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A batch stands in it; of another, a run was killed when the names in it had been found."""
    home = published_home(tmp_path, [FIRST])
    with Store(home.store, write=True) as store:
        store.stage(store.begin_batch("вторая", "вторая"), KILLED)
        store.save_annotations(ANNOTATOR, {one.digest: encode(Annotation(())) for one in KILLED})
    return home


@pytest.fixture
def podshivka(home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("PODSHIVKA_HOME", str(home.path))

    def run(*arguments: object) -> Said:
        return typed(arguments, capsys, monkeypatch)

    return run


def test_they_are_told_and_dropped_by_reindex(home: Home, podshivka: Command) -> None:
    said = podshivka("check", "--deep")
    assert (said.status, TOLD in said.out) == (0, True)
    said = podshivka("reindex")
    assert (said.status, "оставшихся от прерванной партии: 3." in said.out) == (0, True)
    said = podshivka("check", "--deep")
    assert (said.status, "ни в одной статье" in said.out) == (0, False)
    assert "оставшихся" not in podshivka("reindex").out
    with Store(home.store) as store:
        assert [batch.status for batch in store.batches()] == ["published"]
        assert set(store.annotations([one.digest for one in (*FIRST, *KILLED)], ANNOTATOR)) == {
            one.digest for one in FIRST
        }


def test_they_are_kept_for_the_batch_that_is_given_again(home: Home, podshivka: Command) -> None:
    with Store(home.store, write=True) as store:
        add(home, store, [Article("5", ("Срочное",), source="Вести")])
        assert store.unused_texts() == 3
        batch = store.begin_batch("вторая", "вторая")
        store.stage(batch, KILLED)
        assert not list(store.unannotated(ANNOTATOR, staged_only=True))
        counts = store.publish_batch(batch)
        assert (counts.new, counts.unchanged, store.unused_texts()) == (3, 1, 0)
        store.remove_batch(batch)
        assert store.drop_unused_texts() == 0  # what was removed can be put back
        assert store.unremove_batch(batch) == (3, 0)
    assert "ни в одной статье" not in podshivka("check").out

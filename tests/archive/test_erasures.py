"""What is destroyed leaves no word in the store: in reports, names of batches, names of persons; its hashes know it."""

import sqlite3
from pathlib import Path

import pytest

from archive.article import Article
from archive.errors import StoreError
from archive.records.log import BatchCounts, archive_id
from archive.store.store import Store

GONE = "уничтоженная статья 1"


def article(path: str, *paragraphs: str, own_id: str | None = None) -> Article:
    return Article(path=path, paragraphs=paragraphs, own_id=own_id, source="Вестник")


def add(store: Store, *items: Article, name: str = "партия") -> BatchCounts:
    batch = store.begin_batch(name, f"/страницы/{name}")
    store.stage(batch, items)
    return store.publish_batch(batch, "архивист")


def erase(store: Store, *ids: int) -> tuple[int, ...]:
    return store.erasures.erase(ids, "суд", "архивист", (), ())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "archive.sqlite", write=True)


def test_reports_and_batches_do_not_name_its_file(store: Store, tmp_path: Path) -> None:
    add(
        store,
        article("тайна.html", "Тайна.", own_id="1"),
        article("ещё.html", "Иное.", own_id="1"),
        article("снова.html", "Тайна.", own_id="1"),
        article("сев.html", "Тайна."),
    )
    add(store, article("тайна.html", "Тайна.", own_id="1"), name="тайна.html")
    assert erase(store, 1, 1, 9) == (1,)
    store.erasures.purge()
    assert "тайна.html" not in " ".join(f"{item.path} {item.reason}" for batch in (1, 2) for item in store.items(batch))
    assert [item.reason for item in store.items(1)] == [
        None,
        "В этой партии тот же номер, адрес или имя уже у другого текста: уничтоженная статья. Оставлен первый.",
        "то же, что в уничтоженной статье",
        "тот же текст, что в уничтоженной статье",
    ]
    assert [item.path for item in store.items(1)] == [GONE, "ещё.html", GONE, GONE]
    assert [(batch.name, batch.path) for batch in store.batches()] == [("партия", "/страницы/партия"), ("партия 2", "")]
    assert store.check(lambda *_: None) == ()
    store.close()
    assert "айна".encode() not in (tmp_path / "archive.sqlite").read_bytes()


def test_what_was_destroyed_twice_is_destroyed_once(store: Store) -> None:
    add(store, article("а", "Раз."), article("б", "Два."))
    assert erase(store, 1) == (1,)
    assert erase(store, 1) == ()
    assert store.erasures.numbers() == [1]
    assert store.erasures.numbers(after=2) == []
    assert store.erasures.lifetime(1) == (1, 2)
    assert store.remove([1]) == store.unremove([1]) == ()
    assert [(change.id, change.removed) for change in store.changes(1)] == [(1, True)]
    assert store.taken_out(1) == [(1, 1)]
    assert store.contents().articles == 1


def test_its_text_and_its_identity_are_known_again(store: Store) -> None:
    add(store, article("а", "Раз.", own_id="7"), article("б", "Два."))
    erase(store, 1)
    again = (article("в", "Раз."), article("г", "Иное.", own_id="7"), article("б", "Два."), article("д", "Три."))
    assert [item.outcome for item in store.compare(again)] == ["erased", "erased", "unchanged", "new"]
    assert add(store, *again) == BatchCounts(read=4, new=1, unchanged=1, erased=2)
    assert [(item.path, item.article) for item in store.items(2)][:2] == [("статья 1", 1), ("статья 1", 1)]
    assert "другое имя" in (list(store.items(2))[1].reason or "")
    assert store.remove_batch(1) == (1, 0)
    assert store.unremove_batch(1) == (1, 0)
    assert store.article(1) is None


def test_a_text_that_another_article_prints_stays_with_it(store: Store) -> None:
    other = Article(path="а", paragraphs=("Раз.",), source="Другая газета")
    add(store, article("а", "Раз."), other)
    assert store.erasures.sharing(1) == [2]
    erase(store, 1)
    assert add(store, other, article("а", "Раз.")) == BatchCounts(read=2, unchanged=1, erased=1)
    erase(store, 2)
    assert add(store, article("б", "Раз.")) == BatchCounts(read=1, erased=1)


def test_the_archive_is_known_by_its_backups_as_before(store: Store) -> None:
    add(store, article("тайна.html", "Тайна."), name="тайна.html")
    add(store, article("б", "Два."))
    before = store.erasures.archive
    erase(store, 1)
    assert store.erasures.archive == before == archive_id(store._database)


def test_a_reader_that_keeps_the_journal_busy_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, article("а", "Раз."))
    erase(store, 1)
    with sqlite3.connect(store.path) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM log").fetchone()
        store._database.change("PRAGMA busy_timeout = 100")
        with pytest.raises(StoreError, match=r"читает другая программа|занят"):
            store.erasures.purge()
    reader.close()
    store.erasures.purge()

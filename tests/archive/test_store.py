"""The store loses nothing and doubles nothing, whatever batches it takes and gives back."""

import datetime as dt
import os
import sqlite3
import sys
import threading
from collections import Counter
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article, ExportedArticle, Published, Rejection, StoredArticle
from archive.database.tables import MIGRATIONS
from archive.errors import StoreError
from archive.records.log import BatchCounts
from archive.store.store import Store

IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # hundreds of archives, each synced to disk
PLANT = Article(
    path="2003/a.html",
    title="Новый стан",
    paragraphs=("На «Красном Октябре» пустили стан.", "Его ждали год."),
    published=Published(dt.date(2003, 5, 12), dt.time(14, 5), "page"),
    source="Волгоградская правда",
    own_id="17",
    url="https://example.ru/17",
    author="А. Петрова",
    rubric="Экономика",
    issue="88",
    page="2",
    persons=("Иван Петров",),
    enterprises=("Красный Октябрь", "Титан-Баррикады"),
    encoding="windows-1251",
    warnings=("короткий текст",),
)


def add(store: Store, *items: Article | Rejection, name: str = "партия", restore_removed: bool = False) -> BatchCounts:
    batch = store.begin_batch(name, name)
    store.stage(batch, items)
    return store.publish_batch(batch, who="архивист", restore_removed=restore_removed)


def text(path: str, *paragraphs: str, source: str | None = None) -> Article:
    return Article(path=path, paragraphs=paragraphs, source=source)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "дом" / "archive.sqlite", write=True)


def test_an_article_comes_back_as_it_was(store: Store, tmp_path: Path) -> None:
    bare = text("б.txt", "Без заголовка и даты.")
    titled = Article(path="в.txt", title="Только заголовок", paragraphs=())
    assert add(store, PLANT, bare, titled) == BatchCounts(read=3, new=3)
    with Store(tmp_path / "дом" / "archive.sqlite") as reader:
        assert reader.article(1) == StoredArticle(1, 1, 1, PLANT)
        assert reader.articles([(1, 1), (2, 1), (3, 1), (9, 1), (1, 2)]) == {
            (1, 1): StoredArticle(1, 1, 1, PLANT),
            (2, 1): StoredArticle(2, 1, 1, bare),
            (3, 1): StoredArticle(3, 1, 1, titled),
        }
        assert reader.article(4) is None


def test_again_is_unchanged_and_another_text_is_a_version(store: Store) -> None:
    add(store, PLANT)
    assert add(store, replace(PLANT, path="другое имя.html", encoding="utf-8")) == BatchCounts(read=1, unchanged=1)
    corrected = replace(PLANT, paragraphs=("На «Красном Октябре» пустили два стана.",))
    assert add(store, corrected) == BatchCounts(read=1, changed=1)
    assert store.article(1) == StoredArticle(1, 2, 3, corrected)
    assert store.article(1, version=1) == StoredArticle(1, 1, 1, PLANT)
    assert add(store, replace(corrected, rubric="Город")) == BatchCounts(read=1, changed=1)


def test_the_same_text_under_another_name_of_the_same_source_is_unchanged(store: Store) -> None:
    first, copy, elsewhere = text("а.txt", "Одно."), text("б.txt", "Одно."), text("а.txt", "Одно.", source="Вестник")
    assert add(store, first, copy, elsewhere) == BatchCounts(read=3, new=2, unchanged=1)
    assert add(store, copy, first) == BatchCounts(read=2, unchanged=2)
    assert add(store, text("б.txt", "Другое.")) == BatchCounts(read=1, new=1)


@pytest.mark.parametrize("order", [("а", "б"), ("б", "а")])
def test_a_text_that_leaves_one_name_stays_under_the_other(store: Store, order: tuple[str, str]) -> None:
    add(store, text("а", "Старое."))
    items = {"а": text("а", "Новое."), "б": text("б", "Старое.")}
    assert add(store, *(items[name] for name in order)) == BatchCounts(read=2, new=1, changed=1)
    assert add(store, *items.values()) == BatchCounts(read=2, unchanged=2)


def test_two_texts_of_one_identity_in_a_batch(store: Store) -> None:
    batch = (replace(PLANT, path="d:1"), replace(PLANT, path="d:2", title="Иначе"), replace(PLANT, path="d:3"))
    assert add(store, *batch) == BatchCounts(read=3, new=1, unchanged=1, rejected=1)
    assert add(store, *batch) == BatchCounts(read=3, unchanged=2, rejected=1)
    (refused,) = [item for item in store.items(2) if item.outcome == "rejected"]
    assert refused.path == "d:2"
    assert "d:1" in (refused.reason or "")


def test_rejections_are_counted_and_kept(store: Store) -> None:
    assert add(store, Rejection("скан.pdf", "это не текст: PDF"), PLANT) == BatchCounts(read=2, new=1, rejected=1)
    first, second = store.items(1)
    assert (first.path, first.outcome, first.reason, first.article) == (
        "скан.pdf",
        "rejected",
        "это не текст: PDF",
        None,
    )
    assert (second.outcome, second.article, second.published, second.warnings) == (
        "new",
        1,
        PLANT.published,
        PLANT.warnings,
    )
    (batch,) = store.batches()
    assert (batch.name, batch.status, batch.counts) == ("партия", "published", BatchCounts(2, 1, 0, 0, 1))


def test_a_dry_run_says_the_same_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    add(store, PLANT, text("а", "Одно."))
    again = (replace(PLANT, title="Иначе"), text("б", "Одно."), text("в", "Два."), Rejection("г", "пусто"))
    with Store(tmp_path / "дом" / "archive.sqlite") as reader:
        items = list(reader.compare(again))
        assert items == list(reader.compare(again))
    assert [item.outcome for item in items] == ["changed", "unchanged", "new", "rejected"]
    assert store.revision() == 1
    assert add(store, *again) == BatchCounts(read=4, new=1, changed=1, unchanged=1, rejected=1)
    assert [item.outcome for item in store.items(2)] == [item.outcome for item in items]
    with Store(tmp_path / "нет" / "archive.sqlite") as nowhere:
        assert [item.outcome for item in nowhere.compare(again)] == ["new", "new", "new", "rejected"]
    assert not (tmp_path / "нет").exists()


def test_nothing_is_seen_before_publishing_and_an_interrupted_batch_is_dropped(store: Store) -> None:
    store.stage(store.begin_batch("а", "а"), [PLANT])
    assert store.revision() == 0
    assert list(store.changes(0)) == []
    assert [batch.status for batch in store.batches()] == ["open"]
    assert add(store, PLANT) == BatchCounts(read=1, new=1)
    assert [batch.status for batch in store.batches()] == ["published"]


def test_an_error_while_publishing_leaves_all_as_it_was(store: Store) -> None:
    add(store, PLANT)
    with pytest.raises(StoreError, match="не открыта"):
        store.publish_batch(1)
    assert store.revision() == 1


def test_removed_articles_are_gone_and_stay_so_until_put_back(store: Store) -> None:
    add(store, PLANT, text("а", "Одно."))
    assert store.remove([1, 7], why="по решению суда", who="архивист") == (1,)
    assert store.article(1) is None
    assert store.articles([(1, 1), (2, 1)]).keys() == {(2, 1)}
    assert [(c.id, c.removed) for c in store.changes(1)] == [(1, True)]
    assert [(entry.what, entry.why) for entry in store.log()] == [("publish", ""), ("remove", "по решению суда")]
    assert add(store, PLANT) == BatchCounts(read=1, removed=1)
    assert store.article(1) is None
    assert store.unremove([1], why="договорились", who="архивист") == (1,)
    assert store.article(1) == StoredArticle(1, 1, 1, PLANT)


def test_a_batch_is_undone(store: Store) -> None:
    add(store, PLANT)
    add(store, replace(PLANT, title="Второй"), text("а", "Новая."), name="вторая")
    add(store, replace(PLANT, title="Третий"), name="третья")
    assert store.remove_batch(2) == (1, 0)  # «Второй» is not current any more
    assert store.article(2) is None
    assert store.remove_batch(3) == (0, 1)
    assert store.article(1) == StoredArticle(1, 1, 1, PLANT)
    assert [batch.status for batch in store.batches()] == ["published", "removed", "removed"]
    with pytest.raises(StoreError, match="уже убрана"):
        store.remove_batch(3)
    with pytest.raises(StoreError, match="нет"):
        store.remove_batch(9)
    assert store.remove_batch(1) == (1, 0)
    assert store.contents().articles == 0


def test_undoing_a_batch_that_brought_an_article_back_removes_it_again(store: Store) -> None:
    add(store, PLANT)
    store.remove_batch(1)
    add(store, PLANT, restore_removed=True)
    assert store.article(1) == StoredArticle(1, 2, 2, PLANT)
    assert store.remove_batch(2) == (1, 0)
    assert store.article(1) is None


AGAIN = (
    PLANT,
    replace(PLANT, title="Другой заголовок"),  # a later version
    replace(PLANT, own_id="другой"),  # its text under another identity
    replace(PLANT, source="Другая газета"),
    ExportedArticle(**{name: getattr(PLANT, name) for name in PLANT.__slots__}),
)


@pytest.mark.parametrize("again", AGAIN)
@pytest.mark.parametrize("restore", [False, True])
def test_what_was_removed_by_number_comes_again_by_unremove_only(store: Store, again: Article, restore: bool) -> None:
    add(store, PLANT)
    store.remove([1])
    assert [item.outcome for item in store.compare([again], restore_removed=restore)] == ["removed"]
    assert add(store, again, restore_removed=restore) == BatchCounts(read=1, removed=1)
    assert [(item.outcome, item.article) for item in store.items(2)] == [("removed", 1)]
    assert store.contents().articles == 0
    assert store.unused_texts() == 0
    assert store.check(lambda *_: None) == ()
    assert store.unremove([1]) == (1,)
    assert store.article(1) == StoredArticle(1, 1, 1, PLANT)


def test_what_went_out_with_its_batch_too_was_still_removed_by_number(store: Store) -> None:
    add(store, PLANT)
    store.remove([1])
    store.remove_batch(1)
    assert add(store, PLANT, restore_removed=True) == BatchCounts(read=1, removed=1)


def test_a_text_that_stands_elsewhere_is_no_secret(store: Store) -> None:
    add(store, PLANT, replace(PLANT, source="Другая газета"))
    store.remove([1])
    assert add(store, replace(PLANT, source="Третья газета")) == BatchCounts(read=1, new=1)


@pytest.mark.parametrize("again", AGAIN[:3])
def test_what_went_out_with_a_batch_is_taken_in_again_when_asked_for(store: Store, again: Article) -> None:
    add(store, PLANT, text("а", "Одно."))
    store.remove_batch(1)
    assert add(store, again) == BatchCounts(read=1, removed_batch=1)
    assert store.unused_texts() == 0
    assert [item.outcome for item in store.compare([again], restore_removed=True)] == ["new"]
    assert add(store, again, restore_removed=True) == BatchCounts(read=1, new=1)
    assert [stored.article for stored in store.current()] == [again]
    restored = int(again.own_id == PLANT.own_id)
    assert [(entry.what, entry.restored) for entry in store.log()][-1] == ("publish", restored)


def test_a_correction_that_went_out_with_its_batch_does_not_come_again_by_itself(store: Store) -> None:
    add(store, PLANT)
    add(store, replace(PLANT, title="Второй"))
    store.remove_batch(2)
    assert add(store, replace(PLANT, title="Второй")) == BatchCounts(read=1, removed_batch=1)
    assert store.article(1) == StoredArticle(1, 1, 1, PLANT)
    assert add(store, replace(PLANT, title="Третий")) == BatchCounts(read=1, changed=1)
    assert add(store, replace(PLANT, title="Второй"), restore_removed=True) == BatchCounts(read=1, changed=1)


def test_what_a_former_program_took_in_again_stands_until_it_is_taken_out(store: Store) -> None:
    """Before this rule an article removed by number came again with its next batch; it counts as removed by number."""
    add(store, PLANT)
    store.remove([1])
    store.begin_batch("прежняя", "прежняя")
    with sqlite3.connect(store.path) as file:
        file.execute("INSERT INTO log (at, who, what, batch) VALUES ('2020-01-01', '', 'publish', 2)")
        file.execute("UPDATE batches SET status = 'published' WHERE id = 2")
        columns = [name for _, name, *_ in file.execute("PRAGMA table_info(versions)")]
        names = ", ".join(name for name in columns if name not in ("version", "batch"))
        file.execute(f"INSERT INTO versions (version, batch, {names}) SELECT 2, 2, {names} FROM versions")
        file.execute("UPDATE articles SET removed = NULL, version = 2, revision = 3")
    file.close()
    assert store.article(1) == StoredArticle(1, 2, 2, PLANT)
    assert add(store, PLANT) == BatchCounts(read=1, unchanged=1)
    assert store.remove_batch(2) == (1, 0)
    assert add(store, PLANT, restore_removed=True) == BatchCounts(read=1, removed=1)


def test_a_later_text_of_what_stays_out_is_held_back_under_every_name(store: Store) -> None:
    add(store, text("а", "Одно."))
    store.remove([1])
    assert add(store, text("а", "Два."), text("б", "Два.")) == BatchCounts(read=2, removed=2)
    assert store.unused_texts() == 0


def test_annotations_are_kept_by_text(store: Store) -> None:
    add(store, PLANT, text("а", "Одно."))
    batch = store.begin_batch("вторая", "вторая")
    store.stage(batch, [text("б", "Два."), text("в", "Одно.")])
    assert {t for _, t in store.unannotated("v1", staged_only=True)} == {"Одно.", "Два."}
    seen = list(store.unannotated("v1"))
    assert sorted(t for _, t in seen) == sorted([PLANT.text, "Одно.", "Два."])
    store.save_annotations("v1", {digest: text.encode() for digest, text in seen})
    assert list(store.unannotated("v1")) == []
    assert len(list(store.unannotated("v2"))) == 3
    assert store.annotations([PLANT.digest, "нет"], "v1") == {PLANT.digest: PLANT.text.encode()}
    assert store.annotations([PLANT.digest], "v2") == {}
    add(store, text("б", "Два."))  # the interrupted batch again: its annotation is still there
    assert list(store.unannotated("v1")) == []


def test_unannotated_may_be_saved_while_it_is_read(store: Store) -> None:
    add(store, *(text(f"{n}", f"Статья {n}.") for n in range(1200)))
    store.remove([5])
    seen = set()
    for digest, _ in store.unannotated("v1"):
        assert digest not in seen
        seen.add(digest)
        if len(seen) % 3 == 0:
            store.save_annotations("v1", {digest: b""})
    assert len(seen) == 1199


def test_names_are_kept(store: Store) -> None:
    person = ("p:иванов|иван||m", "ivan-ivanov", "person", "Иван Иванов")
    store.entity_ids.save([person, ("e:титан", "titan", "e", "Титан")], (), {})
    store.entity_ids.save([("e:титан", "titan", "enterprise", "«Титан»")], (), {})
    assert list(store.names()) == [
        ("e:титан", "titan", "enterprise", "«Титан»"),
        ("p:иванов|иван||m", "ivan-ivanov", "person", "Иван Иванов"),
    ]


def test_an_id_that_was_given_up_leads_to_a_name_until_it_is_given_again(store: Store) -> None:
    names = store.entity_ids
    assert names.holder("i-ivanov") is None
    names.save([("p:иванов|и||m", "i-ivanov", "person", "И. Иванов")], ["i-ivanov"], {})
    assert (names.holder("i-ivanov"), names.formerly("i-ivanov")) == ("p:иванов|и||m", None)
    names.save(
        [("p:иванов|и||m", "ivan-ivanov", "person", "Иван Иванов")], ["ivan-ivanov"], {"i-ivanov": "p:иванов|и||m"}
    )
    assert names.holder("i-ivanov") == names.formerly("i-ivanov") == "p:иванов|и||m"
    names.save([("p:иванов|и||", "i-ivanov", "person", "И. Иванов")], ["i-ivanov"], {})
    assert (names.holder("i-ivanov"), names.formerly("i-ivanov")) == ("p:иванов|и||", None)


def test_contents(store: Store) -> None:
    assert store.contents().articles == 0
    add(store, PLANT, text("а", "Одно."), text("б", "Два."))
    store.remove([3])
    contents = store.contents()
    assert (contents.articles, contents.removed, contents.undated) == (2, 1, 1)
    assert contents.first == contents.last == dt.date(2003, 5, 12)
    assert contents.sources == ((None, 1), ("Волгоградская правда", 1))


def test_a_reader_sees_an_archive_that_appears_later(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    with Store(path) as reader:
        assert reader.revision() == 0
        assert reader.article(1) is None
        assert not path.exists()
        with Store(path, write=True) as writer:
            add(writer, PLANT)
            assert reader.article(1) is not None
        assert reader.revision() == 1


def test_threads_have_their_own_connections(store: Store) -> None:
    add(store, PLANT)
    found: list[StoredArticle | None] = []
    threads = [threading.Thread(target=lambda: found.append(store.article(1))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [StoredArticle(1, 1, 1, PLANT)] * 4


def test_lone_surrogates_are_spelt_out(store: Store) -> None:
    counts = add(store, text("\udcf1.txt", "Слово \ud800."), Rejection("\udcf2", "плохо"))
    assert counts == BatchCounts(read=2, new=1, rejected=1)
    stored = store.article(1)
    assert stored is not None
    assert stored.article.path == "\\udcf1.txt"


def test_a_newer_schema_is_told(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "дом" / "archive.sqlite"
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for write in (True, False):
        with pytest.raises(StoreError, match="более новой программой"):
            Store(path, write=write).revision()


def test_an_archive_of_the_first_schema_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(
        MIGRATIONS[0]
        + """;
        INSERT INTO log VALUES (1, '', '', 'publish', 1, ''), (2, '', '', 'remove', NULL, '');
        INSERT INTO batches (id, name, path, started, status) VALUES (1, '', '', '', 'published');
        INSERT INTO texts VALUES (1, 'd', 'Одно.');
        INSERT INTO articles VALUES (1, '', 'а', 1, 2, 2);
        INSERT INTO versions (article, version, batch, text, path, persons, enterprises, warnings, fingerprint)
        VALUES (1, 1, 1, 1, 'а', '[]', '[]', '[]', '');
        PRAGMA user_version = 1;
        """
    )
    connection.close()
    with pytest.raises(StoreError, match="прежней программой"):
        Store(path).revision()
    with Store(path, write=True) as store:
        store.remove_batch(1)
        store.unremove_batch(1)
        assert [entry.articles for entry in store.log()] == [(), (1,), (), ()]
        assert store.article(1) is None  # taken out by itself, so it stays out
        assert store.unremove([1]) == (1,)
        assert store.article(1) == StoredArticle(1, 1, 1, Article(path="а", paragraphs=("Одно.",)))


def test_a_torn_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    path.write_bytes(b"\x00\x01 not a database at all" * 100)
    for write in (True, False):
        with pytest.raises(StoreError, match="поврежд"):
            Store(path, write=write).revision()


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "файл").write_text("не папка")
    with pytest.raises(StoreError, match="не создать"):
        Store(tmp_path / "файл" / "archive.sqlite", write=True)


@dataclass
class Model:
    """The archive as a dictionary: (source, identity) → content of the live articles."""

    live: dict[tuple[str | None, str], tuple[str | None, str]] = field(default_factory=dict)

    def add(self, items: list[Article | Rejection]) -> BatchCounts:
        outcomes = dict.fromkeys(("new", "changed", "unchanged", "rejected", "removed"), 0)
        first: dict[tuple[str | None, str], Article] = {}
        for item in items:
            if isinstance(item, Rejection):
                outcomes["rejected"] += 1
            elif (item.source, item.identity) in first:
                same = content(first[item.source, item.identity]) == content(item)
                outcomes["unchanged" if same else "rejected"] += 1
            else:
                first[item.source, item.identity] = item
        unknown = {}
        standing = {(source, text) for (source, _), (_, text) in self.live.items()}
        out = {
            (item.source, item.text)
            for item in first.values()
            for key in self.removed
            if item.text in self.texts[key]
            and not (
                {(item.source, item.text)} if key[0] == item.source else {(None, item.text), ("Вестник", item.text)}
            )
            & standing
        }
        held = out | {(item.source, item.text) for key, item in first.items() if key in self.removed}
        for key, item in first.items():
            if key in self.removed or (item.source, item.text) in out:
                outcomes["removed"] += 1
            elif key not in self.live:
                unknown[key] = item
            elif self.live[key] == content(item):
                outcomes["unchanged"] += 1
            else:
                outcomes["changed"] += 1
                self.live[key] = content(item)
        for key, item in unknown.items():
            texts = {(source, text) for (source, _), (_, text) in self.live.items()}
            if (item.source, item.text) in texts:
                outcomes["unchanged"] += 1
            elif (item.source, item.text) in held:
                outcomes["removed"] += 1
            else:
                outcomes["new"] += 1
                self.live[key] = content(item)
        for key, (_, text) in self.live.items():
            self.texts.setdefault(key, set()).add(text)
        return BatchCounts(read=len(items), **outcomes)

    texts: dict[tuple[str | None, str], set[str]] = field(default_factory=dict)  # all that an article ever had

    removed: set[tuple[str | None, str]] = field(default_factory=set)

    def remove(self, key: tuple[str | None, str]) -> None:
        self.live.pop(key)
        self.removed.add(key)


def content(article: Article) -> tuple[str | None, str]:
    return article.rubric, article.text


articles = st.builds(
    Article,
    path=st.sampled_from("абв"),
    paragraphs=st.sampled_from([("Одно.",), ("Два.",), ("Три.", "Четыре.")]),
    source=st.sampled_from([None, "Вестник"]),
    rubric=st.sampled_from([None, "Город"]),
)
deliveries = st.lists(articles | st.builds(Rejection, path=st.just("г"), reason=st.just("пусто")), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(deliveries | st.integers(0, 5), max_size=6))
def test_the_store_is_a_dictionary(steps: list[list[Article | Rejection] | int]) -> None:
    model = Model()
    with TemporaryDirectory(dir=IN_MEMORY) as folder, Store(Path(folder) / "archive.sqlite", write=True) as store:
        for step in steps:
            if isinstance(step, int):
                change = next((c for c in store.changes(0) if c.id == step and not c.removed), None)
                if change is not None:
                    stored = store.article(step)
                    assert stored is not None
                    model.remove((stored.article.source, stored.article.identity))
                assert bool(store.remove([step])) == (change is not None)
                continue
            foretold = Counter[str](item.outcome for item in store.compare(step))
            counts = add(store, *step)
            assert counts == model.add(step) == BatchCounts(read=len(step), **foretold)
            assert counts.read == sum(astuple(counts)[1:])
            assert add(store, *step) == model.add(step)
        live = [store.article(c.id) for c in store.changes(0) if not c.removed]
        found = {(s.article.source, s.article.identity): content(s.article) for s in live if s}
        assert found == model.live
        assert store.contents().articles == len(model.live)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(articles, max_size=4), min_size=1, max_size=4), st.data())
def test_undoing_the_last_batch_restores_what_was(batches: list[list[Article]], data: st.DataObject) -> None:
    with TemporaryDirectory(dir=IN_MEMORY) as folder, Store(Path(folder) / "archive.sqlite", write=True) as store:
        states = [state(store)]
        for items in batches:
            add(store, *items)
            states.append(state(store))
        for number in range(len(batches), data.draw(st.integers(0, len(batches))), -1):
            store.remove_batch(number)
            assert state(store) == states[number - 1]


def state(store: Store) -> list[StoredArticle | None]:
    return [store.article(change.id) for change in sorted(store.changes(0), key=lambda c: c.id) if not change.removed]


def test_threads_that_end_leave_no_connection_open(tmp_path: Path) -> None:
    Store(tmp_path / "archive.sqlite", write=True).close()
    store = Store(tmp_path / "archive.sqlite")
    store.revision()
    before = len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0
    for _ in range(20):
        thread = Thread(target=store.revision)
        thread.start()
        thread.join()
    after = len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0
    assert after <= before + 3  # the last thread's stays until another comes
    store.close()

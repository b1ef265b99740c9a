"""Whatever is damaged in a home is told, each thing with what helps, by every command and the server."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from archive.article import Article
from archive.database.name_sums import name_sum
from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from tests.support.random_archives import published_home
from tests.support.run_command import Command, Said, typed
from webapp.app import create_app

PERSONS = ("Андрей Бочаров", "Иван Петров")
FIRST = [
    Article(path=str(n), paragraphs=(f"Завод номер {n} выполнил план.",), source="Вести", persons=PERSONS[n % 2 :])
    for n in range(9)
]
SECOND = [Article(path="3", title="Поправка", paragraphs=("Завод план не выполнил.",), source="Вести")]
PAGE = 4096


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return published_home(tmp_path, (FIRST, SECOND), removed=(8,))


@pytest.fixture
def podshivka(home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("PODSHIVKA_HOME", str(home.path))

    def run(*arguments: object) -> Said:
        return typed(arguments, capsys, monkeypatch)

    return run


def change(home: Home, *statements: str) -> None:
    with sqlite3.connect(home.store) as connection:
        connection.create_function("name_sum", 4, name_sum)
        for statement in statements:
            assert connection.execute(statement).rowcount, statement
    connection.close()


def overwrite_page(home: Home, table: str) -> None:
    connection = sqlite3.connect(home.store)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with home.store.open("r+b") as file:
        file.seek(PAGE * (root - 1))
        file.write(b"\xff" * PAGE)


def test_nothing_is_wrong_with_a_sound_home(podshivka: Command) -> None:
    for options in ((), ("--deep",)):
        said = podshivka("check", *options)
        assert (said.status, said.out.splitlines()[1:]) == (0, ["Архив и индекс сходятся: статей 8."])


@pytest.mark.parametrize(
    ("statement", "told", "advice"),
    [
        (
            "UPDATE texts SET text = text || '!' WHERE id = 6",
            "Текст не тот",
            "restore",
        ),
        ("UPDATE versions SET day = '1999-01-01' WHERE article = 2", "Сведения (дата, заголовок, автор…)", "restore"),
        ("UPDATE versions SET persons = '[сломано' WHERE article = 2", "Сведения (дата, заголовок, автор…)", "restore"),
        ("DELETE FROM versions WHERE article = 4 AND version = 2", "Пропал текст статей: 4 (", "restore"),
        ("DELETE FROM versions WHERE article = 4 AND version = 1", "Пропали прежние тексты статей: 4 (", "restore"),
        ("DELETE FROM items WHERE batch = 1 AND seq = 1", "Счёт не сходится с отчётом у партий: 1 (", "restore"),
        ("DELETE FROM articles WHERE id = 2", "Тексты статей ссылаются на статьи, которых нет: 1", "restore"),
        ("DELETE FROM texts WHERE id = 1", "Найденные имена ссылаются на тексты, которых нет: 1", "restore"),
        ("DELETE FROM batches WHERE id = 2", "ссылаются на партии, которых нет", "restore"),
        (
            "UPDATE annotations SET data = x'00' WHERE text = 1",
            "Повреждены записи о найденных именах у статей: 1",
            "re",
        ),
        ("DELETE FROM annotations WHERE text = 1", "Не найдены имена в статьях: 1", "reindex"),
        ("UPDATE names SET entity = 'x' WHERE kind = 'person'", "Имена в таблице имён не те", "restore"),
        (
            "UPDATE names SET entity = 'x', sum = name_sum(key, 'x', kind, label) WHERE kind = 'person'",
            "Имена в индексе значат не то",
            "reindex",
        ),
    ],
)
@pytest.mark.parametrize("options", [(), ("--deep",)], ids=["plain", "deep"])
def test_damage_in_a_row_is_told(
    podshivka: Command, home: Home, statement: str, told: str, advice: str, options: tuple[str, ...]
) -> None:
    change(home, statement)
    said = podshivka("check", *options)
    assert said.status == (3 if "сломано" in statement else 1)  # an article that cannot be read stops the check
    line = next(line for line in said.out.splitlines() if told in line)
    assert f"podshivka {advice}" in line
    if advice == "reindex":
        assert podshivka("reindex").status == 0
        assert podshivka("check", "--deep").status == 0


@pytest.mark.parametrize("pattern", ["*.arrays", "*.col", "*.toc", "manifest-*.json", "roll-*", "current"])
@pytest.mark.parametrize("damage", ["cut", "gone", "flipped"])
def test_a_damaged_file_of_the_index_is_told_and_built_anew(
    podshivka: Command, home: Home, pattern: str, damage: str
) -> None:
    file = min(home.index.rglob(pattern))
    data = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        middle = len(data) // 2
        file.write_bytes(data[:middle] if damage == "cut" else data[:middle] + bytes([data[middle] ^ 255]))
    said = podshivka("check")
    assert (said.status, "Поможет podshivka reindex." in said.out) == (1, True), said
    assert podshivka("reindex").status == 0
    assert podshivka("check", "--deep").status == 0


def test_a_flipped_byte_in_the_table_of_names_changes_no_answer(podshivka: Command, home: Home) -> None:
    """It is refused by search and by `add`, wherever it is."""
    (file,) = home.index.rglob("roll-*")
    sound, answer = file.read_bytes(), create_app(home).test_client().get("/api/v1/search").get_json()
    for place in (*range(0, len(sound), max(1, len(sound) // 60)), len(sound) - 1):
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        assert "roll-" in podshivka("check").out
        found = create_app(home).test_client().get("/api/v1/search").get_json()
        assert {**found, "took_ms": 0} == {**answer, "took_ms": 0}
    assert podshivka("remove", "1").status == 0
    assert podshivka("check", "--deep").status == 0


def test_an_index_that_has_other_words_than_the_store_is_told(podshivka: Command, home: Home) -> None:
    with Store(home.store, write=True) as store:
        batch = store.begin_batch("третья", "третья")
        store.stage(batch, [Article(path="1", paragraphs=("Совсем другое.",), source="Вести")])
        store.publish_batch(batch)
    assert "Индекс отстаёт от архива" in podshivka("check").out
    change(home, "UPDATE versions SET persons = '[]' WHERE article = 7")
    assert "Слова в индексе не те, что в архиве, у статей: 1 (7)" in podshivka("check", "--deep").out


@pytest.mark.parametrize("damage", ["garbage", "cut", "empty", "texts", "versions", "articles", "log"])
def test_a_damaged_store_is_told_by_all_that_need_it(
    podshivka: Command, home: Home, tmp_path: Path, damage: str
) -> None:
    copied = podshivka("backup", tmp_path / "диск")
    assert copied.status == 0
    if damage in ("garbage", "cut", "empty"):
        connection = sqlite3.connect(home.store)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        data = home.store.read_bytes()
        home.store.write_bytes({"garbage": b"\x01garbage" * 4000, "cut": data[: len(data) // 2], "empty": b""}[damage])
    else:
        overwrite_page(home, damage)
    checked = podshivka("check")
    assert (checked.status, "podshivka restore" in checked.err) == (3, True), checked
    (tmp_path / "a.txt").write_text("Завод пустил стан.")
    for command in (["reindex"], ["add", tmp_path / "a.txt"], ["remove", "1"], ["backup", tmp_path / "диск"]):
        said = podshivka(*command)
        assert said.status == 3, said
        assert "повреждён" in said.err or "пуст" in said.err
    home.path.rename(tmp_path / "прежняя")
    assert podshivka("restore", tmp_path / "диск").status == 0
    assert podshivka("check", "--deep").status == 0


def test_the_server_says_that_the_archive_is_damaged(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    client = create_app(home).test_client()
    assert client.get("/search?q=завод").status_code == 200
    for table in ("texts", "versions", "articles"):
        overwrite_page(home, table)
    for damaged in (client, create_app(home).test_client()):
        for address in ("/search?q=завод", "/article/1", "/api/v1/search?q=завод"):
            assert damaged.get(address).status_code == 503, address
        assert "Архив пока не открыть" in damaged.get("/article/1").text
    assert "podshivka restore" in caplog.text


@pytest.mark.parametrize("lost", ["journal", "file", "file and journal"])
def test_an_archive_that_lost_what_its_index_has_is_told_by_all(
    podshivka: Command, home: Home, tmp_path: Path, lost: str
) -> None:
    """The last removal stands in SQLite's journal only, as it does while a server reads."""
    assert podshivka("backup", tmp_path / "диск").status == 0
    with sqlite3.connect(home.store) as reader:
        reader.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        reader.execute("SELECT * FROM log").fetchall()
        assert podshivka("remove", "1", "2").status == 0
        crashed = tmp_path / "после сбоя"
        shutil.copytree(home.path, crashed)
    reader.close()
    shutil.rmtree(home.path)
    crashed.rename(home.path)
    for path in home.path.glob("archive.sqlite*"):
        if lost != "journal" or path != home.store:
            path.unlink()
    if lost == "file":
        assert not home.store.exists()
    (tmp_path / "a.txt").write_text("Завод пустил стан.")
    for command in (
        *(["check"], ["check", "--deep"], ["search", "завод"], ["add", tmp_path / "a.txt"], ["remove", "3"]),
        *(
            ["add", "--dry-run", tmp_path / "a.txt"],
            ["serve", "--port", "47613"],
            ["serve", "--sample", "--port", "47613"],
        ),
        *(["log"], ["batches"], ["stats"], ["export", "-"], ["backup", tmp_path / "диск"], ["reindex"]),
    ):
        said = podshivka(*command)
        assert (said.status, "podshivka restore" in said.err) == (3, True), (command, said)
    client = create_app(home).test_client()
    health = client.get("/healthz")
    assert (health.status_code, health.get_json()["status"]) == (503, "broken store")
    assert client.get("/search?q=завод").status_code == 503
    assert lost == "journal" or not home.store.exists()
    home.path.rename(tmp_path / "прежняя")
    assert podshivka("restore", tmp_path / "диск").status == 0
    assert podshivka("check", "--deep").status == 0


def test_a_store_put_back_by_hand_gets_its_index(podshivka: Command, home: Home, tmp_path: Path) -> None:
    connection = sqlite3.connect(home.store)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    older = home.store.read_bytes()
    with Store(home.store, write=True) as store:
        store.remove([1, 2])
        build.update(store, home.index)
    for path in home.path.glob("archive.sqlite*"):
        path.unlink()
    home.store.write_bytes(older)
    with Store(home.store, write=True) as store:
        build.update(store, home.index)
    assert podshivka("check", "--deep").status == 0

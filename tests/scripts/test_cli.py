"""The podshivka command as an archivist runs it: what it says, what it returns, what a kill leaves behind."""

import ast
import csv
import json
import multiprocessing
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from archive.disk.lock import writing
from archive.store.store import Store
from scripts import cli
from scripts.output.click_in_russian import CLICK_MODULES, SENTENCES
from search.searcher import Searcher
from tests.support.project import ROOT
from tests.support.run_command import Command, Said, typed


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / "дом"))
    return tmp_path / "дом"


@pytest.fixture
def podshivka(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    def run(*arguments: object) -> Said:
        return typed(arguments, capsys, monkeypatch)

    return run


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    folder = tmp_path / "май 2003"
    (folder / "полосы").mkdir(parents=True)
    (folder / "завод.txt").write_text(
        "Новый стан\n\n12 мая 2003 г.\n\nДиректор завода «Красный Октябрь» Иван Петров пустил новый прокатный стан.\n"
        "\nСтан ждали целый год, и вот он заработал на полную мощность.\n",
        encoding="cp1251",
    )
    (folder / "полосы" / "dump.jsonl").write_text(
        '{"id": 1, "title": "Сев", "date": "2003-05-14", "text": "В области закончили сев яровых. Хлеб взошёл."}\n'
        "{сломано\n",
        encoding="utf-8",
    )
    (folder / "скан.pdf").write_bytes(b"%PDF-1.4\x00\x01\x02")
    return folder


def test_from_a_folder_to_a_found_article_and_back(podshivka: Command, batch: Path, home: Path, tmp_path: Path) -> None:
    report = tmp_path / "отчёт.csv"
    added = podshivka("add", batch, "--source", "Вестник", "--report", report)
    assert added.status == 1
    assert f"Архив: {home}" in added.out
    assert "Прочитано 4: новых 2, изменённых 0, без изменений 0, отказов 2." in added.out
    assert "Отказ: скан.pdf" in added.err
    with open(report, encoding="utf-8-sig", newline="") as file:
        rows = {row["файл"]: row for row in csv.DictReader(file)}
    assert rows["завод.txt"]["исход"] == "новая"
    assert (rows["завод.txt"]["дата"], rows["завод.txt"]["откуда дата"]) == ("2003-05-12", "текст")
    assert rows["завод.txt"]["кодировка"] == "windows-1251"
    assert rows["скан.pdf"]["исход"] == "отказ"
    assert rows["полосы/dump.jsonl:2"]["причина"]

    assert "новых 0, изменённых 0, без изменений 2, отказов 2." in podshivka("add", batch, "--source", "Вестник").out
    assert podshivka("check").status == 0
    assert "Статей: 2" in podshivka("stats").out
    assert podshivka("batches").out.count("май 2003") == 2

    found = podshivka("search", "прокатного стана", "--from", "2003-05-01", "--source", "Вестник")
    assert "Найдено статей: 1." in found.out
    assert "[1] Новый стан" in found.out
    answer = json.loads(podshivka("search", "стан", "--person", "Иван Петров", "--json").out)
    assert (answer["total"], answer["hits"][0]["persons"]) == (1, [{"key": "ivan-petrov", "label": "Иван Петров"}])
    assert json.loads(podshivka("search", "стан", "--person", "нет такого", "--json").out)["total"] == 0
    assert "Найдено статей: 0." in podshivka("search", "стан", "--genre", "репортаж").out
    assert "Найдено статей: 1." in podshivka("search", "прокатного стана", "--genre", "none").out

    assert podshivka("remove", 1, 77, "--why", "проба").status == 1
    assert "Найдено статей: 0." in podshivka("search", "стан").out
    assert "убрано статей 1" in podshivka("remove", "--batch", 1).out
    assert "Статей: 0" in podshivka("stats").out
    assert podshivka("reindex").status == 0
    assert podshivka("check").status == 0


def test_a_dry_run_leaves_no_trace(podshivka: Command, batch: Path, home: Path) -> None:
    said = podshivka("add", batch, "--dry-run")
    assert said.status == 1
    assert "Проба: архив не изменён. Прочитано 4: новых 2," in said.out
    assert not home.exists()


def test_annotate_gives_names_with_their_places(podshivka: Command, batch: Path, home: Path) -> None:
    said = podshivka("annotate", batch / "завод.txt")
    assert said.status == 0
    assert f"Архив: {home}" in said.err
    (article,) = map(json.loads, said.out.splitlines())
    assert article["id"] == "завод.txt"
    assert {(m["kind"], m["label"]) for m in article["mentions"]} == {
        ("person", "Иван Петров"),
        ("enterprise", "Красный Октябрь"),
    }
    for mention in article["mentions"]:
        assert article["text"][mention["start"] : mention["stop"]] == mention["text"]
    assert not home.exists()


def test_a_file_with_a_name_of_its_time(podshivka: Command, tmp_path: Path) -> None:
    """As a shell gives it for *.txt in a folder of 1998."""
    old = Path(os.fsdecode(bytes(tmp_path) + "/номер.txt".encode("cp1251")))
    old.write_text("На заводе пустили новый стан, которого ждали три года.", encoding="utf-8")
    said = podshivka("add", old)
    assert (said.status, "«номер.txt». Прочитано 1: новых 1" in said.out) == (0, True)
    assert "номер.txt" in podshivka("batches").out


def test_another_writer_is_told(podshivka: Command, batch: Path, home: Path) -> None:
    hold = "import sys, pathlib; from archive.disk.lock import writing\n"
    hold += "with writing(pathlib.Path(sys.argv[1]), 'первый'): "
    holder = subprocess.Popen(
        [sys.executable, "-c", hold + "print('есть', flush=True); input()", str(home)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    said = podshivka("add", batch)
    holder.communicate(b"\n")
    assert said.status == 3
    assert "занят: первый (процесс" in said.err
    with writing(home, "второй"):
        pass


def test_a_report_that_cannot_be_written_is_told_at_once(podshivka: Command, batch: Path, home: Path) -> None:
    said = podshivka("add", batch, "--report", batch / "нет" / "отчёт.csv")
    assert (said.status, "такого файла или папки нет" in said.err) == (3, True)
    assert not home.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["добавить"], "Нет команды добавить."),
        (["add"], "Не указано 'ПУТЬ…'"),
        (["add", ""], "имя файла или папки пусто"),
        (["add", "x", "--frm", "y"], "Нет ключа --frm."),
        (["add", "x", "--date", "31 ноября"], "«31 ноября» – не дата"),
        (["add", "x", "--date"], "После ключа --date нужно значение."),
        (["add", "x", "--timezone", "Волгоград"], "нет такого часового пояса: «Волгоград»"),
        (["add", "x", "--format", "pdf"], "«pdf» – не одно из: 'html', 'text', "),
        (["remove"], "что-то одно"),
        (["remove", "1", "--batch", "2"], "что-то одно"),
        (["unremove"], "что-то одно"),
        (["remove", "первую"], "«первую» – не число."),
        (["serve", "--port", "восемь"], "«восемь» – не число."),
        (["stats", "лишнее"], "Лишнее в команде: лишнее"),
        (["search", "завод", "--from", "вчера"], "«вчера» – не дата: пишите «2022», «март 2022» или «12.03.2022»"),
        (["search", "завод", "--sort", "мне"], "«мне» – не одно из значений"),
    ],
)
def test_a_wrong_command_is_answered_in_russian(podshivka: Command, arguments: list[str], sentence: str) -> None:
    said = podshivka(*arguments)
    assert said.status == 2
    assert sentence in said.err


def test_help_is_russian(podshivka: Command) -> None:
    for name in ("", *cli.commands.commands):
        said = podshivka(*filter(None, [name]), "--help")
        assert said.status == 0
        names = "podshivka|csv|json|html|text|jsonl|PODSHIVKA_HOME|var|api|v1|search"
        prose = re.sub(rf"--?[a-z-]+|~/\.local/share/podshivka|\b({names})\b", "", said.out)
        assert not re.search(r"\b(the|this|show|usage|options|default|required|exit)\b", prose, re.IGNORECASE)


def test_all_that_click_may_say_is_translated() -> None:
    said: set[str] = set()
    for room in CLICK_MODULES:
        for node in ast.walk(ast.parse(Path(room.__file__ or "").read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                said |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    programmers = {  # said to whoever writes a command, never to whoever runs one
        "Could not determine name for option with declarations {decls!r}",
        "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
        "Did you mean to pass '--{name}'?",
        "Arguments take exactly one parameter declaration, got {length}: {decls}.",
        "Name '{name}' defined twice",
        "Boolean option {decl!r} cannot use the same flag for true/false.",
        "Choice({choices})",
    }
    assert said - programmers <= SENTENCES.keys()


def start(home: Path, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "scripts.cli", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PODSHIVKA_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said_until(process: subprocess.Popen[str], sign: str) -> str:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if sign in line:
            return line.strip()
    raise AssertionError("".join(lines))


@pytest.mark.parametrize("stage", ["Чтение", "Имена", "Индекс"])
def test_a_killed_command_given_again_loses_and_doubles_nothing(
    podshivka: Command, home: Path, tmp_path: Path, stage: str
) -> None:
    dump = tmp_path / "выгрузка.jsonl"
    texts = [f"Завод номер {n} выполнил план. Директор Иван Петров доволен работой цеха." for n in range(300)]
    dump.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)))
    process = start(home, "add", dump)
    said_until(process, stage)
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with Store(home / "archive.sqlite") as store:
        assert store.contents().articles in (0, 300)
    said = podshivka("add", dump)
    assert said.status == 0
    assert "Прочитано 300: " in said.out
    with Store(home / "archive.sqlite") as store:
        assert store.contents().articles == 300
        kept = [store.article(id) for id in range(1, 301)]
    assert [stored.article.text for stored in kept if stored] == texts
    assert podshivka("check").status == 0
    assert "Найдено статей: 300." in podshivka("search", "завод").out


def test_a_running_server_shows_a_new_batch(podshivka: Command, home: Path, batch: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = start(home, "serve", "--port", port)
    try:
        address = said_until(server, "http://")
        assert json.load(urlopen(f"{address}/healthz"))["articles"] == 0
        with socket.create_connection(("127.0.0.1", port)) as raw:  # as curl sends it
            raw.sendall("GET /search?q=завод HTTP/1.0\r\n\r\n".encode())
            assert raw.recv(12) == b"HTTP/1.0 200"
        podshivka("add", batch)
        deadline = time.monotonic() + 30
        while json.load(urlopen(f"{address}/healthz"))["articles"] != 2:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert podshivka("serve", "--port", port).status == 3
    finally:
        server.kill()
        server.communicate()


def test_an_interrupted_command_says_what_to_do(home: Path, tmp_path: Path) -> None:
    dump = tmp_path / "выгрузка.csv"
    dump.write_text("текст\n" + "".join(f"Завод номер {n} в городе Волгограде выполнил план.\n" for n in range(5000)))
    process = start(home, "add", dump, "--workers", 1)
    said_until(process, "Имена")
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate()
    assert "ничего не показано. Повторите ту же команду." in said
    assert process.returncode == 130


def test_a_torn_index_is_told_with_what_helps(podshivka: Command, home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Завод пустил стан. Его ждали год, и вот он работает.", encoding="utf-8")
    assert podshivka("add", str(tmp_path / "a.txt")).status == 0
    (arrays,) = (home / "index").rglob("*.arrays")
    arrays.write_bytes(arrays.read_bytes()[:-9])
    said = podshivka("search", "завод")
    assert said.status == 3
    assert "podshivka reindex" in said.err
    assert podshivka("reindex").status == 0
    assert podshivka("search", "завод").status == 0


def test_a_removed_article_comes_back_whole_and_the_log_says_why(podshivka: Command, batch: Path) -> None:
    podshivka("add", batch / "завод.txt")
    found = json.loads(podshivka("search", "стан", "--json").out)
    assert podshivka("remove", 1, "--why", "по просьбе").status == 0
    assert json.loads(podshivka("search", "стан", "--json").out)["total"] == 0
    assert podshivka("unremove", 1, "--why", "ошиблись").status == 0
    again = json.loads(podshivka("search", "стан", "--json").out)
    assert {**again, "took_ms": 0} == {**found, "took_ms": 0}
    twice = podshivka("unremove", 1, 7)
    assert (twice.status, "Таких статей среди убранных нет: 1, 7." in twice.err) == (1, True)
    assert "Партия 1 убрана: убрано статей 1" in podshivka("remove", "--batch", 1).out
    assert "Партия 1 возвращена: возвращено статей 1" in podshivka("unremove", "--batch", 1, "--why", "нужна").out
    assert json.loads(podshivka("search", "стан", "--json").out)["total"] == 1
    assert podshivka("unremove", "--batch", 1).status == 3
    lines = [line.split("\t") for line in podshivka("log").out.splitlines()[1:]]
    assert [line[3:] for line in lines] == [
        ["добавил", "1", "", ""],
        ["убрал статьи", "", "1", "по просьбе"],
        ["вернул статьи", "", "1", "ошиблись"],
        ["убрал партию", "1", "", ""],
        ["вернул партию", "1", "", "нужна"],
    ]


def test_a_path_that_is_not_there_is_no_batch(podshivka: Command, batch: Path, home: Path) -> None:
    for command in ("add", "add --dry-run"):
        said = podshivka(*command.split(), batch, batch.parent / "нет такой")
        assert said.status == 2
        assert "такого файла или папки нет" in said.err
    assert not home.exists()


def test_what_nobody_foresaw_is_a_sentence_with_a_number(
    podshivka: Command, batch: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert podshivka("add", batch).status == 1
    sought = "прокатный стан"

    def stumble(*_: object) -> None:
        raise LookupError(sought)

    monkeypatch.setattr(Searcher, "search", stumble)
    monkeypatch.setattr(Store, "batches", stumble)
    for command, quotes in ((["search", sought], False), (["batches"], True)):
        said = podshivka(*command)
        assert said.status == 3
        found = re.search(
            r"^Ошибка: программа споткнулась, случай № ([0-9a-f]{12})\..* повторите команду\.$", said.err, re.M
        )
        assert found, said
        assert "Traceback" not in said.err
        written = home.joinpath("errors.log").read_text("utf-8").split("№ ")[-1]
        assert written.startswith(found[1])
        assert ("stumble" in written, "LookupError" in written, "прокатный" in written) == (True, True, quotes)
    assert json.loads(podshivka("check", "--json").out.splitlines()[-1])["event"] == "report"


def test_a_worker_that_is_killed_ends_the_command_and_the_batch_goes_on_next_time(
    podshivka: Command, tmp_path: Path
) -> None:
    lines = (json.dumps({"id": n, "text": f"Иван Петров пустил стан номер {n}. " * 20}) for n in range(1200))
    (tmp_path / "партия.jsonl").write_text("\n".join(lines))

    def kill() -> None:
        while not (workers := multiprocessing.active_children()):
            time.sleep(0.01)
        time.sleep(1)
        os.kill(workers[0].pid or 0, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    said = podshivka("add", tmp_path / "партия.jsonl", "--workers", "2")
    killer.join()
    assert said.status == 3
    assert "Ошибка: Процесс, который искал имена, остановлен" in said.err
    assert "Ничего не потеряно: повторите команду" in said.err
    assert "Traceback" not in said.err
    again = podshivka("add", tmp_path / "партия.jsonl", "--workers", "1")
    assert again.status == 0
    assert "новых 1200" in again.out
    assert podshivka("check", "--deep").status == 0

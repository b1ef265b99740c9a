"""A destroyed article is nowhere: not in a byte of the home, nor in a piece of the backup; repeating finishes it."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.backup import erasing
from archive.home import default_home
from archive.store.erasures import Erasures
from archive.store.store import Store
from indexer.index import build
from scripts.actions import erase
from scripts.cli import commands
from tests.support.traces import traces as traces_in
from webapp.app import create_app

# Stems of words that only the article has: in its title, text, author, a person's, an enterprise's and a file's name.
STEMS = ("мурзавидн", "люваки", "ырдыбае", "мурзавед", "мырховат", "злобырд", "якотинн")
LATIN = ("murzaved", "myrkhovat", "yrdybae")
TRACES = [stem.encode() for stem in (*STEMS, *LATIN, *(stem.upper() for stem in STEMS))]
TRACES += [json.dumps(stem)[1:-1].encode() for stem in STEMS]
STAYING = "В области закончили сев яровых. Иван Петров доволен, хозяйства области уложились в срок и обогнали соседей."
SECRET = (
    "Директор завода «Жмырховатый» Иннокентий Кмурзаведов признался, что плювакил на работе. По словам Кмурзаведова, "
    "он плювакил каждую ночь и никому об этом не говорил, пока его не увидели соседи. Рядом стоял Иван Петров."
)


def record(id: int, title: str, text: str) -> dict[str, object]:
    return {"id": id, "title": title, "text": text, "source": "Вестник", "date": "1987-05-12"}


def run(*arguments: str, status: int = 0, answer: str = "") -> str:
    done: Result = CliRunner().invoke(commands, arguments, input=answer)
    assert done.exit_code == status, (done.output, done.exception)
    return done.output


def deliver(folder: Path, *records: dict[str, object]) -> None:
    path = folder / "партия.jsonl"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records), encoding="utf-8")
    run("add", str(path))


def traces(*folders: Path) -> list[tuple[str, str]]:
    """(file, trace) of all that is left."""
    return [found for folder in folders for found in traces_in(folder, TRACES)]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home where the article left traces wherever it may, and three copies of it in one folder."""
    monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / "дом"))
    monkeypatch.setenv("LOGNAME", "архивист")
    copies = tmp_path / "копии"
    deliver(tmp_path, record(1, "Сев", STAYING))
    run("backup", str(copies))
    deliver(tmp_path, {**record(2, "Первая весть", SECRET + " Он злобырдил."), "author": "Ж. Фырдыбаев"})
    run("backup", str(copies), "--with-index")
    deliver(tmp_path, {**record(2, "Кмурзавидная тайна", SECRET), "author": "Ж. Фырдыбаев"})
    alone = tmp_path / "Кякотинный.txt"
    alone.write_text(f"{SECRET} И ещё раз: плювакил.", encoding="utf-8")
    run("add", str(alone), "--source", "Вестник")
    run("reindex")
    run("backup", str(copies))
    with Store(default_home().store, write=True) as store:  # an interrupted batch has a new version of it
        store.stage(store.begin_batch("прервана", "прервана"), [stored.article for stored in store.current()])
    found = traces(tmp_path / "дом")
    assert {trace for _, trace in found} >= {*STEMS}
    assert {Path(name).suffix for name, _ in found} >= {".sqlite", ".arrays", ".names"}
    return tmp_path / "дом"


def test_no_byte_is_left_in_the_home_and_in_the_backup(home: Path, tmp_path: Path) -> None:
    copies = tmp_path / "копии"
    said = run("erase", "2", "3", "--why", "решение суда", "--yes", "--backup", str(copies))
    assert "Кякотинный.txt" in said  # the original that is left outside
    assert "копий исправлено 2 из 3" in said
    assert "Уничтожено статей: 2." in said
    assert traces(home, copies) == []
    assert "сходятся: статей 1." in run("check", "--deep")
    line = run("log").splitlines()[-1].split("\t")
    assert (line[2], line[3], line[5], line[6]) == ("архивист", "уничтожил статьи", "2, 3", "решение суда")
    assert "Копии целы: 3." in run("backup", "--check", str(copies))
    run("backup", str(copies))
    assert run("search", "петров", "--json").count('"id": 1,') == 1


def test_every_state_of_the_backup_can_be_restored(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = tmp_path / "копии"
    run("erase", "2", "3", "--why", "решение суда", "--yes", "--backup", str(copies))
    for number, state in enumerate(sorted((copies / "states").iterdir())):
        monkeypatch.setenv("PODSHIVKA_HOME", str(tmp_path / f"возвращён-{number}"))
        run("restore", str(copies), "--state", state.name.removesuffix(".json.gz"))
        assert "сходятся: статей 1." in run("check", "--deep")
        assert traces(tmp_path / f"возвращён-{number}") == []


def test_it_does_not_come_back(home: Path, tmp_path: Path) -> None:
    run("erase", "2", "3", "--why", "решение суда", "--yes")
    for again in (
        {**record(2, "Кмурзавидная тайна", SECRET), "author": "Ж. Фырдыбаев"},
        record(2, "Первая весть", SECRET + " Он злобырдил."),
        record(77, "Кмурзавидная тайна", SECRET),  # its text under another number
        record(2, "Кмурзавидная новость", SECRET + " Дополнение."),  # another text under its number
    ):
        deliver(tmp_path, record(1, "Сев", STAYING), again)
        assert traces(home) == []
    report = json.loads(run("add", str(tmp_path / "партия.jsonl"), "--json").splitlines()[-1])
    assert (report["read"], report["unchanged"], report["erased"], report["new"]) == (2, 1, 1, 0)
    assert "уничтожены раньше: 1" in run("add", str(tmp_path / "партия.jsonl"), "--dry-run")
    assert "Таких статей среди убранных нет: 2" in run("unremove", "2", status=1)
    run("reindex")
    assert "сходятся: статей 1." in run("check", "--deep")
    assert traces(home) == []


def test_its_page_says_that_it_is_gone(home: Path) -> None:
    client = create_app(default_home()).test_client()
    assert client.get("/article/2").status_code == 200
    run("erase", "2", "--why", "решение суда", "--yes")
    for url in ("/article/2", "/article/2/versions", "/article/2/version/1", "/api/v1/articles/2"):
        answer = client.get(url)
        assert (answer.status_code, "Статья убрана из архива" in answer.get_data(as_text=True)) == (410, True)
    assert client.get("/about/batches/2").status_code == 200


def test_it_asks_first(home: Path) -> None:
    for answer in ("", "нет\n", "\n"):
        assert "Ничего не уничтожено" in run("erase", "2", "--why", "ошибка", status=130, answer=answer)
    assert "Не указан ключ" in run("erase", "2", "--yes", status=2)
    run("erase", "2", "--why", "да", "--yes", "--backup", str(home.parent / "нет такой"), status=3)
    assert "сходятся: статей 3." in run("check")
    assert "Уничтожено статей: 1." in run("erase", "2", "--why", "решение суда", answer="да\n")
    assert "Таких статей в архиве нет и не было: 9." in run("erase", "9", "--why", "описка", "--yes", status=1)


def test_it_says_which_copies_still_hold_it(home: Path, tmp_path: Path) -> None:
    said = run("erase", "2", "--why", "решение суда", "--yes")
    states = sorted(path.name.removesuffix(".json.gz") for path in (tmp_path / "копии" / "states").iterdir())
    assert f"{', '.join(states[1:])}. Уничтожить и там: podshivka erase 2 --why … --backup" in said
    shutil.rmtree(tmp_path / "копии")
    assert "не посмотреть" in run("erase", "2", "--why", "решение суда", "--yes")


def test_a_removed_article_and_a_shared_text(home: Path, tmp_path: Path) -> None:
    """The same text in another paper is another article: it stays until it is destroyed too, and that is said."""
    deliver(tmp_path, {**record(5, "Кмурзавидная тайна", SECRET), "source": "Другая газета"})
    run("remove", "2", "--why", "просьба героя")
    said = run("erase", "2", "3", "--why", "решение суда", "--yes")
    assert "печатают статьи 4: они останутся" in said
    assert "Кмурзавидная тайна" in run("search", "Кмурзаведов")
    assert "сходятся: статей 2." in run("check", "--deep")
    deliver(tmp_path, {**record(5, "Кмурзавидная тайна", SECRET), "source": "Другая газета"})
    assert run("batches").splitlines()[-1].split("\t")[4:8] == ["1", "0", "0", "1"]
    run("erase", "4", "--why", "решение суда", "--yes")
    assert traces(home) == []


def test_it_names_the_lines_of_the_authority_file(home: Path) -> None:
    run("authority", "split", "ivan-petrov", "Иннокентий Кмурзаведов", "--from", "1987-05-12")
    said = run("erase", "2", "3", "--why", "решение суда", "--yes")
    assert re.search(r"Словарь имён называет .*persons\.csv, строки 2\.", said)


def test_who_is_named_elsewhere_keeps_his_name(home: Path) -> None:
    client = create_app(default_home()).test_client()
    before = client.get("/api/v1/persons/ivan-petrov").get_json()
    assert before["articles"] == 3
    run("erase", "2", "3", "--why", "решение суда", "--yes")
    after = create_app(default_home()).test_client().get("/api/v1/persons/ivan-petrov").get_json()
    assert (after["label"], after["articles"]) == (before["label"], 1)


STEPS = [
    (erase, "update_index", 2),
    (build, "write_name_table", 1),
    (erase, "drop_generations_of_destroyed", 1),
    (Erasures, "purge", 1),
    (erase, "drop_left_copy", 1),
    (erasing, "erase", 1),
    (Erasures, "purge", 2),
    (erasing, "move_pieces", 1),
    (erasing, "write_state", 1),
    (erasing, "write_state", 3),
    (erasing, "drop_packs", 2),
]


class Killed(BaseException):
    """Stands for a command that was killed."""


@pytest.mark.parametrize(("owner", "name", "call"), STEPS, ids=[f"{name}-{call}" for _, name, call in STEPS])
def test_killed_at_any_step_it_is_finished_when_repeated(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, call: int
) -> None:
    copies, calls, real = tmp_path / "копии", 0, getattr(owner, name)

    def killed(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call:
            raise Killed
        return real(*arguments, **named)

    command = ["erase", "2", "3", "--why", "решение суда", "--yes", "--backup", str(copies)]
    with monkeypatch.context() as context:
        context.setattr(owner, name, killed)
        with pytest.raises(Killed):
            CliRunner().invoke(commands, command)
    assert calls == call
    client = create_app(default_home()).test_client()
    assert client.get("/api/v1/search?q=плювакил").get_json()["total"] == 0
    assert "Копии целы: 3." in run("backup", "--check", str(copies))
    run(*command)
    assert traces(home, copies) == []
    assert "сходятся: статей 1." in run("check", "--deep")
    assert "Копии целы: 3." in run("backup", "--check", str(copies))

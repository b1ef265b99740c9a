"""What archivists are really given: each bad file is told in Russian, the rest is read, memory stays flat."""

import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.article import Article, Rejection
from archive.batches.reading import read_batch
from archive.text.encoding import decode
from scripts.cli import commands
from tests.support.project import ROOT

FIRST = "На заводе «Красный Октябрь» пустили новый прокатный стан, которого рабочие ждали целых три года."
SECOND = "Директор завода Иван Петров поблагодарил строителей и пообещал новые заказы до конца года."
MOST_MEMORY = 300  # MB
PEAK = """
import re, sys
from pathlib import Path
from archive.batches.reading import read_batch
read = sum(1 for _ in read_batch([Path(sys.argv[1])]))
print(read, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def read(path: Path) -> list[Article | Rejection]:
    return list(read_batch([path]))


def peak(path: Path) -> tuple[int, int]:
    """How many items a fresh process reads from a file, and its largest size in MB (ru_maxrss is the parent's)."""
    run = subprocess.run([sys.executable, "-c", PEAK, str(path)], cwd=ROOT, capture_output=True, text=True, check=True)
    read, size = map(int, run.stdout.split())
    return read, size


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("wide_first", [True, False])
def test_two_encodings_in_one_file(encoding: str, wide_first: bool) -> None:
    parts = [FIRST.encode(), SECOND.encode(encoding, "replace")]
    decoded = decode(b"\n\n".join(parts if wide_first else parts[::-1]))
    assert set(decoded.text.split("\n\n")) == {FIRST, SECOND}
    assert decoded.warnings == (f"в файле смешаны кодировки: utf-8 и {encoding}",)


@pytest.mark.parametrize("encodings", [("utf-8", "cp1251", "cp1251"), ("utf-8", "koi8-r", "utf-8")])
def test_two_encodings_in_an_export(tmp_path: Path, encodings: tuple[str, ...]) -> None:
    lines = (json.dumps({"text": text}, ensure_ascii=False) for text in (FIRST, SECOND, SECOND + " Всё."))
    data = b"".join(line.encode(encoding) + b"\n" for line, encoding in zip(lines, encodings, strict=True))
    (tmp_path / "a.jsonl").write_bytes(data)
    for item, text in zip(read(tmp_path / "a.jsonl"), (FIRST, SECOND, SECOND + " Всё."), strict=True):
        assert isinstance(item, Article)
        assert item.paragraphs == (text,)
        assert item.warnings[0].startswith("в файле смешаны кодировки: utf-8 и ")


def test_a_page_of_100_megabytes(tmp_path: Path) -> None:
    with open(tmp_path / "a.html", "w") as file:
        file.write("<html><body>")
        for _ in range(100):
            file.write("<p>" + "a" * 1_000_000)
    assert peak(tmp_path / "a.html")[1] < MOST_MEMORY
    assert read(tmp_path / "a.html") == [Rejection("a.html", "файл больше 20 МБ: это не одна статья")]


@pytest.mark.parametrize("lines", [8_000, pytest.param(1_000_000, marks=pytest.mark.long)])
def test_a_long_table_streams(tmp_path: Path, lines: int) -> None:
    with open(tmp_path / "a.csv", "w", encoding="cp1251") as file:
        file.write("id;дата;текст\n")
        file.writelines(f"{number};12.03.1998;{FIRST} {SECOND}\n" for number in range(lines))
    read, size = peak(tmp_path / "a.csv")
    assert read == lines
    assert size < MOST_MEMORY


@pytest.mark.parametrize("opening", ["<urlset>", "<rss><channel>", "<rss><channel><item>"])
def test_xml_swollen_with_nothing(tmp_path: Path, opening: str) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(opening.encode() + b"<a/>" * 2_500_000))
    assert peak(tmp_path / "a.xml.gz")[1] < MOST_MEMORY


def test_broken_json_in_the_middle_loses_nothing_else(tmp_path: Path) -> None:
    good = [json.dumps({"id": number, "text": FIRST}) for number in range(6)]
    (tmp_path / "a.jsonl").write_text("\n".join([*good[:3], '{"id": 9, "text": "обор', *good[3:], "[1, 2]", "null"]))
    found = read(tmp_path / "a.jsonl")
    assert [item.own_id for item in found if isinstance(item, Article)] == [str(number) for number in range(6)]
    reasons = {item.path: item.reason for item in found if isinstance(item, Rejection)}
    assert set(reasons) == {"a.jsonl:4", "a.jsonl:8", "a.jsonl:9"}
    assert "испорчена" in reasons["a.jsonl:4"]


@pytest.mark.parametrize("date", ["31 ноября 2003 г.", "2003-02-30", "29.02.2003", "0000-00-00 00:00:00", "99.99.9999"])
def test_days_that_no_calendar_has(tmp_path: Path, date: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": FIRST, "date": date}))
    (found,) = read(tmp_path / "a.jsonl")
    assert isinstance(found, Article)
    assert found.published.day is None
    assert found.warnings == (f"дата не понята: «{date}»",)
    (tmp_path / "a.txt").write_text(f"{date}\n\n{FIRST}")
    (plain,) = read(tmp_path / "a.txt")
    assert isinstance(plain, Article)
    assert plain.published.day is None
    assert FIRST in plain.paragraphs
    assert plain.warnings == (f"дата не понята: «{date}»",)


def test_wrong_extensions(tmp_path: Path) -> None:
    page = f"<html><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    (tmp_path / "страница.txt").write_text(page)
    (tmp_path / "таблица.html").write_text(f"id;text\n1;{FIRST}\n")
    (tmp_path / "текст.csv.html").write_text(FIRST)
    (tmp_path / "экспорт.csv").write_text(json.dumps({"text": FIRST}))
    with zipfile.ZipFile(tmp_path / "архив.txt", "w") as file:
        file.writestr("a.txt", FIRST)
    found = read(tmp_path)
    assert all(isinstance(item, Article) and FIRST in item.paragraphs for item in found), found
    assert len(found) == 5


def test_binary_under_the_name_of_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "b.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    first, second = read(tmp_path)
    assert first == Rejection("a.txt", "это не текст: двоичные данные")
    assert isinstance(second, Rejection)
    assert "PNG" in second.reason


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "cp866"])
def test_a_file_filled_up_with_nothing(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(SECOND.encode(encoding) + b"\x1a" + bytes(600))
    (found,) = read(tmp_path / "a.txt")
    assert isinstance(found, Article)
    assert (found.paragraphs, found.encoding, found.warnings) == ((SECOND,), encoding, ())


def test_one_id_twice_in_a_batch(tmp_path: Path) -> None:
    records = [{"id": 1, "text": FIRST}, {"id": 1, "text": SECOND}, {"id": 1, "text": FIRST}, {"id": 2, "text": SECOND}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    home = {"PODSHIVKA_HOME": str(tmp_path / "дом")}
    added = CliRunner().invoke(commands, ["add", str(tmp_path / "a.jsonl")], env=home)
    assert "Прочитано 4: новых 2, изменённых 0, без изменений 1, отказов 1." in added.output
    assert "a.jsonl:2: В этой партии тот же номер, адрес или имя уже у другого текста: a.jsonl:1." in added.output


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST)
    added = CliRunner().invoke(commands, ["add", str(tmp_path)], env={"PODSHIVKA_HOME": "/sys/дом"})  # not even by root
    assert (added.exit_code, "В папку архива /sys/дом не записать: нет права доступа." in added.output) == (3, True)


def test_a_home_with_a_name_of_its_time(tmp_path: Path) -> None:
    home = os.fsdecode(bytes(tmp_path) + "/дом".encode("cp1251"))
    env = os.environ | {"PODSHIVKA_HOME": home, "PYTHONIOENCODING": "utf-8:strict"}  # as Russian locales have it
    (tmp_path / "a.txt").write_text(FIRST)
    for arguments in (["add", str(tmp_path / "a.txt"), "--json"], ["check"]):
        run = subprocess.run([sys.executable, "-m", "scripts.cli", *arguments], cwd=ROOT, env=env, capture_output=True)
        assert run.returncode == 0, run.stderr
        assert b"\\udce4" in run.stdout

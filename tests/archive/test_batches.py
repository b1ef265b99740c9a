"""Folders to a stream: every bad input is a Rejection with its name, nothing stops a batch, the order never changes."""

import datetime as dt
import gzip
import json
import os
import re
import unicodedata
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.article import UNDATED, Article, Published, Rejection
from archive.batches import reading as batch
from archive.batches.formats import UnknownFormat, format_of
from archive.batches.reading import ReadOptions, read_batch

TEXT = "На заводе «Красный Октябрь» пустили новый прокатный стан. Его ждали три года."
PAGE = (
    "<html><head><title>Пущен стан</title></head>"
    f"<body><article><p>{TEXT}</p><p>{TEXT[:-1]}!</p></article></body></html>"
)


def read(path: Path, options: ReadOptions | None = None) -> list[Article | Rejection]:
    return list(read_batch([path], options))


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_folder_is_read_in_sorted_order_under_its_own_names(tmp_path: Path) -> None:
    write(tmp_path / "b" / "2.html", PAGE)
    write(tmp_path / "b" / "1.txt", TEXT.encode("windows-1251"))
    write(tmp_path / "a.jsonl", json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": TEXT}))
    write(tmp_path / "c.csv", f"title;text\nСтан;{TEXT}\n".encode("windows-1251"))
    for name in (".hidden", "Thumbs.db", "b/desktop.ini", "b/~$1.docx"):  # of systems, not of people
        write(tmp_path / name, b"\x00")
    found = read(tmp_path)
    assert [item.path for item in found] == ["a.jsonl:1", "a.jsonl:2", "b/1.txt", "b/2.html", "c.csv:2"]
    assert all(isinstance(item, Article) and TEXT in item.paragraphs for item in found)
    encodings = [item.encoding for item in found if isinstance(item, Article)]
    assert encodings == ["utf-8", "utf-8", "windows-1251", "utf-8", "windows-1251"]


def test_several_folders_keep_their_names_apart(tmp_path: Path) -> None:
    for name in ("x", "y"):
        write(tmp_path / name / "1.txt", TEXT)
    assert [item.path for item in read_batch([tmp_path / "y", tmp_path / "x"])] == ["x/1.txt", "y/1.txt"]
    assert [item.path for item in read_batch([tmp_path / "x" / "1.txt"])] == ["1.txt"]


BAD = [  # name, bytes, part of the reason
    ("пустой.txt", b"", "файл пуст"),
    ("пробелы.html", b" \n\t\n", "файл пуст"),
    ("скан.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "JPEG"),
    ("номер.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    ("письмо.docx", b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)), "испорчен"),
    ("архив.zip", b"PK\x03\x04\x14\x00\x00\x00" + bytes(range(256)), "испорчен"),
    ("старая.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Word"),
    ("двоичный.txt", bytes(range(32)) * 100, "двоичн"),
    ("стили.css", b"body { color: red }", "«.css» не читаются"),
    ("лента.xml", b'<?xml version="1.0"?><rss><channel></channel></rss>', "в ленте нет"),
    ("страница.mht", b"From: <Saved by Blink>\nMIME-Version: 1.0\n", "MHTML"),
    ("меню.html", "<html><body><ul><li><a href='/'>Главная</a></li></ul></body></html>".encode(), "не найден текст"),
    ("сжатый.jsonl.gz", gzip.compress(b'{"text": "a"}')[:-9], "испорчен"),
    ("таблица.csv", "а;б\n1;2\n".encode(), "нет столбца с текстом"),
]


@pytest.mark.parametrize(("name", "data", "why"), BAD, ids=[name for name, _, _ in BAD])
def test_what_cannot_be_read_is_a_rejection_with_its_name_and_reason(
    tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    write(tmp_path / name, data)
    found = read(tmp_path)
    (rejection,) = (item for item in found if isinstance(item, Rejection))
    assert rejection.path == name
    assert why in rejection.reason
    assert re.search("[а-я]", rejection.reason)


def test_bad_files_do_not_stop_the_batch(tmp_path: Path) -> None:
    for name, data, _ in BAD:
        write(tmp_path / name, data)
    write(tmp_path / "ярко.txt", TEXT)
    found = read(tmp_path)
    assert sum(isinstance(item, Rejection) for item in found) == len(BAD)
    assert [item.path for item in found if isinstance(item, Article)] == ["ярко.txt"]


def test_files_that_are_not_there_or_closed_to_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(tmp_path / "нет.txt") == [Rejection("нет.txt", "такого файла нет")]
    os.mkfifo(tmp_path / "труба")
    (tmp_path / "в никуда").symlink_to(tmp_path / "нет.txt")
    assert read(tmp_path) == [
        Rejection("в никуда", "ссылка никуда не ведёт"),
        Rejection("труба", "это не файл и не папка"),
    ]

    def closed(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    write(tmp_path / "a.txt", TEXT)
    monkeypatch.setattr(Path, "open", closed)  # the tests may run as root, whom no permission stops
    assert read(tmp_path / "a.txt") == [Rejection("a.txt", "нет права читать")]


def test_a_name_is_the_same_from_a_mac(tmp_path: Path) -> None:
    write(tmp_path / unicodedata.normalize("NFD", "Ёлка и йод.txt"), TEXT)
    assert [item.path for item in read(tmp_path)] == ["Ёлка и йод.txt"]


def test_an_archive_among_the_pages_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "a" / "1.txt", TEXT)
    for name in ("archive.sqlite", "lock", "index/x.json"):
        write(tmp_path / "a" / "архив" / name, TEXT)
    refused = "это папка архива Подшивки, а не статьи"
    assert [getattr(item, "reason", item.path) for item in read(tmp_path)] == ["a/1.txt", refused]
    assert read(tmp_path / "a" / "архив") == [Rejection("архив", refused)]


def test_links_that_lead_back_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "a" / "1.txt", TEXT)
    (tmp_path / "a" / "вверх").symlink_to(tmp_path)
    assert [item.path for item in read(tmp_path)] == ["a/1.txt"]


def test_a_page_too_large_is_no_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "LARGEST_PAGE", 1000)
    (found,) = read(write(tmp_path / "a.html", "<html>" + PAGE * 20))
    assert isinstance(found, Rejection)
    assert "это не одна статья" in found.reason


def test_a_text_longer_than_a_book_is_no_article_and_a_long_one_says_where_its_names_end(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Сталь шла. " * 200_000)
    write(tmp_path / "b.txt", "Сталь шла. " * 20_000)
    long, whole = read(tmp_path)
    assert long == Rejection("a.txt", "текст длиннее 2 млн знаков: это не одна статья")
    assert isinstance(whole, Article)
    assert whole.warnings == ("длинный текст: имена искались в первых 200 тысячах знаков",)


def test_what_the_archivist_said_fills_the_gaps(tmp_path: Path) -> None:
    dated = {"text": TEXT, "date": "2020-01-02T10:00:00Z", "source": "Вести"}
    write(tmp_path / "a.jsonl", "\n".join(json.dumps(record) for record in (dated, {"text": TEXT})))
    options = ReadOptions(source="Правда", date=dt.date(1999, 5, 9), zone=ZoneInfo("Asia/Yekaterinburg"))
    first, second = read(tmp_path, options)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.source, second.source) == ("Правда", "Правда")
    assert first.published == Published(dt.date(2020, 1, 2), dt.time(15, 0), "metadata")
    assert second.published == Published(dt.date(1999, 5, 9), None, "option")
    plain = read(tmp_path)
    assert [item.source for item in plain if isinstance(item, Article)] == ["Вести", None]
    assert isinstance(plain[1], Article)
    assert plain[1].published == UNDATED


def test_warnings(tmp_path: Path) -> None:
    future = (dt.date.today() + dt.timedelta(days=40)).isoformat()
    records = [
        {"text": "Стан пущен."},
        {"text": TEXT, "date": future},
        {"text": TEXT + " \ufffd\ufffd"},
        {"text": TEXT},
    ]
    write(tmp_path / "a.jsonl", "\n".join(json.dumps(record) for record in records))
    warnings = [item.warnings for item in read(tmp_path) if isinstance(item, Article)]
    assert [len(group) for group in warnings] == [1, 1, 1, 0]
    assert warnings[0] == ("короткий текст: букв 9",)
    assert warnings[1][0].startswith("дата в будущем: ")
    assert warnings[2] == ("знаков не прочитано: 2",)


def test_damaged_bytes_are_told(tmp_path: Path) -> None:
    damaged = write(tmp_path / "a.txt", (TEXT * 20).encode()[:-1] + b"\xff\xfe.")
    (found,) = read(damaged)
    assert isinstance(found, Article)
    assert len(found.warnings) == 1
    assert "не прочитано" in found.warnings[0]


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.txt", PAGE, "html"),
        ("a.html", PAGE, "html"),
        ("a.html", "Просто текст без разметки", "text"),
        ("страница", "<!doctype html>\n<p>Текст", "html"),
        ("a.txt", "<Без заголовка>\nТекст", "text"),
        ("a.txt", '{"text": "Текст"}\n{"text"', "jsonl"),
        ("a.json", '[\n  {"text": "Текст"', "jsonl"),
        ("a.txt", "[Фото] Завод пустил стан.", "text"),
        ("a.txt", "id;заголовок;текст\n1;2;3", "csv"),
        ("a.csv", "id;title;text\n", "csv"),
        ("a.tsv", "id\ttitle\ttext\n", "csv"),
        ("без конца", TEXT, "text"),
        ("12.03.1998 Пущен стан", TEXT, "text"),
        ("a.jsonl.gz", '{"text": "Текст"}', "jsonl"),
    ],
)
def test_the_format_is_told_by_content_then_by_name(name: str, head: str, kind: str) -> None:
    assert format_of(name, head) == kind


def test_a_format_may_be_ordered_and_unknown_ones_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"«\.css»"):
        format_of("a.css", "body {}")
    (found,) = read(write(tmp_path / "a.css", TEXT), ReadOptions(format="text"))
    assert isinstance(found, Article)


def test_exports_are_streamed_and_may_be_packed(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.jsonl.gz", "wt") as file:
        for number in range(50_000):
            file.write(json.dumps({"id": number, "text": TEXT}) + "\n")
    found = list(islice(read_batch([tmp_path]), 3))
    assert [item.path for item in found] == ["a.jsonl.gz:1", "a.jsonl.gz:2", "a.jsonl.gz:3"]


def test_names_of_files_in_an_old_encoding(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/" + "стан.txt".encode("windows-1251")
    Path(os.fsdecode(name)).write_text(TEXT)
    assert [item.path for item in read(tmp_path)] == ["стан.txt"]


PIECES = st.sampled_from(
    [b"<html>", b"<p>", "стан. ".encode(), "стан. ".encode("cp1251"), b'{"text": "', b'"}\n', b"[", b"]", b";", b'"',
     b"\n",
     b"text;id\n", b"\x00", b"\xff\xfe", b"https://[", b"12.03.1998",
     b"<script type='application/ld+json'>", b'{"@type":"NewsArticle","datePublished":',
     b"&#xD800;", b"&#0;", b"\\ud800", b"</p>", b"<!--", b"<a hre", b"\x1f\x8b"]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=25).map(b"".join)),
    st.sampled_from(["html", "text", "jsonl", "csv", None]),
)
def test_no_bytes_stop_a_batch(tmp_path: Path, data: bytes, kind: batch.Format | None) -> None:
    write(tmp_path / "a.txt", data)
    for item in read(tmp_path, ReadOptions(format=kind)):
        assert item.path.startswith("a.txt")
        if isinstance(item, Article):
            assert item.paragraphs
            assert item.digest  # can be stored: no half characters
        else:
            assert "не удалось разобрать" not in item.reason  # nothing unforeseen


def test_old_encodings_come_through(gold: Path) -> None:
    found = read(gold / "encodings" / "IBM866")
    assert {item.encoding for item in found if isinstance(item, Article)} == {"cp866"}
    assert all(re.search("[а-я]", item.reason) for item in found if isinstance(item, Rejection))

"""Archives read as they lie: the same articles as from a folder, and nothing that leads out, swells or is locked."""

import gzip
import io
import json
import re
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.article import Article, Rejection
from archive.batches import archive_files as packed
from archive.batches.reading import read_batch

TEXT = "На заводе «Красный Октябрь» пустили новый прокатный стан. Его ждали три года."
FILES = {
    "05/стан.txt": TEXT.encode("cp1251"),
    "05/экспорт.jsonl": (json.dumps({"text": TEXT}) + "\n").encode() * 2,
    "06/таблица.csv": f"id;text\n1;{TEXT}\n".encode(),
}
NAMES = ["05/стан.txt", "05/экспорт.jsonl:1", "05/экспорт.jsonl:2", "06/таблица.csv:2"]

Packing = Callable[[Path, dict[str, bytes]], Path]


def zipped(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return path


def tarred(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz" if path.name.endswith("gz") else "w") as file:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return path


def read(*paths: Path) -> list[Article | Rejection]:
    return list(read_batch(paths))


def reasons(path: Path) -> dict[str, str]:
    return {item.path: item.reason for item in read(path) if isinstance(item, Rejection)}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "без окончания.zip.tar"])
def test_an_archive_is_the_folder_it_was_packed_from(tmp_path: Path, name: str) -> None:
    for inside, data in FILES.items():
        (tmp_path / "папка" / inside).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "папка" / inside).write_bytes(data)
    packing = zipped if name.endswith(".zip") else tarred
    found = read(packing(tmp_path / name, FILES))
    assert [item.path for item in found] == NAMES
    assert found == read(tmp_path / "папка")


def test_archives_in_a_folder_keep_their_names_apart(tmp_path: Path) -> None:
    zipped(tmp_path / "1.zip", {"a.txt": TEXT.encode()})
    tarred(tmp_path / "2.tgz", {"./a.txt": TEXT.encode()})
    assert [item.path for item in read(tmp_path)] == ["1.zip/a.txt", "2.tgz/a.txt"]
    assert [item.path for item in read(tmp_path / "1.zip", tmp_path / "2.tgz")] == ["1.zip/a.txt", "2.tgz/a.txt"]


@pytest.mark.parametrize("encoding", ["cp866", "windows-1251", "utf-8"])
def test_names_in_the_encoding_of_their_time(tmp_path: Path, encoding: str) -> None:
    names = ["Газета/Номер 12/завод.txt", "Газета/Номер 12/Открытие школы.txt"]
    stand_in = {name: letter * len(name.encode(encoding)) for name, letter in zip(names, "XY", strict=True)}
    data = zipped(tmp_path / "a.zip", {ascii_: TEXT.encode() for ascii_ in stand_in.values()}).read_bytes()
    for name, ascii_ in stand_in.items():
        data = data.replace(ascii_.encode(), name.encode(encoding))
    (tmp_path / "a.zip").write_bytes(data)
    assert sorted(item.path for item in read(tmp_path / "a.zip")) == sorted(names)


def test_a_name_that_a_mac_packed_is_the_same_name(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "Номер 5/Ёлка и йод.txt")
    assert apart != "Номер 5/Ёлка и йод.txt"
    for packing, name in ((zipped, "a.zip"), (tarred, "a.tgz")):
        assert [item.path for item in read(packing(tmp_path / name, {apart: TEXT.encode()}))] == [
            "Номер 5/Ёлка и йод.txt"
        ]


def test_a_tar_with_old_names(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w", encoding="cp1251", format=tarfile.GNU_FORMAT) as file:
        info = tarfile.TarInfo("май/стан.txt")
        info.size = len(TEXT.encode())
        file.addfile(info, io.BytesIO(TEXT.encode()))
    assert [item.path for item in read(tmp_path / "a.tar")] == ["май/стан.txt"]


@pytest.mark.parametrize("packing", [zipped, tarred])
def test_what_leads_out_or_holds_others_is_refused_and_the_rest_read(tmp_path: Path, packing: Packing) -> None:
    inner = zipped(tmp_path / "inner.zip", {"b.txt": TEXT.encode()}).read_bytes()
    files = {
        "../../etc/cron.d/a": TEXT.encode(),
        "/etc/passwd": TEXT.encode(),
        "C:/a.txt": TEXT.encode(),
        "внутри.zip": inner,
        "внутри.bin": inner,
        "скан.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
        "__MACOSX/._a.txt": b"\x00\x05\x16\x07",
        "Номера/Thumbs.db": b"\xd0\xcf\x11\xe0",
        ".DS_Store": b"\x00",
        "хорошо.txt": TEXT.encode(),
    }
    path = packing(tmp_path / "a.any", files)
    assert [item.path for item in read(path) if isinstance(item, Article)] == ["хорошо.txt"]
    found = reasons(path)
    assert set(found) == set(files) - {"__MACOSX/._a.txt", "Номера/Thumbs.db", ".DS_Store", "хорошо.txt"}
    for name in ("../../etc/cron.d/a", "/etc/passwd", "C:/a.txt"):
        assert "наружу" in found[name]
    assert "архив внутри архива" in found["внутри.zip"]
    assert "архив ZIP" in found["внутри.bin"]
    assert "JPEG" in found["скан.jpg"]
    assert not (tmp_path.parent / "etc").exists()


def test_links_in_archives_are_not_followed(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as file:
        link = tarfile.TarInfo("ссылка.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file_:
        info = zipfile.ZipInfo("ссылка.txt")
        info.external_attr = 0o120777 << 16
        file_.writestr(info, "/etc/passwd")
    for name in ("a.tar", "a.zip"):
        assert "ссылка" in reasons(tmp_path / name)["ссылка.txt"]


def test_a_locked_zip(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "a.zip", {"a.txt": TEXT.encode()}).read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert reasons(tmp_path / "a.zip") == {"a.txt": "файл в архиве закрыт паролем"}


def test_bombs_do_not_go_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "UNMEASURED", 100_000)
    zeros = b"0" * 5_000_000
    zipped(tmp_path / "a.zip", {"a.txt": zeros})
    tarred(tmp_path / "a.tgz", {"a.txt": zeros})
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(zeros))
    for name in ("a.zip", "a.tgz", "a.jsonl.gz"):
        found = reasons(tmp_path / name)
        assert found
        assert all("распаковывается" in why or "больше файлов" in why for why in found.values()), found
    monkeypatch.setattr(packed, "UNMEASURED", 10**9)
    monkeypatch.setattr(packed, "MOST_FILES", 1)
    assert "больше файлов" in reasons(zipped(tmp_path / "много.zip", {"a.txt": b"a", "b.txt": b"b"}))["много.zip"]


def test_a_file_that_claims_more_than_its_archive_holds_is_refused_at_once(tmp_path: Path) -> None:
    for size in (10**12, 3_000):
        header = tarfile.TarInfo("а.txt")
        header.size = size
        (tmp_path / "a.tar").write_bytes(header.tobuf(tarfile.GNU_FORMAT) + b"\0" * 2_000)
        assert list(reasons(tmp_path / "a.tar").values()) == [
            "в архиве испорчен размер файла «а.txt»: остальное не прочитано"
        ]


def test_broken_and_empty_archives(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip", FILES).read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[: len(whole) // 2])
    assert reasons(tmp_path / "a.zip") == {"a.zip": "архив или сжатый файл испорчен"}
    assert reasons(zipped(tmp_path / "пусто.zip", {})) == {"пусто.zip": "в архиве нет файлов"}
    whole = tarred(tmp_path / "a.tgz", FILES | {"07/шум.txt": bytes(range(256)) * 400}).read_bytes()
    (tmp_path / "a.tgz").write_bytes(whole[: len(whole) // 2])
    found = read(tmp_path / "a.tgz")
    assert any(isinstance(item, Rejection) and "испорчен" in item.reason for item in found)
    damaged = bytearray(zipped(tmp_path / "b.zip", FILES, zipfile.ZIP_STORED).read_bytes())
    damaged[damaged.index("таблица".encode()) + 60] ^= 0xFF
    (tmp_path / "b.zip").write_bytes(damaged)
    assert [item.path for item in read(tmp_path / "b.zip")][:3] == NAMES[:3]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["a.zip", "a.tar", "a.tgz"]), st.lists(st.tuples(st.integers(0), st.binary(max_size=4)), max_size=4)
)
def test_no_damage_stops_a_batch(tmp_path: Path, name: str, damage: list[tuple[int, bytes]]) -> None:
    packing = zipped if name.endswith("zip") else tarred
    data = bytearray(packing(tmp_path / name, FILES).read_bytes())
    for place, piece in damage:
        place %= len(data)
        data[place : place + len(piece)] = piece
    (tmp_path / name).write_bytes(data)
    for item in read(tmp_path / name):
        assert isinstance(item, Article) or re.search("[а-я]", item.reason)

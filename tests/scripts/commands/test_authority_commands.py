"""The commands that check, fill in and explain the authority file; and which pairs of names are offered for merging."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.home import Home
from indexer.authority.authority_file import read_authority
from indexer.authority.authority_line import COLUMNS
from indexer.authority.authority_table import add_line
from indexer.entities.merge_candidates import KnownEntity, merge_candidates
from indexer.name_key import name_key
from scripts.cli import commands
from tests.indexer.authority.test_authority import ARTICLES, HEAD, article
from tests.support.project import ROOT
from tests.support.random_archives import published_home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return published_home(tmp_path, [ARTICLES])


def run(home: Home, *words: str) -> Result:
    return CliRunner().invoke(commands, ["authority", *words], env={"PODSHIVKA_HOME": str(home.path)})


def test_merge_is_seen_explained_and_undone(home: Home) -> None:
    before = run(home, "export").stdout
    merged = run(home, "merge", "volzhskiy-trubnyy-zavod", "vtz")
    assert (merged.exit_code, "строка 2" in merged.stdout) == (0, True)
    assert (
        "volzhskiy-trubnyy-zavod,Волжский трубный завод,предприятие,Волжский трубный завод | ВТЗ"
        in run(home, "export").stdout
    )
    explained = run(home, "explain", "vtz").stdout
    assert "присоединено к volzhskiy-trubnyy-zavod" in explained
    assert "enterprises.csv, строка 2" in explained
    (home.authority / "enterprises.csv").unlink()
    assert run(home, "export").stdout == before


def test_spellings_of_a_foreign_name_are_explained(tmp_path: Path) -> None:
    home = published_home(tmp_path, [[article(1, "Эдди Холл"), article(2, "Эдди Голл, Иван Котов")]])
    explained = run(home, "explain", "eddi-goll").stdout
    assert "«Голл» и «Холл» – одно и то же, только написано по-разному" in explained
    assert "написано по-разному" not in run(home, "explain", "ivan-kotov").stdout


def test_split_counts_what_it_took(home: Home) -> None:
    done = run(home, "split", "sergey-ivanov", "Сергей Иванов из «Правды»", "--source", "Правда", "--from", "2021")
    assert done.stdout.splitlines()[-1] == "«Сергей Иванов из «Правды»» (sergey-ivanov--2): 1\N{NO-BREAK SPACE}статья."
    assert "Сергей Иванов (персона, sergey-ivanov): 2" in run(home, "explain", "sergey-ivanov").stdout


def test_lines_are_explained_as_they_are_written(home: Home) -> None:
    home.authority.mkdir()
    lines = {
        "persons.csv": (
            "sergey-ivanov,,скрыть",
            "ivanov-vtz,Иванов с ВТЗ,,Сергей Иванов [вместе: ВТЗ]",
            "anna-chernykh,,,,А. Черных",
        ),
        "enterprises.csv": ("vtz,,,stz", "volzhskiy-trubnyy-zavod,,,vtz"),
    }
    for file, own in lines.items():
        (home.authority / file).write_text("\n".join((HEAD, *own)), encoding="utf-8")
    hidden = run(home, "explain", "sergey-ivanov").stdout
    assert "persons.csv, строка 2: id: sergey-ivanov; kind: скрыть" in hidden
    assert "не показываются" in hidden
    assert "variants: Сергей Иванов [вместе: ВТЗ]" in run(home, "explain", "ivanov-vtz").stdout
    chain = run(home, "explain", "stz").stdout
    assert "stz присоединено к volzhskiy-trubnyy-zavod" in chain
    assert "enterprises.csv, строка 2: id: vtz; variants: stz" in chain
    assert "А. Черных (персона, anna-chernykh--a-chernykh)" in run(home, "explain", "anna-chernykh--a-chernykh").stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("merge", "vtz", "nikto"), 3),
        (("merge", "vtz", "vtz"), 2),
        (("split", "vtz", "Другой"), 2),
        (("explain", "nikto"), 3),
        (("split", "vtz", "", "--source", "Правда"), 2),
        (("split", "sergey-ivanov", "Другой", "--from", "вчера"), 3),
        (("split", "sergey-ivanov", "Другой", "--from", "2022", "--to", "2021"), 3),
        (("split", "sergey-ivanov", "Другой", "--together", "Никто"), 3),
        (("split", "sergey-ivanov", "Другой", "--source", "Никакая газета"), 3),
    ],
)
def test_what_makes_no_sense_writes_nothing(home: Home, words: tuple[str, ...], code: int) -> None:
    assert run(home, *words).exit_code == code
    assert not list(home.authority.glob("*"))


def test_check(home: Home) -> None:
    assert run(home, "check").exit_code == 0
    home.authority.mkdir()
    lines = "id,variants\nsergey-ivanov,Серёжа Иванов|Ванов\nЯ,\n"
    (home.authority / "persons.csv").write_text(lines, encoding="utf-8")
    said = run(home, "check")
    assert said.exit_code == 1
    assert "persons.csv, строка 3: id «Я»" in said.stdout
    unmet = "persons.csv, строка 2: в архиве нет «Серёжа Иванов», «Ванов»"
    assert unmet not in said.stdout
    assert "Строк с написаниями, которых в архиве нет: 1. Это не ошибка" in said.stdout
    assert unmet in run(home, "check", "--all").stdout


def test_candidates_name_the_command_that_merges_them(home: Home) -> None:
    said = run(home, "candidates").stdout
    assert "Волжский трубный завод (1" in said
    assert "podshivka authority merge vtz volzhskiy-trubnyy-zavod" in said


def known(text: str, articles: int) -> KnownEntity:
    """«p:сталин|иосиф||m» or «e:химпром»."""
    kind = "person" if text.startswith("p:") else "enterprise"
    return KnownEntity(text, kind, text[2:].capitalize(), (name_key(text),), articles)


ALIKE = [
    ("p:мантуров|денис||m", "p:монтуров|денис||m", "одной буквой"),
    ("p:бочаров|андрей|иванович|m", "p:бочаров|а|и|m", "инициалы"),
    ("p:бочаров|андрей||m", "p:бочаров|||m", "без имени"),
    ("p:ван дамм|жан клод||m", "p:ван дамм|ж||m", "инициалы"),
    ("e:титан-баррикады", "e:титан баррикады", "одной буквой"),
    ("p:онопа|александр||m", "p:онопа|алексадр||m", "имена отличаются"),
    ("p:вовк|наталья||f", "p:вовк|наталия||f", "имена отличаются"),
    ("e:царицынский блок", "e:завод царицынский блок", "конец"),
]
NOT_ALIKE = [
    ("p:иванов|денис||m", "p:иванова|денис||f"),
    ("p:шевченко|анна||f", "p:шевченко|а||m"),
    ("p:бочаров|андрей|иванович|m", "p:бочаров|а|с|m"),
    ("e:гпз-15", "e:гпз-16"),
    ("e:рица", "e:рига"),
    ("o:правление", "o:управление"),
    ("p:дюк|марина||f", "p:дюк|карина||f"),
]


@pytest.mark.parametrize(("one", "other", "why"), ALIKE)
def test_alike(one: str, other: str, why: str) -> None:
    [pair] = merge_candidates([known(other, 1), known(one, 5)])
    assert (pair.one.id, pair.other.id) == (one, other)
    assert why in pair.why


@pytest.mark.parametrize(("one", "other"), NOT_ALIKE)
def test_not_alike(one: str, other: str) -> None:
    assert merge_candidates([known(one, 5), known(other, 1)]) == []


@pytest.mark.parametrize(
    ("old", "number"),
    [
        (None, 2),
        (b"", 2),
        (b"\xef\xbb\xbf" + ";".join(COLUMNS).encode() + b"\r\nvtz;" + "ВТЗ".encode() + b";;;;;;;\r\n", 3),
        (b"id,variants,note\nvtz,stz,", 3),
        ("id,variants,note\nvtz,,Наша заметка о заводе\n".encode("windows-1251"), 3),
    ],
)
def test_a_line_is_added_as_the_file_is_written(old: bytes | None, number: int, tmp_path: Path) -> None:
    path = tmp_path / "authority" / "enterprises.csv"
    if old is not None:
        path.parent.mkdir()
        path.write_bytes(old)
    assert add_line(path, {"id": "novyy", "variants": "Ћирилица, «Б»", "note": ""}) == number
    read = read_authority(path.parent)
    assert not read.problems
    assert (read.lines[-1].id, read.lines[-1].number) == ("novyy", number)
    assert read.lines[-1].variants[0].text == "Ћирилица, «Б»"
    if old and old[:2] != b"id":
        assert path.read_bytes().startswith(old)


def test_lines_of_many_people_at_once_all_stand(home: Home) -> None:
    """Real processes split the same entity and merge others at the same moment."""
    splits = [["split", "sergey-ivanov", f"Сергей Иванов {n}", "--from", f"20{n}"] for n in (19, 20, 21)]
    given = [*splits, ["merge", "volzhskiy-trubnyy-zavod", "vtz"], ["merge", "vtz", "нет-такого"]]
    environment = os.environ | {"PODSHIVKA_HOME": str(home.path)}
    command = [sys.executable, "-m", "scripts.cli", "authority"]
    running = [
        subprocess.Popen([*command, *words], env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for words in given
    ]
    ended = [(one.communicate(), one.returncode) for one in running]
    done = [words for words, (_, status) in zip(given, ended, strict=True) if status == 0]
    written = read_authority(home.authority)
    assert not written.problems
    labels = [line.label for line in written.lines if line.label]
    assert sorted(labels) == sorted(words[2] for words in done if words[0] == "split")
    assert len({line.id for line in written.lines}) == len(written.lines) == len(done) >= 2
    assert [status for _, status in ended][3:] == [0, 3]

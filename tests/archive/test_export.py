"""What an archive gives out it takes back word for word: any article, any line, any disk."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import archive
from archive.article import Article, Published, Rejection
from archive.batches.reading import ReadOptions, read_batch
from archive.records.export import export_line
from archive.store.store import Store
from scripts.actions import export as exporting
from scripts.cli import commands
from tests.support.project import ROOT

SCHEMA = json.loads((ROOT / "docs" / "article.schema.json").read_text(encoding="utf-8"))
SAMPLE = Path(archive.__file__).parent / "sample" / "batch"
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None

# What no repair of a reader leaves alone: tags, entities, glued sentences, broken words, odd spaces and signs.
ODD = st.sampled_from(
    (
        "<p>",
        "&amp;",
        "пред-",
        "вопросов.Как",
        "\u00ad",
        "\xa0",
        "  ",
        "\t",
        "\u2028",
        "\x85",
        "\ufeff",
        "«»",
        "1",
        "\r",
        "\x00",
    )
)
words = st.lists(ODD | st.text("абвё AZ.,\"\\'{}[]", max_size=8), max_size=6).map("".join)
some = st.none() | words
names = st.lists(words, max_size=2).map(tuple)
times = st.none() | st.builds(dt.time, st.integers(0, 23), st.integers(0, 59), st.sampled_from((0, 7)))
published = st.just(Published()) | st.builds(
    Published, st.dates(), times, st.sampled_from(("metadata", "page", "text", "url", "sitemap", "option"))
)
articles = st.lists(
    st.builds(
        Article,
        path=words,
        paragraphs=st.lists(words, min_size=1, max_size=3).map(tuple),
        title=st.none() | words.filter(bool),
        published=published,
        source=st.none() | words.filter(bool),
        own_id=some,
        url=some,
        author=some,
        rubric=some,
        genre=some,
        issue=some,
        page=some,
        persons=names,
        enterprises=names,
        encoding=some,
        warnings=names,
    ),
    max_size=6,
)


def added(folder: Path, batch: Sequence[Article | Rejection]) -> list[str]:
    """The export of a new archive that was given the batch."""
    with Store(folder / "archive.sqlite", write=True) as store:
        number = store.begin_batch("партия", "партия")
        store.stage(number, batch)
        store.publish_batch(number)
        return [export_line(stored.article) for stored in store.current()]


@settings(max_examples=60, deadline=None)
@given(articles)
def test_exported_added_and_exported_again_it_is_the_same(batch: list[Article]) -> None:
    with TemporaryDirectory(dir=IN_MEMORY) as one, TemporaryDirectory(dir=IN_MEMORY) as other:
        first = added(Path(one), batch)
        for exported in first:
            Draft202012Validator(SCHEMA).validate(json.loads(exported))
        dump = Path(other) / "выгрузка.jsonl"
        dump.write_text("".join(first), encoding="utf-8")
        read = list(read_batch([dump])) if first else []
        assert added(Path(other), read) == first


FEW = st.sampled_from(("Завод пустил стан.", "Сев окончен.", "Волга замёрзла."))
CORRECTED = st.lists(  # batches: the same few articles with texts that become one another's
    st.lists(
        st.builds(
            Article,
            path=st.sampled_from("абв"),
            paragraphs=st.tuples(FEW),
            source=st.sampled_from((None, "Вести")),
            own_id=st.sampled_from((None, "1", "2")),
        ),
        max_size=5,
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(CORRECTED, st.sets(st.integers(1, 6)))
def test_articles_that_became_one_another_s_text_come_back_apart(batches: list[list[Article]], gone: set[int]) -> None:
    with TemporaryDirectory(dir=IN_MEMORY) as one, TemporaryDirectory(dir=IN_MEMORY) as other:
        for batch in batches:
            added(Path(one), batch)
        with Store(Path(one) / "archive.sqlite", write=True) as store:
            store.remove(gone)
            first = [export_line(stored.article) for stored in store.current()]
        dump = Path(other) / "выгрузка.jsonl"
        dump.write_text("".join(first), encoding="utf-8")
        read = list(read_batch([dump])) if first else []
        with Store(Path(other) / "archive.sqlite") as empty:
            assert [item.outcome for item in empty.compare(read)] == ["new"] * len(first)
        assert added(Path(other), read) == first


def podshivka(home: Path, *arguments: object) -> Result:
    return CliRunner().invoke(commands, list(map(str, arguments)), env={"PODSHIVKA_HOME": str(home)})


def test_the_command_and_its_way_back(tmp_path: Path) -> None:
    one, other, dump = tmp_path / "один", tmp_path / "другой", tmp_path / "всё.jsonl"
    podshivka(one, "add", SAMPLE)
    podshivka(one, "remove", 3)
    said = podshivka(one, "export", dump)
    assert (said.exit_code, "Выгружено статей: 39." in said.output) == (0, True)
    assert len(dump.read_text(encoding="utf-8").splitlines()) == 39
    assert podshivka(one, "export").stdout == dump.read_text(encoding="utf-8")
    again = podshivka(one, "add", dump)
    assert "Прочитано 39: новых 0, изменённых 0, без изменений 39, отказов 0." in again.output
    assert podshivka(other, "add", dump).exit_code == 0
    assert podshivka(other, "export").stdout == dump.read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.new"))


def test_an_export_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, dump = tmp_path / "дом", tmp_path / "всё.jsonl"
    podshivka(home, "add", SAMPLE)
    dump.write_text("прежнее", encoding="utf-8")

    def full(article: Article) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "export_line", full)
    said = podshivka(home, "export", dump)
    assert (said.exit_code, f"{dump}: на диске не осталось места" in said.output) == (3, True)
    assert dump.read_text(encoding="utf-8") == "прежнее"
    assert not list(tmp_path.glob("*.new"))
    assert podshivka(home, "export", tmp_path / "нет" / "x").exit_code == 3


@pytest.mark.parametrize("command", ["export", "log", "export --help"])
def test_a_reader_that_has_enough_is_no_error(tmp_path: Path, command: str) -> None:
    podshivka(tmp_path, "add", SAMPLE)
    run = subprocess.run(
        f"{sys.executable} -m scripts.cli {command} | (exec <&-; sleep .1)",
        shell=True,
        cwd=ROOT,
        env={"PODSHIVKA_HOME": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    assert not any(word in run.stderr.decode() for word in ("Traceback", "Exception", "Ошибка"))


GOOD = {"podshivka": 1, "path": "a", "paragraphs": ["Завод пустил стан."]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"podshivka": 2}, "другой версии"),
        ({"paragraphs": "Завод"}, "поле paragraphs – не список строк"),
        ({"paragraphs": ["a", 1]}, "поле paragraphs – не список строк"),
        ({"paragraphs": ["a\nb"]}, "разрыв строки"),
        ({"title": 5}, "поле title – не строка"),
        ({"day": "2003-02-31"}, "день или время «2003-02-31"),
        ({"origin": "сон"}, "поле origin"),
        ({"body": "Завод"}, "поле body"),
        ({"path": None}, "нет поля path"),
    ],
)
def test_a_spoilt_line_is_a_rejection(tmp_path: Path, wrong: dict[str, object], said: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(GOOD) + "\n" + json.dumps(GOOD | wrong), encoding="utf-8")
    good, bad = read_batch([tmp_path / "a.jsonl"], ReadOptions(source="Вести"))
    assert isinstance(good, Article)
    assert (good.source, good.paragraphs) == ("Вести", ("Завод пустил стан.",))
    assert isinstance(bad, Rejection)
    assert bad.path == "a.jsonl:2"
    assert said in bad.reason

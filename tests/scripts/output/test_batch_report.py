"""What an archivist is told of a batch: its numbers add up, every line says what became of a file and why."""

import csv
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.article import Article, DateOrigin, Rejection
from archive.batches.reading import ReadOptions, finished, names_the_site
from archive.records.log import Outcome
from archive.store.store import Store
from scripts.cli import commands
from scripts.output.batch_report import COLUMNS, ORIGINS, OUTCOMES, line, told

WORDS = st.sampled_from(("Завод пустил стан.", "Сев окончен.", "Волга замёрзла."))
ITEMS = st.lists(
    st.builds(Rejection, st.sampled_from("абв"), st.just("пусто"))
    | st.builds(
        Article,
        path=st.sampled_from("абвгд"),
        paragraphs=st.tuples(WORDS),
        source=st.sampled_from((None, "Вести")),
        warnings=st.sampled_from(((), ("короткий текст: букв 9",))),
    ),
    max_size=12,
)
STAN = "Директор завода пустил новый прокатный стан, которого в городе ждали целый год."


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(ITEMS, min_size=1, max_size=3))
def test_counts_add_up_in_all_places(tmp_path_factory: pytest.TempPathFactory, batches: list[list[object]]) -> None:
    folder = tmp_path_factory.mktemp("report")
    nothing: dict[str, int] = dict.fromkeys(OUTCOMES, 0)
    with Store(folder / "archive.sqlite", write=True) as store:
        for items in batches:
            dry = Counter(item.outcome for item in store.compare(items))  # type: ignore[arg-type]
            batch = store.begin_batch("партия", "партия")
            store.stage(batch, items)  # type: ignore[arg-type]
            counts = store.publish_batch(batch)
            status = told(store.items(batch), folder / "отчёт.csv", "Партия. ")
            outcomes = Counter(item.outcome for item in store.items(batch))
            assert counts.read == len(items) == outcomes.total()
            assert {name: getattr(counts, name) for name in nothing} == nothing | outcomes
            assert dry == outcomes
            assert [row["исход"] for row in rows(folder / "отчёт.csv")] == [
                OUTCOMES[item.outcome] for item in store.items(batch)
            ]
            assert status == (outcomes["rejected"] > 0)
            assert all(item.reason for item in store.items(batch) if item.outcome == "rejected")
        assert [kept.counts.read for kept in store.batches()] == list(map(len, batches))


def test_every_outcome_and_origin_has_its_word() -> None:
    assert list(OUTCOMES) == list(get_args(Outcome))
    assert list(ORIGINS) == list(get_args(DateOrigin))


def test_a_line_says_all_about_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "партия"
    folder.mkdir()
    future = dt.date.today() + dt.timedelta(days=40)
    pages = {
        "a.html": f"<title>Вести – официальный сайт</title><meta name=date content={future}><p>{STAN}</p>",
        "b.txt": f"Пуск стана\n\n12 мая 2003 г.\n\n{STAN}\n",
        "c.txt": "Мало.",
        "d.txt": "",
    }
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="koi8-r" if name == "b.txt" else "utf-8")
    report = tmp_path / "отчёт.csv"
    given = ["add", str(folder), "--source", "Вести", "--report", str(report), "--dry-run"]
    assert CliRunner().invoke(commands, given, env={"PODSHIVKA_HOME": str(tmp_path / "дом")}).exit_code == 1
    page, pause, short, empty = rows(report)
    assert tuple(page) == COLUMNS
    assert (page["исход"], page["дата"], page["откуда дата"]) == ("новая", str(future), "метаданные")
    assert f"дата в будущем: {future:%d.%m.%Y}" in page["предупреждения"]
    assert "заголовок похож на название издания" in page["предупреждения"]
    assert [pause[name] for name in ("исход", "дата", "откуда дата", "кодировка", "предупреждения")] == [
        *("новая", "2003-05-12", "текст", "koi8-r", "")
    ]
    assert "короткий текст: букв 4" in short["предупреждения"]
    assert (empty["исход"], empty["причина"], empty["статья"]) == ("отказ", "файл пуст", "")


@pytest.mark.parametrize(
    ("title", "source", "said"),
    [
        ("Вести", "Вести", True),
        ("ВЕСТИ Волги: новости", "Вести Волги", True),
        ("Главная страница", "", True),
        ("Вести с полей", "Вести", False),
        ("Новости завода", "Вести", False),
        ("Пуск стана – Вести", "Вести", False),
    ],
)
def test_a_title_that_only_names_the_paper_is_warned_of(title: str, source: str, said: bool) -> None:
    assert names_the_site(title, source) == said
    article = finished(Article("a", (STAN,), title, source=source or None), ReadOptions())
    assert any("название издания" in warning for warning in article.warnings) == said


def test_a_line_is_as_long_as_the_head(tmp_path: Path) -> None:
    with Store(tmp_path / "нет") as store:
        (item,) = store.compare([Article("a", (STAN,))])
    assert len(line(item)) == len(COLUMNS)


def test_what_is_unchanged_though_it_was_not_there_says_why(tmp_path: Path) -> None:
    folder, report = tmp_path / "партия", tmp_path / "отчёт.csv"
    folder.mkdir()
    home = {"PODSHIVKA_HOME": str(tmp_path / "дом")}
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(STAN, encoding="utf-8")
    (folder / "c.jsonl").write_text(f'{{"id": 1, "text": "{STAN} Ещё."}}\n' * 2, encoding="utf-8")
    reasons = []
    for _ in range(2):
        CliRunner().invoke(commands, ["add", str(folder), "--report", str(report)], env=home)
        reasons.append({row["файл"]: (row["исход"], row["причина"]) for row in rows(report)})
    assert reasons[0] == {
        "a.txt": ("новая", ""),
        "b.txt": ("без изменений", "тот же текст, что в a.txt"),
        "c.jsonl:1": ("новая", ""),
        "c.jsonl:2": ("без изменений", "то же, что в c.jsonl:1"),
    }
    assert reasons[1] == {
        "a.txt": ("без изменений", ""),
        "b.txt": ("без изменений", "тот же текст, что у статьи 1"),
        "c.jsonl:1": ("без изменений", ""),
        "c.jsonl:2": ("без изменений", "то же, что в c.jsonl:1"),
    }

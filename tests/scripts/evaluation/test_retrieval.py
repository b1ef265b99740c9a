"""Searches are scored as can be counted by hand, and peers answer the same queries over the same articles."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.cli import commands
from scripts.evaluation.retrieval.peers import Fts5, LemmaBm25, content_words
from scripts.evaluation.retrieval.scores import difference, scored
from scripts.evaluation.retrieval.tasks import tasks
from tests.support.project import ROOT

FLOORS = json.loads((ROOT / "tests" / "baselines" / "retrieval.json").read_text(encoding="utf-8"))

EVENTS = {  # own id: headline, text
    "пуск-1": ("Завод запустил стан", "Волжский трубный завод запустил новый прокатный стан."),
    "пуск-2": ("На трубном пустили стан", "Новый стан запущен на трубном заводе в Волжском."),
    "дождь-1": ("Дожди вернулись в область", "Синоптики обещают ливни и грозы всю неделю."),
    "дождь-2": ("Синоптики обещают грозы", "Всю неделю в области будут идти дожди."),
}
JUDGED = {"q1": ("Завод запустил стан", "пуск-2"), "q2": ("Синоптики обещают грозы", "дождь-1")}


@pytest.fixture
def small_gold(tmp_path: Path) -> Path:
    """A folder with two events of two articles each."""
    folder = tmp_path / "gold" / "retrieval"
    folder.mkdir(parents=True)
    with gzip.open(folder / "docs.jsonl.gz", "wt", encoding="utf-8") as lines:
        for id, (title, text) in EVENTS.items():
            article = {"id": id, "title": title, "text": f"{title}\n{text}", "date": "2020-05-03", "source": "Газета"}
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")
    (folder / "queries.tsv").write_text("".join(f"{id}\t{text}\n" for id, (text, _) in JUDGED.items()), "utf-8")
    (folder / "qrels.txt").write_text("".join(f"{id} 0 {own_id} 1\n" for id, (_, own_id) in JUDGED.items()), "utf-8")
    return tmp_path / "gold"


def test_scores_are_those_counted_by_hand() -> None:
    relevant = frozenset({"а", "б"})
    assert scored(["а", "б"], relevant) == (1.0, 1.0, 1.0, 0.0)
    second = scored(["в", "а"], relevant)
    assert second.ndcg == pytest.approx(0.6309 / 1.6309, abs=1e-3)
    assert (second.mrr, second.recall, second.nothing) == (0.5, 0.5, 0.0)
    assert scored([], relevant) == (0.0, 0.0, 0.0, 1.0)


def test_a_sure_difference_has_an_interval_without_zero() -> None:
    sure = difference([0.9, 0.8, 0.9, 0.7] * 10, [0.5, 0.5, 0.6, 0.4] * 10)
    assert 0 < sure.low < sure.mean < sure.high
    none = difference([0.1, 0.9] * 20, [0.9, 0.1] * 20)
    assert none.low < 0 < none.high


def test_the_headline_is_not_said_twice_and_its_own_article_does_not_count(small_gold: Path) -> None:
    (events,) = tasks(small_gold)
    assert [article.text.count(article.title or "?") for article in events.articles] == [1, 1, 1, 1]
    assert [(query.relevant, query.excluded) for query in events.queries] == [
        ({"пуск-2"}, {"пуск-1"}),
        ({"дождь-1"}, {"дождь-2"}),
    ]


@pytest.mark.parametrize("peer", [LemmaBm25(), Fts5()])
def test_a_peer_finds_by_words(small_gold: Path, peer: LemmaBm25 | Fts5) -> None:
    (events,) = tasks(small_gold)
    peer.build(events.articles)
    assert peer.search("стан", 10)[:2] == ["пуск-1", "пуск-2"]
    assert peer.search("экскаватор", 10) == []


def test_stop_words_are_asked_for_where_there_are_no_others() -> None:
    assert content_words("В области и на заводе") == ["области", "заводе"]
    assert content_words("как плавать") == ["плавать"]
    assert content_words("и не") == ["и", "не"]


def test_the_command_prints_ours_and_every_peer(small_gold: Path, tmp_path: Path) -> None:
    output = tmp_path / "figures.json"
    arguments = ["measure", "retrieval", str(small_gold), "--output", str(output), "--work", str(tmp_path / "work")]
    done = CliRunner().invoke(commands, arguments)
    assert done.exit_code == 0, done.output
    figures = json.loads(output.read_text(encoding="utf-8"))
    assert figures["events Подшивка recall"] == 1.0
    assert {name.split(maxsplit=1)[1].rsplit(maxsplit=1)[0] for name in figures} >= {
        "Подшивка",
        "BM25 over lemmas",
        "FTS5",
    }
    assert (tmp_path / "work" / "events" / "archive.sqlite").exists()


def test_a_folder_without_tasks_is_no_measure(tmp_path: Path) -> None:
    assert CliRunner().invoke(commands, ["measure", "retrieval", str(tmp_path)]).exit_code == 1


@pytest.mark.parametrize(
    "task", ["forms", *(pytest.param(name, marks=pytest.mark.long) for name in ("events", "known", "stories"))]
)
def test_no_figure_falls_below_its_floor(gold: Path, tmp_path: Path, task: str) -> None:
    """The floors only go up: podshivka measure retrieval GOLD."""
    output = tmp_path / "figures.json"
    names = [task, "stories+"] if task == "stories" else [task]
    asked = [argument for name in names for argument in ("--task", name)]
    done = CliRunner().invoke(commands, ["measure", "retrieval", str(gold), "--output", str(output), *asked])
    assert done.exit_code == 0, done.output
    figures = json.loads(output.read_text(encoding="utf-8"))
    floors = {name: floor for name, floor in FLOORS.items() if name.split()[0] in names}
    assert floors
    assert {name: figures[name] for name, floor in floors.items() if figures[name] < floor} == {}

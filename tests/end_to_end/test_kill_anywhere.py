"""A command killed at any moment and given again comes to the same archive and index as one that nobody disturbed."""

import json
import random
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from archive.home import Home
from archive.store.store import Store
from indexer.index import verify as check
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.killable_client import Nursery

IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
QUERIES = ("", "завод", "директор", '"прокатного стана"', "-октябрь", "!цеха", "петров ИЛИ сидоров")
ALREADY = {
    "remove": "Партия 2 уже убрана",
    "unremove": "Партия 2 и так в архиве",
    "rollback": "Прежнего индекса нет",
}
ENDED = {signal.SIGKILL: (-signal.SIGKILL,), signal.SIGINT: (130,), signal.SIGTERM: (-signal.SIGTERM,)}
PEOPLE = ("Иван Петров", "Пётр Сидоров", "Анна Кузнецова", "Олег Чернов")
WORKS = ("Красный Октябрь", "Титан-Баррикады", "Каустик")
QUESTIONS = {  # everything the store knows, but for times and the numbers of texts
    "articles": "SELECT id, source, identity, version, removed IS NULL FROM articles ORDER BY id",
    "versions": "SELECT v.article, v.version, v.batch, t.digest, v.title, v.day, v.fingerprint FROM versions v "
    "JOIN texts t ON t.id = v.text ORDER BY 1, 2",
    "batches": "SELECT id, name, status, read, new, changed, unchanged, rejected FROM batches "
    "WHERE status = 'open' OR new + changed + rejected > 0 ORDER BY id",
    "items": "SELECT batch, seq, path, outcome, reason, article FROM items "
    "WHERE batch IN (SELECT id FROM batches WHERE new + changed + rejected > 0) ORDER BY 1, 2",
    "log": "SELECT what, batch FROM log "
    "WHERE batch IN (SELECT id FROM batches WHERE new + changed + rejected > 0) ORDER BY revision",
    "likenesses": "SELECT one.digest, other.digest, share FROM likenesses JOIN texts one ON one.id = likenesses.one "
    "JOIN texts other ON other.id = likenesses.other ORDER BY 1, 2",
    "names": "SELECT key, entity, kind, label FROM names ORDER BY key",
    "annotations": "SELECT t.digest, n.annotator, n.data FROM annotations n JOIN texts t ON t.id = n.text ORDER BY 1",
}


@dataclass(frozen=True)
class Work:
    """A command, the home it begins with, and what an undisturbed run makes of it: archive, index, phases."""

    name: str
    arguments: tuple[str, ...]
    start: Path
    before: dict[str, Any]
    after: dict[str, Any]
    spans: tuple[tuple[str, float], ...]  # phase, seconds
    shown: tuple[Any, ...]  # what a reader of all articles may see meanwhile


def archive(home: Path) -> dict[str, Any]:
    """All that is in the store."""
    with closing(sqlite3.connect(f"file:{home}/archive.sqlite?mode=ro", uri=True)) as store:
        return {name: store.execute(question).fetchall() for name, question in QUESTIONS.items()}


def index(home: Path) -> dict[str, Any]:
    """All that a reader may be shown, times apart."""
    searcher = Searcher(Home(home))
    found = {}
    for query in QUERIES:
        result = searcher.search(SearchRequest(query, size=100, facet_size=100))
        hits = sorted((hit.id, hit.snippets, hit.persons, hit.enterprises, round(hit.score, 4)) for hit in result.hits)
        found[query] = (result.total, hits, result.facets)
    return found


def state(home: Path) -> dict[str, Any]:
    return {"archive": archive(home), "index": index(home)}


def well(home: Path) -> None:
    with Store(home / "archive.sqlite") as store:
        assert store.check() == ()
        assert check.check(store, home / "index") == ()


def write(path: Path, numbers: range, edition: int) -> str:
    lines = (
        {
            "id": n,
            "title": f"Новости цеха {n}",
            "date": f"20{n % 20:02}-0{1 + n % 9}-12",
            "text": f"Директор завода «{WORKS[n % 3]}» {PEOPLE[n % 4]} рассказал о пуске прокатного стана номер {n}. "
            + "Рабочие ждали этого дня. " * (edition + n % 3),
        }
        for n in numbers
    )
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def work_of(nursery: Nursery, folder: Path) -> Callable[[str], Work]:
    batches = [
        write(folder / f"{n}.jsonl", numbers, n)
        for n, numbers in enumerate((range(30), range(20, 50), range(40, 85)), 1)
    ]
    two = folder / "две партии"
    for batch in batches[:2]:
        assert nursery.run(two, ("add", batch))["status"] == 0
    out = copy(two, folder / "без второй")
    assert nursery.run(out, ("remove", "--batch", "2"))["status"] == 0
    again = copy(two, folder / "второй индекс")
    assert nursery.run(again, ("reindex",))["status"] == 0
    given = {
        "add": (two, ("add", batches[2], "--workers", "1")),
        "add by two": (two, ("add", batches[2], "--workers", "2")),
        "remove": (two, ("remove", "--batch", "2")),
        "unremove": (out, ("unremove", "--batch", "2")),
        "reindex": (two, ("reindex",)),
        "rollback": (again, ("reindex", "--rollback")),
        "backup": (two, ("backup", "КОПИЯ")),
        "erase": (two, ("erase", "1", "25", "--why", "суд", "--yes")),
    }
    untouched = folder / "чего вторая партия не трогает"
    assert nursery.run(untouched, ("add", write(folder / "0.jsonl", range(20), 1)))["status"] == 0
    between = {"remove": (index(untouched)[""],)}
    return cache(lambda name: undisturbed(nursery, folder, name, *given[name], between.get(name, ())))


def undisturbed(
    nursery: Nursery, folder: Path, name: str, start: Path, arguments: tuple[str, ...], between: tuple[Any, ...]
) -> Work:
    home = copy(start, folder / f"{name} без помех")
    done = nursery.run(home, placed(arguments, home))
    assert done["status"] == 0, Path(f"{home}.out").read_text()
    well(home)
    moments = [*done["phases"], ("", done["end"])]
    spans = tuple((name, next_[1] - moment) for (name, moment), next_ in pairwise(moments))
    before, after = state(start), state(home)
    shown = (before["index"][""], *between, after["index"][""])
    return Work(name, arguments, start, before, after, spans, shown)


def copy(home: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(home, to)
    return to


def placed(arguments: tuple[str, ...], home: Path) -> tuple[str, ...]:
    return tuple(f"{home}.copy" if argument == "КОПИЯ" else argument for argument in arguments)


def moment(work: Work, chance: random.Random, by_phase: bool) -> tuple[str, float]:
    """A moment of the run: any of it, or any of one of its phases, however short that is."""
    if by_phase:
        phase = chance.choice(sorted({name for name, _ in work.spans}))
        return phase, chance.uniform(0, next(seconds for name, seconds in work.spans if name == phase))
    return "starting", chance.uniform(0, sum(seconds for _, seconds in work.spans))


def killed(
    nursery: Nursery, folder: Path, work: Work, at: tuple[str, float], sent: signal.Signals = signal.SIGKILL
) -> str:
    """Kills a run, gives the command again, and holds everything against the undisturbed run; the phase it was in."""
    home = copy(work.start, folder / "дом")
    shutil.rmtree(f"{home}.copy", ignore_errors=True)
    arguments = placed(work.arguments, home)
    nursery.ask(do="read", home=str(home))
    try:
        hit = nursery.run(home, arguments, (*at, sent))
        between = archive(home)
        again = nursery.run(home, arguments)
    finally:
        reader = nursery.ask(do="stop")
    said = Path(f"{home}.out").read_text()
    assert hit["status"] in (0, *ENDED[sent]), hit["said"]
    assert again["status"] == 0 or (again["status"] == 3 and ALREADY.get(work.name, "-") in said), said
    for name in ("articles", "versions"):
        assert between[name] in (work.before["archive"][name], work.after["archive"][name])
    assert state(home) == work.after
    well(home)
    assert reader == 0, Path(f"{home}.reader").read_text()
    whole_only(Path(f"{home}.seen"), work)
    if work.name == "backup":
        assert restored(nursery, folder, home) == work.after
    return str(hit["phases"][-1][0]) if hit["status"] else "over"


def whole_only(seen: Path, work: Work) -> None:
    """Whatever was shown is the archive before or after, or what a removal leaves till the index knows of it: hits,
    total and facets."""
    states = [
        (
            total,
            {facet.name: [[value.key, value.count] for value in facet.values] for facet in facets},
            [hit[0] for hit in hits],
        )
        for total, hits, facets in work.shown
    ]
    for line in seen.read_text().splitlines():
        answer = json.loads(line)
        assert "error" not in answer, answer
        assert (answer["total"], answer["facets"], answer["ids"]) in states


def restored(nursery: Nursery, folder: Path, home: Path) -> dict[str, Any]:
    assert nursery.run(home, ("backup", "--check", f"{home}.copy"))["status"] == 0
    back = folder / "из копии"
    shutil.rmtree(back, ignore_errors=True)
    assert nursery.run(back, ("restore", f"{home}.copy"))["status"] == 0
    return state(back)


SHORT = ("add", "remove", "unremove", "reindex", "backup", "erase")


@pytest.mark.parametrize(
    ("points", "names"),
    [(25, SHORT), pytest.param(100, (*SHORT, "rollback", "add by two"), marks=pytest.mark.long)],
    ids=["25", "100"],
)
def test_killed_anywhere(
    nursery: Nursery,
    folder: Path,
    work_of: Callable[[str], Work],
    points: int,
    names: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    chance = random.Random(points)
    hits: Counter[tuple[str, str]] = Counter()
    for number in range(2 * points):
        if hits.total() == points:
            break
        work = work_of(names[number % len(names)])
        at = moment(work, chance, by_phase=number // len(names) % 2 == 0)
        phase = killed(nursery, folder, work, at)
        hits[work.name, phase] += phase != "over"
    told = ", ".join(f"{name}/{phase} {count}" for (name, phase), count in sorted(hits.items()) if count)
    with capsys.disabled():
        print(f"\nkilled {hits.total()} times: {told}")
    assert hits.total() == points
    assert len({phase for _, phase in +hits}) >= 6


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_stopped_and_given_again(
    nursery: Nursery, folder: Path, work_of: Callable[[str], Work], sent: signal.Signals
) -> None:
    for name, phase in (
        ("add", "reading"),
        ("add", "naming"),
        ("add", "publishing"),
        ("add", "indexing"),
        ("remove", "indexing"),
        ("reindex", "indexing"),
        ("reindex", "verifying"),
        ("backup", "saving"),
    ):
        killed(nursery, folder, work_of(name), (phase, 0), sent)

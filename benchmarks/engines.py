"""This engine beside those a user would pick instead: one invented archive, one set of requests, one run.

    python -m benchmarks.engines FOLDER [--articles 100000] [--requests 20] [--passes 5] [--peers tantivy fts5]

A page is the ten best by BM25, the total, twenty persons, twenty enterprises and the articles a month, over the whole
match. Every request is asked once to warm up, then `passes` times; medians and 95th percentiles over the requests of a
kind. Totals and counts must be equal in all engines. Indexes already in FOLDER are used again; the peers live in an
environment of their own there. Prints a Markdown table and writes FOLDER/table.md and FOLDER/table.json.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks import ours
from benchmarks.asked import Answer, Asked, Counts, draw, read_answers, write
from benchmarks.corpus import Corpus, Words
from benchmarks.vocabulary import make_vocabulary

PACKAGES = {"tantivy": ["numpy", "tantivy==0.27.0"], "fts5": ["numpy"]}
COMPARED = ("total", "persons", "enterprises", "months")


def prepare(options: argparse.Namespace) -> Corpus:
    """The vocabulary and our index."""
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "vocabulary.txt").exists():
        make_vocabulary(folder / "vocabulary.txt", options.seed)
    corpus = Corpus(Words.read(folder / "vocabulary.txt"), options.articles, options.seed)
    if not (folder / "ours").exists():
        started = time.perf_counter()
        ours.build(corpus, folder / "ours")
        print(f"ours: built in {time.perf_counter() - started:.0f} s", flush=True)
    return corpus


def ask_peer(engine: str, options: argparse.Namespace) -> list[Answer]:
    """Builds the peer's index where there is none, and asks it."""
    environment = options.folder / "peers"
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES[engine]], check=True)
    common = [engine, str(options.folder), "--articles", str(options.articles), "--seed", str(options.seed)]
    if not (options.folder / engine).exists():
        subprocess.run([str(python), "-m", "benchmarks.peers", "build", *common], check=True)
    passes = ["--passes", str(options.passes if engine == "tantivy" else 1)]
    subprocess.run([str(python), "-m", "benchmarks.peers", "ask", *common, *passes], check=True)
    return read_answers(options.folder / f"{engine}.json")


def table(asked: list[Asked], found: dict[str, list[Answer]]) -> str:
    """Median and 95th percentile by kind and engine, in Markdown."""
    lines = ["| kind | articles found | " + " | ".join(found) + " |", "|---|---" + "|---" * len(found) + "|"]
    kinds: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(asked):
        kinds[one.kind].append(place)
    kinds["the whole mix"] = list(range(len(asked)))
    for kind, places in kinds.items():
        total = int(np.median([next(iter(found.values()))[place].total for place in places]))
        times = ([answers[place].milliseconds for place in places] for answers in found.values())
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
    found = {"ours": list(ours.answers(options.folder / "ours", asked, options.passes))}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    found |= {engine: ask_peer(engine, options) for engine in options.peers}
    text = table(asked, found)
    wrong = differences(asked, found)
    print(
        f"\n{options.articles} articles, load {os.getloadavg()[0]:.1f}, ours at most {peak} MB, mapped files included"
    )
    print(f"median / 95th percentile, ms; answers that differ: {len(wrong)}", *wrong[:5], "", text, sep="\n")
    (options.folder / "table.md").write_text(text, "utf-8")
    times = {engine: [answer.milliseconds for answer in answers] for engine, answers in found.items()}
    (options.folder / "table.json").write_text(
        json.dumps({"articles": options.articles, "kinds": [one.kind for one in asked], "milliseconds": times})
    )


if __name__ == "__main__":
    main()

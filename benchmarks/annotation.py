"""Measures how fast the names of press articles are read in one process, and what memory it takes.

    python -m benchmarks.annotation ARTICLES.jsonl.gz… [--words 300] [--all] [--profile]

Reads JSON Lines with `text`: first the articles of at least so many words, then the shorter ones joined until they have
as many, both in a random order, all cut after so many words. They are annotated in tasks as the store is annotated.
Prints the processor's seconds from the start of the process to the first article; how many articles a second of the
processor, and of the clock, at first reading (FIRST, by a process that knows no word yet), in the steady state (STEADY,
new to it too) and of those once more; and the peak memory. `--all` goes on to the last article and prints the speed of
each five thousand. Matrices are multiplied by one thread; OPENBLAS_NUM_THREADS=2 before the command gives two.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import cProfile
import gzip
import json
import pstats
import random
import re
import resource
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from indexer.annotation import decode
from indexer.pipeline import annotate, encoded, in_tasks, seldom_collected

FIRST, STEADY = slice(0, 675), slice(2_000, 3_000)
STEP = 5_000
WORD = re.compile(r"\S+")


def read(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of files, in order."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def cut(text: str, words: int) -> str | None:
    """A text up to that word; None where it has fewer."""
    last = next(islice(WORD.finditer(text), words - 1, None), None)
    return text[: last.end()] if last else None


def articles_of(paths: Iterable[Path], words: int) -> list[str]:
    """Articles of so many words: first those that are one article, then those joined out of shorter ones."""
    whole, joined, parts = list[str](), list[str](), list[str]()
    for text in read(paths):
        if found := cut(text, words):
            whole.append(found)
            continue
        parts.append(text)
        if found := cut("\n".join(parts), words):
            joined.append(found)
            parts = []
    order = random.Random(1)
    order.shuffle(whole)
    order.shuffle(joined)
    return whole + joined


def annotated(articles: Sequence[str]) -> int:
    """Annotates the texts task by task; the number of mentions."""
    tasks = in_tasks((str(number), text) for number, text in enumerate(articles))
    return sum(len(decode(data).mentions) for task in tasks for data in encoded(task).values())


def measured(what: str, articles: Sequence[str]) -> None:
    """Annotates and prints how fast, and the memory so far."""
    clock, processor = time.perf_counter(), time.process_time()
    mentions = annotated(articles)
    processor, clock = time.process_time() - processor, time.perf_counter() - clock
    print(
        f"{what}: {len(articles)} articles, {mentions} mentions,"
        f" {len(articles) / processor:.0f} a second of the processor, {len(articles) / clock:.0f} of the clock,"
        f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB at most",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Articles annotated a second.")
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with seldom_collected():
        measure(options)


def measure(options: argparse.Namespace) -> None:
    """Prints all figures, as one long job would have them."""
    annotate(["Глава Минпромторга Денис Мантуров приехал в Волгоград."])
    print(f"from the start to the first article: {time.process_time():.1f} s")
    articles = articles_of(options.paths, options.words)
    measured("first reading", articles[FIRST])
    measured("between", articles[FIRST.stop : STEADY.start])
    measured("steady state", articles[STEADY])
    measured("the same once more", articles[STEADY])
    for first in range(STEADY.stop, len(articles) if options.all else 0, STEP):
        measured(f"from {first}", articles[first : first + STEP])
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(annotated, articles[STEADY])
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()

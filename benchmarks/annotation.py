"""How fast the names of press articles are read, in one process, and what memory it takes.

    python -m benchmarks.annotation ARTICLES.jsonl.gz… [--words 300] [--profile]

Reads JSON Lines with `text`, takes the articles of at least so many words, cut after so many, annotates them in tasks
as the store is annotated, and prints how many a second, at first reading (every article is new, caches are filled by
those before it) and once more, and the peak memory.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import cProfile
import gzip
import json
import pstats
import re
import resource
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from indexer.annotate import TASK, encoded, in_tasks, seldom_collected
from indexer.annotation import decode

RUNS = 2
WORD = re.compile(r"\S+")


def texts(paths: Iterable[Path], words: int) -> Iterator[str]:
    """The articles of at least so many words, cut after so many."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                last = next(islice(WORD.finditer(text), words - 1, None), None)
                if last:
                    yield text[: last.end()]


def annotated(articles: list[str]) -> int:
    """Annotates the texts task by task; the number of mentions."""
    tasks = in_tasks((str(number), text) for number, text in enumerate(articles))
    with seldom_collected():
        return sum(len(decode(data).mentions) for task in tasks for data in encoded(task).values())


def main() -> None:
    parser = argparse.ArgumentParser(description="Articles annotated a second.")
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    articles = list(texts(options.paths, options.words))
    started = time.perf_counter()
    annotated(articles[:TASK])
    print(f"start and the first {TASK}: {time.perf_counter() - started:.1f} s")
    articles = articles[TASK:]
    for _ in range(RUNS):
        started = time.process_time()
        mentions = annotated(articles)
        seconds = time.process_time() - started
        print(
            f"{len(articles) / seconds:.0f} articles a second of the processor ({len(articles)}, {mentions} mentions)"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(annotated, articles)
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()

"""Measures memory and speed of `podshivka add` over a large batch: read, names found, published, indexed.

    python -m benchmarks.adding [--articles 100000] [--words 25] [--home FOLDER]

Writes the batch as JSON Lines (articles cut to so many words, or finding names would take hours) into a home of its own
and runs the command for real. Every tenth of the way it prints the memory of the command with its workers, at the end
the largest of each tenth: it must not grow with the batch. Without --home a temporary folder is used.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from itertools import islice
from pathlib import Path

from archive.home import Home
from benchmarks.archive import corpus_of
from benchmarks.http import PODSHIVKA
from benchmarks.invented.articles import articles
from benchmarks.memory import EVERY, held

PARTS = 10


def write_batch(home: Home, number: int, words: int, path: Path) -> None:
    """Articles cut to their first words, a name among them."""
    with path.open("w", encoding="utf-8") as file:
        for article, _ in islice(articles(corpus_of(home, number, 1)), number):
            text = " ".join(" ".join(article.paragraphs).split()[:words])
            day = article.published.day
            item = {"id": article.own_id, "title": article.title, "date": day.isoformat() if day else None}
            file.write(json.dumps(item | {"text": text, "source": article.source}, ensure_ascii=False) + "\n")


def watched(command: subprocess.Popen[bytes]) -> list[tuple[float, int]]:
    """(seconds from the start, MB) while the command runs."""
    begun, seen = time.perf_counter(), []
    while command.poll() is None:
        seen.append((time.perf_counter() - begun, held(command.pid).own))
        time.sleep(EVERY)
    return seen


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=25)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(options.home or Path(folder) / "home")
        batch = Path(folder) / "batch.jsonl"
        write_batch(home, options.articles, options.words, batch)
        environment = os.environ | {"PODSHIVKA_HOME": str(home.path)}
        command = [*PODSHIVKA, "add", str(batch), "--quiet"]
        seen = watched(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
        seconds = seen[-1][0]
        for part in range(PARTS):
            within = [held for at, held in seen if part <= PARTS * at / seconds < part + 1] or [0]
            print(f"{(part + 1) * 100 // PARTS:4} % of the time: at most {max(within)} MB")
        print(f"{options.articles} articles of {options.words} words in {seconds:.0f} s, "
              f"{options.articles / seconds:.0f} a second; load {os.getloadavg()[0]:.1f}")  # fmt: skip


if __name__ == "__main__":
    main()

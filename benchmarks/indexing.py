"""Measures how fast articles of the store become an index, with annotations at hand.

    python -m benchmarks.indexing ARTICLES.jsonl.gz [--articles 20000] [--home FOLDER]

Reads JSON Lines (title, text with a paragraph a line, date, source), fills a store, finds the names in all texts (two
processes; this takes the longest by far), rebuilds the index and prints articles a second, peak memory and sizes.
Without --home a temporary folder is used; with it the store is kept and filled once.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import datetime as dt
import gzip
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from archive.article import Article, Published
from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from indexer.pipeline import annotate_missing


def read(path: Path, number: int) -> Iterator[Article]:
    """The first `number` articles of the file, again from its start under other names where it holds fewer."""
    copy = 0
    while number > 0:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line, text in enumerate(islice(lines, number), 1):
                item = json.loads(text)
                day = dt.date.fromisoformat(item["date"]) if item.get("date") else None
                yield Article(
                    f"{copy}:{line}",
                    tuple(paragraph for paragraph in item["text"].split("\n") if paragraph),
                    title=item.get("title") or None,
                    published=Published(day, None, "metadata" if day else None),
                    source=f"{item.get('source') or 'Газета'}{copy or ''}",
                )
                number -= 1
        copy += 1


def fill(store: Store, path: Path, number: int) -> None:
    """Publishes the articles as one batch, annotated."""
    batch = store.begin_batch(path.name, str(path))
    store.stage(batch, read(path, number))
    annotate_missing(store, workers=2)
    store.publish_batch(batch)


def size(folder: Path) -> int:
    """Bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(home: Home, path: Path, number: int) -> None:
    """Fills the home where it is empty, rebuilds its index and prints the figures."""
    with Store(home.store, write=True) as store:
        if not store.revision():
            fill(store, path, number)
        start, spent = time.perf_counter(), time.process_time()
        report = build.rebuild(store, home.index)
        seconds, spent = time.perf_counter() - start, time.process_time() - spent
        text = sum(len(stored.article.text.encode()) for stored in store.current())
    generations = sorted(home.index.glob("gen-*"), key=lambda folder: int(folder.name[4:]))
    index = size(generations[-1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"index: {report.articles} articles, {report.segments} segments in {seconds:.1f} s, {spent:.1f} s of processor"
    )
    print(f"index: {report.articles / seconds:.0f} articles/s, peak memory {peak} MB")
    print(f"index: {index / 1e6:.0f} MB for {text / 1e6:.0f} MB of text in UTF-8 = {index / text:.2f}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    if options.home:
        options.home.mkdir(parents=True, exist_ok=True)
        measure(Home(options.home), options.path, options.articles)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(Home(Path(folder)), options.path, options.articles)


if __name__ == "__main__":
    main()

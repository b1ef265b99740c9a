"""Measures how many edited copies of real press texts are found, how many other pairs, and how fast.

python -m benchmarks.reprints press/many-papers-2019.jsonl.gz
python -m benchmarks.reprints press/many-papers-2019.jsonl.gz --imprints 1000000
python -m benchmarks.reprints --forms press/regional-daily-2022.jsonl.gz
"""

import argparse
import gzip
import json
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from archive.article import Article, Published
from archive.store.store import Store
from archive.text.dates import read_date
from indexer.reprints import near_duplicates as likeness
from indexer.reprints.near_duplicates import LEAST_SHARE, compare_new, sign
from indexer.reprints.shingles import BYTES

RATES = (5, 20, 40)  # percent of the words edited
TWICE = 0.5  # two articles of the set this much alike are one article printed twice: only the first is taken
MANNERS = {"заменены": "r", "заменены, выброшены, вставлены": "rdi"}
SHARES = (LEAST_SHARE, 0.4, 0.5, 0.6)
DAYS = (3, 14, 60, 400)
NEW = 300  # articles of the batch that is timed


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("press", type=Path, nargs="?")
    parser.add_argument("--imprints", type=int, default=0, help="only time a batch against so many")
    parser.add_argument("--forms", type=Path, help="only count what is alike in one paper, by the days between")
    asked = parser.parse_args()
    if asked.forms:
        forms(asked.forms)
        return
    articles = list(taken_once(read(asked.press)))
    if asked.imprints:
        speed(articles[:NEW], asked.imprints)
        return
    for manner, ways in MANNERS.items():
        print(f"\nслова {manner}: статей {len(articles)}, у каждой копии {', '.join(map(str, RATES))} %")
        recall, right = quality(articles, ways)
        for percent, found in recall.items():
            print(f"  правлено {percent:2} %: найдено {found:.3f}")
        print(f"  верных среди найденных пар: {right:.4f}")


def read(path: Path) -> Iterator[Article]:
    """The articles of a JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in map(json.loads, file):
            day = read_date(line["date"])
            paragraphs = tuple(line["text"].split("\n"))
            yield Article(str(line["id"]), paragraphs, line["title"], Published(day and day[0]), line["source"])


def taken_once(articles: Iterator[Article]) -> Iterator[Article]:
    """The articles without those that are alike an earlier one."""
    kept = list(articles)
    with TemporaryDirectory() as folder, Store(Path(folder) / "a.sqlite", write=True) as store:
        publish(store, kept)
        compare_new(store)
        texts = dict(store.reprints.texts({text for one, other, _ in store.reprints.alike() for text in (one, other)}))
        again = {texts[max(one, other)] for one, other, alike in store.reprints.alike() if alike >= TWICE}
    seen: set[str] = set()
    for article in kept:
        if article.text not in again | seen:
            seen.add(article.text)
            yield article


def publish(store: Store, articles: list[Article]) -> None:
    """The articles as one batch."""
    batch = store.begin_batch("партия", "партия")
    store.stage(batch, articles)
    store.publish_batch(batch)


def edited(text: str, percent: int, ways: str, words: list[str], chance: random.Random) -> str:
    """The text with so many of its words (r)eplaced by others of the press, (d)ropped, or followed by an (i)nserted."""
    lines = []
    for line in text.split("\n"):
        row: list[str] = []
        for word in line.split():
            way = chance.choice(ways) if 100 * chance.random() < percent else ""
            row += {"": [word], "r": [chance.choice(words)], "d": [], "i": [word, chance.choice(words)]}[way]
        lines.append(" ".join(row))
    return "\n".join(lines)


def quality(articles: list[Article], ways: str) -> tuple[dict[int, float], float]:
    """Recall by how much was edited; precision over all pairs found, any two different articles being an error."""
    chance = random.Random(1)
    words = [word for article in articles for word in article.text.split()]
    origin: dict[str, tuple[int, int]] = {}
    printed = []
    for number, article in enumerate(articles):
        for percent in (0, *RATES):
            text = edited(article.text, percent, ways, words, chance) if percent else article.text
            origin[text] = number, percent
            source = f"{article.source} {percent}" if percent else article.source
            printed.append(Article(f"{number} {percent}", tuple(text.split("\n")), None, article.published, source))
    with TemporaryDirectory() as folder, Store(Path(folder) / "a.sqlite", write=True) as store:
        publish(store, printed)
        compare_new(store)
        texts = dict(store.reprints.texts({text for one, other, _ in store.reprints.alike() for text in (one, other)}))
        pairs = [(origin[texts[one]], origin[texts[other]]) for one, other, _ in store.reprints.alike()]
    right = [(one, other) for one, other in pairs if one[0] == other[0]]
    found = Counter(max(one[1], other[1]) for one, other in right if not min(one[1], other[1]))
    return {percent: found[percent] / len(articles) for percent in RATES}, len(right) / max(1, len(pairs))


def forms(path: Path) -> None:
    """How many articles of one paper are alike, by how much and by how many days lie between."""
    likeness.NEAR_DAYS = DAYS[-1]
    printed = [replace(article, source=article.path) for article in read(path)]
    days = {article.text: article.published.day for article in printed}
    counts: Counter[tuple[float, int]] = Counter()
    with TemporaryDirectory() as folder, Store(Path(folder) / "a.sqlite", write=True) as store:
        publish(store, printed)
        compare_new(store)
        texts = dict(store.reprints.texts({text for one, other, _ in store.reprints.alike() for text in (one, other)}))
        for one, other, alike in store.reprints.alike():
            first, second = days[texts[one]], days[texts[other]]
            if first and second and one != other:
                apart = abs((first - second).days)
                counts[max(share for share in SHARES if share <= alike), min(d for d in DAYS if d >= apart)] += 1
    print("общих пар слов от; дней между статьями до:", *DAYS, sep="\t")
    for share in SHARES:
        print(f"{share:.2f}", *(counts[share, apart] for apart in DAYS), sep="\t")


def speed(articles: list[Article], imprints: int) -> None:
    """The time of comparing a batch with so many imprints."""
    chance = np.random.Generator(np.random.PCG64(1))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.sqlite"
        Store(path, write=True).close()
        connection = sqlite3.connect(path)
        for first in range(0, imprints, 10_000):
            some = range(first, min(imprints, first + 10_000))
            data = chance.integers(0, 256, (len(some), BYTES), np.uint8)
            connection.executemany("INSERT INTO texts VALUES (?, ?, '')", ((i + 1, str(i)) for i in some))
            connection.executemany(
                "INSERT INTO imprints VALUES (?, ?, ?, ?)",
                ((i + 1, f"Газета {i % 9}", "2019-11-18", row.tobytes()) for i, row in zip(some, data, strict=True)),
            )
        connection.commit()
        connection.close()
        with Store(path, write=True) as store:
            publish(store, articles)
            started, ours = time.perf_counter(), time.process_time()
            compare_new(store)
            took, ours = time.perf_counter() - started, time.process_time() - ours
    started = time.perf_counter()
    for article in articles:
        sign(article.text)
    each = 1000 * (time.perf_counter() - started) / len(articles)
    print(f"партия в {len(articles)} статей против {imprints}: {took:.2f} с, из них процессор {ours:.2f} с")
    print(f"подпись статьи: {each:.2f} мс")
    print(f"порог {LEAST_SHARE:.3f}, подпись {BYTES} байт")


if __name__ == "__main__":
    main()

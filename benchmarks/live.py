"""Measures how soon a batch is seen in a home that is being searched, and what the readers notice of it.

    python -m benchmarks.live HOME [--batch 300] [--clients 2] [--quiet-seconds 20]

Starts the server, lets clients ask pages for a while, then runs `podshivka add` with a batch of invented articles
(read, their names found by the model, published, indexed) while the clients go on, until the server finds all of it.
Prints the seconds from the command to that moment, those of the processor that the command took, which say more where
the machine is not only ours, and the milliseconds that pages took before and meanwhile. The home grows by the batch.
"""

import argparse
import http.client
import json
import os
import resource
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

import numpy as np

from archive.home import Home
from benchmarks.archive import corpus_of
from benchmarks.http import LONG, PODSHIVKA, Seen, client, serving, started, urls
from benchmarks.invented.articles import articles

SOON = 600.0  # seconds that the batch may take


def write_batch(home: Home, number: int, word: str, path: Path) -> None:
    """A JSON Lines file of new articles, each with the word."""
    seed = int(time.time())
    with path.open("w", encoding="utf-8") as file:
        for article, _ in articles(corpus_of(home, number, seed)):
            day = article.published.day
            item = {"id": f"{word}-{article.own_id}", "title": article.title, "date": day.isoformat() if day else None}
            text = "\n".join((*article.paragraphs, f"Метка {word}."))
            file.write(json.dumps(item | {"text": text, "source": article.source}, ensure_ascii=False) + "\n")


def found(port: int, word: str) -> int:
    """How many articles the server finds with the word."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    connection.request("GET", f"/api/v1/search?q={quote(word)}&size=1")
    return int(json.loads(connection.getresponse().read())["total"])


def while_asked(port: int, pages: list[str], clients: int, seconds: float, seen: Seen) -> list[threading.Thread]:
    """Clients that ask for so many seconds, started."""
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=client, args=(port, pages, until, seen), daemon=True) for _ in range(clients)]
    for thread in threads:
        thread.start()
    return threads


def told(when: str, seen: Seen) -> None:
    """What the clients have noticed."""
    middle, high, highest = np.percentile(seen.milliseconds, (50, 95, 99))
    print(f"{when}: {len(seen.milliseconds)} pages, median {middle:.0f} ms, 95% {high:.0f}, 99% {highest:.0f}, "
          f"slowest {max(seen.milliseconds):.0f}; not answered {sum(seen.failures.values())}")  # fmt: skip


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--batch", type=int, default=300)
    parser.add_argument("--clients", type=int, default=2)
    parser.add_argument("--quiet-seconds", type=float, default=20)
    parser.add_argument("--requests", type=int, default=6, help="of each kind")
    options = parser.parse_args()
    home, word = Home(options.home.resolve()), f"метка{int(time.time())}"
    pages = urls(home, options.requests, 1)
    with serving(home) as (port, _), tempfile.TemporaryDirectory() as folder:
        ready, first = started(port, pages[0])
        print(f"ready after {ready:.2f} s, first page after another {first:.2f} s; load {os.getloadavg()[0]:.1f}")
        before, meanwhile = Seen(), Seen()
        while_asked(port, pages, 1, 1.5 * options.quiet_seconds, Seen())[0].join()  # a first pass, not counted
        for thread in while_asked(port, pages, options.clients, options.quiet_seconds, before):
            thread.join()
        batch = Path(folder) / "batch.jsonl"
        write_batch(home, options.batch, word, batch)
        while_asked(port, pages, options.clients, SOON, meanwhile)
        begun = time.perf_counter()
        environment = os.environ | {"PODSHIVKA_HOME": str(home.path)}
        add = subprocess.Popen([*PODSHIVKA, "add", str(batch)], env=environment, stdout=subprocess.DEVNULL)
        while found(port, word) < options.batch and time.perf_counter() - begun < SOON:
            time.sleep(0.1)
        seconds = time.perf_counter() - begun
        add.wait()
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)  # of what was waited for: the server runs on
        print(
            f"{options.batch} articles seen {seconds:.1f} s after the command, which took "
            f"{spent.ru_utime + spent.ru_stime:.1f} s of processor; load {os.getloadavg()[0]:.1f}"
        )
        told("before", before)
        told("meanwhile", meanwhile)


if __name__ == "__main__":
    main()

"""Measures pages a second and the first request of `podshivka serve`, asked by clients that keep their connections.

    python -m benchmarks.http HOME [--clients 8] [--seconds 30] [--requests 12] [--beside "reindex"]

Starts the server for real, says how long it takes until it is ready and until the first page of results has come, then
lets the clients ask whole HTML pages one after another: every kind of request that benchmarks.page draws, each answer
followed by one of its articles now and then. `--beside` runs another command of podshivka all the while, again and
again. Prints pages a second, percentiles of the milliseconds a page took, what was not answered with 200, the server's
memory and the processor's time for a page.
"""

import argparse
import http.client
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from archive.home import Home
from benchmarks.memory import held
from benchmarks.page import Material, kinds
from search.searcher import Searcher
from webapp.urls.params import build

PODSHIVKA = (sys.executable, "-m", "scripts.cli")
ONE_ARTICLE_IN = 5  # pages of results
ARTICLE = re.compile(rb'href="(/article/[^"]+)"')
PATIENCE = 120.0  # seconds for the server to come up
LONG = 60.0  # seconds for one page


@dataclass(slots=True)
class Seen:
    """What one client has seen."""

    milliseconds: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)


def urls(home: Home, number: int, seed: int) -> list[str]:
    """Addresses of result pages, `number` of each kind, mixed."""
    chance = random.Random(seed)
    stuff = Material(home, Searcher(home), chance)
    found = ["/search?" + build(ask()) for ask in kinds(stuff).values() for _ in range(number)]
    chance.shuffle(found)
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(home: Home) -> Iterator[tuple[int, int]]:
    """A running server: its port and process."""
    port = free_port()
    environment = os.environ | {"PODSHIVKA_HOME": str(home.path)}
    command = [*PODSHIVKA, "serve", "--port", str(port), "--log-format", "text"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def fetched(port: int, url: str) -> int:
    """The status of one page; 0 while nobody answers."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
        connection.request("GET", url)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0


def started(port: int, url: str) -> tuple[float, float]:
    """Seconds until the server says that it is ready, and those that its first page takes after that."""
    begun = time.perf_counter()
    while fetched(port, "/healthz") != 200:
        if time.perf_counter() - begun > PATIENCE:
            raise TimeoutError("the server does not come up")
        time.sleep(0.02)
    ready = time.perf_counter()
    fetched(port, url)
    return ready - begun, time.perf_counter() - ready


def client(port: int, pages: list[str], until: float, seen: Seen) -> None:
    """Asks pages until the time is over."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    number, article = 0, ""
    while time.perf_counter() < until:
        url = article or pages[number % len(pages)]
        begun = time.perf_counter()
        try:
            connection.request("GET", url)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            seen.failures[type(error).__name__] += 1
            connection.close()
            continue
        seen.milliseconds.append(1000 * (time.perf_counter() - begun))
        if answer.status != 200:
            seen.failures[f"{answer.status} {url}"] += 1
        number += 1
        found = ARTICLE.search(body) if number % ONE_ARTICLE_IN == 0 and not article else None
        article = found[1].decode().replace("&amp;", "&") if found else ""


def again_and_again(home: Home, command: list[str], until: float) -> None:
    """Another command of podshivka beside the server."""
    environment = os.environ | {"PODSHIVKA_HOME": str(home.path)}
    while command and time.perf_counter() < until:
        with subprocess.Popen([*PODSHIVKA, *command], env=environment, stdout=subprocess.DEVNULL) as beside:
            while beside.poll() is None and time.perf_counter() < until:
                time.sleep(0.1)
            beside.terminate()


def spent(process: int) -> float:
    """Seconds of processor that a process and all below it have used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    below = [path.read_text().split() for path in Path(f"/proc/{process}/task").glob("*/children")]
    own = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return own + sum(spent(int(child)) for children in below for child in children)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--requests", type=int, default=12, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--beside", default="", help="a command of podshivka, with its arguments")
    options = parser.parse_args()
    home = Home(options.home.resolve())
    pages = urls(home, options.requests, options.seed)
    with serving(home) as (port, process):
        ready, first = started(port, pages[0])
        print(f"ready after {ready:.2f} s, first page after another {first:.2f} s; load {os.getloadavg()[0]:.1f}")
        for url in pages:  # a first pass, not counted
            fetched(port, url)
        before = spent(process)
        until = time.perf_counter() + options.seconds
        seen = [Seen() for _ in range(options.clients)]
        mixed = [random.Random(number).sample(pages, len(pages)) for number in range(options.clients)]
        threads = [
            threading.Thread(target=client, args=(port, some, until, one))
            for some, one in zip(mixed, seen, strict=True)
        ]
        threads.append(threading.Thread(target=again_and_again, args=(home, options.beside.split(), until)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = np.concatenate([one.milliseconds for one in seen])
        failures: Counter[str] = sum((one.failures for one in seen), Counter())
        middle, high, highest = np.percentile(took, (50, 95, 99))
        print(f"{len(took) / options.seconds:.1f} pages a second by {options.clients} clients, {len(took)} in all")
        print(f"median {middle:.0f} ms, 95% {high:.0f}, 99% {highest:.0f}, slowest {max(took):.0f}")
        print(f"not answered: {sum(failures.values())} {failures.most_common(3) if failures else ''}")
        cost = 1000 * (spent(process) - before) / len(took)
        print(f"server: {held(process)}, {cost:.1f} ms of processor a page; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

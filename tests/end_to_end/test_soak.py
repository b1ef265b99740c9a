"""A server is asked all it can be asked while batches go in and out: all is answered, its memory stays level.

PODSHIVKA_SOAK=REQUESTS,BATCHES sets the full size; `-s` shows what is done and the memory as it goes on.
"""

import http.client
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest

from benchmarks.attacks.patterns import ATTACKS
from tests.support.killable_client import Nursery
from tests.support.project import ROOT

SHORT = (300, 4)  # requests, batches
FULL = tuple(int(number) for number in os.environ.get("PODSHIVKA_SOAK", "50000,200").split(","))
CLIENTS = 3
ARTICLES_A_BATCH = 5
MOST_GROWTH_MB = 100  # of the server's processes together, from the first fifth of the requests to the end
SECONDS_FOR_ANSWER = 60
WORDS = (
    "завод",
    "сталь",
    "Волгоград",
    "Бочаров",
    "красный октябрь",
    "область",
    "2021",
    "«новый цех»",
    "ста*",
    "цех ИЛИ",
)
HOSTILE = [attack for attack in ATTACKS if attack.method == "GET" and not attack.headers]
HOSTILE_SIZE = 1_000  # of a pattern


@dataclass(slots=True)
class Soak:
    """A server that runs, and what it answered."""

    home: Path
    server: subprocess.Popen[bytes]
    port: int
    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    megabytes: list[int] = field(default_factory=list)  # after each fifth of the requests
    numbers: Iterator[int] = field(default_factory=count)
    batches_done: Event = field(default_factory=Event)

    def ask(self, address: str) -> None:
        """Asks once; counts the status, and keeps what was answered wrong or not at all."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_FOR_ANSWER)
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.failed.append(f"{address[:200]}: {error!r}")
        else:
            self.statuses[answer.status] += 1
            if answer.status >= 500:
                self.failed.append(f"{address[:200]}: {answer.status}")
        finally:
            connection.close()

    def go_on_asking(self, requests: int) -> None:
        """Asks until so many requests are done by all clients and no batch is left."""
        for number in self.numbers:
            if number >= requests and self.batches_done.is_set():
                return
            self.ask(address(random.Random(number)))
            if number < requests and (number + 1) % (requests // 5) == 0:
                self.megabytes.append(megabytes(self.server.pid))
                print(f"{time.strftime('%X')} requests {number + 1}, {self.megabytes[-1]} MB, {dict(self.statuses)}")


def address(chance: random.Random) -> str:
    """An address of any part of the site."""
    query, article = quote(chance.choice(WORDS)), chance.randint(1, 60)
    return chance.choice(
        (
            f"/search?q={query}&page={chance.randint(1, 4)}&size={chance.choice((5, 20, 100))}",
            f"/search?q={query}&from=2020-01-01&sort=newest",
            f"/api/v1/search?q={query}&facet_size={chance.randint(1, 200)}",
            f"/search.rss?q={query}",
            f"/search.atom?q={query}",
            f"/search.csv?q={query}",
            f"/search.jsonl?q={query}",
            f"/article/{article}",
            f"/article/{article}/versions",
            f"/article/{article}/compare/{chance.randint(1, 60)}",
            f"/api/v1/articles/{article}",
            f"/background?article={article}",
            f"/values/{chance.choice(('person', 'enterprise', 'source', 'author'))}?q={query}",
            f"/api/v1/entities?q={query}",
            f"/calendar/{chance.randint(2015, 2025)}",
            f"/day/{chance.randint(2018, 2023)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
            "/",
            "/about",
            "/about/batches",
            "/sitemap.xml",
            "/healthz",
            chance.choice(HOSTILE).target(HOSTILE_SIZE),
        )
    )


def megabytes(process: int) -> int:
    """The memory of the process and of those it started."""
    status = Path(f"/proc/{process}/status").read_text()
    own = int(status.partition("VmRSS:")[2].split()[0]) // 1024
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(megabytes(int(child)) for child in children)


def batch_file(folder: Path, number: int) -> Path:
    """A batch of new articles."""
    lines = (
        {
            "id": f"soak-{number}-{article}",
            "title": f"Новый цех № {number}",
            "text": f"Завод «Красный Октябрь» пустил цех {number}-{article}. Андрей Бочаров приехал в Волгоград.",
            "date": f"2022-0{article + 1}-1{number % 10}",
        }
        for article in range(ARTICLES_A_BATCH)
    )
    file = folder / f"{number}.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return file


def put_in_and_out(nursery: Nursery, home: Path, batches: int) -> None:
    """Adds and removes batches, some of them twice; builds the index anew now and then."""

    def done(*arguments: str) -> str:
        answer = nursery.run(home, arguments)
        assert answer["status"] == 0, (arguments, answer)
        return str(answer["said"])

    for number in range(batches):
        file = batch_file(home.parent, number)
        said = done("add", str(file), "--json").strip().splitlines()
        batch = str(json.loads(said[-1])["batch"])
        done("remove", "--batch", batch, "--why", "проверка")
        if number % 4 == 1:
            done("unremove", "--batch", batch, "--why", "проверка")
            done("remove", "--batch", batch, "--why", "проверка")
        if number % 25 == 3:
            done("reindex")
            print(f"{time.strftime('%X')} batches {number + 1}")
        file.unlink()


@pytest.fixture
def soak(tmp_path: Path, nursery: Nursery) -> Iterator[Soak]:
    """A server of the sample archive, ready to answer."""
    home = tmp_path / "home"
    added = nursery.run(home, ("add", str(ROOT / "archive" / "sample" / "batch")))
    assert added["status"] == 0, added
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "scripts.cli", "serve", "--port", str(port), "--log-format", "json"],
        cwd=ROOT,
        env={**os.environ, "PODSHIVKA_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=(tmp_path / "log").open("w"),
    )
    try:
        assert server.stdout
        while str(port) not in server.stdout.readline().decode():
            assert server.poll() is None
        yield Soak(home, server, port)
    finally:
        server.terminate()
        server.communicate()


@pytest.mark.parametrize(("requests", "batches"), [SHORT, pytest.param(*FULL, marks=pytest.mark.long)])
def test_all_is_answered_and_memory_stays_level(soak: Soak, nursery: Nursery, requests: int, batches: int) -> None:
    with ThreadPoolExecutor(CLIENTS) as clients:
        asking = [clients.submit(soak.go_on_asking, requests) for _ in range(CLIENTS)]
        try:
            put_in_and_out(nursery, soak.home, batches)
        finally:
            soak.batches_done.set()
        for one in asking:
            one.result()
    at_end = megabytes(soak.server.pid)
    print(f"{time.strftime('%X')} asked {soak.statuses.total()}, batches {batches}, {soak.megabytes} then {at_end} MB")
    logged = (soak.home.parent / "log").read_text(encoding="utf-8").splitlines()
    assert soak.failed == [], [line for line in logged if '"level": "error"' in line][:5]
    assert soak.statuses.total() >= requests
    assert at_end < soak.megabytes[0] + MOST_GROWTH_MB
    checked = nursery.run(soak.home, ("check", "--deep"))
    assert checked["status"] == 0, checked

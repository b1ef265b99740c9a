"""Several processes behind one port: silent and slow clients keep nobody waiting, a dead process is replaced, all count
together, writers beside them disturb nobody, and nothing is left when the server ends."""

import gzip
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from archive.article import Article
from archive.home import Home
from scripts.serving.connections import MOST_ANSWERS, QUIET_SECONDS
from scripts.serving.upkeep import catch_up_beside
from tests.support.project import ROOT
from tests.support.random_archives import published_home

PODSHIVKA = (sys.executable, "-m", "scripts.cli")
COUNTED = re.compile(r'^podshivka_requests_total\{endpoint="pages.search".*\} (\S+)$', re.M)
SEARCH = "/search?q=%D0%B7%D0%B0%D0%B2%D0%BE%D0%B4"


@dataclass
class Served:
    """A running server of two processes."""

    home: Home
    port: int
    process: subprocess.Popen[str]

    def get(self, path: str, seconds: float = 30, **headers: str) -> bytes:
        """The body of an answer, which must be 200."""
        asked = Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urlopen(asked, timeout=seconds) as answer:
            body: bytes = answer.read()
            return gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body

    def counted(self) -> float:
        """Pages of results that all processes have answered."""
        return sum(map(float, COUNTED.findall(self.get("/metrics").decode())))

    def environment(self) -> dict[str, str]:
        """For commands beside it."""
        return {**os.environ, "PODSHIVKA_HOME": str(self.home.path)}

    def answering(self) -> set[int]:
        """The processes that answer: of the children those with the socket."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    home = published_home(tmp_path, [[Article(str(n), (f"Завод номер {n} работает.",)) for n in range(60)]])
    catch_up_beside(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*PODSHIVKA, "serve", "--port", str(port), "--workers", "2", "--log-format", "json"],
        cwd=ROOT,
        env={**os.environ, "PODSHIVKA_HOME": str(home.path), "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=(tmp_path / "log").open("w"),
        text=True,
    )
    try:
        assert process.stdout
        assert any("http://" in line for line in process.stdout)
        yield Served(home, port, process)
    finally:
        process.kill()
        process.communicate()


def test_silent_and_slow_clients_keep_nobody_waiting(served: Served) -> None:
    served.get(SEARCH)
    silent = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(200)]
    slow = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(20)]
    begun = time.monotonic()
    try:
        for sign in f"GET {SEARCH} HT":  # a letter of the request in half a second
            for client in slow:
                client.send(sign.encode())
            for path in ("/healthz", SEARCH):
                asked = time.monotonic()
                served.get(path, seconds=10)
                assert time.monotonic() - asked < 2
            time.sleep(0.5)
            if time.monotonic() - begun > QUIET_SECONDS + 4 or all(map(is_dropped, [*silent, *slow])):
                break
        assert all(map(is_dropped, silent))
        assert all(map(is_dropped, slow))
    except OSError:
        assert time.monotonic() - begun >= QUIET_SECONDS - 1, "dropped too early"
    finally:
        for client in (*silent, *slow):
            client.close()


def test_a_connection_is_closed_after_some_answers(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    closing = []
    for _ in range(MOST_ANSWERS + 5):
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        assert answer.read()
        closing.append(answer.getheader("Connection") == "close")
    assert closing.index(True) == MOST_ANSWERS - 1
    assert closing.count(True) == 1


def is_dropped(client: socket.socket) -> bool:
    """Whether the server has closed the connection."""
    client.setblocking(False)
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def test_processes_count_together_and_a_dead_one_is_replaced(served: Served, tmp_path: Path) -> None:
    for _ in range(20):
        served.get(SEARCH)
    assert served.counted() == 20
    first = served.answering()
    assert len(first) == 2
    os.kill(min(first), signal.SIGKILL)
    until = time.monotonic() + 20
    while len(served.answering() - first) < 1:
        assert time.monotonic() < until
        served.get("/healthz")
        time.sleep(0.1)
    for _ in range(5):
        served.get(SEARCH)
    assert served.counted() == 25
    children = served.answering()
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(20)
    said = (tmp_path / "log").read_text()
    assert served.process.returncode == 0
    assert "ended with -9" in said
    assert all(json.loads(line) for line in said.splitlines())
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    assert not list(tmp_path.glob("podshivka-*"))


def test_ctrl_c_and_a_killed_keeper_leave_no_process(served: Served) -> None:
    served.get("/healthz")
    children = served.answering()
    served.process.kill()
    until = time.monotonic() + 10
    while [child for child in children if Path(f"/proc/{child}").exists()]:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_writers_beside_it_disturb_nobody(served: Served, tmp_path: Path) -> None:
    batch = tmp_path / "партия.jsonl"
    batch.write_text(
        "".join(
            json.dumps({"title": f"Новая {n}", "text": f"Завод {n} пущен в городе."}, ensure_ascii=False) + "\n"
            for n in range(300)
        )
    )
    for command in (["add", str(batch)], ["reindex"]):
        beside = subprocess.Popen(
            [*PODSHIVKA, *command], cwd=ROOT, env=served.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        while beside.poll() is None:
            for path in (SEARCH, "/healthz", "/", "/api/v1/search?q=1"):
                served.get(path, **{"Accept-Encoding": "gzip"})
        assert beside.returncode == 0, beside.communicate()[0].decode()
    until = time.monotonic() + 10
    while json.loads(served.get("/healthz"))["articles"] != 360:
        assert time.monotonic() < until

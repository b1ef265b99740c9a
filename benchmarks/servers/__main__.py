"""Compares one process of `podshivka serve` with several, in turns: pages a second, percentiles, memory.

    python -m benchmarks.servers HOME [--workers 2] [--clients 8] [--seconds 15] [--turns 5] [--requests 12]

Needs wrk (Debian has it), whose one thread takes little of the processors that the server is measured on. It asks the
pages that benchmarks.http asks, each server after a first pass that is not counted, compressed as browsers take them.
`--other COMMAND` measures another server in the same turns: a shell command that serves the home on port {port}.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.home import Home
from benchmarks.http import PODSHIVKA, fetched, free_port, started, urls

ASKING = """
local pages = {}
for line in io.lines("%s") do pages[#pages + 1] = line end
math.randomseed(%d)
for place = #pages, 2, -1 do
  local other = math.random(place)
  pages[place], pages[other] = pages[other], pages[place]
end
local at = 0
request = function()
  at = at %% #pages + 1
  return wrk.format("GET", pages[at], {["Accept-Encoding"] = "gzip"})
end
"""
WARM_PASSES = 3  # over all pages, so that each process has met most of them
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one server did in one turn; milliseconds, MB that it does not share with others."""

    pages_a_second: float
    median: float
    high: float
    failures: int
    memory: int


@contextmanager
def running(command: list[str], home: Home, shell: bool) -> Iterator[int]:
    """A server in a group of processes of its own."""
    environment = os.environ | {"PODSHIVKA_HOME": str(home.path)}
    line: list[str] | str = " ".join(command) if shell else command
    server = subprocess.Popen(
        line,
        shell=shell,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield server.pid
    finally:
        os.killpg(server.pid, 15)
        server.wait()


def proportional(session: int) -> int:
    """MB of all processes of a session, shared pages divided among those that share them (PSS)."""
    kilobytes = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            rollup = (status.parent / "smaps_rollup").read_text() if int(fields[3]) == session else ""
        except OSError:
            continue
        kilobytes += sum(int(number) for number in re.findall(r"^Pss: +(\d+)", rollup, re.MULTILINE))
    return kilobytes >> 10


def turn(command: list[str], shell: bool, home: Home, pages: list[str], options: argparse.Namespace, seed: int) -> Turn:
    """Serves the home, asks everything once, then measures."""
    port = free_port()
    told = [part.replace("{port}", str(port)) for part in command]
    with running(told, home, shell) as server, tempfile.TemporaryDirectory() as folder:
        started(port, pages[0])
        for url in pages * WARM_PASSES:
            fetched(port, url)
        listed, script = Path(folder) / "pages.txt", Path(folder) / "pages.lua"
        listed.write_text("\n".join(pages), encoding="utf-8")
        script.write_text(ASKING % (listed, seed), encoding="utf-8")
        asked = ["wrk", "-t1", f"-c{options.clients}", f"-d{options.seconds}s", "--latency", "--timeout", "60s"]
        said = subprocess.run(
            [*asked, "-s", str(script), f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
        ).stdout
        memory = proportional(server)
    return Turn(
        float(re.findall(r"Requests/sec: +([\d.]+)", said)[0]),
        percentile(said, 50),
        percentile(said, 99),
        sum(map(int, re.findall(r"(?:Non-2xx or 3xx responses: |connect |read |write |timeout )(\d+)", said))),
        memory,
    )


def percentile(said: str, percent: int) -> float:
    """Milliseconds of a percentile that wrk prints."""
    number, unit = re.findall(rf"^ +{percent}% +([\d.]+)(us|ms|s)", said, re.MULTILINE)[0]
    return float(number) * MILLISECONDS[unit]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--requests", type=int, default=12, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--other", action="append", default=[], metavar="COMMAND")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: apt install wrk")
    home = Home(options.home.resolve())
    pages = urls(home, options.requests, options.seed)
    serve = [*PODSHIVKA, "serve", "--port", "{port}", "--log-format", "none", "--workers"]
    servers = {f"{number} processes": ([*serve, str(number)], False) for number in (1, options.workers)}
    servers |= {other: ([other], True) for other in options.other}
    seen: dict[str, list[Turn]] = {name: [] for name in servers}
    for number in range(options.turns):
        for name, (command, shell) in servers.items():
            seen[name].append(turn(command, shell, home, pages, options, number))
            print(f"{time.strftime('%H:%M:%S')} {name}: {seen[name][-1]}; load {os.getloadavg()[0]:.1f}", flush=True)
    alone = statistics.median(one.pages_a_second for one in seen["1 processes"])
    for name, turns in seen.items():
        speed, middle, high, memory = (
            statistics.median(values)
            for values in zip(*((one.pages_a_second, one.median, one.high, one.memory) for one in turns), strict=True)
        )
        failures = sum(one.failures for one in turns)
        print(
            f"{name}: {speed:.1f} pages a second ({speed / alone:.2f} ×), median {middle:.0f} ms, 99% {high:.0f} ms, "
            f"{memory:.0f} MB, not answered {failures}"
        )


if __name__ == "__main__":
    main()

"""Runs commands in forked processes that can be killed at any moment, and readers that ask all the while.

A process of its own, so that nothing is imported twice and no thread is there to be forked: requests, a line of JSON
each, come in on stdin and answers go out on stdout. What a command is about is written to a file beside its home: the
name of the phase and the moment it began.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from whoosh.writing import SegmentWriter

import archive.backup.backup
import scripts.actions.backup
import scripts.actions.indexing
from archive.database.database import Database
from archive.home import Home
from archive.store.store import Store
from indexer.index import build
from indexer.pipeline import annotate
from scripts import cli
from search.local import live_snapshot
from search.request import SearchRequest
from search.searcher import Searcher

PHASES: tuple[tuple[Any, str, str], ...] = (
    (Store, "stage", "reading"),
    (scripts.actions.indexing, "annotate_missing", "naming"),
    (Store, "publish_batch", "publishing"),
    (Store, "remove_batch", "publishing"),
    (Store, "unremove_batch", "publishing"),
    (scripts.actions.indexing, "compare_new", "comparing"),
    (build, "write_commit", "indexing"),
    (build, "check_generation", "verifying"),
    (SegmentWriter, "commit", "switching"),
    (build, "publish", "switching"),
    (build, "drop_others", "clearing"),
    (build, "drop_leftovers", "clearing"),
    (Database, "copy", "snapshot"),
    (scripts.actions.backup, "save", "saving"),
    (archive.backup.backup, "read_again", "verifying"),
    (archive.backup.backup, "write_state", "switching"),
)
EVERYTHING = SearchRequest(size=100, facet_size=100)


class Log:
    """The file that phases are written to, of the command that runs here."""

    file = -1
    now: ClassVar = ["starting"]

    @classmethod
    def tell(cls) -> None:
        os.write(cls.file, f"{cls.now[-1]} {time.monotonic()}\n".encode())


def watched(work: Callable[..., Any], phase: str) -> Callable[..., Any]:
    """The same function, whose beginning and end are written down."""

    def run(*given: Any, **named: Any) -> Any:
        Log.now.append(phase)
        Log.tell()
        try:
            return work(*given, **named)
        finally:
            Log.now.pop()
            Log.tell()

    return run


def child(work: Callable[[], object], output: Path) -> int:
    """Work in a process and a process group of its own; its id."""
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        os.setsid()
        file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for descriptor in (1, 2):
            os.dup2(file, descriptor)
        work()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def command(home: str, arguments: list[str], log: Path) -> None:
    """A command as it is typed."""
    os.environ["PODSHIVKA_HOME"] = home
    sys.argv = ["podshivka", *arguments]
    Log.file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    Log.tell()
    cli.main()


def run(home: str, arguments: list[str], kill: list[Any] | None, beside: str = "") -> dict[str, Any]:
    """Runs a command; status and phases. `kill`: in which phase, after how many seconds, with which signal; or a shell
    command instead of it."""
    output, log = Path((beside or home) + ".out"), Path((beside or home) + ".phases")
    log.unlink(missing_ok=True)
    pid = child(lambda: command(home, arguments, log), output)
    ended = 0
    if kill:
        phase, delay, *rest = kill
        sent = rest[0] if rest else signal.SIGKILL
        while not ended and not (log.exists() and f"{phase} " in log.read_text()):
            time.sleep(0.0003)
            ended, status = os.waitpid(pid, os.WNOHANG)
        if not ended:
            time.sleep(delay)
            if isinstance(sent, str):
                subprocess.run(sent, shell=True)
            else:
                os.killpg(pid, sent)
    if not ended:
        _, status = os.waitpid(pid, 0)
    told = [line.split() for line in log.read_text().splitlines()]
    phases = [(name, float(moment)) for name, moment in told]
    return {"status": os.waitstatus_to_exitcode(status), "phases": phases, "end": time.monotonic()}


def seen(home: str) -> dict[str, Any]:
    """What a reader of all articles is shown."""
    result = Reader.of(home).search(EVERYTHING)
    facets = {facet.name: [(value.key, value.count) for value in facet.values] for facet in result.facets}
    return {"total": result.total, "ids": sorted(hit.id for hit in result.hits), "facets": facets}


class Reader:
    """One searcher, that looks for a new index at every question."""

    one: Searcher | None = None

    @classmethod
    def of(cls, home: str) -> Searcher:
        cls.one = cls.one or Searcher(Home(Path(home)))
        return cls.one


def read(home: str, told: Path) -> None:
    """Asks until told to stop, or the nursery is gone; writes down every different answer, and whatever goes wrong."""
    live_snapshot.SECONDS_BETWEEN_LOOKS = 0
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(1))
    answers: dict[str, int] = {}
    parent = os.getppid()
    while not stopped and os.getppid() == parent:
        try:
            answer = json.dumps(seen(home))
        except Exception as error:
            answer = json.dumps({"error": repr(error)})
        answers[answer] = answers.get(answer, 0) + 1
        told.write_text("\n".join(answers)) if answers[answer] == 1 else time.sleep(0.002)


def main() -> None:
    """Answers requests until stdin ends."""
    for place, name, phase in PHASES:
        setattr(place, name, watched(getattr(place, name), phase))
    annotate(["Директор завода «Красный Октябрь» Иван Петров."])  # the model is read once
    reader = 0
    for line in sys.stdin:
        asked = json.loads(line)
        answer: Any = None
        if asked["do"] == "run":
            answer = run(asked["home"], asked["arguments"], asked["kill"], asked.get("beside", ""))
        elif asked["do"] == "shell":
            answer = subprocess.run(asked["command"], shell=True).returncode
        elif asked["do"] == "read":
            told = Path(asked["home"] + ".seen")
            told.unlink(missing_ok=True)
            home = asked["home"]
            reader = child(lambda home=home, told=told: read(home, told), Path(home + ".reader"))  # type: ignore[misc]
            while not told.exists():
                time.sleep(0.002)
        elif asked["do"] == "stop":
            os.kill(reader, signal.SIGTERM)
            answer = os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

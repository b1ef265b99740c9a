"""A home of any former program opens at once, is brought up and loses nothing."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from archive.database.schema import SCHEMA, bring_up
from archive.errors import FormerStore
from archive.home import Home
from archive.store.store import Store
from indexer.index import verify
from indexer.index.generations import LAYOUT, current
from indexer.index.preparation import preparing
from indexer.storage.arrays import ArrayFile
from scripts.cli import commands
from scripts.serving.upkeep import catch_up, catch_up_beside
from search.request import SearchRequest
from search.searcher import Searcher
from tests.support.project import ROOT
from webapp.app import create_app

HOMES = ROOT / "tests" / "homes"
NAMES = sorted(path.name.removesuffix(".tar.gz") for path in HOMES.glob("*.tar.gz"))
READ_ONLY = ("unshare", "--mount", "--map-root-user", "--user", "sh", "-c")
MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$1" -m scripts.cli log'
KEPT = (  # what no upgrade may change
    "SELECT id, source, identity, version, removed IS NOT NULL FROM articles ORDER BY id",
    "SELECT article, version, batch, t.text, title, day, time, origin, author, rubric, issue, page, url, own_id, path, "
    "persons, enterprises, encoding, warnings FROM versions v JOIN texts t ON t.id = v.text ORDER BY article, version",
    "SELECT revision, at, who, what, batch, why FROM log ORDER BY revision",
    "SELECT id, name, path, source, started, finished, status, read, new, changed, unchanged, rejected FROM batches",
    "SELECT batch, seq, path, outcome, reason, article, day FROM items ORDER BY batch, seq",
)
ANNOTATIONS = "SELECT text, annotator, data FROM annotations"


@pytest.fixture
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    with tarfile.open(HOMES / f"{request.param}.tar.gz") as packed:
        packed.extractall(tmp_path / "home", filter="data")
    return Home(tmp_path / "home")


every_home = pytest.mark.parametrize("home", NAMES, indirect=True)
first_home = pytest.mark.parametrize("home", NAMES[1:2], indirect=True)  # of schema 1, arrays 1
home_of_0_1 = pytest.mark.parametrize("home", ["home-0.1.0"], indirect=True)


OPTIONAL = {"marks.capital", "titles", "centroids"}  # arrays that segments of before lack


def arrays_of_segments(home: Home) -> set[str]:
    """What every segment of the published index has, of the arrays that are optional."""
    folder = current(home.index)
    assert folder
    return {name for name in OPTIONAL if all(name in ArrayFile(path) for path in folder.glob("*.arrays"))}


def rows(home: Home, sql: str) -> list[Any]:
    with closing(sqlite3.connect(home.store)) as store:
        return store.execute(sql).fetchall()


def schema_of(home: Home) -> int:
    return int(rows(home, "PRAGMA user_version")[0][0])


def run(home: Home, *arguments: object) -> Result:
    return CliRunner().invoke(commands, list(map(str, arguments)), env={"PODSHIVKA_HOME": str(home.path)})


def say_that_they_prepare(client: FlaskClient, title: str) -> None:
    """Pages, API and health say that the archive is being brought up, each in its manner."""
    for address in ("/", "/search?q=завод", "/article/1", "/about"):
        page = client.get(address)
        assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
        assert f"<h1>{title}</h1>" in page.text
    answer = client.get("/api/v1/search?q=завод")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.json == {"error": {"parameter": None, "message": title}}
    health = client.get("/healthz")
    assert (health.status_code, health.headers["Retry-After"]) == (503, "30")
    assert health.json
    assert (health.json["status"], health.json["message"]) == ("behind", f"{title}.")


def test_each_former_schema_has_a_home_that_is_described() -> None:
    described = [
        line.split("|")[1:4:2] for line in (HOMES / "README.md").read_text("utf-8").splitlines() if "|" in line
    ]
    told = {name.strip(): schema.strip() for name, schema in described}
    assert {*NAMES} <= {*told}
    assert {str(number) for number in range(1, SCHEMA)} <= {told[name] for name in NAMES}, "tests/homes/make"


@every_home
def test_it_is_served_from_the_first_second_and_loses_nothing(home: Home) -> None:
    before = [rows(home, sql) for sql in KEPT]
    annotations, entities = set(rows(home, ANNOTATIONS)), rows(home, "SELECT kind, entity FROM names")
    authority = {path: path.read_bytes() for path in home.authority.glob("*")}
    live = [id for id, *_, removed in before[0] if not removed]
    client = create_app(home).test_client()

    say_that_they_prepare(client, "Архив готовится")
    with preparing(home.path) as told:
        told(34, 100)
        say_that_they_prepare(client, "Архив готовится: 34 %")
    assert bring_up(home.store)
    if home.index.joinpath("current").exists() and reads_the_index_of(home):
        assert client.get("/api/v1/search").get_json()["total"] == len(live)
    else:
        say_that_they_prepare(client, "Архив готовится")

    if catch_up(home, sample=False):
        catch_up_beside(home)
    assert not catch_up(home, sample=False)
    assert schema_of(home) == SCHEMA
    assert client.get("/api/v1/search").get_json()["total"] == len(live)
    assert client.get("/healthz").get_json()["status"] == "ready"
    assert [client.get(f"/article/{id}").status_code for id in live] == [200] * len(live)
    assert {client.get(f"/{kind}/{id}", follow_redirects=True).status_code for kind, id in entities} == {200}

    assert [rows(home, sql) for sql in KEPT] == before
    assert annotations <= set(rows(home, ANNOTATIONS))
    assert {path: path.read_bytes() for path in home.authority.glob("*")} == authority
    if authority:
        assert "Сергей Ильич Воротников" in client.get("/person/sergey-vorotnikov").text
    with Store(home.store, write=True) as store:
        assert store.check(lambda done, total: None) == ()
        assert {*verify.check(store, home.index)} <= {"имена в индексе определены прежней версией программы"}
        assert [found.number for found in store.versions(1)] == [version for id, version, *_ in before[1] if id == 1]
        gone = [id for id, *_, removed in before[0] if removed]
        assert store.unremove(gone) == tuple(gone)
        assert len([*store.current()]) == len(before[0])


def reads_the_index_of(home: Home) -> bool:
    (arrays, *_) = home.index.glob("gen-*/*.arrays")
    return arrays.read_bytes().startswith(b"PODSHIVKA-4")


@every_home
@pytest.mark.parametrize("command", ["log", "search Воротников", "stats", "export", "check"])
def test_commands_that_read_bring_the_store_up_and_say_so(home: Home, command: str) -> None:
    said = run(home, *command.split())
    assert "Таблицы архива остались от прежней версии программы: приведены к нынешней" in said.stderr
    assert said.exit_code <= (command == "check"), said.output  # which tells of an index of former rules and formats
    assert schema_of(home) == SCHEMA
    again = run(home, *command.split())
    assert "прежней версии программы: " not in again.stderr


@first_home
def test_search_builds_an_index_that_is_read_no_longer(home: Home) -> None:
    said = run(home, "search", "Воротников")
    assert "Индекс остался от прежней версии программы: строим его заново" in said.stderr
    assert "Найдено статей: 1." in said.stdout


@home_of_0_1
def test_a_facet_that_0_1_did_not_know_is_empty_there(home: Home) -> None:
    bring_up(home.store)
    searcher = Searcher(home)
    result = searcher.search(SearchRequest("фасовка"))
    assert result.total == len(result.hits) > 0
    (genre,) = (facet for facet in searcher.search(SearchRequest()).facets if facet.name == "genre")
    assert [(value.label, value.count) for value in genre.values] == [("без жанра", 3)]
    assert searcher.search(SearchRequest(chosen={"genre": ("none",)})).total == 3
    assert searcher.search(SearchRequest(excluded={"genre": ("none",)})).total == 0


@first_home
def test_two_processes_bring_a_store_up_at_once(home: Home) -> None:
    before = [rows(home, sql) for sql in KEPT]
    code = "import sys, pathlib; from archive.database.schema import bring_up; bring_up(pathlib.Path(sys.argv[1]))"
    both = [subprocess.Popen([sys.executable, "-c", code, str(home.store)], cwd=ROOT) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert schema_of(home) == SCHEMA
    assert [rows(home, sql) for sql in KEPT] == before


@first_home
def test_a_process_killed_while_it_brings_a_store_up_leaves_it_as_it_was(home: Home) -> None:
    before, schema = [rows(home, sql) for sql in KEPT], schema_of(home)
    code = (
        "import os, sys, pathlib\nfrom archive.database import database, schema\n"
        "database.upgraded_fingerprint = lambda *values: os.kill(os.getpid(), 9)\n"
        "schema.bring_up(pathlib.Path(sys.argv[1]))"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(home.store)], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    with Store(home.store) as store, pytest.raises(FormerStore):
        store.revision()
    assert schema_of(home) == schema
    assert bring_up(home.store)
    assert [rows(home, sql) for sql in KEPT] == before


@first_home
def test_a_store_that_cannot_be_written_is_read_as_it_is(home: Home) -> None:
    if subprocess.run([*READ_ONLY, "true"], capture_output=True).returncode:
        pytest.skip("no mount of one's own here")
    done = subprocess.run(
        [*READ_ONLY, MOUNTED, str(home.path), sys.executable],
        cwd=ROOT,
        env={**os.environ, "PODSHIVKA_HOME": str(home.path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "по просьбе героя" in done.stdout) == (0, True), done.stderr
    assert schema_of(home) == 1


@home_of_0_1
def test_the_index_of_the_last_format_answers_while_it_is_built_anew(
    home: Home,
) -> None:
    bring_up(home.store)
    assert not arrays_of_segments(home) & OPTIONAL
    client = create_app(home).test_client()
    assert client.get("/api/v1/search").get_json()["total"] == 3
    assert catch_up(home, sample=False)
    with preparing(home.path) as told:
        told(34, 100)
        health = client.get("/healthz")
    assert (health.status_code, health.get_json()["status"]) == (200, "behind")
    assert health.get_json()["message"] == "Новый индекс готовится: 34 %. Ищется в прежнем."
    former = current(home.index)
    catch_up_beside(home)
    assert current(home.index) != former
    assert arrays_of_segments(home) >= OPTIONAL
    assert not catch_up(home, sample=False)
    assert client.get("/api/v1/search").get_json()["total"] == 3
    assert run(home, "reindex", "--rollback").exit_code == 3


@home_of_0_1
def test_a_program_older_than_the_index_says_so(home: Home, tmp_path: Path) -> None:
    bring_up(home.store)
    (manifest,) = home.index.glob("gen-*/manifest-*.json")
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "layout": LAYOUT + 1}))
    (tmp_path / "новая.txt").write_text("Новая статья о старом заводе на берегу реки Царицы и его людях.")
    batches = rows(home, "SELECT * FROM batches")
    for command in (["search", "фасовка"], ["add", tmp_path / "новая.txt"], ["remove", 1], ["serve", "--port", 18231]):
        said = run(home, *command)
        assert said.exit_code == 3
        assert "построен более новой программой" in said.stderr
        assert "Обновите программу" in said.stderr
        assert said.stderr.count("\n") == 1
    assert rows(home, "SELECT * FROM batches") == batches
    assert run(home, "reindex").exit_code == 0
    assert "Найдено статей: 1." in run(home, "search", "фасовка").stdout


@home_of_0_1
def test_a_program_older_than_the_store_says_so(home: Home) -> None:
    with closing(sqlite3.connect(home.store)) as store:
        store.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    for command in ("search фасовка", "log", "stats", "check", "reindex", "serve --port 18231"):
        said = run(home, *command.split())
        assert (said.exit_code, "Traceback" in said.stderr) == (3, False)
        assert "сделан более новой программой" in said.stderr


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@first_home
def test_the_server_answers_at_once_and_opens_when_the_archive_is_up(home: Home, port: int) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "scripts.cli", "serve", "--port", str(port), "--log-format", "none"],
        cwd=ROOT,
        env={**os.environ, "PODSHIVKA_HOME": str(home.path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout
        assert any(line.startswith("http://") for line in server.stdout)
        assert server.stdout.readline().startswith("Архив готовится после обновления программы")
        states = list(statuses(f"http://127.0.0.1:{port}/api/v1/search"))
        assert states[0] == 503
        assert states[-1] == 200
    finally:
        server.kill()
        server.communicate()


def statuses(address: str) -> Iterator[int]:
    """What the address answers until it is 200, a minute at most."""
    for _ in range(240):
        try:
            yield urlopen(address).status
            return
        except HTTPError as error:
            yield error.code
        time.sleep(0.25)

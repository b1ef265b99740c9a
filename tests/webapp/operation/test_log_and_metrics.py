"""What an administrator sees of a running server: figures for Prometheus, a line of the log for each request."""

import io
import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from archive.home import Home
from search.searcher import Searcher
from search.statistics import STATES
from tests.support.project import ROOT
from webapp.app import create_app
from webapp.operation.request_log import FORMATS, LOG


def figures(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """Name and values of labels → value."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


@pytest.fixture
def client(site_home: Home) -> FlaskClient:
    app = create_app(site_home)
    app.add_url_rule("/broken", "broken", view_func=lambda: 1 / 0)  # type: ignore[arg-type]
    return app.test_client()


def test_requests_errors_and_the_archive_are_counted(client: FlaskClient) -> None:
    for url in ("/search?q=завод", "/search?q=сталь", "/search?from=вчера", "/article/999", "/broken", "/broken"):
        client.get(url)
    found = figures(client)
    assert found["podshivka_requests_total", "pages.search", "GET", "200"] == 2
    assert found["podshivka_requests_total", "pages.search", "GET", "400"] == 1
    assert found["podshivka_requests_total", "pages.article", "GET", "404"] == 1
    assert found["podshivka_request_seconds_count", "pages.search"] == 3
    assert found["podshivka_request_seconds_bucket", "pages.search", "+Inf"] == 3
    assert found["podshivka_errors_total",] == found["podshivka_requests_total", "broken", "GET", "500"] == 2
    assert found["podshivka_articles",] == 41
    assert found["podshivka_revision",] == found["podshivka_indexed_revision",] == 2
    assert found["podshivka_index_age_seconds",] > 0
    assert found["podshivka_cache_bytes",] > 0
    assert found["podshivka_cache_entries",] > 0
    states = {state: found["podshivka_state", state.replace(" ", "_")] for state in STATES}
    assert states == {**dict.fromkeys(STATES, 0.0), "ready": 1.0}
    assert found["process_resident_memory_bytes",] > 0
    assert not [name for name, *_ in found if name.endswith("_created")]


def test_what_is_asked_adds_no_names(client: FlaskClient) -> None:
    client.get("/нет такого/раз")
    client.get("/нет такого/два")
    client.open("/search", method="ВЫДУМКА")
    names = [name for name in figures(client) if name[0] == "podshivka_requests_total"]
    assert ("podshivka_requests_total", "none", "GET", "404") in names
    assert not [name for name in names if "нет" in str(name) or "ВЫДУМКА" in str(name)]


@pytest.mark.parametrize(
    ("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("10.0.0.7", 404), ("2001:db8::1", 404)]
)
def test_other_machines_get_no_figures(client: FlaskClient, address: str, status: int) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code == status


def test_a_broken_archive_still_has_figures(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"not a database at all" * 500)
    found = figures(create_app(Home(tmp_path)).test_client())
    assert found["podshivka_state", "broken_store"] == 1
    assert ("podshivka_articles",) not in found


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the log says, as JSON lines."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(FORMATS["json"]())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_every_request_is_a_line_without_the_query(client: FlaskClient, logged: io.StringIO) -> None:
    answer = client.get("/search?q=завод&person=none")
    client.get("/api/v1/search?q=нигденет")
    client.get("/about", headers={"X-Forwarded-For": "10.1.2.3"})
    search, api, about = lines(logged)
    assert set(search) == {"time", "level", "method", "path", "status", "ms", "found", "request"}
    assert (search["method"], search["path"], search["status"]) == ("GET", "/search", 200)
    assert search["found"] > 0
    assert search["request"] == answer.headers["X-Request-Id"] != api["request"]
    assert api["found"] == 0
    assert "found" not in about
    assert "завод" not in logged.getvalue()
    assert "10.1.2.3" not in logged.getvalue()
    assert "127.0.0.1" not in logged.getvalue()


def test_queries_are_written_where_that_was_wanted(site_home: Home, logged: io.StringIO) -> None:
    create_app(site_home, log_queries=True).test_client().get("/api/v1/search?q=завод")
    (line,) = lines(logged)
    assert line["query"] == "q=завод"


def test_an_error_is_written_down_in_the_home_under_the_number_of_its_page(
    site_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise LookupError(sought)

    monkeypatch.setattr(Searcher, "search", stumble)
    sought = "прокатный стан"
    for log_queries in (False, True):
        answer = create_app(site_home, log_queries).test_client().get("/search", query_string={"q": sought})
        assert (answer.status_code, "Что-то сломалось у нас" in answer.text) == (500, True)
        written = site_home.errors.read_text("utf-8").split("№ ")[-1]
        assert written.startswith(answer.headers["X-Request-Id"])
        assert answer.headers["X-Request-Id"] in answer.text
        assert ("LookupError" in written, sought in written) == (True, log_queries)


SECRETS = ("прокатный стан", "andrey-bocharov")  # what is searched for, whose page is read
ASKED = (
    "/search?q=прокатный+стан&person=andrey-bocharov",
    "/search.csv?q=прокатный+стан",
    "/search.atom?q=прокатный+стан",
    "/api/v1/search?q=прокатный+стан",
    "/api/v1/suggest?q=прокатный+стан",
    "/values/person?q=прокатный+стан",
    "/article/1?q=прокатный+стан",
    "/person/andrey-bocharov",
    "/api/v1/persons/andrey-bocharov",
    "/persons/andrey-bocharov",
    "/API/v1/persons/andrey-bocharov/x",
)


@pytest.mark.parametrize("format", ["json", "text"])
@pytest.mark.parametrize("with_queries", [False, True])
def test_no_error_quotes_what_is_searched_for(
    site_home: Home, monkeypatch: pytest.MonkeyPatch, format: str, with_queries: bool
) -> None:
    def stumble(*asked: object, **_: object) -> None:
        try:
            raise KeyError(*SECRETS, *map(repr, asked))
        except KeyError as error:
            raise ValueError(f"{SECRETS} cannot be looked up") from error

    for name in ("search", "article", "entity", "completions", "values", "every", "listed", "moment"):
        monkeypatch.setattr(Searcher, name, stumble)
    site_home.errors.unlink(missing_ok=True)
    told = written_log(site_home, format, with_queries, *ASKED) + site_home.errors.read_text("utf-8")
    assert told.count("ValueError") > len(ASKED)  # in both the log and the file
    assert told.count("KeyError") > len(ASKED)
    assert {secret in told for secret in SECRETS} == {with_queries}


@pytest.mark.parametrize("format", ["json", "text"])
def test_the_web_server_s_own_errors_quote_nothing(format: str) -> None:
    record = logging.getLogger("waitress").makeRecord(
        *("waitress", logging.ERROR, "channel.py", 437, "Exception while serving /person/andrey-bocharov", (), None),
        func="service",
    )
    assert "bocharov" not in FORMATS[format]().format(record)
    assert "waitress: service" in FORMATS[format]().format(record)
    assert "bocharov" in FORMATS[format](with_queries=True).format(record)


def test_an_error_has_its_traceback_and_the_id_of_its_page(client: FlaskClient, logged: io.StringIO) -> None:
    page = client.get("/broken")
    error, line = lines(logged)
    assert (error["level"], line["status"]) == ("error", 500)
    assert "ZeroDivisionError" in error["traceback"]
    assert error["request"] == line["request"]
    assert error["request"] in page.text


def test_a_terminal_gets_lines_for_the_eye() -> None:
    record = LOG.makeRecord(LOG.name, logging.INFO, "", 0, "%s %s %d", ("GET", "/", 200), None)
    assert FORMATS["text"]().format(record)[8:] == " GET / 200"


def test_a_server_logs_to_stderr(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "scripts.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "PODSHIVKA_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout
        assert any("http://" in line for line in server.stdout)
        assert urlopen(f"http://127.0.0.1:{port}/metrics").status == 200
        with pytest.raises(HTTPError):
            urlopen(f"http://127.0.0.1:{port}/no?q=secret")
    finally:
        server.terminate()
        said = server.communicate()[1]
    logged = [json.loads(line) for line in said.splitlines()]
    assert [(line["path"], line["status"]) for line in logged if "path" in line] == [("/metrics", 200), ("/no", 404)]
    assert "secret" not in said


def written_log(home: Home, format: str, with_queries: bool, *urls: str) -> str:
    """What is logged of these requests."""
    app = create_app(home, with_queries)
    app.add_url_rule("/broken/<path:key>", "broken", view_func=lambda key: 1 / 0)
    client, written = app.test_client(), io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(FORMATS[format](with_queries))
    for logger in (LOG, app.logger):
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        for url in urls:
            client.get(url)
    finally:
        for logger in (LOG, app.logger):
            logger.removeHandler(handler)
    return written.getvalue()


@pytest.mark.parametrize("format", ["json", "text"])
def test_whose_pages_are_read_is_logged_only_where_wanted(site_home: Home, format: str) -> None:
    urls = (
        "/person/andrey-bocharov",
        "/api/v1/persons/andrey-bocharov",
        "/person/andrey-bocharov/",
        "/broken/andrey-bocharov",
    )
    told = written_log(
        site_home, format, False, *urls, "/search?person=andrey-bocharov", "/values/person?find=andrey-bocharov"
    )
    assert "bocharov" not in told
    assert told.count("/person/…") >= 2
    assert "/api/v1/persons/…" in told
    assert "/broken/…" in told
    assert "/person/andrey-bocharov" in written_log(site_home, format, True, *urls)


def test_no_line_of_the_log_can_be_forged(site_home: Home) -> None:
    forged = "/нет%0A29:30:05 GET /about 200, 1 мс%0D%1B[31m%E2%80%AE%E2%80%A8x%C2%85y"
    told = written_log(site_home, "text", True, forged, "/broken/a%0D29:30:06 forged")
    first, second, *rest = told.split("\n")
    assert "\\n29:30:05 GET /about 200" in first
    assert "\\x1b[31m\\u202e\\u2028x\\x85y" in first
    assert "Exception on /broken/a\\r29:30:06 forged" in second
    assert not [line for line in rest if "29:30:06" in line and line.startswith("29:30")]
    assert len(told.splitlines()) == len(told.split("\n")) - 1

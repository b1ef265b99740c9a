"""Logs every request in a line, as JSON or for a person; nothing leaves this machine.

Who asks is never written down, what is asked only where that was wanted: a reporter's searches are his own.
"""

import datetime as dt
import json
import logging
import secrets
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote

from flask import Flask, Response, g, has_request_context, request
from flask.signals import got_request_exception

from archive.disk.error_log import trace, write_error
from archive.text.harmless import in_one_line
from webapp.operation.metrics import counted

LOG = logging.getLogger("podshivka.requests")
FIELDS = "fields"  # of a record: what JSON lines have beside time, level and message


class Lines(logging.Formatter):
    """What the two formats share: an error's own words, and those of the web server, may quote what is searched for."""

    def __init__(self, with_queries: bool = False) -> None:
        super().__init__()
        self._with_queries = with_queries

    def told(self, record: logging.LogRecord) -> str:
        """What a record says, or where it was written where that may not be repeated."""
        is_bare = record.name.partition(".")[0] == "waitress" and not self._with_queries
        return f"{record.name}: {record.funcName}" if is_bare else record.getMessage()

    def trace(self, record: logging.LogRecord) -> str:
        """Where the error of a record arose; empty where it has none."""
        error = record.exc_info[1] if record.exc_info else None
        return trace(error, self._with_queries) if error else ""


class JsonLines(Lines):
    """A record as a JSON object in one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time (UTC), level, message, the request it belongs to, traceback."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line = {"time": at, "level": record.levelname.lower(), **getattr(record, FIELDS, {})}
        if record.name != LOG.name:
            line |= {"logger": record.name, "message": self.told(record)}
        line |= {"request": request_id()} if has_request_context() else {}
        if traced := self.trace(record):
            line["traceback"] = traced
        return json.dumps(line, ensure_ascii=False)


class PlainLines(Lines):
    """A record for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """«12:30:05 GET /search 200, 12 мс, найдено 41»."""
        at = f"{dt.datetime.fromtimestamp(record.created):%H:%M:%S}"
        said = f"{at} {in_one_line(self.told(record))}"
        if traced := self.trace(record):
            said += f" (запрос {request_id()})" if has_request_context() else ""
            said += "".join("\n    " + in_one_line(line) for line in traced.splitlines())
        return said


FORMATS: dict[str, type[Lines]] = {"json": JsonLines, "text": PlainLines}


def write_to_stderr(format: str, with_queries: bool) -> None:
    """From now on all that is logged goes to stderr in that format; nowhere for «none»."""
    handler = logging.StreamHandler() if format in FORMATS else logging.NullHandler()
    handler.setFormatter(FORMATS.get(format, JsonLines)(with_queries))
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


def logged_path(with_queries: bool) -> str:
    """The path of the present request; whose page it is, is left out as what was searched for is, and so is the end of
    an address that nothing stands at: somebody may have mistyped whose page he wants."""
    path = request.path
    if with_queries:
        return path
    if request.url_rule is None:
        first, slash, rest = path[1:].partition("/")
        return f"/{first}" + (f"{slash}…" if rest else slash)
    key = (request.view_args or {}).get("key", "")
    return path.removesuffix(key) + "…" if key else path


class LoggedSite(Flask):
    """An application that logs what goes wrong under the path that requests are logged under."""

    with_queries = False
    errors: Path | None = None  # the file that they are written down in too

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> None:
        """As Flask does it, and in the file of errors."""
        if self.errors and exc_info[1]:
            write_error(self.errors, request_id(), exc_info[1], self.with_queries)
        self.logger.error("Exception on %s [%s]", logged_path(self.with_queries), request.method, exc_info=exc_info)


def log_requests(app: LoggedSite, errors: Path, with_queries: bool) -> None:
    """Give every request an id, log and count what became of it."""

    app.with_queries, app.errors = with_queries, errors

    def begin() -> None:
        g.started = time.perf_counter()

    def end(response: Response) -> Response:
        took = time.perf_counter() - g.started
        counted().answered(request.endpoint or "none", request.method, response.status_code, took)
        response.headers["X-Request-Id"] = request_id()
        fields = {
            "method": request.method,
            "path": logged_path(with_queries),
            **({"query": unquote(request.query_string.decode(errors="replace"))} if with_queries else {}),
            "status": response.status_code,
            "ms": round(1000 * took, 1),
            **({"found": g.found} if "found" in g else {}),
        }
        found = f", найдено {g.found}" if "found" in g else ""
        LOG.info(
            "%s %s %d, %.0f мс%s",
            *(request.method, logged_path(with_queries), response.status_code, 1000 * took, found),
            extra={FIELDS: fields},
        )
        return response

    def failed(sender: Flask, exception: BaseException) -> None:
        counted().errors.inc()

    app.before_request(begin)
    app.after_request(end)
    got_request_exception.connect(failed, app, weak=False)


def request_id() -> str:
    """What the present request is called in the log and on its error page."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return str(g.request_id)


def note_found(total: int) -> None:
    """How many articles the present request found, for the log."""
    g.found = total

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

from archive.disk.error_log import write_error
from archive.text.harmless import in_one_line
from webapp.operation.metrics import counted

LOG = logging.getLogger("podshivka.requests")
FIELDS = "fields"  # of a record: what JSON lines have beside time, level and message


class JsonLines(logging.Formatter):
    """A record as a JSON object in one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time (UTC), level, message, the request it belongs to, traceback."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line = {"time": at, "level": record.levelname.lower(), **getattr(record, FIELDS, {})}
        if record.name != LOG.name:
            line |= {"logger": record.name, "message": record.getMessage()}
        line |= {"request": request_id()} if has_request_context() else {}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """A record for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """«12:30:05 GET /search 200, 12 мс, найдено 41»."""
        at = f"{dt.datetime.fromtimestamp(record.created):%H:%M:%S}"
        said = f"{at} {in_one_line(record.getMessage())}"
        if record.exc_info:
            said += f" (запрос {request_id()})" if has_request_context() else ""
            said += "".join("\n    " + in_one_line(line) for line in self.formatException(record.exc_info).splitlines())
        return said


FORMATS: dict[str, type[logging.Formatter]] = {"json": JsonLines, "text": PlainLines}


def write_to_stderr(format: str) -> None:
    """From now on all that is logged goes to stderr in that format; nowhere for «none»."""
    handler = logging.StreamHandler() if format in FORMATS else logging.NullHandler()
    handler.setFormatter(FORMATS.get(format, JsonLines)())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


def logged_path(with_queries: bool) -> str:
    """The path of the present request; whose page it is, is left out as what was searched for is."""
    key = (request.view_args or {}).get("key", "")
    return request.path if with_queries or not key else request.path.removesuffix(key) + "…"


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

"""Answers a search with all that it finds, streamed: a table for a spreadsheet, lines of JSON for a program."""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice
from threading import Lock

from flask import Blueprint, Response, current_app, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from archive.fields import FIELDS, SHOWN_FIELDS
from archive.text.harmless import table_cell
from search.facet_table import ENTITIES
from search.pages.table_rows import ListedArticle
from search.request import SearchRequest
from search.work import TooComplex
from webapp.current_archive import searcher
from webapp.operation.site_address import site_url
from webapp.urls.params import parse

tables = Blueprint("tables", __name__)
COLUMNS = (
    *("номер", "дата", "время", "заголовок"),
    *(field.label.lower() for field in SHOWN_FIELDS),
    *(one.plural.lower() for one in ENTITIES),
    "в архиве",
)
LINES_TOGETHER = 1_000  # lines of a stream made at a time
_making = Lock()  # the streams of a process make their lines in turns


@tables.get("/search.csv")
def table() -> ResponseReturnValue:
    """A table of the articles of a search, in its order, a line each; the query and the day stand below them."""
    asked = parse(request.args.items(multi=True))
    return _streamed(table_lines(asked, site_url(current_app)), "text/csv", "podshivka.csv")


@tables.get("/search.jsonl")
def lines() -> ResponseReturnValue:
    """The same as lines of JSON, with the texts; the first line says what was asked."""
    asked = parse(request.args.items(multi=True))
    return _streamed(json_lines(asked, site_url(current_app)), "application/x-ndjson", "podshivka.jsonl")


@tables.errorhandler(TooComplex)
def too_complex(error: TooComplex) -> ResponseReturnValue:
    """What is asked for too much is told in the form that was asked for."""
    if request.endpoint == "tables.lines":
        said = json.dumps({"too_complex": str(error)}, ensure_ascii=False)
        return Response(said + "\n", mimetype="application/x-ndjson")
    return Response("\ufeff" + csv_line((str(error),)), mimetype="text/csv")


def _streamed(lines: Iterator[str], mimetype: str, name: str) -> Response:
    """The lines as they are made; what is little is made at once. While some are made, other streams wait."""

    def blocks() -> Iterator[bytes]:
        while some := _made(lines):
            yield some

    headers = {"Content-Disposition": f"attachment; filename={name}"}
    first = _made(lines)
    second = _made(lines)
    if not second:
        return Response(first, mimetype=mimetype, headers=headers)
    whole = stream_with_context(chain((first, second), blocks()))
    return Response(whole, mimetype=mimetype, headers=headers)


def _made(lines: Iterator[str]) -> bytes:
    """The next lines; nobody else makes any meanwhile."""
    with _making:
        return "".join(islice(lines, LINES_TOGETHER)).encode()


def table_lines(asked: SearchRequest, site: str) -> Iterator[str]:
    """The lines, as a Russian spreadsheet opens them: a mark of UTF-8, semicolons."""
    yield "\ufeff" + csv_line(COLUMNS)
    count = 0
    for listed in searcher().every(asked):
        yield csv_line(map(table_cell, cells(listed, site)))
        count += 1
    yield csv_line(())
    if rescue := searcher().rescue(asked):
        yield csv_line(map(table_cell, (rescue.says,)))
    yield csv_line(
        map(table_cell, ("Запрос", asked.text, "Выгружено", f"{dt.date.today():%d.%m.%Y}", "Статей", str(count)))
    )


def json_lines(asked: SearchRequest, site: str) -> Iterator[str]:
    """What was asked and when, then the articles."""
    head = {"query": asked.text, "exported": dt.date.today().isoformat(), "articles": searcher().total(asked)}
    yield json.dumps(head, ensure_ascii=False) + "\n"
    for listed in searcher().every(asked):
        article, when = listed.stored.article, listed.stored.article.published
        said = {
            "id": listed.stored.id,
            "date": when.day.isoformat() if when.day else None,
            "time": f"{when.time:%H:%M}" if when.time else None,
            "title": article.title,
            **{field.name: getattr(article, field.name) for field in FIELDS if not field.names},
            **{one.collection: [name.label for name in listed.names[one.kind]] for one in ENTITIES},
            "paragraphs": article.paragraphs,
            "in_archive": site + url_for("pages.article", id=listed.stored.id),
        }
        yield json.dumps(said, ensure_ascii=False) + "\n"


def csv_line(values: object) -> str:
    """One line of a table."""
    file = StringIO()
    csv.writer(file, delimiter=";").writerow(values)  # type: ignore[arg-type]
    return file.getvalue()


def cells(listed: ListedArticle, site: str) -> Iterator[str]:
    """What stands in an article's line."""
    article, when = listed.stored.article, listed.stored.article.published
    yield str(listed.stored.id)
    yield when.day.isoformat() if when.day else ""
    yield f"{when.time:%H:%M}" if when.time else ""
    yield article.heading
    for field in SHOWN_FIELDS:
        yield "; ".join(field.values(article))
    for one in ENTITIES:
        yield "; ".join(name.label for name in listed.names[one.kind])
    yield site + url_for("pages.article", id=listed.stored.id)

"""Answers a search for other programs: a feed to follow, a table for a spreadsheet."""

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.utils import format_datetime
from io import StringIO

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.article import Published
from archive.fields import SHOWN_FIELDS
from search.facet_table import ENTITIES
from search.pages.table_rows import ListedArticle
from search.result import Hit
from webapp.current_archive import searcher
from webapp.operation.site_address import site_url
from webapp.presenters.russian import published
from webapp.urls.links import search_url
from webapp.urls.params import parse

feeds = Blueprint("feeds", __name__)
FEED_ARTICLES = 50  # articles of a feed
MOST_TABLE_ROWS = 10_000
COLUMNS = (
    *("номер", "дата", "время", "заголовок"),
    *(field.label.lower() for field in SHOWN_FIELDS),
    *(one.plural.lower() for one in ENTITIES),
    "в архиве",
)
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FORMULA = re.compile(r"[=+\-@\t\r]")  # what a spreadsheet would work out (OWASP, CSV injection)


@feeds.get("/search.rss")
def feed() -> ResponseReturnValue:
    """RSS 2.0: the newest articles of a search, as whole addresses."""
    asked = replace(
        searcher().present(parse(request.args.items(multi=True))), sort="newest", page=1, size=FEED_ARTICLES
    )
    result = searcher().search(asked)
    site = site_url(current_app)
    items = [item(hit, site) for hit in result.hits]
    title = f"{asked.text} – Подшивка" if asked.text else "Подшивка"
    text = render_template("feed.xml", title=title, link=site + search_url(asked), read_as=result.read_as, items=items)
    answer = Response(NOT_XML.sub("", text), mimetype="application/rss+xml")
    answer.add_etag()
    return answer.make_conditional(request)


def item(hit: Hit, site: str) -> dict[str, str]:
    """An article of a feed; its day is in no time zone («-0000»), for no page says in which it is."""
    where = ", ".join(filter(None, (hit.source, published(hit.published))))
    return {
        "title": hit.title,
        "link": site + url_for("pages.article", id=hit.id),
        "published": stamp(hit.published),
        "description": ". ".join(filter(None, (where, " … ".join(snippet.text for snippet in hit.snippets)))),
    }


def stamp(value: Published) -> str:
    """The day and time as RFC 5322 writes them; "" where there is no day."""
    return format_datetime(dt.datetime.combine(value.day, value.time or dt.time())) if value.day else ""


@feeds.get("/search.csv")
def table() -> ResponseReturnValue:
    """A table of the articles of a search, in its order; a line each, at most MOST_TABLE_ROWS."""
    asked = parse(request.args.items(multi=True))
    text = written(searcher().listed(asked, MOST_TABLE_ROWS), site_url(current_app))
    name = "attachment; filename=podshivka.csv"
    return Response(text.encode("utf-8-sig"), mimetype="text/csv", headers={"Content-Disposition": name})


def written(found: Iterable[ListedArticle], site: str) -> str:
    """The lines, as a Russian spreadsheet opens them: semicolons."""
    file = StringIO()
    lines = csv.writer(file, delimiter=";")
    lines.writerow(COLUMNS)
    lines.writerows(map(harmless, cells(each, site)) for each in found)
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


def harmless(cell: str) -> str:
    """The cell as text, whatever it begins with."""
    return "'" + cell if FORMULA.match(cell) else cell

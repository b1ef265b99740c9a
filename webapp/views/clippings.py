"""Shows a reader what he has put aside: the list stands in a link or in his browser, and the server keeps none."""

import datetime as dt

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.current_archive import searcher
from webapp.operation.site_address import site_url
from webapp.presenters.clipping_files import ClippingView, clipping_view, document, references, rows
from webapp.urls.clipping_list import (
    MOST_CLIPPINGS,
    NOTE_CHARS,
    Clipping,
    changed,
    clippings_query,
    read_clippings,
    that_fit,
)
from webapp.views.tables import csv_line

clippings = Blueprint("clippings", __name__)
MOST_BYTES = 1_024 * 1_024  # of a list that is sent: a letter of a note takes up to six
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@clippings.route("/clippings", methods=["GET", "POST"])
def page() -> ResponseReturnValue:
    """The list, after what was wished: «up.12», «down.12», «out.12»."""
    given, lost = sent()
    wish = request.values.get("do", "")
    found = changed(given, wish)
    if wish and request.method == "GET":
        return redirect(page_of(found))
    fit = that_fit(found)
    return not_kept(
        render_template(
            "clippings.html",
            views=seen(found),
            lost=lost,
            most=MOST_CLIPPINGS,
            note_chars=NOTE_CHARS,
            link=page_of(fit),
            fit=len(fit),
            method="get" if len(fit) == len(found) else "post",
        )
    )


@clippings.route("/clippings.docx", methods=["GET", "POST"])
def as_document() -> ResponseReturnValue:
    """The list as a document of Word."""
    return attached(document(views(), dt.date.today()), WORD, "podborka.docx")


@clippings.route("/clippings.csv", methods=["GET", "POST"])
def as_table() -> ResponseReturnValue:
    """The list as a table."""
    lines = map(csv_line, rows(views(), dt.date.today(), site_url(current_app)))
    return attached(("\ufeff" + "".join(lines)).encode(), "text/csv", "podborka.csv")


@clippings.route("/clippings.bib", methods=["GET", "POST"])
def as_references() -> ResponseReturnValue:
    """The list for BibTeX."""
    return attached(references(views()).encode(), "text/x-bibtex", "podborka.bib")


def sent() -> tuple[list[Clipping], int]:
    """The list that was sent, and how much of it is none."""
    request.max_content_length = MOST_BYTES
    given = request.form if request.method == "POST" else request.args
    return read_clippings(given.getlist("article"), given.getlist("note"))


def views() -> list[ClippingView]:
    """The list that was sent, with its articles."""
    return seen(sent()[0])


def seen(found: list[Clipping]) -> list[ClippingView]:
    """The clippings with the articles that the archive shows now."""
    with searcher().moment():
        return [clipping_view(one, searcher().shown(one.article)) for one in found]


def page_of(found: object) -> str:
    """The address of the page of these clippings."""
    query = clippings_query(found)  # type: ignore[arg-type]
    return url_for("clippings.page") + (f"?{query}" if query else "")


def attached(body: bytes, mimetype: str, name: str) -> Response:
    """A file to be saved."""
    answer = not_kept(body)
    answer.mimetype = mimetype
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def not_kept(body: str | bytes) -> Response:
    """An answer that no cache keeps: it is one reader's."""
    answer = make_response(body)
    answer.headers["Cache-Control"] = "no-store"
    return answer

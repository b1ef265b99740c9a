"""Shows a reader his saved searches: they stand in a link to keep, or in a cookie that he asked for."""

from dataclasses import replace
from urllib.parse import parse_qsl

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from search.request import SearchRequest
from webapp.current_archive import searcher
from webapp.operation.own_origin import needs_own_origin
from webapp.presenters.pages.saved_page import NEW_COUNTED, SavedView, saved_view, unsaved
from webapp.urls.params import BadParameter, parse
from webapp.urls.saved_searches import (
    COOKIE,
    MOST_SAVED,
    PARAMETER,
    SavedSearch,
    cookie_of,
    cookie_values,
    read_saved,
    saved_query,
)

keeping = Blueprint("saved", __name__)
COOKIE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep one
MOST_BYTES = 64 * 1024  # of the form that asks for the cookie


@keeping.get("/saved")
def saved() -> ResponseReturnValue:
    """The searches of the link, else those of the cookie; with `add` one more, seen as it is now."""
    in_cookie = cookie_values(request.cookies.get(COOKIE, ""))
    given = request.args.getlist(PARAMETER) or in_cookie
    found, lost = read_saved(given)
    if "add" in request.args:
        return redirect(page_of([*found, *added(request.args["add"])]))
    return answered(render_template("saved.html", **shown(found), lost=lost, most=MOST_SAVED, kept=bool(in_cookie)))


@keeping.post("/saved")
def keep() -> ResponseReturnValue:
    """Keeps the searches in the reader's browser, or forgets them there, as he says."""
    request.max_content_length = MOST_BYTES
    needs_own_origin()
    found, _ = read_saved(request.form.getlist(PARAMETER))
    if request.form.get("do") == "forget":
        answer = make_response(redirect(page_of(found), 303))
        answer.delete_cookie(COOKIE, path=url_for("saved.saved"))
        return answer
    if request.form.get("do") == "seen":
        found = [seen(each.request) for each in found]
        if COOKIE not in request.cookies:
            return redirect(page_of(found), 303)
    text, count = cookie_of(found)
    if count < len(found):
        return answered(render_template("saved.html", **shown(found), lost=0, most=MOST_SAVED, kept=False, fit=count))
    answer = make_response(redirect(url_for("saved.saved"), 303))
    path, secure = url_for("saved.saved"), request.is_secure
    answer.set_cookie(COOKIE, text, COOKIE_SECONDS, path=path, httponly=True, samesite="Lax", secure=secure)
    return answer


def answered(page: str) -> Response:
    """The page, kept by no cache between: it is one reader's."""
    answer = make_response(page)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.vary.add("Cookie")
    return answer


def shown(found: list[SavedSearch]) -> dict[str, object]:
    """What the page shows of the searches."""
    views = [view_of(one, [other for other in found if other != one]) for one in found]
    return {"views": views, "values": [one.text for one in found], "link": page_of(found)}


def view_of(saved: SavedSearch, others: list[SavedSearch]) -> SavedView:
    """A search as it stands now."""
    with searcher().moment():
        result = searcher().search(replace(saved.request, size=1))
        newest = searcher().listed(replace(saved.request, sort="added"), NEW_COUNTED + 1)
    new = sum(one.stored.id > saved.last for one in newest)
    return saved_view(saved, result, new, page_of(others))


def added(query: str) -> list[SavedSearch]:
    """The search of that query string as one that is saved now; none where it cannot be read."""
    try:
        asked = parse(parse_qsl(query))
    except BadParameter:
        return []
    return [seen(unsaved(asked))]


def seen(asked: SearchRequest) -> SavedSearch:
    """A search with what it finds now."""
    with searcher().moment():
        total = searcher().total(asked)
        newest = searcher().listed(SearchRequest(sort="added"), 1)
    return SavedSearch(asked, total, newest[0].stored.id if newest else 0)


def page_of(found: list[SavedSearch]) -> str:
    """The address of the page of these searches."""
    query = saved_query(found)
    return url_for("saved.saved") + (f"?{query}" if query else "")

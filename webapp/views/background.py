"""Answers with what the archive has on a draft; the draft is read and forgotten, in pages, logs and caches."""

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from search.background import DRAFT_CHARS, Background
from search.request import SearchRequest
from webapp.current_archive import searcher
from webapp.presenters.hits import hit_view
from webapp.presenters.json import background_json
from webapp.urls.links import article_url, entity_url
from webapp.urls.params import MAX_ID, WHOLE_NUMBER

drafts = Blueprint("drafts", __name__)
MOST_BYTES = 16 * DRAFT_CHARS  # of a request: a letter of a form takes up to twelve


@drafts.get("/background")
def form() -> ResponseReturnValue:
    """The form for a draft, or what the archive has beside one of its articles."""
    given = request.args.get("article", "")
    return _page(_of_article(given) if given else None, given)


@drafts.post("/background")
def answered() -> ResponseReturnValue:
    """What the archive has on a draft."""
    text = _draft()
    return _page(searcher().background(text) if text.strip() else None)


@drafts.route("/api/v1/background", methods=["GET", "POST"])
def for_program() -> ResponseReturnValue:
    """The same for programs: `text` of a form or of JSON, or the number of an article."""
    if request.method == "GET":
        found = _of_article(request.args.get("article", ""))
    else:
        text = _draft()
        if not text.strip():
            return {"error": {"parameter": "text", "message": "нужен текст"}}, 400
        found = searcher().background(text)
    return _not_kept(make_response(background_json(found)))


def _of_article(given: str) -> Background:
    if not WHOLE_NUMBER.fullmatch(given) or int(given) > MAX_ID:
        abort(404)
    return searcher().background_of(int(given)) or abort(404)


def _draft() -> str:
    """The text that was sent; past the bound of a request the answer is 413."""
    request.max_content_length = MOST_BYTES
    if request.is_json:
        try:
            said = request.get_json(silent=True)
        except RecursionError:  # brackets in brackets
            return ""
        text = said.get("text") if isinstance(said, dict) else None
        return text if isinstance(text, str) else ""
    return request.form.get("text", "")


def _page(found: Background | None, article: str = "") -> Response:
    nothing = SearchRequest()
    view = found and {
        "known": [
            (one, entity_url(one.kind, one.key), [hit_view(hit, nothing) for hit in one.hits]) for one in found.known
        ],
        "unknown": found.unknown,
        "words": found.words,
        "hits": [hit_view(hit, nothing) for hit in found.hits],
        "cut": found.cut,
    }
    back = article_url(int(article), nothing) if article else None
    return _not_kept(make_response(render_template("background.html", view=view, most=DRAFT_CHARS, back=back)))


def _not_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response

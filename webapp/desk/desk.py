"""Makes the archivist's desk: a site of its own on this machine alone, where the authority file is edited by clicks.

What changes something is a form with the token of this session, sent from a page of the desk itself; who opens the desk
shows the key that the command printed. So a hostile page in the archivist's browser can do nothing, nor a name that
leads to this machine (the Host of a request is checked), nor another user of the machine.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from archive.errors import Refusal
from archive.home import Home
from archive.records.suggestions import State, SuggestionQueue
from indexer.annotation import Kind
from indexer.entities.merge_candidates import MergeCandidate, merge_candidates
from search.request import ENTITY_FACETS, NONE, SearchRequest
from search.searcher import Searcher
from webapp.desk import editing
from webapp.desk.editing import WrittenLine, known, met_together
from webapp.presenters.russian import FILTERS

DESK = "podshivka.desk"
COOKIE = "desk"
MOST_BYTES = 64 * 1024  # of a form
PAIRS_SHOWN, WEAK_PAIRS_LOOKED_AT = 50, 500
FOUND_SHOWN = 30
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
at_desk = Blueprint("desk", __name__)


@dataclass(slots=True)
class Desk:
    """The desk of one session."""

    home: Home
    searcher: Searcher
    key: str  # that whoever opens it shows
    hosts: frozenset[str]  # under which it is reached
    who: str  # decides
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))  # of its forms
    lines: list[WrittenLine] = field(default_factory=list)  # written in this session and not taken back
    pairs: tuple[str, list[tuple[MergeCandidate, int]]] = ("", [])  # of a state of the archive


def create_desk(home: Home, port: int, key: str, who: str) -> Flask:
    """The desk of a home; it is reached on that port of this machine."""
    app = Flask("webapp")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update(FILTERS)
    hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
    desk = app.extensions[DESK] = Desk(home, Searcher(home), key, hosts, who)
    app.context_processor(lambda: {"token": desk.token, "lines": list(enumerate(desk.lines))[::-1]})
    app.before_request(guard)
    app.after_request(secured)
    app.register_blueprint(at_desk)
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, failed)
    return app


def this_desk() -> Desk:
    """The desk of the present request."""
    found = current_app.extensions[DESK]
    assert isinstance(found, Desk)
    return found


def guard() -> ResponseReturnValue | None:
    """Lets only the archivist in, and only forms of the desk itself change anything."""
    desk = this_desk()
    request.max_content_length = MOST_BYTES
    if request.host not in desk.hosts:
        abort(403)
    if request.endpoint == "static":
        return None
    if secrets.compare_digest(request.args.get("key", "").encode(), desk.key.encode()):
        answer = redirect(request.path)
        answer.set_cookie(COOKIE, desk.key, httponly=True, samesite="Strict")
        return answer
    if not secrets.compare_digest(request.cookies.get(COOKIE, "").encode(), desk.key.encode()):
        abort(403)
    if request.method != "GET" and request.method != "HEAD":
        origin = urlsplit(request.headers.get("Origin", ""))
        if origin.netloc != request.host or not secrets.compare_digest(
            request.form.get("token", "").encode(), desk.token.encode()
        ):
            abort(403)
    return None


def secured(response: Response) -> Response:
    """The answer as no other site may use it."""
    response.headers.update(HEADERS)
    return response


def refused(error: Refusal) -> ResponseReturnValue:
    """What cannot be done is said."""
    return render_template("desk/refused.html", title="Не вышло", text=str(error)), 400


def failed(error: HTTPException) -> ResponseReturnValue:
    """So is what cannot be opened."""
    texts = {
        403: "Откройте стол по адресу, который напечатала команда serve --desk, в этом браузере.",
        404: "Такой страницы или такого имени нет.",
    }
    text = texts.get(error.code or 500, "Попробуйте начать с первой страницы стола.")
    return render_template("desk/refused.html", title="Не открыть", text=text), error.code or 500


@at_desk.get("/")
def queue() -> ResponseReturnValue:
    """What readers suggest, and a field to find a name."""
    return render_template("desk/queue.html", waiting=SuggestionQueue(this_desk().home.suggestions).waiting())


@at_desk.get("/find")
def find() -> ResponseReturnValue:
    """Persons and bodies whose names begin as typed."""
    typed = request.args.get("q", "")
    found = [
        (kind, value)
        for kind in ENTITY_FACETS
        for value in this_desk().searcher.values(kind, SearchRequest(facet_size=FOUND_SHOWN), typed).values
        if value.key != NONE
    ]
    return render_template("desk/find.html", typed=typed, found=sorted(found, key=lambda one: -one[1].count))


@at_desk.get("/candidates")
def candidates() -> ResponseReturnValue:
    """Those who are likely to stand twice, with what speaks for it."""
    return render_template("desk/candidates.html", pairs=likely_pairs())


@at_desk.get(f"/<any({', '.join(ENTITY_FACETS)}):kind>/<path:key>")
def entity(kind: Kind, key: str) -> ResponseReturnValue:
    """One person or body, with all that can be done to him."""
    page = this_desk().searcher.entity(kind, key) or abort(404)
    return render_template("desk/entity.html", page=page)


@at_desk.post("/merge")
def merge() -> ResponseReturnValue:
    """Joins the second to the first."""
    return written(lambda home, form: editing.merge(home, form("one"), form("other")))


@at_desk.post("/split")
def split() -> ResponseReturnValue:
    """Parts some articles of one from the rest."""
    columns = ("together", "source", "first", "last")
    return written(
        lambda home, form: editing.split(home, form("one"), form("label"), {name: form(name) for name in columns})
    )


@at_desk.post("/rename")
def rename() -> ResponseReturnValue:
    """Calls one otherwise."""
    return written(lambda home, form: editing.rename(home, form("one"), form("label")))


@at_desk.post("/hide")
def hide() -> ResponseReturnValue:
    """Shows one no more: he is not to be shown, or is no name."""
    return written(lambda home, form: editing.hide(home, form("one"), form("what") != "none"))


@at_desk.post("/undo")
def undo() -> ResponseReturnValue:
    """Takes a line of this session back."""
    desk, number = this_desk(), request.form.get("line", "")
    line = desk.lines[int(number)] if number.isdecimal() and int(number) < len(desk.lines) else abort(404)
    editing.undo(desk.home, line.file.name, line.printed)
    desk.lines.remove(line)
    return redirect(url_for("desk.queue"), 303)


@at_desk.post("/decide")
def decide() -> ResponseReturnValue:
    """Notes what the archivist decides on a suggestion."""
    desk, number = this_desk(), request.form.get("number", "")
    state: State = "accepted" if request.form.get("do") == "accept" else "rejected"
    if not number.isdecimal() or not SuggestionQueue(desk.home.suggestions).decide(int(number), state, desk.who):
        raise Refusal("Этого предложения уже нет в очереди.")
    return redirect(url_for("desk.queue"), 303)


def written(write: Callable[[Home, Callable[[str], str]], WrittenLine]) -> ResponseReturnValue:
    """Writes a line by a form, remembers it, shows what it did."""
    desk = this_desk()
    desk.lines.append(write(desk.home, lambda name: request.form.get(name, "").strip()))
    return redirect(url_for("desk.queue"), 303)


def likely_pairs() -> list[tuple[MergeCandidate, int]]:
    """Pairs that are likely one, and in how many articles both stand; worked out once a state of the archive."""
    desk = this_desk()
    with desk.searcher.moment() as moment:
        if desk.pairs[0] != moment.state:
            found: list[tuple[MergeCandidate, int]] = []
            for pair in merge_candidates(known(desk.searcher))[:WEAK_PAIRS_LOOKED_AT]:
                together = met_together(desk.searcher, pair.one, pair.other)
                if together or not pair.weak:
                    found.append((pair, together))
                if len(found) >= PAIRS_SHOWN:
                    break
            desk.pairs = moment.state, found
        return desk.pairs[1]

"""Answers «not changed» (304) for a page that the reader's browser has, before any work is done.

A page depends on the state of the archive and of the authority file, on the program, its options, the day («в этот
день»), the address and the reader's cookies; of these its tag is made (ETag, RFC 9110). A browser asks each time
(`no-cache`), so what was removed does not linger.
"""

import datetime as dt
import importlib.util
from contextlib import ExitStack, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, g, request

from archive.errors import Refusal
from webapp.current_archive import searcher

PACKAGES = ("archive", "indexer", "search", "webapp")  # whose code makes the pages
SOURCES = ("*.py", "*.html", "*.xml", "*.tsv", "*.txt")
BLUEPRINTS = ("pages", "dates", "comparing")
TAG_BYTES = 16


def tell_unchanged(app: Flask, *options: object) -> None:
    """Let the app answer 304 for pages that have not changed; `options`: what else its pages depend on."""
    own = repr((code_stamp(), options))

    def unchanged() -> Response | None:
        if request.blueprint not in BLUEPRINTS or request.method not in ("GET", "HEAD"):
            return None
        g.moment = ExitStack()  # the page is made of the moment that its tag tells
        state = g.moment.enter_context(searcher().moment()).state
        g.tag = tag(own, state)
        if not request.if_none_match.contains_weak(g.tag):
            return None
        answer = Response(status=304)
        answer.set_etag(g.tag, weak=True)
        return answer

    def tagged(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-cache")
        if response.status_code == 200 and "tag" in g:
            response.set_etag(g.tag, weak=True)
        return response

    def ended(error: BaseException | None) -> None:
        if "moment" in g:
            with suppress(Refusal):  # the page has been answered; what is damaged the next one meets
                g.moment.close()

    app.before_request(unchanged)
    app.after_request(tagged)
    app.teardown_request(ended)


def tag(own: str, state: str) -> str:
    """The tag of the page that the present request asks for, of a state of the archive."""
    address = request.host_url, request.full_path
    parts = own, state, dt.date.today(), address, sorted(request.cookies.items())
    return blake2b(repr(parts).encode(), digest_size=TAG_BYTES).hexdigest()


@cache
def code_stamp() -> str:
    """Changes with the program."""
    digest = blake2b(digest_size=TAG_BYTES)
    for package in PACKAGES:
        found = importlib.util.find_spec(package)
        for folder in (found and found.submodule_search_locations) or ():
            for path in sorted(one for pattern in SOURCES for one in Path(folder).rglob(pattern)):
                digest.update(path.read_bytes())
    return digest.hexdigest()

"""Gives a request the searcher of its app, and what the archive tells of itself."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import NoReturn

from flask import Flask, abort, current_app

from archive.errors import Refusal
from archive.home import Home
from archive.records.log import Batch
from search.request import SearchRequest
from search.result import ArticlePage
from search.searcher import Searcher
from search.statistics import Holdings

RETRY_SECONDS = 30  # after which somebody who met an archive that is being brought up may ask again
SEARCHER, HOLDINGS = "podshivka.searcher", "podshivka.holdings"
SHOW_BATCHES = "podshivka.show_batches"  # whether every reader may know who added which file


def serve_from(app: Flask, home: Home, show_batches: bool = False) -> None:
    """Let the archive in `home` answer all of the app's requests."""
    app.extensions[SEARCHER] = Searcher(home)
    app.extensions[SHOW_BATCHES] = show_batches
    app.extensions[HOLDINGS] = Holdings(home, app.extensions[SEARCHER])


def searcher() -> Searcher:
    """The searcher of the app that handles the present request."""
    found = current_app.extensions[SEARCHER]
    assert isinstance(found, Searcher)
    return found


def no_article(*ids: int) -> NoReturn:
    """Answers that there is no such article: 404, or 410 where one was taken out of the archive, with what its keeper
    wants readers to be told."""
    notices = [notice for id in ids if (notice := searcher().store.removal_notice(id)) is not None]
    if not notices:
        abort(404)
    abort(410, description=" ".join(filter(None, notices)))


def warm(app: Flask) -> None:
    """Open the index and the dictionary before the first reader comes; what is wrong he will be told himself."""
    with suppress(Refusal):
        app.extensions[SEARCHER].search(SearchRequest("слово"))


def holdings() -> Holdings:
    """What the archive of that app tells of itself."""
    found = current_app.extensions[HOLDINGS]
    assert isinstance(found, Holdings)
    return found


def batches_shown() -> Sequence[Batch]:
    """The history of batches, the newest first; who added them and what their files are called is for the keeper."""
    found = holdings().batches()
    if names_shown():
        return found
    return [replace(batch, name="Партия", who="", path="") for batch in found]


def as_readers_see(page: ArticlePage) -> ArticlePage:
    """An article without what the keeper's files are called, where readers may not know that."""
    if names_shown():
        return page
    stored = replace(page.stored, article=replace(page.stored.article, path=""))
    return replace(page, stored=stored, batch="", versions=tuple(replace(one, batch="") for one in page.versions))


def names_shown() -> bool:
    """Whether readers may know what the keeper's files are called."""
    return bool(current_app.extensions[SHOW_BATCHES])

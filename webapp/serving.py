"""The running app in, its searcher out."""

from flask import Flask, current_app

from search.searcher import Searcher

PLACE = "podshivka"


def serve_from(app: Flask, searcher: Searcher) -> None:
    """Make `searcher` the one that answers all of the app's requests."""
    app.extensions[PLACE] = searcher


def searcher() -> Searcher:
    """The searcher of the app that handles the present request."""
    found = current_app.extensions[PLACE]
    assert isinstance(found, Searcher)
    return found

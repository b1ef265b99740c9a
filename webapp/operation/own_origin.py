"""Refuses forms that another site's page sends."""

from urllib.parse import urlsplit

from flask import abort, request


def needs_own_origin() -> None:
    """Answers 403 where the browser says that the form stands on a page of another site."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        abort(403)

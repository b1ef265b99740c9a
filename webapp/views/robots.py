"""Tells other programs about the site: what robots may read, where the articles are, how browsers may search it."""

from typing import Literal

from flask import Blueprint, Response, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.current_archive import searcher
from webapp.operation.site_address import site_url

robots = Blueprint("robots", __name__)
RobotsRule = Literal["open", "none"]
ROBOTS = "robots"  # in the app's configuration: "open" or "none"
ARTICLES_A_MAP = 10_000  # numbers of articles in one site map; the protocol allows 50,000
CLOSED = (
    "/search",
    "/api/",
    "/values/",
    "/background",
    "/saved",
    "/clippings",
)  # combinations of conditions without end


@robots.get("/robots.txt")
def rules() -> ResponseReturnValue:
    """Articles, dossiers and the calendar are open, combinations of conditions are closed; or all is."""
    if current_app.config[ROBOTS] == "none":
        lines = ["User-agent: *", "Disallow: /"]
    else:
        closed = [f"Disallow: {path}" for path in CLOSED]
        lines = ["User-agent: *", *closed, f"Sitemap: {site_url(current_app)}{url_for('robots.maps')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@robots.get("/sitemap.xml")
def maps() -> ResponseReturnValue:
    """The list of site maps."""
    newest = searcher().store.newest(1)
    numbers = range(newest[0] // ARTICLES_A_MAP + 1 if newest else 0)
    site = site_url(current_app)
    urls = [site + url_for("robots.articles", number=number) for number in numbers]
    return _xml(render_template("sitemap.xml", kind="sitemapindex", each="sitemap", urls=urls))


@robots.get("/sitemap-<int(max=10000000):number>.xml")
def articles(number: int) -> ResponseReturnValue:
    """The articles of some numbers."""
    site, first = site_url(current_app), number * ARTICLES_A_MAP
    ids = searcher().store.present_between(first, first + ARTICLES_A_MAP)
    if not ids:
        abort(404)
    urls = [site + url_for("pages.article", id=id) for id in ids]
    return _xml(render_template("sitemap.xml", kind="urlset", each="url", urls=urls))


@robots.get("/opensearch.xml")
def description() -> ResponseReturnValue:
    """How a browser searches here (OpenSearch 1.1)."""
    text = render_template("opensearch.xml", site=site_url(current_app))
    return Response(text, mimetype="application/opensearchdescription+xml")


def _xml(text: str) -> Response:
    return Response(text, mimetype="application/xml")

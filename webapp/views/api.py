"""Answers programs: the same search and the same articles as on the pages, as JSON."""

from dataclasses import replace

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.annotation import Kind
from search.facet_table import ENTITIES
from search.request import ENTITY_FACETS, NONE, SearchRequest
from webapp.current_archive import RETRY_SECONDS, as_readers_see, batches_shown, holdings, no_article, searcher
from webapp.operation.request_log import note_found
from webapp.operation.site_address import site_url
from webapp.operation.version import own_version
from webapp.presenters.api.openapi import openapi
from webapp.presenters.json import (
    article_json,
    batch_json,
    completion_json,
    entity_json,
    overview_json,
    result_json,
    value_json,
)
from webapp.urls.params import MAX_ID, build, parse, shown

api = Blueprint("api", __name__)
SERVING = ("ready", "empty", "behind")  # states in which readers get answers


@api.get("/api/v1/search")
def search() -> ResponseReturnValue:
    """A page of results."""
    asked = parse(request.args.items(multi=True))
    result = searcher().search(asked)
    note_found(result.total)
    if asked.page > result.pages:
        message = f"страницы {asked.page} нет, последняя – {result.pages}"
        last = url_for("api.search") + "?" + build(replace(asked, page=result.pages))
        return {"error": {"parameter": "page", "message": message}, "last": last.rstrip("?")}, 404
    return result_json(result, explain=request.args.get("explain") == "1")


@api.get("/api/v1/openapi.json")
def description() -> ResponseReturnValue:
    """What this API answers, as OpenAPI 3.1."""
    return openapi(own_version(), site_url(current_app))


@api.get("/api")
def for_people() -> ResponseReturnValue:
    """The same as a page."""
    return render_template("api.html", described=openapi(own_version(), site_url(current_app)))


@api.get(f"/api/v1/articles/<int(max={MAX_ID}):id>")
def article(id: int) -> ResponseReturnValue:
    """An article, whole."""
    return article_json(as_readers_see(searcher().article(id) or no_article(id)))


def entity(kind: Kind, key: str) -> ResponseReturnValue:
    """All of a person or body; one that was merged or retyped answers as what it is now."""
    return entity_json(searcher().entity(kind, key) or abort(404))


for one in ENTITIES:
    api.add_url_rule(f"/api/v1/{one.collection}/<path:key>", view_func=entity, defaults={"kind": one.kind})


@api.get("/api/v1/entities")
def entities() -> ResponseReturnValue:
    """Persons and bodies whose names have words that begin as those of `q`, the most mentioned first."""
    kind, typed = request.args.get("kind", ""), request.args.get("q", "")
    if kind and kind not in ENTITY_FACETS:
        message = f"«{shown(kind)}» – не одно из значений: {', '.join(ENTITY_FACETS)}"
        return {"error": {"parameter": "kind", "message": message}}, 400
    size = parse([("size", request.args.get("size", ""))]).size
    with searcher().moment():
        facets = [
            searcher().values(name, SearchRequest(facet_size=size), typed)
            for name in ENTITY_FACETS
            if kind in ("", name)
        ]
    found = [(facet, value) for facet in facets for value in facet.values if value.key != NONE]
    found.sort(key=lambda one: -one[1].count)
    return {
        "entities": [
            {"kind": facet.name, **value_json(value), "name": facet.names.get(value.key)}
            for facet, value in found[:size]
        ]
    }


@api.get("/api/v1/suggest")
def suggest() -> ResponseReturnValue:
    """What a query that is being typed may become."""
    return [completion_json(one) for one in searcher().completions(request.args.get("q", ""))]


@api.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Whether the archive can be searched."""
    found = holdings().health()
    told = {
        "status": found.state,
        "message": found.sentence,
        "articles": found.articles,
        "revision": found.revision,
        "indexed": found.indexed,
        "version": own_version(),
    }
    serving = found.state in SERVING and found.articles is not None
    return told, 200 if serving else 503, {} if serving else {"Retry-After": str(RETRY_SECONDS)}


@api.get("/api/v1/about")
def overview() -> ResponseReturnValue:
    """The figures of the archive."""
    return overview_json(holdings().figures(), own_version())


@api.get("/api/v1/about/batches")
def batches() -> ResponseReturnValue:
    """The history of batches."""
    return {"batches": [batch_json(batch) for batch in batches_shown()]}

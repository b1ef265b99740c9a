"""URLs in, JSON out: the same search and the same articles as on the pages, for programs."""

import logging
import tomllib
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from archive.article import Published
from search.request import SearchRequest
from search.result import ArticlePage, Facet, Hit, Named, SearchResult
from webapp.params import build, parse
from webapp.serving import searcher

api = Blueprint("api", __name__)
LAST_ID = 2**63 - 1
Json = dict[str, Any]


@api.get("/api/v1/search")
def search() -> ResponseReturnValue:
    """A page of results."""
    asked = parse(request.args.items(multi=True))
    result = searcher().search(asked)
    if asked.page > result.pages:
        message = f"страницы {asked.page} нет, последняя – {result.pages}"
        last = url_for("api.search") + "?" + build(replace(asked, page=result.pages))
        return {"error": {"parameter": "page", "message": message}, "last": last.rstrip("?")}, 404
    return result_json(result)


@api.get(f"/api/v1/articles/<int(max={LAST_ID}):id>")
def article(id: int) -> ResponseReturnValue:
    """An article, whole."""
    return article_json(searcher().article(id) or abort(404))


@api.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Whether the archive can be searched."""
    try:
        articles = searcher().search(SearchRequest(size=1)).total
    except Exception:  # whatever it is, whoever asks whether we are well must get an answer
        logging.getLogger(__name__).exception("healthz")
        return {"status": "broken", "articles": None, "version": own_version()}, 503
    return {"status": "ok" if articles else "empty", "articles": articles, "version": own_version()}


@cache
def own_version() -> str:
    """The version installed, or that of the checkout it runs from."""
    try:
        return version("podshivka")
    except PackageNotFoundError:
        project = Path(__file__).resolve().parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def result_json(result: SearchResult) -> Json:
    """A result as the API gives it."""
    return {
        "read_as": result.read_as,
        "query": result.query,
        "total": result.total,
        "page": result.request.page,
        "pages": result.pages,
        "partial": {"total": result.partial.total, "hits": [hit_json(hit) for hit in result.partial.hits]},
        "took_ms": round(result.took_ms, 3),
        "hits": [hit_json(hit) for hit in result.hits],
        "facets": {facet.name: facet_json(facet) for facet in result.facets},
    }


def hit_json(hit: Hit) -> Json:
    """One hit."""
    return {
        "id": hit.id,
        "own_id": hit.own_id,
        "title": hit.title,
        **published_json(hit.published),
        "source": hit.source,
        "url": hit.url,
        "score": hit.score,
        "snippets": [
            {"text": snippet.text, "marks": [list(mark) for mark in snippet.marks]} for snippet in hit.snippets
        ],
        "persons": [named_json(named) for named in hit.persons],
        "enterprises": [named_json(named) for named in hit.enterprises],
    }


def facet_json(facet: Facet) -> list[Json]:
    """A facet's values."""
    return [
        {
            "key": value.key,
            "label": value.label,
            "count": value.count,
            "selected": value.selected,
            "excluded": value.excluded,
        }
        for value in facet.values
    ]


def article_json(page: ArticlePage) -> Json:
    """An article with all its fields and the entities named in it."""
    stored, article = page.stored, page.stored.article
    return {
        "id": stored.id,
        "own_id": article.own_id,
        "version": stored.version,
        "batch": page.batch,
        "path": article.path,
        "title": article.title,
        "heading": article.heading,
        "paragraphs": article.paragraphs,
        **published_json(article.published),
        "date_origin": article.published.origin,
        "source": article.source,
        "url": article.url,
        "author": article.author,
        "rubric": article.rubric,
        "issue": article.issue,
        "page": article.page,
        "encoding": article.encoding,
        "warnings": article.warnings,
        "persons": [given_json(named) for named in page.entities.get("person", ())],
        "enterprises": [given_json(named) for named in page.entities.get("enterprise", ())],
        "organisations": [given_json(named) for named in page.entities.get("organisation", ())],
    }


def published_json(published: Published) -> Json:
    """Date and time, null where not known."""
    return {
        "date": published.day.isoformat() if published.day else None,
        "time": f"{published.time:%H:%M}" if published.time else None,
    }


def named_json(named: Named) -> Json:
    """An entity beside a hit."""
    return {"key": named.key, "label": named.label}


def given_json(named: Named) -> Json:
    """An entity of an article, and whether a cataloguer wrote it."""
    return {**named_json(named), "given": named.given}

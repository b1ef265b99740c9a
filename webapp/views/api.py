"""URLs in, JSON out: the same search and the same articles as on the pages, for programs."""

from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from archive.article import Published
from indexer.annotation import Kind
from search.pages.entity_page import EntityPage
from search.request import ENTITY_FACETS, NONE, SearchRequest
from search.result import ArticlePage, Dated, Facet, FacetValue, Hit, Named, Reprint, SearchResult
from search.suggest.entities_in_query import subjects
from webapp.current_archive import holdings, searcher
from webapp.operation.request_log import note_found
from webapp.operation.version import own_version
from webapp.urls.params import build, parse

api = Blueprint("api", __name__)
LAST_ID = 2**63 - 1
SERVING = ("ready", "empty", "behind")  # states in which readers get answers
Json = dict[str, Any]


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
    return result_json(result)


@api.get(f"/api/v1/articles/<int(max={LAST_ID}):id>")
def article(id: int) -> ResponseReturnValue:
    """An article, whole."""
    return article_json(searcher().article(id) or abort(404))


@api.get("/api/v1/persons/<path:key>", defaults={"kind": "person"})
@api.get("/api/v1/enterprises/<path:key>", defaults={"kind": "enterprise"})
@api.get("/api/v1/organisations/<path:key>", defaults={"kind": "organisation"})
def entity(kind: Kind, key: str) -> ResponseReturnValue:
    """All of a person or body; one that was merged or retyped answers as what it is now."""
    return entity_json(searcher().entity(kind, key) or abort(404))


@api.get("/api/v1/entities")
def entities() -> ResponseReturnValue:
    """Persons and bodies whose names have words that begin as those of `q`, the most mentioned first."""
    kind, typed = request.args.get("kind", ""), request.args.get("q", "")
    if kind and kind not in ENTITY_FACETS:
        message = f"«{kind}» – не одно из значений: {', '.join(ENTITY_FACETS)}"
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
    return told, 200 if found.state in SERVING else 503


def result_json(result: SearchResult) -> Json:
    """A result as the API gives it."""
    return {
        "read_as": result.read_as,
        "query": result.query,
        "other_words": [asdict(other) for other in result.other_words],
        "suggestion": asdict(result.suggestion) if result.suggestion else None,
        "dated": dated_json(result.dated) if result.dated else None,
        "subjects": [one._asdict() for one in subjects(result)],
        "total": result.total,
        "stories": result.stories,
        "page": result.request.page,
        "pages": result.pages,
        "partial": {"total": result.partial.total, "hits": [hit_json(hit) for hit in result.partial.hits]},
        "took_ms": round(result.took_ms, 3),
        "hits": [hit_json(hit) for hit in result.hits],
        "facets": {facet.name: facet_json(facet) for facet in result.facets},
    }


def dated_json(then: Dated) -> Json:
    """What was published on the days that a query names."""
    days = {"from": then.date_from.isoformat(), "to": then.date_to.isoformat()}
    return {"query": then.query, **days, "total": then.total}


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
        "reprints": [reprint_json(reprint) for reprint in hit.reprints],
    }


def reprint_json(reprint: Reprint) -> Json:
    """An article of the same story."""
    published = published_json(reprint.published)
    return {"id": reprint.id, "title": reprint.title, **published, "source": reprint.source}


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
        "story": [reprint_json(reprint) for reprint in page.story],
        "versions": [{"version": one.number, "added": one.at, "batch": one.batch} for one in page.versions],
    }


def entity_json(page: EntityPage) -> Json:
    """A person or body: names, years, company, the newest articles."""
    dates, *facets = page.result.facets
    return {
        "kind": page.kind,
        "key": page.key,
        "label": page.label,
        "articles": page.result.total,
        "names": [{"label": name.label, "articles": name.articles, "former": name.former} for name in page.names],
        "forms": [{"text": text, "count": count} for text, count in page.forms],
        "roles": [
            {
                "label": role.label,
                "mentions": role.mentions,
                "article": role.article,
                "evidence": {"text": role.evidence.text, "marks": [list(mark) for mark in role.evidence.marks]},
            }
            for role in page.roles
        ],
        "forms_of": page.read,
        "lineage": [
            {
                "key": former.id,
                "label": former.label,
                "from": former.first.isoformat() if former.first else None,
                "to": former.last.isoformat() if former.last else None,
            }
            for former in page.lineage
        ],
        "years": {value.key: value.count for value in dates.values},
        "together": {
            facet.name: [value_json(value) for value in facet.values if value.key not in (NONE, page.key)]
            for facet in facets
            if facet.name in ENTITY_FACETS
        },
        "namesakes": [value_json(value) for value in page.namesakes],
        "newest": [hit_json(hit) for hit in page.result.hits],
    }


def value_json(value: FacetValue) -> Json:
    """A person or body, and in how many articles."""
    return {"key": value.key, "label": value.label, "articles": value.count}


def published_json(published: Published) -> Json:
    """Date and time, null where not known."""
    return {
        "date": published.day.isoformat() if published.day else None,
        "time": f"{published.time:%H:%M}" if published.time else None,
    }


def named_json(named: Named) -> Json:
    """An entity beside a hit."""
    return {"key": named.key, "label": named.label, **({"former": named.former} if named.former else {})}


def given_json(named: Named) -> Json:
    """An entity of an article, and whether a cataloguer wrote it."""
    return {**named_json(named), "given": named.given}

"""Writes results, articles, entities and the archive's figures as the JSON of the API."""

from dataclasses import asdict
from typing import Any

from archive.article import Published
from archive.fields import FIELDS
from archive.records.log import Batch
from search.background import Background
from search.facet_table import ENTITIES
from search.pages.entity_page import EntityPage
from search.pages.job_titles import Role
from search.query.tree_json import tree_json
from search.request import ENTITY_FACETS, NONE, SearchRequest
from search.result import (
    ArticlePage,
    DatedQuery,
    Facet,
    FacetValue,
    Hit,
    NamedEntity,
    Reprint,
    Rescue,
    SearchResult,
    Suggestion,
)
from search.statistics import ArchiveFigures
from search.suggest.completions import Completion
from search.suggest.entities_in_query import subjects
from webapp.urls.links import entity_url, search_url
from webapp.urls.transitions import choose

Json = dict[str, Any]
SCORE_PARTS = {
    "words": "слова запроса: сколько раз и как редки",
    "title": "слова в заголовке",
    "lead": "слова в начале статьи",
    "coordination": "вычтено за слова, которых нет",
    "proximity": "соседние слова запроса рядом",
    "vectors": "статья о том же, о чём запрос",
    "feedback": "слова, общие с лучшими статьями",
}


def result_json(result: SearchResult, explain: bool = False) -> Json:
    """A result as the API gives it; `explain`: with what each score is made of."""
    return {
        "read_as": result.read_as,
        "tree": tree_json(result.tree),
        "query": result.query,
        "other_words": [asdict(other) for other in result.other_words],
        "rescue": rescue_json(result.rescue) if result.rescue else None,
        "suggestion": offer_json(result.suggestions[0]) if result.suggestions else None,
        "suggestions": [offer_json(offer) for offer in result.suggestions],
        "dated": dated_json(result.dated) if result.dated else None,
        "subjects": [one._asdict() for one in subjects(result)],
        "total": result.total,
        "stories": result.stories,
        "page": result.request.page,
        "pages": result.pages,
        "partial": {
            "total": result.partial.total,
            "weighed": result.partial.weighed,
            "hits": [hit_json(hit, explain) for hit in result.partial.hits],
        },
        "took_ms": round(result.took_ms, 3),
        "hits": [hit_json(hit, explain) for hit in result.hits],
        "facets": {facet.name: facet_json(facet) for facet in result.facets},
    }


def rescue_json(rescue: Rescue) -> Json:
    """What was typed, and what is answered in its place."""
    return {"typed": rescue.typed, "query": rescue.query, "kind": rescue.kind, "says": rescue.says}


def offer_json(offer: Suggestion) -> Json:
    """A query that was probably meant."""
    return {"query": offer.query, "total": offer.total, "kind": offer.kind}


def completion_json(one: Completion) -> Json:
    """What a query may become, and the page that it leads to."""
    if one.kind == "word":
        url = search_url(SearchRequest(text=one.text))
    elif one.kind == "source":
        url = search_url(choose(SearchRequest(), "source", one.key))
    else:
        url = entity_url(one.kind, one.key)
    return {"text": one.text, "kind": one.kind, "count": one.count, "url": url}


def dated_json(then: DatedQuery) -> Json:
    """What was published on the days that a query names."""
    days = {"from": then.date_from.isoformat(), "to": then.date_to.isoformat()}
    return {"query": then.query, **days, "total": then.total}


def hit_json(hit: Hit, explain: bool = False) -> Json:
    """One hit."""
    found = {
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
        "lacking": list(hit.lacking),
    }
    return found | {"why": score_json(hit)} if explain else found


def score_json(hit: Hit) -> list[Json]:
    """What a hit's score is the sum of; BM25 of its words where it was not ranked by more."""
    parts = hit.score_parts or {"words": hit.score}
    return [{"part": name, "label": SCORE_PARTS[name], "score": value} for name, value in parts.items()]


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
        "version": stored.version,
        "batch": page.batch,
        "path": article.path,
        "title": article.title,
        "heading": article.heading,
        "paragraphs": article.paragraphs,
        **published_json(article.published),
        "date_origin": article.published.origin,
        **{field.name: getattr(article, field.name) for field in FIELDS if not field.names},
        "encoding": article.encoding,
        "warnings": article.warnings,
        **{one.collection: [given_json(named) for named in page.entities.get(one.kind, ())] for one in ENTITIES},
        "story": [reprint_json(reprint) for reprint in page.story],
        "similar": [
            {"id": one.stored.id, "heading": one.stored.article.heading, "shared": [name.label for name in one.shared]}
            for one in page.similar
        ],
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
        "roles": [role_json(role) for role in page.roles],
        "heads": [{**role_json(one.post), "person": named_json(one.person)} for one in page.heads],
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


def role_json(role: Role) -> Json:
    """A post, when and how often it is stated, and a sentence that says so."""
    return {
        "label": role.label,
        "from": role.first.isoformat() if role.first else None,
        "to": role.last.isoformat() if role.last else None,
        "mentions": role.mentions,
        "article": role.article,
        "evidence": {"text": role.evidence.text, "marks": [list(mark) for mark in role.evidence.marks]},
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


def named_json(named: NamedEntity) -> Json:
    """An entity beside a hit."""
    return {"key": named.key, "label": named.label, **({"former": named.former} if named.former else {})}


def given_json(named: NamedEntity) -> Json:
    """An entity of an article, and whether a cataloguer wrote it."""
    return {**named_json(named), "given": named.given}


def overview_json(figures: ArchiveFigures, version: str) -> Json:
    """The figures of the archive."""
    held = figures.overview
    return {
        "articles": held.total,
        "first": held.first.isoformat() if held.first else None,
        "last": held.last.isoformat() if held.last else None,
        "undated": held.undated,
        "reprints": figures.reprints,
        "sources": [{"key": one.key, "label": one.label, "articles": one.count} for one in held.sources],
        "years": {str(year): count for year, count in figures.years},
        "names": {one.kind: {"entities": one.entities, "articles": one.articles} for one in figures.names},
        "authority": asdict(figures.corrections),
        **asdict(figures.totals),
        "revision": figures.revision,
        "indexed": figures.indexed,
        "indexed_at": figures.indexed_at.isoformat() if figures.indexed_at else None,
        "version": version,
    }


def batch_json(batch: Batch) -> Json:
    """One batch; where it came from on the disk is nobody's business."""
    return {
        "id": batch.id,
        "name": batch.name,
        "source": batch.source,
        "finished": batch.finished,
        "status": batch.status,
        **asdict(batch.counts),
    }


def background_json(found: Background) -> Json:
    """What the archive has on a draft."""
    return {
        "known": [
            {
                "kind": one.kind,
                "key": one.key,
                "label": one.label,
                "articles": one.articles,
                "hits": [hit_json(hit) for hit in one.hits],
            }
            for one in found.known
        ],
        "unknown": list(found.unknown),
        "words": list(found.words),
        "hits": [hit_json(hit) for hit in found.hits],
        "cut": found.cut,
    }

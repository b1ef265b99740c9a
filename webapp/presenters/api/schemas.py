"""Says what the answers of the API are made of, as JSON Schema."""

from dataclasses import fields
from typing import Any

from archive.fields import FIELDS
from archive.records.log import BatchCounts
from archive.records.statistics import Totals
from search.facet_table import ENTITIES
from search.request import ENTITY_FACETS, FACETS
from search.statistics import STATES
from webapp.presenters.json import SCORE_PARTS

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
DAY_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}
OPERATORS = "and or not word exact prefix mask number phrase near sentence paragraph together field".split()
MENTIONED = {"from": DAY_OR_NULL, "to": DAY_OR_NULL}


def ref(name: str) -> Schema:
    """A schema that stands among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def some(item: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": item}


def named(item: Schema) -> Schema:
    """An object of such values under names of its own."""
    return {"type": "object", "additionalProperties": item}


def or_null(schema: Schema) -> Schema:
    """Such a value, or none."""
    return {"anyOf": [schema, {"type": "null"}]}


def thing(may_lack: str = "", /, **properties: Schema) -> Schema:
    """An object with these properties and no other; those named in `may_lack` may not be there."""
    required = [name for name in properties if name not in may_lack.split()]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def schemas() -> dict[str, Schema]:
    """The parts of answers."""
    span = {"type": "array", "items": WHOLE, "minItems": 2, "maxItems": 2}
    published = {"date": DAY_OR_NULL, "time": TEXT_OR_NULL}
    own = {field.name: TEXT_OR_NULL for field in FIELDS if not field.names}
    counts = {field.name: COUNT for field in fields(BatchCounts)}
    post = {"label": TEXT, **MENTIONED, "mentions": COUNT, "article": WHOLE, "evidence": ref("Snippet")}
    return {
        "Error": thing(error=thing("request", parameter=TEXT_OR_NULL, message=TEXT, request=TEXT)),
        "TooComplex": thing(too_complex=TEXT),
        "Snippet": thing(text=TEXT, marks=some(span)),
        "Named": thing("former given", key=TEXT, label=TEXT, former=TEXT, given=FLAG),
        "Value": thing("name", key=TEXT, label=TEXT, articles=COUNT, name=TEXT_OR_NULL),
        "Reprint": thing(id=WHOLE, title=TEXT, **published, source=TEXT_OR_NULL),
        "ScorePart": thing(part={"enum": list(SCORE_PARTS)}, label=TEXT, score=NUMBER),
        "Hit": thing(
            "why",
            id=WHOLE,
            own_id=TEXT_OR_NULL,
            title=TEXT,
            **published,
            source=TEXT_OR_NULL,
            url=TEXT_OR_NULL,
            score=NUMBER,
            snippets=some(ref("Snippet")),
            persons=some(ref("Named")),
            enterprises=some(ref("Named")),
            reprints=some(ref("Reprint")),
            lacking=some(TEXT),
            why=some(ref("ScorePart")),
        ),
        "FacetValue": thing(key=TEXT, label=TEXT, count=COUNT, selected=FLAG, excluded=FLAG),
        "Tree": tree(),
        "Offer": thing(query=TEXT, total=COUNT, kind=TEXT),
        "SearchResult": thing(
            read_as=TEXT,
            tree=ref("Tree"),
            query=TEXT,
            other_words=some(thing(typed=TEXT, meant=TEXT, query=TEXT)),
            rescue=or_null(thing(typed=TEXT, query=TEXT, kind=TEXT, says=TEXT)),
            suggestion=or_null(ref("Offer")),
            suggestions=some(ref("Offer")),
            dated=or_null(thing(query=TEXT, **MENTIONED, total=COUNT)),
            subjects=some(thing(kind={"enum": list(ENTITY_FACETS)}, key=TEXT, label=TEXT, articles=COUNT)),
            total=COUNT,
            stories=COUNT,
            page=WHOLE,
            pages=WHOLE,
            partial=thing(total=COUNT, weighed=FLAG, hits=some(ref("Hit"))),
            took_ms=NUMBER,
            hits=some(ref("Hit")),
            facets=thing(**{name: some(ref("FacetValue")) for name in ("date", *FACETS)}),
        ),
        "Article": thing(
            id=WHOLE,
            version=WHOLE,
            batch=TEXT,
            path=TEXT,
            title=TEXT_OR_NULL,
            heading=TEXT,
            paragraphs=some(TEXT),
            **published,
            date_origin=TEXT_OR_NULL,
            **own,
            encoding=TEXT_OR_NULL,
            warnings=some(TEXT),
            **{one.collection: some(ref("Named")) for one in ENTITIES},
            story=some(ref("Reprint")),
            similar=some(thing(id=WHOLE, heading=TEXT, shared=some(TEXT))),
            versions=some(thing(version=WHOLE, added=TEXT, batch=TEXT)),
        ),
        "Entity": thing(
            kind={"enum": list(ENTITY_FACETS)},
            key=TEXT,
            label=TEXT,
            articles=COUNT,
            names=some(thing(label=TEXT, articles=COUNT, former=FLAG)),
            forms=some(thing(text=TEXT, count=COUNT)),
            roles=some(thing(**post)),
            heads=some(thing(**post, person=ref("Named"))),
            forms_of=COUNT,
            lineage=some(thing(key=TEXT, label=TEXT, **MENTIONED)),
            years=named(COUNT),
            together=named(some(ref("Value"))),
            namesakes=some(ref("Value")),
            newest=some(ref("Hit")),
        ),
        "FoundEntity": thing(
            kind={"enum": list(ENTITY_FACETS)}, key=TEXT, label=TEXT, articles=COUNT, name=TEXT_OR_NULL
        ),
        "Completion": thing(text=TEXT, kind=TEXT, count=COUNT, url=TEXT),
        "Background": thing(
            known=some(
                thing(kind={"enum": list(ENTITY_FACETS)}, key=TEXT, label=TEXT, articles=COUNT, hits=some(ref("Hit")))
            ),
            unknown=some(TEXT),
            words=some(TEXT),
            hits=some(ref("Hit")),
            cut=FLAG,
        ),
        "About": thing(
            articles=COUNT,
            first=DAY_OR_NULL,
            last=DAY_OR_NULL,
            undated=COUNT,
            reprints=COUNT,
            sources=some(thing(key=TEXT, label=TEXT, articles=COUNT)),
            years=named(COUNT),
            names=named(thing(entities=COUNT, articles=COUNT)),
            authority=thing(lines=COUNT, problems=COUNT, merged=COUNT, split=COUNT),
            **{field.name: COUNT for field in fields(Totals)},
            revision=COUNT,
            indexed={"type": ["integer", "null"]},
            indexed_at=TEXT_OR_NULL,
            version=TEXT,
        ),
        "Batches": thing(
            batches=some(thing(id=WHOLE, name=TEXT, source=TEXT_OR_NULL, finished=TEXT_OR_NULL, status=TEXT, **counts))
        ),
        "Health": thing(
            status={"enum": list(STATES)},
            message=TEXT,
            articles={"type": ["integer", "null"]},
            revision={"type": ["integer", "null"]},
            indexed={"type": ["integer", "null"]},
            version=TEXT,
        ),
    }


def tree() -> Schema:
    """A node of a query tree."""
    texts = ("form", "start", "pattern", "digits", "sign", "field", "value")
    node = thing(
        " ".join((*texts, "parts part idle capital distance from to")),
        op={"enum": OPERATORS},
        parts=some(ref("Tree")),
        part=ref("Tree"),
        **dict.fromkeys(texts, TEXT),
        idle=FLAG,
        capital=FLAG,
        distance=WHOLE,
        **MENTIONED,
    )
    return node

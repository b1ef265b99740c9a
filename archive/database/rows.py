"""Turns articles into rows of the store and back; spells out lone surrogates, which file systems and JSON produce."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any, TypeVar

from archive.article import Article, DateOrigin, ExportedArticle, Published, Rejection, SitemapReport, StoredArticle
from archive.database.fingerprint import FINGERPRINT_FIELDS, fingerprint
from archive.database.tables import DETAIL_COLUMNS
from archive.errors import DamagedStore
from archive.fields import FIELDS

ROWS_PER_QUERY = 400  # rows in one question
STAGED_COLUMNS = ("kind", "refusal", "source", "identity", "digest", *DETAIL_COLUMNS)
LIST_COLUMNS = (*(field.name for field in FIELDS if field.many), "warnings")  # kept as JSON
_STORED = DETAIL_COLUMNS[:-1]  # without the fingerprint
ARTICLE_COLUMNS = (
    f"a.id, v.version, v.batch, a.source, t.text, {', '.join(f'v.{name}' for name in _STORED)} "
    "FROM versions v JOIN articles a ON a.id = v.article JOIN texts t ON t.id = v.text"
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StagedRow:
    """A staged item: its text, and the values of STAGED_COLUMNS."""

    digest: str | None
    text: str | None
    values: tuple[str | None, ...]


def staged_row(item: Article | Rejection) -> StagedRow:
    """Makes the row of an article or a rejection."""
    try:
        return _row(item)
    except UnicodeEncodeError:
        return _row(_spelt_out(item))


def article_of(row: tuple[Any, ...]) -> StoredArticle:
    """Reads the article in a row of ARTICLE_COLUMNS; raises DamagedStore where the row makes no sense."""
    id, version, batch, source, text, *rest = row
    try:
        return StoredArticle(id, version, batch, _article(source, text, dict(zip(_STORED, rest, strict=True))))
    except (ValueError, TypeError) as error:
        raise DamagedStore(f"Запись статьи {id} повреждена") from error


def published_of(day: str | None, time: str | None, origin: DateOrigin | None) -> Published:
    """Reads a publication moment from its three columns."""
    return Published(dt.date.fromisoformat(day) if day else None, dt.time.fromisoformat(time) if time else None, origin)


def in_groups(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Groups items, `size` at a time."""
    source = iter(items)
    while some := list(islice(source, size)):
        yield some


def json_list(text: str | None) -> tuple[str, ...]:
    """Reads a list that is stored as JSON."""
    return tuple(json.loads(text)) if text else ()


def _article(source: str, text: str, kept: dict[str, Any]) -> Article:
    published = published_of(kept.pop("day"), kept.pop("time"), kept.pop("origin"))
    lines = tuple(text.split("\n")) if text else ()
    for name in LIST_COLUMNS:
        kept[name] = json_list(kept[name])
    paragraphs = lines[1:] if kept["title"] else lines
    return Article(paragraphs=paragraphs, published=published, source=source or None, **kept)


def _row(item: Article | Rejection) -> StagedRow:
    item.path.encode()
    if isinstance(item, Rejection):
        item.reason.encode()
        kind = "sitemap" if isinstance(item, SitemapReport) else None
        values = dict.fromkeys(STAGED_COLUMNS) | {"kind": kind, "path": item.path, "refusal": item.reason}
        return StagedRow(None, None, tuple(values.values()))
    published = item.published
    values = dict.fromkeys(STAGED_COLUMNS) | {
        "kind": "exported" if isinstance(item, ExportedArticle) else None,
        "identity": item.identity,
        "digest": item.digest,
        "title": item.title,
        "day": published.day.isoformat() if published.day else None,
        "time": published.time.isoformat() if published.time else None,
        "origin": published.origin,
        **{field.name: getattr(item, field.name) for field in FIELDS},
        "source": item.source or "",
        "path": item.path,
        "encoding": item.encoding,
        "warnings": item.warnings,
    }
    values |= {name: json.dumps(values[name], ensure_ascii=False) for name in LIST_COLUMNS}
    values["fingerprint"] = fingerprint({name: values[name] for name in FINGERPRINT_FIELDS})
    return StagedRow(item.digest, item.text, tuple(values.values()))


def _spelt_out(item: Article | Rejection) -> Article | Rejection:
    """Copies an item with its lone surrogates written as \\udcXX."""

    def spelt(value: Any) -> Any:
        if isinstance(value, str):
            return value.encode("utf-8", "backslashreplace").decode()
        return tuple(map(spelt, value)) if isinstance(value, tuple) else value

    return replace(item, **{field.name: spelt(getattr(item, field.name)) for field in fields(item)})

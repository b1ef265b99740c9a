"""Writes stored articles as JSON Lines and reads them back unchanged.

docs/article.schema.json describes a line. Lines of ours bear the number of their layout under EXPORT_MARK and are taken
word for word; lines of other programs are read as any record is.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, get_args

from archive.article import Article, DateOrigin, ExportedArticle, Published, Rejection, StoredArticle
from archive.database.database import Database
from archive.database.rows import ARTICLE_COLUMNS, ROWS_PER_QUERY, article_of
from archive.fields import FIELDS

EXPORT_MARK, EXPORT_LAYOUT = "podshivka", 1
LIST_FIELDS = ("paragraphs", *(field.name for field in FIELDS if field.many), "warnings")
TEXT_FIELDS = ("path", "title", *(field.name for field in FIELDS if not field.many), "encoding")
DATE_FIELDS = ("day", "time", "origin")
DAMAGED_LINE = "строка выгрузки Подшивки испорчена: {}"


def current_articles(database: Database) -> Iterator[StoredArticle]:
    """Goes through all articles of an archive at one moment, by id."""
    last = 0
    with database.transaction():
        while rows := database.rows(
            f"SELECT {ARTICLE_COLUMNS} WHERE a.removed IS NULL AND a.version = v.version AND a.id > ? "
            f"ORDER BY a.id LIMIT {ROWS_PER_QUERY}",
            (last,),
        ):
            yield from map(article_of, rows)
            last = rows[-1][0]


def export_line(article: Article) -> str:
    """Writes an article as one line; empty fields are left out."""
    published = article.published
    values: dict[str, Any] = {EXPORT_MARK: EXPORT_LAYOUT}
    values |= {field.name: getattr(article, field.name) for field in fields(article) if field.name != "published"}
    values["day"] = published.day and published.day.isoformat()
    values["time"] = published.time and published.time.isoformat()
    values["origin"] = published.origin
    kept = {name: value for name, value in values.items() if value not in (None, ()) or name == "paragraphs"}
    return json.dumps(kept, ensure_ascii=False) + "\n"


def read_export_line(record: Mapping[str, Any], place: str) -> Article | Rejection:
    """Reads an article from a line that another archive wrote."""
    wrong = mistake(record)
    if wrong:
        return Rejection(place, DAMAGED_LINE.format(wrong))
    try:
        day, time = record.get("day"), record.get("time")
        published = Published(
            dt.date.fromisoformat(day) if day else None,
            dt.time.fromisoformat(time) if time else None,
            record.get("origin"),
        )
    except ValueError:
        return Rejection(place, DAMAGED_LINE.format(f"день или время «{day} {time or ''}»"))
    lists = {name: tuple(record.get(name, ())) for name in LIST_FIELDS}
    texts = {name: record.get(name) for name in TEXT_FIELDS}
    return ExportedArticle(published=published, **lists, **texts)  # type: ignore[arg-type]


def mistake(record: Mapping[str, Any]) -> str:
    """Says what in a line cannot come from an export of ours; empty where the line is right."""
    if record[EXPORT_MARK] != EXPORT_LAYOUT:
        return "она другой версии, обновите программу"
    for name in record.keys() - {EXPORT_MARK, *LIST_FIELDS, *TEXT_FIELDS, *DATE_FIELDS}:
        return f"поле {name}"
    for name in ("path", "paragraphs"):
        if record.get(name) is None:
            return f"нет поля {name}"
    for name in (*TEXT_FIELDS, *DATE_FIELDS):
        if not isinstance(record.get(name), str | None):
            return f"поле {name} – не строка"
    for name in LIST_FIELDS:
        value = record.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return f"поле {name} – не список строк"
    if record.get("origin") not in (None, *get_args(DateOrigin)):
        return "поле origin"
    if any("\n" in text for text in (*record["paragraphs"], record.get("title") or "")):
        return "разрыв строки внутри абзаца"
    return ""

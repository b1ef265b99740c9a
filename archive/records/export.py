"""Writes stored articles as JSON Lines and reads them back as they were.

docs/article.schema.json says what is in a line. Lines of ours bear the number of their layout under MARK; what stands
in them is taken word for word, where lines of other programs are read as such exports are.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, get_args

from archive.article import Article, DateOrigin, ExportedArticle, Published, Rejection, StoredArticle
from archive.database.database import Database
from archive.database.rows import ARTICLE_COLUMNS, CHUNK, article_of
from archive.fields import FIELDS

MARK, LAYOUT = "podshivka", 1
LISTS = ("paragraphs", *(field.name for field in FIELDS if field.many), "warnings")
TEXTS = ("path", "title", *(field.name for field in FIELDS if not field.many), "encoding")
DATED = ("day", "time", "origin")
FOREIGN = "строка выгрузки Подшивки испорчена: {}"


def current(database: Database) -> Iterator[StoredArticle]:
    """All articles of an archive at one moment, by id."""
    last = 0
    with database.transaction():
        while rows := database.rows(
            f"SELECT {ARTICLE_COLUMNS} WHERE a.removed IS NULL AND a.version = v.version AND a.id > ? "
            f"ORDER BY a.id LIMIT {CHUNK}",
            (last,),
        ):
            yield from map(article_of, rows)
            last = rows[-1][0]


def line(article: Article) -> str:
    """The article as one line; what is not known is left out."""
    published = article.published
    values: dict[str, Any] = {MARK: LAYOUT} | {field.name: getattr(article, field.name) for field in fields(article)}
    del values["published"]
    values["day"] = published.day and published.day.isoformat()
    values["time"] = published.time and published.time.isoformat()
    values["origin"] = published.origin
    kept = {name: value for name, value in values.items() if value not in (None, ()) or name == "paragraphs"}
    return json.dumps(kept, ensure_ascii=False) + "\n"


def read_line(record: Mapping[str, Any], place: str) -> Article | Rejection:
    """The article of a line that another archive wrote."""
    wrong = mistake(record)
    if wrong:
        return Rejection(place, FOREIGN.format(wrong))
    try:
        day, time = record.get("day"), record.get("time")
        published = Published(
            dt.date.fromisoformat(day) if day else None,
            dt.time.fromisoformat(time) if time else None,
            record.get("origin"),
        )
    except ValueError:
        return Rejection(place, FOREIGN.format(f"день или время «{day} {time or ''}»"))
    lists = {name: tuple(record.get(name, ())) for name in LISTS}
    texts = {name: record.get(name) for name in TEXTS}
    return ExportedArticle(published=published, **lists, **texts)  # type: ignore[arg-type]


def mistake(record: Mapping[str, Any]) -> str:
    """What in a line no export of ours can have written; empty where nothing is."""
    if record[MARK] != LAYOUT:
        return "она другой версии, обновите программу"
    for name in record.keys() - {MARK, *LISTS, *TEXTS, *DATED}:
        return f"поле {name}"
    for name in ("path", "paragraphs"):
        if record.get(name) is None:
            return f"нет поля {name}"
    for name in (*TEXTS, *DATED):
        if not isinstance(record.get(name), str | None):
            return f"поле {name} – не строка"
    for name in LISTS:
        value = record.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return f"поле {name} – не список строк"
    if record.get("origin") not in (None, *get_args(DateOrigin)):
        return "поле origin"
    if any("\n" in text for text in (*record["paragraphs"], record.get("title") or "")):
        return "разрыв строки внутри абзаца"
    return ""

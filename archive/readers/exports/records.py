"""Reads an article from one record: names and values, as a JSON object or a row of a table has them."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup

from archive.article import UNDATED, Article, Published, Rejection
from archive.fields import FIELDS
from archive.readers.html.blocks import blocks
from archive.readers.html.boilerplate import article_paragraphs
from archive.readers.html.datelines import dated_by_text
from archive.text.dates import date_in_url, read_stamp
from archive.text.paragraphs import mend, paragraphs

TEXT_AND_DATE = (  # what exports call them, our own names first, written without spaces, dots, «_» and «-»
    "title заголовок headline header heading название",
    "text body content fulltext articletext articlebody article html текст текстстатьи статья содержание",
    "date published datetime pubdate publishdate publishedat datepublished publicationdate created createdat"
    " timestamp дата датапубликации опубликовано датавыхода",
    "time время",
)
MEANING = {
    name: names.split()[0] for names in (*TEXT_AND_DATE, *(field.columns for field in FIELDS)) for name in names.split()
}
BETWEEN = re.compile(r"[\s_.\-]+")
TAG = re.compile(
    r"</?(?:p|br|div|span|b|i|strong|em|a|h\d|ul|ol|li|blockquote|img|table|article|section)\b[^>]*>", re.I
)
ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]{2,8});", re.I)
SEPARATORS = re.compile(r"[;|\n]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def meaning(name: str) -> str | None:
    """Which of our fields a column or key is, whatever its case: «Дата публикации» → "date".

    >>> meaning("Дата публикации"), meaning("pub_date"), meaning("wordcount")
    ('date', 'date', None)
    """
    return MEANING.get(BETWEEN.sub("", name.strip("\ufeff \t")).lower())


def read_record(record: Mapping[str, Any], path: str, zone: ZoneInfo) -> Article | Rejection:
    """The article of one record, a Rejection where it has no text; of two names for a field the first filled counts."""
    given: dict[str, Any] = {}
    for name, value in record.items():
        if (field := meaning(name)) and value not in (None, "", [], {}):
            given.setdefault(field, value)
    title = mend(" ".join(prose(line(given.get("title")))).strip()) or None
    said: dict[str, Any] = {
        field.name: listed(given.get(field.mapped)) if field.many else line(given.get(field.mapped)) or None
        for field in FIELDS
    }
    kept = text_paragraphs(given.get("text"), title, said["author"])
    if not kept:
        return Rejection(path, "нет текста статьи" if "text" not in given else "поле с текстом статьи пусто")
    url = said["url"] or ""
    published, kept, warnings = dated(given, kept, url, zone)
    said["source"] = said["source"] or host(url) or None
    return Article(path=path, paragraphs=kept, title=title, published=published, warnings=warnings, **said)


def text_paragraphs(value: Any, title: str | None, author: str | None) -> tuple[str, ...]:
    """The paragraphs of a text given as one string or as a list of them, with or without HTML."""
    pieces = value if isinstance(value, list) else [value]
    kept: list[str] = []
    for text in map(string, pieces):
        if TAG.search(text):
            kept += article_paragraphs(blocks(BeautifulSoup(text, "lxml")), title, author)
        else:
            kept += paragraphs(html.unescape(text) if ENTITY.search(text) else text)
    return tuple(kept)


def prose(text: str) -> tuple[str, ...]:
    """A title's lines without tags and entities."""
    if TAG.search(text):
        return tuple(block.text for block in blocks(BeautifulSoup(text, "lxml")))
    return (html.unescape(text),)


def dated(
    given: Mapping[str, Any], kept: tuple[str, ...], url: str, zone: ZoneInfo
) -> tuple[Published, tuple[str, ...], tuple[str, ...]]:
    """When it was printed: by its field, by the text, by the address; and a warning where the field makes no sense."""
    day, time = line(given.get("date")), line(given.get("time"))
    for stamp in filter(None, (f"{day} {time}" if day and time else "", day)):
        if moment := read_stamp(stamp, zone):
            return Published(*moment, "metadata"), kept, ()
    warnings = (f"дата не понята: «{day[:40]}»",) if day else ()
    by_text, kept = dated_by_text(kept)
    published = by_text.published
    if published is UNDATED and (found := date_in_url(url)):
        published = Published(found, None, "url")
    return published, kept, warnings


def string(value: Any) -> str:
    """A value as text that can be stored: numbers written out, a list joined, no half characters or control codes."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(string, value)))
    if isinstance(value, dict):
        return string(value.get("name"))
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return ""
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return CONTROL.sub("", text)


def line(value: Any) -> str:
    """A value as one line."""
    return " ".join(string(value).split())


def listed(value: Any) -> tuple[str, ...]:
    """A cataloguer's names: a list, or one string with «;», «|» or line breaks between them; each once."""
    pieces: Iterable[Any] = value if isinstance(value, list) else SEPARATORS.split(string(value))
    return tuple(dict.fromkeys(name for piece in pieces if (name := line(piece))))


def host(url: str) -> str:
    """The site of an address, without www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""

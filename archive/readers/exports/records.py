"""Reads the article of one record: names and values, from a JSON object or a row of a table."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from archive.article import UNDATED, Article, Published, Rejection
from archive.fields import FIELDS
from archive.readers.html.blocks import blocks
from archive.readers.html.boilerplate import article_paragraphs
from archive.readers.html.markup import TooMuchMarkup, parsed_markup
from archive.text.datelines import take_date_line
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
BETWEEN_WORDS = re.compile(r"[\s_.\-]+")
TAG = re.compile(
    r"</?(?:p|br|div|span|b|i|strong|em|a|h\d|ul|ol|li|blockquote|img|table|article|section)\b[^<>]*>", re.I
)
ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]{2,8});", re.I)
BETWEEN_NAMES = re.compile(r"[;|\n]")
CONTROL_CHARS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def meaning(name: str) -> str | None:
    """Tells which of our fields a column or key is, whatever its case: «Дата публикации» → "date".

    >>> meaning("Дата публикации"), meaning("pub_date"), meaning("wordcount")
    ('date', 'date', None)
    """
    return MEANING.get(BETWEEN_WORDS.sub("", name.strip("\ufeff \t")).lower())


def read_record(record: Mapping[str, Any], path: str, zone: ZoneInfo) -> Article | Rejection:
    """Reads the article of one record; rejects one without a text, or with too much markup for one."""
    try:
        return article_of(record, path, zone)
    except TooMuchMarkup as error:
        return Rejection(path, str(error))


def article_of(record: Mapping[str, Any], path: str, zone: ZoneInfo) -> Article | Rejection:
    """Reads the article of a record. Of two names for a field the first filled one counts. Raises TooMuchMarkup."""
    given: dict[str, Any] = {}
    for name, value in record.items():
        if (field := meaning(name)) and value not in (None, "", [], {}):
            given.setdefault(field, value)
    title = mend(" ".join(title_lines(one_line(given.get("title")))).strip()) or None
    said: dict[str, Any] = {
        field.name: name_list(given.get(field.mapped)) if field.many else one_line(given.get(field.mapped)) or None
        for field in FIELDS
    }
    kept = text_paragraphs(given.get("text"), title, said["author"])
    if not kept:
        return Rejection(path, "нет текста статьи" if "text" not in given else "поле с текстом статьи пусто")
    url = said["url"] or ""
    published, kept, warnings = dated(given, kept, url, zone)
    said["source"] = said["source"] or site_of(url) or None
    return Article(path=path, paragraphs=kept, title=title, published=published, warnings=warnings, **said)


def text_paragraphs(value: Any, title: str | None, author: str | None) -> tuple[str, ...]:
    """Splits a text into paragraphs; it may be a string or a list of strings, with or without HTML."""
    pieces = value if isinstance(value, list) else [value]
    kept: list[str] = []
    for text in map(plain_text, pieces):
        if TAG.search(text):
            kept += article_paragraphs(blocks(parsed_markup(text)), title, author)
        else:
            kept += paragraphs(html.unescape(text) if ENTITY.search(text) else text)
    return tuple(kept)


def title_lines(text: str) -> tuple[str, ...]:
    """Splits a title into lines without tags and entities."""
    if TAG.search(text):
        return tuple(block.text for block in blocks(parsed_markup(text)))
    return (html.unescape(text),)


def dated(
    given: Mapping[str, Any], kept: tuple[str, ...], url: str, zone: ZoneInfo
) -> tuple[Published, tuple[str, ...], tuple[str, ...]]:
    """Finds when it was printed, in its field, in the text, in the address; warns where the field makes no sense."""
    day, time = one_line(given.get("date")), one_line(given.get("time"))
    for stamp in filter(None, (f"{day} {time}" if day and time else "", day)):
        if moment := read_stamp(stamp, zone):
            return Published(*moment, "metadata"), kept, ()
    warnings = (f"дата не понята: «{day[:40]}»",) if day else ()
    by_text, kept = take_date_line(kept)
    published = by_text.published
    if published is UNDATED and (found := date_in_url(url)):
        published = Published(found, None, "url")
    return published, kept, warnings


def plain_text(value: Any) -> str:
    """Turns a value into text that can be stored: joins lists, drops half characters and control codes."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(plain_text, value)))
    if isinstance(value, dict):
        return plain_text(value.get("name"))
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return ""
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return CONTROL_CHARS.sub("", text)


def one_line(value: Any) -> str:
    """Turns a value into one line."""
    return " ".join(plain_text(value).split())


def name_list(value: Any) -> tuple[str, ...]:
    """Reads a cataloguer's names: a list, or one string with «;», «|» or line breaks between them; each name once."""
    pieces: Iterable[Any] = value if isinstance(value, list) else BETWEEN_NAMES.split(plain_text(value))
    return tuple(dict.fromkeys(name for piece in pieces if (name := one_line(piece))))


def site_of(url: str) -> str:
    """Gives the site of an address, without www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""

"""Reads articles one by one from an XML feed: a WordPress export, RSS, Atom.

Only the whole text of an article makes one: a feed that gives beginnings is refused item by item. Entities are never
looked up, declared ones least of all.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import IO
from zoneinfo import ZoneInfo

from lxml import etree

from archive.article import Article, Rejection
from archive.readers.exports.records import read_record
from archive.readers.xml_stream import EntitiesDeclared, XmlElement, elements, local_name, namespace

ITEM_TAGS = frozenset({"item", "entry"})
CONTENT_NAMESPACE = "http://purl.org/rss/1.0/modules/content/"
WORDPRESS_NAMESPACE = re.compile(r"http://wordpress\.org/export/[\d.]+/$")
FULL_TEXT_TAGS = ("encoded", "full-text", "fulltext", "content")
BEGINNING_TAGS = ("description", "summary")
MIN_LETTERS = 300  # of a description that may be the whole text
BROKEN_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|&hellip;|&#8230;)\s*(?:</p>)?\s*$")
ARTICLE_TYPES = frozenset({"post", "page"})  # WordPress also exports pictures, menus, settings
STATUSES = {
    "draft": "черновик",
    "auto-draft": "черновик",
    "pending": "ждёт проверки",
    "private": "личная",
    "future": "отложена",
    "trash": "в корзине",
    "inherit": "часть другой записи",
}
NO_RUBRIC = frozenset({"без рубрики", "uncategorized"})
SHORTCODES = re.compile(
    r"\[caption[^\[\]]*+\](?:[^\[]|\[(?!/?caption))*+\[/caption\]|\[/?[a-z][a-z_-]*+(?:\s[^\[\]]*+)?\]"
)
PARAGRAPH_TAG = re.compile(r"<p[\s>]", re.IGNORECASE)
EMPTY_LINE = re.compile(r"\n\s*\n")


def read_feed(file: IO[str], path: str, zone: ZoneInfo) -> Iterator[Article | Rejection]:
    """Reads the articles of a feed opened for reading; its items are counted from 1."""
    number, empty = 0, True
    try:
        for number, item in enumerate(elements(file, ITEM_TAGS), 1):
            if found := read_item(item, f"{path}:{number}", zone):
                empty = False
                yield found
    except EntitiesDeclared:
        yield Rejection(path, "в файле XML объявлены сущности: такие файлы не читаются")
        return
    except etree.XMLSyntaxError:
        yield Rejection(f"{path}:{number + 1}", "XML испорчен; всё после этого места не прочитано")
        return
    if empty:
        yield Rejection(path, "в ленте нет ни одной статьи")


def read_item(item: XmlElement, place: str, zone: ZoneInfo) -> Article | Rejection | None:
    """Reads the article of one item; gives None for what WordPress exports besides articles."""
    wordpress = {local_name(child): child.text or "" for child in item if WORDPRESS_NAMESPACE.match(namespace(child))}
    if wordpress:
        if wordpress.get("post_type", "post") not in ARTICLE_TYPES:
            return None
        if wordpress.get("status", "publish") != "publish":
            status = wordpress["status"]
            return Rejection(place, f"запись не опубликована ({STATUSES.get(status, status)})")
    text = full_text(item)
    if text is None:
        return Rejection(place, "в ленте только начало статьи, а не весь текст")
    link, guid = link_of(item), first_text(item, "guid", "id")
    record = {
        "id": "" if guid == link else guid,
        "title": first_text(item, "title"),
        "text": with_paragraphs(SHORTCODES.sub("", text)) if wordpress else text,
        "date": wordpress.get("post_date") or first_text(item, "pubDate", "published", "date", "updated"),
        "url": link,
        "author": first_text(item, "creator", "author"),
        "rubric": rubric_of(item),
    }
    return read_record(record, place, zone)


def full_text(item: XmlElement) -> str | None:
    """Finds the whole text of an item; None where it gives only a beginning."""
    for child in item:
        if (
            local_name(child) in FULL_TEXT_TAGS
            and (local_name(child) != "encoded" or namespace(child) == CONTENT_NAMESPACE)
            and inner_html(child)
        ):
            return inner_html(child)
    text = max((inner_html(child) for child in item if local_name(child) in BEGINNING_TAGS), key=len, default="")
    letters = sum(map(str.isalpha, re.sub(r"<[^>]*>", "", text)))
    return text if letters >= MIN_LETTERS and not BROKEN_OFF.search(text) else None


def inner_html(element: XmlElement) -> str:
    """Gives what an element holds as HTML: escaped text, or markup of its own (Atom's xhtml)."""
    if len(element):
        return "".join((element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)))
    return (element.text or "").strip()


def with_paragraphs(text: str) -> str:
    """Marks the paragraphs of a WordPress text, which the classic editor parts by empty lines only."""
    if PARAGRAPH_TAG.search(text):
        return text
    pieces = (piece.strip().replace("\n", "<br>\n") for piece in EMPTY_LINE.split(text.replace("\r\n", "\n")))
    return "\n".join(f"<p>{piece}</p>" for piece in pieces if piece)


def first_text(item: XmlElement, *names: str) -> str:
    """Gives the text of the first of these elements that has any; of Atom's author, the name."""
    for name in names:
        for child in item:
            if local_name(child) == name:
                named = child.find("{*}name")
                if text := " ".join("".join((child if named is None else named).itertext()).split()):
                    return unescape(text)
    return ""


def link_of(item: XmlElement) -> str:
    """Finds the article's address: the text of RSS's link, the alternate of Atom's."""
    for child in item:
        if local_name(child) == "link" and child.get("rel", "alternate") == "alternate":
            return unescape(child.get("href") or child.text or "").strip()
    return ""


def rubric_of(item: XmlElement) -> str:
    """Finds the first category that is a rubric: no tag, no «Без рубрики»."""
    for child in item:
        if local_name(child) == "category" and child.get("domain", "category") == "category":
            name = (child.text or child.get("label") or child.get("term") or "").strip()
            if name and name.lower() not in NO_RUBRIC:
                return name
    return ""

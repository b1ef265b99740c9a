"""An XML feed in (WordPress export, RSS, Atom), articles out one by one, however long it is.

Only the whole text of an article makes one: a feed that gives beginnings is refused item by item. Entities are never
looked up, declared ones least of all.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import IO, Any
from zoneinfo import ZoneInfo

from lxml import etree

from archive.article import Article, Rejection
from archive.readers.exports.records import read_record

CHUNK = 1 << 18
LONGEST_ITEM = 7_000_000  # characters: no article has more, markup and pictures written out in it included
ITEMS = frozenset({"item", "entry"})
CONTENT = "http://purl.org/rss/1.0/modules/content/"
WORDPRESS = re.compile(r"http://wordpress\.org/export/[\d.]+/$")
FULL_TEXTS = ("encoded", "full-text", "fulltext", "content")
BEGINNINGS = ("description", "summary")
FEWEST_LETTERS = 300  # of a description that may be the whole text
BROKEN_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|&hellip;|&#8230;)\s*(?:</p>)?\s*$")
PRINTED = frozenset({"post", "page"})  # WordPress also exports pictures, menus, settings
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
ENTITIES = re.compile(r"<!(?:ENTITY|DOCTYPE[^<>]*\[)", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FIRST_NAME = re.compile(r"<(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)")
XML_DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
AMPERSAND = re.compile(r"&(?!(?:#\d+|#x[\da-f]+|amp|lt|gt|quot|apos);)(?:(?P<name>[a-z]\w{1,9});)?", re.IGNORECASE)
UNFINISHED = re.compile(r"&#?\w{0,10}$")
SHORTCODES = re.compile(r"\[caption[^\]]*\].*?\[/caption\]|\[/?[a-z][a-z_-]*(?:\s[^\]]*)?\]", re.DOTALL)
PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
GAP = re.compile(r"\n\s*\n")

Element = Any


def read_feed(file: IO[str], path: str, zone: ZoneInfo) -> Iterator[Article | Rejection]:
    """The articles of a feed opened for reading; its items are counted from 1."""
    head = file.read(CHUNK).lstrip("\ufeff \t\r\n")
    if ENTITIES.search(head):
        yield Rejection(path, "в файле XML объявлены сущности: такие файлы не читаются")
        return
    number, empty = 0, True
    try:
        for number, item in enumerate(items(head, file, ITEMS), 1):
            if found := read_item(item, f"{path}:{number}", zone):
                empty = False
                yield found
    except etree.XMLSyntaxError:
        yield Rejection(f"{path}:{number + 1}", "XML испорчен; всё после этого места не прочитано")
        return
    if empty:
        yield Rejection(path, "в ленте нет ни одной статьи")


def items(head: str, file: IO[str], names: frozenset[str]) -> Iterator[Element]:
    """Every element of these names, each forgotten when the next one is asked for, as is all that stands between.

    Raises etree.XMLSyntaxError; an element without end is cut off, which makes one.
    """
    first = FIRST_NAME.search(head)
    watched = [f"{{*}}{name}" for name in {*names, first["name"] if first else ""} - {""}]
    parser = etree.XMLPullParser(
        events=("start", "end"), tag=watched, encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False
    )
    piece, size = XML_DECLARATION.sub("", head), 0
    root: Element = None
    around: Element = None
    while piece and size <= LONGEST_ITEM:
        while UNFINISHED.search(piece) and (more := file.read(1)):
            piece += more
        parser.feed(AMPERSAND.sub(escaped, CONTROL.sub("", piece)).encode("utf-8", "replace"))
        size += len(piece)
        for action, element in parser.read_events():
            root = element if root is None else root
            if around is None and action == "start" and local(element) in names:
                around, size = element, 0
            elif element is around and action == "end":
                yield element
                element.clear()
                around = None
        if root is not None:
            forget(root, around)
        size = 0 if around is None else size
        piece = file.read(CHUNK)
    parser.close()


def forget(root: Element, kept: Element | None) -> None:
    """Take out of a tree that is being read all but the way to the place where it is read, or to the element kept."""
    node = root
    while node is not kept and len(node):
        del node[:-1]
        node = node[-1]


def escaped(match: re.Match[str]) -> str:
    """An ampersand as XML wants it: papers' feeds have those of HTML («&nbsp;») and bare ones."""
    name = match["name"]
    return html5.get(f"{name};", f"&amp;{name};") if name else "&amp;"


def read_item(item: Element, place: str, zone: ZoneInfo) -> Article | Rejection | None:
    """The article of one item; None for what WordPress exports besides articles."""
    wordpress = {local(child): child.text or "" for child in item if WORDPRESS.match(space(child))}
    if wordpress:
        if wordpress.get("post_type", "post") not in PRINTED:
            return None
        if wordpress.get("status", "publish") != "publish":
            status = wordpress["status"]
            return Rejection(place, f"запись не опубликована ({STATUSES.get(status, status)})")
    text = full_text(item)
    if text is None:
        return Rejection(place, "в ленте только начало статьи, а не весь текст")
    link, guid = address(item), said(item, "guid", "id")
    record = {
        "id": "" if guid == link else guid,
        "title": said(item, "title"),
        "text": paragraphed(SHORTCODES.sub("", text)) if wordpress else text,
        "date": wordpress.get("post_date") or said(item, "pubDate", "published", "date", "updated"),
        "url": link,
        "author": said(item, "creator", "author"),
        "rubric": rubric(item),
    }
    return read_record(record, place, zone)


def full_text(item: Element) -> str | None:
    """The whole text of an item, None where it gives only a beginning."""
    for child in item:
        if local(child) in FULL_TEXTS and (local(child) != "encoded" or space(child) == CONTENT) and inner(child):
            return inner(child)
    text = max((inner(child) for child in item if local(child) in BEGINNINGS), key=len, default="")
    letters = sum(map(str.isalpha, re.sub(r"<[^>]*>", "", text)))
    return text if letters >= FEWEST_LETTERS and not BROKEN_OFF.search(text) else None


def inner(element: Element) -> str:
    """What an element holds as HTML: escaped text, or markup of its own (Atom's xhtml)."""
    if len(element):
        return "".join((element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)))
    return (element.text or "").strip()


def paragraphed(text: str) -> str:
    """A WordPress text with its paragraphs marked: the classic editor parts them by empty lines only."""
    if PARAGRAPH.search(text):
        return text
    pieces = (piece.strip().replace("\n", "<br>\n") for piece in GAP.split(text.replace("\r\n", "\n")))
    return "\n".join(f"<p>{piece}</p>" for piece in pieces if piece)


def said(item: Element, *names: str) -> str:
    """The first of these elements that says anything; of Atom's author, the name."""
    for name in names:
        for child in item:
            if local(child) == name:
                named = child.find("{*}name")
                if text := " ".join("".join((child if named is None else named).itertext()).split()):
                    return unescape(text)
    return ""


def address(item: Element) -> str:
    """The article's address: the text of RSS's link, the alternate of Atom's."""
    for child in item:
        if local(child) == "link" and child.get("rel", "alternate") == "alternate":
            return unescape(child.get("href") or child.text or "").strip()
    return ""


def rubric(item: Element) -> str:
    """The first category that is a rubric: no tag, no «Без рубрики»."""
    for child in item:
        if local(child) == "category" and child.get("domain", "category") == "category":
            name = (child.text or child.get("label") or child.get("term") or "").strip()
            if name and name.lower() not in NO_RUBRIC:
                return name
    return ""


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def space(element: Element) -> str:
    """An element's namespace."""
    return str(etree.QName(element).namespace or "") if isinstance(element.tag, str) else ""

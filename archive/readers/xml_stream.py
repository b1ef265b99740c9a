"""Reads the elements of an XML file one by one, however long it is; entities are never looked up."""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import IO, Any

from lxml import etree

CHUNK_CHARS = 1 << 18
MAX_ELEMENT_CHARS = 7_000_000  # characters: no article has more, markup and pictures written out in it included
DECLARED_ENTITIES = re.compile(r"<!(?:ENTITY|DOCTYPE[^<>]*\[)", re.IGNORECASE)
CONTROL_CHARS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FIRST_TAG = re.compile(r"<(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)")
XML_DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
AMPERSAND = re.compile(r"&(?!(?:#\d+|#x[\da-f]+|amp|lt|gt|quot|apos);)(?:(?P<name>[a-z]\w{1,9});)?", re.IGNORECASE)
LONGEST_ENTITY_CHARS = 12
UNFINISHED_ENTITY = re.compile(r"&#?\w{0,10}$")

XmlElement = Any


class EntitiesDeclared(ValueError):
    """A file declares XML entities of its own; these can make a small file swell without end."""


def elements(file: IO[str], names: frozenset[str]) -> Iterator[XmlElement]:
    """Gives every element with one of these names; forgets it, and all that stands between, when the next is asked for.

    Raises EntitiesDeclared and etree.XMLSyntaxError; an element without an end is cut off, which is a syntax error.
    """
    head = file.read(CHUNK_CHARS).lstrip("\ufeff \t\r\n")
    if DECLARED_ENTITIES.search(head):
        raise EntitiesDeclared
    first = FIRST_TAG.search(head)
    watched = [f"{{*}}{name}" for name in {*names, first["name"] if first else ""} - {""}]
    parser = etree.XMLPullParser(
        events=("start", "end"), tag=watched, encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False
    )
    piece, size = XML_DECLARATION.sub("", head), 0
    root: XmlElement = None
    around: XmlElement = None
    while piece and size <= MAX_ELEMENT_CHARS:
        following = file.read(CHUNK_CHARS)
        if following and (cut := UNFINISHED_ENTITY.search(piece, len(piece) - LONGEST_ENTITY_CHARS)):
            piece, following = piece[: cut.start()], piece[cut.start() :] + following
        parser.feed(AMPERSAND.sub(escaped, CONTROL_CHARS.sub("", piece)).encode("utf-8", "replace"))
        size += len(piece)
        for action, element in parser.read_events():
            root = element if root is None else root
            if around is None and action == "start" and local_name(element) in names:
                around, size = element, 0
            elif element is around and action == "end":
                yield element
                element.clear()
                around = None
        if root is not None:
            forget(root, around)
        size = 0 if around is None else size
        piece = following
    parser.close()


def forget(root: XmlElement, kept: XmlElement | None) -> None:
    """Removes from a tree that is being read all but the way to the place where it is read, or to the element kept."""
    node = root
    while node is not kept and len(node):
        del node[:-1]
        node = node[-1]


def escaped(match: re.Match[str]) -> str:
    """Escapes an ampersand as XML wants it: papers' feeds have entities of HTML («&nbsp;») and bare ampersands."""
    name = match["name"]
    return html5.get(f"{name};", f"&amp;{name};") if name else "&amp;"


def local_name(element: XmlElement) -> str:
    """Gives an element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(element: XmlElement) -> str:
    """Gives an element's namespace."""
    return str(etree.QName(element).namespace or "") if isinstance(element.tag, str) else ""

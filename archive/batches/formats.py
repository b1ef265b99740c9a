"""Tells the format of a file by its first bytes, then by its name; what cannot be read gets a reason."""

import json
import re
from pathlib import PurePath
from typing import Literal

from archive.readers.exports.csv_table import is_article_header

Format = Literal["html", "text", "jsonl", "csv", "xml", "docx"]
Kind = Format | Literal["sitemap"]

BY_ENDING: dict[str, Format] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".php": "html", ".asp": "html",
    ".txt": "text", ".text": "text", "": "text",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
HTML = re.compile(r"<!doctype html|<(?:html|head|body|article|main|div|table|title|meta|h1|p)\b[^<>]*>", re.IGNORECASE)
MARKUP_FIRST = re.compile(r"<(?:!|\?xml|[a-z])", re.IGNORECASE)
ROOT = r"(?>\s+|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*+<"  # what may stand above it in XML
FEED = re.compile(ROOT + r"(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)
SITEMAP = re.compile(ROOT + r"(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
FOREIGN = (
    (
        re.compile(r"(?:From: <Saved by|(?:.*\n){0,15}?Content-Type: multipart/related)", re.I),
        "веб-архив MHTML; сохраните страницу как HTML",
    ),
    (re.compile(ROOT + r"svg\b", re.I), "рисунок SVG"),
)


class UnknownFormat(ValueError):
    """No reader for this; the message says what it is, in Russian."""


def format_of(name: str, head: str) -> Kind:
    """The format of a file by its first characters and its name; raises UnknownFormat."""
    ending = PurePath(name.lower().removesuffix(".gz")).suffix
    start = head[:100_000].lstrip("\ufeff \t\r\n")
    for pattern, what in FOREIGN:
        if pattern.match(start):
            raise UnknownFormat(f"это не статья: {what}")
    if SITEMAP.match(start):
        return "sitemap"
    if FEED.match(start):
        return "xml"
    if start[:1] in "{[" and is_json(start):
        return "jsonl"
    if MARKUP_FIRST.match(start) and HTML.search(start):
        return "html"
    known = BY_ENDING.get(ending if len(ending) <= 6 and " " not in ending else "")
    if known == "html" and "<" not in start:  # a page saved as text
        known = "text"
    if known in ("text", None) and is_article_header(start.partition("\n")[0]):
        return "csv"
    if known is None:
        raise UnknownFormat(f"файлы «{ending}» не читаются: нужен HTML, текст, JSON Lines, CSV, DOCX или лента XML")
    return known


def is_json(start: str) -> bool:
    """Whether the text begins as an export does: an object with quoted keys, or a list of such objects."""
    if not re.match(r'(?:\[\s*)?\{\s*(?:"|\}|$)|\[\s*\]', start):
        return False
    try:
        json.JSONDecoder(strict=False).raw_decode(start.lstrip("[ \r\n\t"))
    except (ValueError, RecursionError):
        return start[:1] == "{" or '"' in start
    return True

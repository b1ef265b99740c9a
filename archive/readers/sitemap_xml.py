"""A sitemap in (plain, of news, or an index of sitemaps), the addresses it names out, however many they are.

By sitemaps.org and Google's news sitemap 0.9: only `news:publication_date` says when an article was printed. `lastmod`
says when its page was last touched, and many programs write the day of the sitemap itself there: it is never taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import IO, Any
from zoneinfo import ZoneInfo

from lxml import etree

from archive.readers.exports.rss_wordpress import CHUNK, ENTITIES, items, local
from archive.text.dates import Moment, read_stamp

NAMED = frozenset({"url", "sitemap"})
SPACE = "\ufeff \t\r\n"

Element = Any


class BrokenSitemap(ValueError):
    """Why a sitemap cannot be read on, in Russian."""


@dataclass(frozen=True, slots=True)
class Named:
    """One address of a sitemap: of a page, with what is said of it, or of another sitemap."""

    url: str
    is_map: bool = False
    moment: Moment | None = None
    title: str | None = None


def read_sitemap(file: IO[str], zone: ZoneInfo) -> Iterator[Named]:
    """Everything that a sitemap opened for reading names; raises BrokenSitemap where it ends too soon."""
    head = file.read(CHUNK).lstrip(SPACE)
    if ENTITIES.search(head):
        raise BrokenSitemap("в ней объявлены сущности XML: такие файлы не читаются")
    try:
        for element in items(head, file, NAMED):
            told = said(element)
            if url := told.get("loc"):
                moment = read_stamp(told.get("publication_date", ""), zone)
                yield Named(url, local(element) == "sitemap", moment, told.get("title"))
    except etree.XMLSyntaxError:
        raise BrokenSitemap("XML испорчен; что ниже этого места, не прочитано") from None


def said(element: Element) -> dict[str, str]:
    """What the address itself and its <news:news> say, by name; pictures and videos beside have their own words."""
    found: dict[str, str] = {}
    for child in element:
        for one in child if local(child) == "news" else (child,):
            if text := " ".join("".join(one.itertext()).split()):
                found.setdefault(local(one), unescape(text))
    return found

"""Reads the addresses that a sitemap names, however many: a plain one, one of news, or an index of sitemaps.

By sitemaps.org and Google's news sitemap 0.9: only `news:publication_date` says when an article was printed. `lastmod`
says when its page was last touched, and many programs write the day of the sitemap itself there: it is never taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import IO
from zoneinfo import ZoneInfo

from lxml import etree

from archive.readers.xml_stream import EntitiesDeclared, XmlElement, elements, local_name
from archive.text.dates import Moment, read_stamp

ADDRESS_TAGS = frozenset({"url", "sitemap"})


class BrokenSitemap(ValueError):
    """A sitemap cannot be read on; the message says why, in Russian."""


@dataclass(frozen=True, slots=True)
class SitemapAddress:
    """One address of a sitemap: that of a page, with what is said of it, or that of another sitemap."""

    url: str
    is_map: bool = False
    moment: Moment | None = None
    title: str | None = None


def read_sitemap(file: IO[str], zone: ZoneInfo) -> Iterator[SitemapAddress]:
    """Reads all addresses of a sitemap opened for reading; raises BrokenSitemap where it ends too soon."""
    try:
        for element in elements(file, ADDRESS_TAGS):
            fields = fields_of(element)
            if url := fields.get("loc"):
                moment = read_stamp(fields.get("publication_date", ""), zone)
                yield SitemapAddress(url, local_name(element) == "sitemap", moment, fields.get("title"))
    except EntitiesDeclared:
        raise BrokenSitemap("в ней объявлены сущности XML: такие файлы не читаются") from None
    except etree.XMLSyntaxError:
        raise BrokenSitemap("XML испорчен; что ниже этого места, не прочитано") from None


def fields_of(element: XmlElement) -> dict[str, str]:
    """Reads the fields of an address and of its <news:news>; leaves out those of pictures and videos beside."""
    found: dict[str, str] = {}
    for child in element:
        for one in child if local_name(child) == "news" else (child,):
            if text := " ".join("".join(one.itertext()).split()):
                found.setdefault(local_name(one), unescape(text))
    return found

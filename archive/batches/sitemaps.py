"""Takes dates and titles for the pages that have none from a batch's sitemaps, and tells what each was good for.

They are read before the pages, whatever the order of files, and nothing of them is kept but address → date and title.
A page's own date and title stand; of two dates the earlier one counts; nothing is ever fetched.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from archive.article import Article, ExportedArticle, Published, Rejection, SitemapReport
from archive.batches.archive_files import BROKEN, Swollen
from archive.readers.html.metadata import tidy_address
from archive.readers.sitemap_xml import BrokenSitemap, SitemapAddress, read_sitemap
from archive.text.dates import Moment

NO_DATES = "дат выхода статей в ней нет (lastmod – день правки, его не берут)"
NO_PAGES = "добавьте её вместе с сохранёнными страницами"


@dataclass(slots=True)
class SiteMap:
    """One file: how many pages it names and dates, which sitemaps, and how many pages of the batch it helped."""

    name: str
    pages: int = 0
    moments: int = 0
    maps: list[str] = field(default_factory=list)  # names of the files of other sitemaps
    here: int = 0  # addresses that stand in the batch
    dated: int = 0
    titled: int = 0
    broken: str = ""


@dataclass(slots=True)
class Entry:
    """What is said of one address, and by which sitemaps."""

    by: tuple[SiteMap, ...] = ()
    moment: Moment | None = None
    dated_by: SiteMap | None = None
    title: str | None = None
    titled_by: SiteMap | None = None
    met: bool = False


class SiteMaps:
    """All sitemaps of one batch."""

    def __init__(self) -> None:
        self._maps: dict[str, SiteMap] = {}
        self._entries: dict[str, Entry] = {}

    def __contains__(self, name: str) -> bool:
        """Whether the file of this name was read as a sitemap."""
        return name in self._maps

    def read(self, name: str, file: IO[str], zone: ZoneInfo) -> None:
        """Learn what a sitemap says; of a broken one, what stands above the break."""
        sitemap = self._maps[name] = SiteMap(name)
        try:
            for address in read_sitemap(file, zone):
                if address.is_map:
                    sitemap.maps.append(file_name(address.url.partition("?")[0]))
                else:
                    self._learn(address, sitemap)
        except (BrokenSitemap, Swollen) as error:
            sitemap.broken = str(error)
        except (*BROKEN, OSError, UnicodeError):
            sitemap.broken = "файл испорчен; что ниже этого места, не прочитано"

    def _learn(self, address: SitemapAddress, sitemap: SiteMap) -> None:
        sitemap.pages += 1
        sitemap.moments += address.moment is not None
        if not (key := address_key(address.url)):
            return
        entry = self._entries.setdefault(key, Entry())
        if not entry.by or entry.by[-1] is not sitemap:
            entry.by += (sitemap,)
        if address.moment and (entry.moment is None or order(address.moment) < order(entry.moment)):
            entry.moment, entry.dated_by = address.moment, sitemap
        if address.title and entry.title is None:
            entry.title, entry.titled_by = address.title, sitemap

    def completed(self, article: Article) -> Article:
        """The article with the date and the title that it lacks and a sitemap has; an exported one as it was."""
        entry = self._entries.get(address_key(article.url)) if article.url and self._entries else None
        if entry is None:
            return article
        for sitemap in () if entry.met else entry.by:
            sitemap.here += 1
        entry.met = True
        if isinstance(article, ExportedArticle):
            return article
        if entry.moment and entry.dated_by and article.published.day is None:
            entry.dated_by.dated += 1
            article = replace(article, published=Published(*entry.moment, "sitemap"))
        if entry.titled_by and article.title is None:
            entry.titled_by.titled += 1
            article = replace(article, title=entry.title)
        return article

    def told(self) -> Iterator[Rejection]:
        """What each sitemap was good for, when all pages are read; one that is broken is a refusal."""
        files = set(map(file_name, self._maps))
        for sitemap in self._maps.values():
            if sitemap.broken:
                yield Rejection(sitemap.name, f"карта сайта: {sitemap.broken}; {summed_up(sitemap, files)}")
            else:
                yield SitemapReport(sitemap.name, summed_up(sitemap, files))


def summed_up(sitemap: SiteMap, files: set[str]) -> str:
    """Its numbers in a sentence; `files`: the names of all sitemaps of the batch."""
    said = []
    if sitemap.maps:
        said.append(f"названо карт: {len(sitemap.maps)}, из них в партии: {sum(map(files.__contains__, sitemap.maps))}")
    if sitemap.pages or not sitemap.maps:
        titled = f", заголовок: {sitemap.titled}" if sitemap.titled else ""
        absent = f", нет в партии: {sitemap.pages - sitemap.here}" if sitemap.pages > sitemap.here else ""
        said.append(f"адресов: {sitemap.pages}, дата взята для страниц: {sitemap.dated}{titled}{absent}")
    if sitemap.pages and not sitemap.moments:
        said.append(NO_DATES)
    elif sitemap.pages and not sitemap.here:
        said.append(NO_PAGES)
    return "; ".join(said)


def order(moment: Moment) -> tuple[dt.date, bool, dt.time]:
    """Earlier moments first, on one day those with a time."""
    day, time = moment
    return day, time is None, time or dt.time.min


def file_name(path: str) -> str:
    """How a sitemap's file is called, packed or not."""
    return PurePosixPath(path).name.lower().removesuffix(".gz")


def address_key(url: str) -> str:
    """An address as it is compared: http is https, «www.» and a last slash say nothing, %D0%B0 is «а»; "" for none.

    >>> address_key("https://www.V.example/%D0%B0/?id=5#top")
    'v.example/а?id=5'
    """
    parts = urlsplit(tidy_address(url))
    try:
        host = (parts.hostname or "").removeprefix("www.")
        host = host if host.isascii() else host.encode("idna").decode()
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # of a port, of a host that cannot be
        return ""
    path = unquote(parts.path, errors="surrogateescape").rstrip("/")
    return host and f"{host}{port}{path}" + (f"?{unquote(parts.query)}" if parts.query else "")

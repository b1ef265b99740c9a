"""Reads the article of a saved page: by its paper's layout, by its metadata, else by the general extractor."""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import trafilatura
from bs4 import BeautifulSoup, Tag

from archive.article import Article, Published, Rejection
from archive.readers.html.blocks import SPACE, Block, attribute, blocks
from archive.readers.html.boilerplate import article_paragraphs, byline
from archive.readers.html.datelines import Dated, date_line, dated_by_text
from archive.readers.html.layouts import Layout, fitting, layouts
from archive.readers.html.metadata import Metadata, read_metadata
from archive.readers.html.table_layout import SENTENCE, article_cell, headline
from archive.readers.html.titles import folded, own_title
from archive.text.dates import Moment, date_in_url, read_date, read_stamp
from archive.text.paragraphs import mend, paragraphs

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read becomes a Rejection here

BodyOrigin = Literal["layout", "microdata", "cell", "extractor", "json-ld"]

NOTHING = Layout(body="")
PROSE = 0.4  # least share of the text in blocks that hold a sentence; lists of links have less
DATED = '[class*="date" i], [class*="time" i], [class*="publi" i], [id*="date" i]'
DATE_PLACES = 12  # such elements asked after the title: further down are other articles'
NO_BREAK_SPACE = re.compile("\u00a0|&nbsp;|&#160;|&#x0*a0;", re.IGNORECASE)
STAND_IN = "\u237d"  # the sign that proof-readers write for it: printed in no newspaper
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")
CUT_OFF = "файл обрывается на середине: прочитано то, что в нём есть"
FRAMES = "страница из рамок (frameset): текст лежит в других её файлах"
SITE_FOR_TITLE = "вместо заголовка на странице название сайта; оно не взято"


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page with its layout, what its head says, and the blocks of its body with where they were found."""

    text: str
    soup: BeautifulSoup
    said: Metadata
    layout: Layout
    body: BodyOrigin
    found: list[Block]
    headline: str = ""  # of a page without a heading: what is printed large above the text


def read_html(text: str, path: str, zone: ZoneInfo, own: Iterable[Layout] = ()) -> Article | Rejection:
    """The article of one page; a page without one is a Rejection. `own` layouts are asked before the declared ones."""
    return read_page(parsed(text, own), path, zone)


def parsed(text: str, own: Iterable[Layout] = ()) -> Page:
    """The page taken apart."""
    soup = BeautifulSoup(XML_DECLARATION.sub("", text) if "<" in text else f"<p>{text}", "lxml")
    said = read_metadata(soup)
    host = urlsplit(said.url).hostname or ""
    layout = fitting(host, lambda selector: soup.select_one(selector) is not None, (*own, *layouts())) or NOTHING
    return Page(text, soup, said, layout, *body_blocks(soup, layout, text, said))


def read_page(page: Page, path: str, zone: ZoneInfo) -> Article | Rejection:
    """The article of a parsed page."""
    soup, said, layout, found = page.soup, page.said, page.layout, page.found
    host = urlsplit(said.url).hostname or ""
    sites = tuple(filter(None, (layout.source, *said.sites, *host_names(host))))
    title = own_title((picked(soup, layout.title), *said.titles, page.headline, *page_titles(soup)), sites)
    author = author_of((picked(soup, layout.fields.get("author", "")), *said.authors, byline(found) or ""), sites)
    printed: dict[str, Any] = {
        name: picked(soup, layout.fields.get(name, "")) or declared or None for name, declared in said.fields.items()
    }
    kept = article_paragraphs(found, title, author, *printed.values())
    if not kept:
        return Rejection(path, FRAMES if soup.frameset else "на странице не найден текст статьи")
    when, kept = dated(soup, layout, said, kept, zone)
    return Article(
        path=path,
        paragraphs=kept,
        title=title,
        published=when.published,
        source=layout.source or next(iter(said.sites), "") or host.removeprefix("www.") or None,
        url=said.url or None,
        author=author,
        issue=when.issue,
        page=when.page,
        warnings=tuple(html_warnings(page.text, soup, title)),
        **printed,
    )


def html_warnings(text: str, soup: BeautifulSoup, title: str | None) -> Iterator[str]:
    """What a reader of the page should know."""
    lowered = text[-2000:].lower()
    unclosed = lowered.rfind("<") > lowered.rfind(">")
    if unclosed or ("<body" in text.lower() and not re.search(r"</(?:body|html)\s*>", lowered)):
        yield CUT_OFF
    if title is None and (soup.title or soup.h1):
        yield SITE_FOR_TITLE


def picked(soup: BeautifulSoup, selector: str) -> str:
    """The text of the first element that answers the selector."""
    tag = soup.select_one(selector) if selector else None
    return (attribute(tag, "content") or shown(tag)) if tag else ""


def shown(tag: Tag) -> str:
    """The text of an element in one line."""
    return mend(SPACE.sub(" ", tag.get_text(" "))).strip(" \xa0")


def page_titles(soup: BeautifulSoup) -> Iterator[str]:
    """Titles that the page prints: its main headings, then the window's title."""
    for tag in (*soup.find_all("h1"), *soup.find_all("title", limit=1)):
        yield shown(tag)


def host_names(host: str) -> tuple[str, ...]:
    """How a site may call itself by its address: «fontanka.ru», «fontanka»."""
    bare = host.removeprefix("www.")
    return (host, bare, bare.rpartition(".")[0]) if bare else ()


def author_of(candidates: tuple[str, ...], sites: tuple[str, ...]) -> str | None:
    """The first candidate who is not the site itself."""
    known = {folded(site) for site in sites}
    return next((name for name in candidates if folded(name) and folded(name) not in known), None)


def body_blocks(soup: BeautifulSoup, layout: Layout, text: str, said: Metadata) -> tuple[BodyOrigin, list[Block], str]:
    """The blocks of the article: of the layout, else of the microdata, of an old page's cell, of the general extractor,
    of JSON-LD; and the headline of the cell."""
    if layout.body and (found := [block for tag in soup.select(layout.body) for block in blocks(tag, layout.drop)]):
        return "layout", found, ""
    for tag in soup.find_all(itemprop="articleBody"):
        if is_prose(found := blocks(tag)):
            return "microdata", found, ""
    found = extracted(text)
    cell = article_cell(soup) if soup.font or len(found) == 1 else None
    if cell and cell.prose > PROSE * sum(len(block.text) for block in found):
        title, found = ("", cell.found) if soup.h1 else headline(cell)
        return "cell", found, title
    if is_prose(found):
        return "extractor", found, ""
    return "json-ld", [Block(text) for text in paragraphs(said.body)] if "<" not in said.body else [], ""


def is_prose(found: list[Block]) -> bool:
    """Whether enough of the text is sentences."""
    said = sum(len(block.text) for block in found if SENTENCE.search(block.text))
    return said > PROSE * sum(len(block.text) for block in found)


def extracted(text: str) -> list[Block]:
    """What trafilatura takes for the article, block by block; a no-break space, which it would turn into a plain one,
    goes through it as another sign."""
    document = trafilatura.extract(
        NO_BREAK_SPACE.sub(STAND_IN, text),
        output_format="html",
        include_comments=False,
        include_tables=False,
        include_links=True,
        with_metadata=False,
    )
    body = BeautifulSoup(document.replace(STAND_IN, "\u00a0"), "lxml").body if document else None
    return blocks(body) if body else []


def dated(
    soup: BeautifulSoup, layout: Layout, said: Metadata, kept: tuple[str, ...], zone: ZoneInfo
) -> tuple[Dated, tuple[str, ...]]:
    """When it was printed, and the paragraphs without a line that says nothing else."""
    tag = soup.select_one(layout.date) if layout.date else None
    if tag and (moment := printed_moment(tag, zone)):
        return date_line(shown(tag), Published(*moment, "page")), kept
    for stamp in said.stamps:
        if moment := read_stamp(stamp, zone):
            return Dated(Published(*moment, "metadata")), kept
    for tag in date_places(soup):
        if moment := printed_moment(tag, zone):
            return date_line(shown(tag), Published(*moment, "page")), kept
    by_text, kept = dated_by_text(kept)
    if by_text == Dated() and (day := date_in_url(said.url)):
        return Dated(Published(day, None, "url")), kept
    return by_text, kept


def printed_moment(tag: Tag, zone: ZoneInfo) -> Moment | None:
    """The moment an element shows, else the one its `datetime` holds."""
    return read_date(tag.get_text(" ", strip=True)) or read_stamp(attribute(tag, "datetime"), zone)


def date_places(soup: BeautifulSoup) -> Iterator[Tag]:
    """Elements that may show the date: those about the title, then the only <time> of the page."""
    title = soup.find("h1")
    if isinstance(title, Tag):
        near = [tag for parent in list(title.parents)[:2] for tag in (*parent.find_all("time"), *parent.select(DATED))]
        yield from near[:DATE_PLACES]
        yield from title.find_all_next("time", limit=1)
    times = soup.find_all("time", limit=2)
    yield from times if len(times) == 1 else ()

"""Reads the article of a saved page: by its paper's layout, by its metadata, else by a general extractor."""

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
from archive.readers.html.blocks import FOLDED_SPACE, TextBlock, attribute, blocks
from archive.readers.html.boilerplate import article_paragraphs, byline
from archive.readers.html.layouts import Layout, declared_layouts, layout_for
from archive.readers.html.markup import parsed_markup
from archive.readers.html.metadata import Metadata, read_metadata
from archive.readers.html.table_layout import SENTENCE, article_cell, headline
from archive.readers.html.titles import folded, own_title
from archive.text.datelines import DateLine, read_date_line, take_date_line
from archive.text.dates import Moment, date_in_url, read_date, read_stamp
from archive.text.paragraphs import mend, paragraphs

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read becomes a Rejection here

BodyOrigin = Literal["layout", "microdata", "cell", "extractor", "json-ld"]

NO_LAYOUT = Layout(body="")
MIN_PROSE_SHARE = 0.4  # of the text in blocks that hold a sentence; lists of links have less
DATE_SELECTOR = '[class*="date" i], [class*="time" i], [class*="publi" i], [id*="date" i]'
MAX_DATE_ELEMENTS = 12  # asked near the title: further down are other articles'
NO_BREAK_SPACE = re.compile("\u00a0|&nbsp;|&#160;|&#x0*a0;", re.IGNORECASE)
NO_BREAK_STAND_IN = "\u237d"  # the sign that proof-readers write for it: printed in no newspaper
LONG_BLANK = re.compile(r"[ \t\r\n\f]{200,}")  # what a browser folds, extractors look through again and again
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")
CUT_OFF = "файл обрывается на середине: прочитано то, что в нём есть"
FRAMES = "страница из рамок (frameset): текст лежит в других её файлах"
SITE_FOR_TITLE = "вместо заголовка на странице название сайта; оно не взято"


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A parsed page with its layout, its metadata, and the blocks of its body with where they were found."""

    text: str
    soup: BeautifulSoup
    metadata: Metadata
    layout: Layout
    body: BodyOrigin
    found: list[TextBlock]
    headline: str = ""  # of a page without a heading: what is printed large above the text


def read_html(text: str, path: str, zone: ZoneInfo, own: Iterable[Layout] = ()) -> Article | Rejection:
    """Reads the article of a page; rejects a page without one. The `own` layouts are tried before the declared ones."""
    return read_page(parse_page(text, own), path, zone)


def parse_page(text: str, own: Iterable[Layout] = ()) -> ParsedPage:
    """Parses a page and finds its layout, metadata and body. Raises TooMuchMarkup."""
    text = LONG_BLANK.sub("\n\n", text)
    soup = parsed_markup(XML_DECLARATION.sub("", text) if "<" in text else f"<p>{text}")
    metadata = read_metadata(soup)
    host = urlsplit(metadata.url).hostname or ""
    known = (*own, *declared_layouts())
    layout = layout_for(host, lambda selector: soup.select_one(selector) is not None, known) or NO_LAYOUT
    return ParsedPage(text, soup, metadata, layout, *body_blocks(soup, layout, text, metadata))


def read_page(page: ParsedPage, path: str, zone: ZoneInfo) -> Article | Rejection:
    """Reads the article of a parsed page."""
    soup, metadata, layout, found = page.soup, page.metadata, page.layout, page.found
    host = urlsplit(metadata.url).hostname or ""
    sites = tuple(filter(None, (layout.source, *metadata.sites, *site_names(host))))
    title = own_title((selected_text(soup, layout.title), *metadata.titles, page.headline, *page_titles(soup)), sites)
    author = author_of(
        (selected_text(soup, layout.fields.get("author", "")), *metadata.authors, byline(found) or ""), sites
    )
    printed: dict[str, Any] = {
        name: selected_text(soup, layout.fields.get(name, "")) or declared or None
        for name, declared in metadata.fields.items()
    }
    kept = article_paragraphs(found, title, author, *printed.values())
    if not kept:
        return Rejection(path, FRAMES if soup.frameset else "на странице не найден текст статьи")
    date_line, kept = find_date_line(soup, layout, metadata, kept, zone)
    return Article(
        path=path,
        paragraphs=kept,
        title=title,
        published=date_line.published,
        source=layout.source or next(iter(metadata.sites), "") or host.removeprefix("www.") or None,
        url=metadata.url or None,
        author=author,
        issue=date_line.issue,
        page=date_line.page,
        warnings=tuple(html_warnings(page.text, soup, title)),
        **printed,
    )


def html_warnings(text: str, soup: BeautifulSoup, title: str | None) -> Iterator[str]:
    """Warns of a page that breaks off or has no title of its own."""
    lowered = text[-2000:].lower()
    unclosed = lowered.rfind("<") > lowered.rfind(">")
    if unclosed or ("<body" in text.lower() and not re.search(r"</(?:body|html)\s*>", lowered)):
        yield CUT_OFF
    if title is None and (soup.title or soup.h1):
        yield SITE_FOR_TITLE


def selected_text(soup: BeautifulSoup, selector: str) -> str:
    """Gives the text of the first element that the selector finds."""
    tag = soup.select_one(selector) if selector else None
    return (attribute(tag, "content") or element_text(tag)) if tag else ""


def element_text(tag: Tag) -> str:
    """Gives the text of an element in one line."""
    return mend(FOLDED_SPACE.sub(" ", tag.get_text(" "))).strip(" \xa0")


def page_titles(soup: BeautifulSoup) -> Iterator[str]:
    """Lists the titles that the page prints: its main headings, then the window's title."""
    for tag in (*soup.find_all("h1"), *soup.find_all("title", limit=1)):
        yield element_text(tag)


def site_names(host: str) -> tuple[str, ...]:
    """Guesses by its address how a site may call itself: «fontanka.ru», «fontanka»."""
    bare = host.removeprefix("www.")
    return (host, bare, bare.rpartition(".")[0]) if bare else ()


def author_of(candidates: tuple[str, ...], sites: tuple[str, ...]) -> str | None:
    """Chooses the first candidate who is not the site itself."""
    known = {folded(site) for site in sites}
    return next((name for name in candidates if folded(name) and folded(name) not in known), None)


def body_blocks(
    soup: BeautifulSoup, layout: Layout, text: str, metadata: Metadata
) -> tuple[BodyOrigin, list[TextBlock], str]:
    """Finds the blocks of the article: by the layout, else by microdata, in an old page's table cell, by the general
    extractor, in JSON-LD; and the headline in the cell."""
    if layout.body and (found := [block for tag in soup.select(layout.body) for block in blocks(tag, layout.drop)]):
        return "layout", found, ""
    for tag in soup.find_all(itemprop="articleBody"):
        if is_prose(found := blocks(tag)):
            return "microdata", found, ""
    found = blocks_by_trafilatura(text)
    cell = article_cell(soup) if soup.font or len(found) == 1 else None
    if cell and cell.prose > MIN_PROSE_SHARE * sum(len(block.text) for block in found):
        title, found = ("", cell.found) if soup.h1 else headline(cell)
        return "cell", found, title
    if is_prose(found):
        return "extractor", found, ""
    return "json-ld", [TextBlock(text) for text in paragraphs(metadata.body)] if "<" not in metadata.body else [], ""


def is_prose(found: list[TextBlock]) -> bool:
    """Tells whether enough of the text is sentences."""
    prose = sum(len(block.text) for block in found if SENTENCE.search(block.text))
    return prose > MIN_PROSE_SHARE * sum(len(block.text) for block in found)


def blocks_by_trafilatura(text: str) -> list[TextBlock]:
    """Extracts the article by trafilatura, block by block; protects no-break spaces, which it would turn into plain
    ones."""
    document = trafilatura.extract(
        NO_BREAK_SPACE.sub(NO_BREAK_STAND_IN, text),
        output_format="html",
        include_comments=False,
        include_tables=False,
        include_links=True,
        with_metadata=False,
    )
    body = parsed_markup(document.replace(NO_BREAK_STAND_IN, "\u00a0")).body if document else None
    return blocks(body) if body else []


def find_date_line(
    soup: BeautifulSoup, layout: Layout, metadata: Metadata, kept: tuple[str, ...], zone: ZoneInfo
) -> tuple[DateLine, tuple[str, ...]]:
    """Finds when the article was printed, and takes a line that says nothing else out of its paragraphs."""
    tag = soup.select_one(layout.date) if layout.date else None
    if tag and (moment := printed_moment(tag, zone)):
        return read_date_line(element_text(tag), Published(*moment, "page")), kept
    for stamp in metadata.stamps:
        if moment := read_stamp(stamp, zone):
            return DateLine(Published(*moment, "metadata")), kept
    for tag in date_elements(soup):
        if moment := printed_moment(tag, zone):
            return read_date_line(element_text(tag), Published(*moment, "page")), kept
    by_text, kept = take_date_line(kept)
    if by_text == DateLine() and (day := date_in_url(metadata.url)):
        return DateLine(Published(day, None, "url")), kept
    return by_text, kept


def printed_moment(tag: Tag, zone: ZoneInfo) -> Moment | None:
    """Reads the moment that an element shows, else the one in its `datetime`."""
    return read_date(tag.get_text(" ", strip=True)) or read_stamp(attribute(tag, "datetime"), zone)


def date_elements(soup: BeautifulSoup) -> Iterator[Tag]:
    """Goes through elements that may show the date: those about the title, then the only <time> of the page."""
    title = soup.find("h1")
    if isinstance(title, Tag):
        around = list(title.parents)[:2]
        near = [tag for parent in around for tag in (*parent.find_all("time"), *parent.select(DATE_SELECTOR))]
        yield from near[:MAX_DATE_ELEMENTS]
        yield from title.find_all_next("time", limit=1)
    times = soup.find_all("time", limit=2)
    yield from times if len(times) == 1 else ()

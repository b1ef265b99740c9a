"""Tells what is taken from a page and from where: for the archivist who writes a layout."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from archive.article import Article, Rejection
from archive.readers.html.boilerplate import byline
from archive.readers.html.layouts import Layout
from archive.readers.html.metadata import DECLARED
from archive.readers.html.page import Page, page_titles, parsed, picked, read_page
from archive.readers.html.titles import folded

ORIGINS = {"metadata": "метаданные", "page": "место у заголовка", "text": "строка в тексте", "url": "адрес"}
BODIES = {
    "cell": "ячейка таблицы",
    "microdata": "разметка itemprop=articleBody",
    "extractor": "общий разбор",
    "json-ld": "JSON-LD articleBody",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """One field of an article: its value, and the selector or metadata it was read from."""

    field: str
    value: str
    origin: str


def trace(text: str, path: str, zone: ZoneInfo, own: Iterable[Layout] = ()) -> tuple[Taken, ...] | Rejection:
    """Every field of a page with its origin, or why there is no article."""
    page = parsed(text, own)
    article = read_page(page, path, zone)
    if isinstance(article, Rejection):
        return article
    return tuple(taken for taken in fields(page, article) if taken.value)


def fields(page: Page, article: Article) -> Iterator[Taken]:
    """The fields in the order of interest."""
    layout, said, soup = page.layout, page.said, page.soup

    def selected_by(name: str) -> tuple[str, list[str]]:
        selector = layout.fields.get(name, "")
        return selector, [picked(soup, selector)]

    yield Taken("раскладка", layout.source or ("есть" if layout.body else ""), ", ".join(layout.hosts))
    titles = (
        (layout.title, [picked(soup, layout.title)]),
        ("метаданные", said.titles),
        ("крупные буквы над текстом", [page.headline]),
        ("h1, title", page_titles(soup)),
    )
    yield Taken("заголовок", article.title or "", origin(article.title, titles))
    published = article.published
    when = " ".join(
        filter(None, (str(published.day or ""), published.time.isoformat("minutes") if published.time else ""))
    )
    selected = layout.date if published.origin == "page" and layout.date and soup.select_one(layout.date) else ""
    yield Taken("дата", when, selected or ORIGINS.get(published.origin or "", ""))
    authors = (
        selected_by("author"),
        ("метаданные", said.authors),
        ("строка «Автор: …»", [byline(page.found) or ""]),
    )
    yield Taken("автор", article.author or "", origin(article.author, authors))
    for known in DECLARED:
        value = getattr(article, known.name)
        places = (selected_by(known.name), ("метаданные", [said.fields[known.name]]))
        yield Taken(known.label.lower(), value or "", origin(value, places))
    sources = (("раскладка", [layout.source]), ("метаданные", said.sites), ("адрес", [said.url]))
    yield Taken("издание", article.source or "", origin(article.source, sources))
    yield Taken("номер", article.issue or "", "строка с датой")
    yield Taken("полоса", article.page or "", "строка с датой")
    yield Taken("адрес", article.url or "", "метаданные")
    body = layout.body if page.body == "layout" else BODIES[page.body]
    for paragraph in article.paragraphs:
        yield Taken("абзац", paragraph, body)
    for warning in article.warnings:
        yield Taken("предупреждение", warning, "")


def origin(value: str | None, places: Iterable[tuple[str, Iterable[str]]]) -> str:
    """The first place that says the value, whole or as a part."""
    letters = folded(value or "")
    return next((place for place, texts in places if letters and any(letters in folded(text) for text in texts)), "")

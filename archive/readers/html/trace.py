"""Shows the author of a layout what is taken from a page and from which place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from archive.article import Article, Rejection
from archive.readers.html.boilerplate import byline
from archive.readers.html.layouts import Layout
from archive.readers.html.metadata import DECLARED_FIELDS
from archive.readers.html.page import ParsedPage, page_titles, parse_page, read_page, selected_text
from archive.readers.html.titles import folded

DATE_ORIGINS = {"metadata": "метаданные", "page": "место у заголовка", "text": "строка в тексте", "url": "адрес"}
BODY_ORIGINS = {
    "cell": "ячейка таблицы",
    "microdata": "разметка itemprop=articleBody",
    "extractor": "общий разбор",
    "json-ld": "JSON-LD articleBody",
}


@dataclass(frozen=True, slots=True)
class TracedField:
    """One field of an article: its value, and the selector or metadata it was read from."""

    field: str
    value: str
    origin: str


def trace(text: str, path: str, zone: ZoneInfo, own: Iterable[Layout] = ()) -> tuple[TracedField, ...] | Rejection:
    """Lists every field of a page with its origin, or says why there is no article."""
    page = parse_page(text, own)
    article = read_page(page, path, zone)
    if isinstance(article, Rejection):
        return article
    return tuple(field for field in traced_fields(page, article) if field.value)


def traced_fields(page: ParsedPage, article: Article) -> Iterator[TracedField]:
    """Goes through the fields in the order of interest."""
    layout, metadata, soup = page.layout, page.metadata, page.soup

    def selected_by(name: str) -> tuple[str, list[str]]:
        selector = layout.fields.get(name, "")
        return selector, [selected_text(soup, selector)]

    yield TracedField("раскладка", layout.source or ("есть" if layout.body else ""), ", ".join(layout.hosts))
    titles = (
        (layout.title, [selected_text(soup, layout.title)]),
        ("метаданные", metadata.titles),
        ("крупные буквы над текстом", [page.headline]),
        ("h1, title", page_titles(soup)),
    )
    yield TracedField("заголовок", article.title or "", origin_of(article.title, titles))
    published = article.published
    when = " ".join(
        filter(None, (str(published.day or ""), published.time.isoformat("minutes") if published.time else ""))
    )
    selected = layout.date if published.origin == "page" and layout.date and soup.select_one(layout.date) else ""
    yield TracedField("дата", when, selected or DATE_ORIGINS.get(published.origin or "", ""))
    authors = (
        selected_by("author"),
        ("метаданные", metadata.authors),
        ("строка «Автор: …»", [byline(page.found) or ""]),
    )
    yield TracedField("автор", article.author or "", origin_of(article.author, authors))
    for known in DECLARED_FIELDS:
        value = getattr(article, known.name)
        places = (selected_by(known.name), ("метаданные", [metadata.fields[known.name]]))
        yield TracedField(known.label.lower(), value or "", origin_of(value, places))
    sources = (("раскладка", [layout.source]), ("метаданные", metadata.sites), ("адрес", [metadata.url]))
    yield TracedField("издание", article.source or "", origin_of(article.source, sources))
    yield TracedField("номер", article.issue or "", "строка с датой")
    yield TracedField("полоса", article.page or "", "строка с датой")
    yield TracedField("адрес", article.url or "", "метаданные")
    body = layout.body if page.body == "layout" else BODY_ORIGINS[page.body]
    for paragraph in article.paragraphs:
        yield TracedField("абзац", paragraph, body)
    for warning in article.warnings:
        yield TracedField("предупреждение", warning, "")


def origin_of(value: str | None, places: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Finds the first place that holds the value, whole or as a part."""
    letters = folded(value or "")
    return next((place for place, texts in places if letters and any(letters in folded(text) for text in texts)), "")

"""Shows a reader's clippings: on the page, as a document, a table and references."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import docx

from archive.article import StoredArticle
from archive.text.harmless import table_cell
from search.request import SearchRequest
from webapp.presenters.citation import bibtex, cite
from webapp.presenters.russian import published
from webapp.urls.clipping_list import Clipping
from webapp.urls.links import article_url

DOCUMENT_CHARS = 600_000  # of the texts of a document
TABLE_COLUMNS = ("номер", "дата", "заголовок", "издание", "автор", "заметка", "ссылка для цитирования", "в архиве")
NOT_XML = dict.fromkeys(place for place in range(32) if place not in (9, 10, 13))


@dataclass(frozen=True, slots=True)
class ClippingView:
    """A clipping: its article where the archive has it, and the note."""

    article: int
    note: str
    stored: StoredArticle | None
    title: str
    url: str
    when: str


def clipping_view(clipping: Clipping, stored: StoredArticle | None) -> ClippingView:
    """A clipping as the page shows it."""
    if stored is None:
        return ClippingView(clipping.article, clipping.note, None, f"Статьи № {clipping.article} в архиве нет", "", "")
    article = stored.article
    when = ", ".join(filter(None, (published(article.published), article.source)))
    url = article_url(stored.id, SearchRequest())
    return ClippingView(clipping.article, clipping.note, stored, article.heading, url, when)


def document(views: Sequence[ClippingView], today: dt.date) -> bytes:
    """The clippings as a document of Word: the texts with their references and notes."""
    paper = docx.Document()
    paper.add_heading("Моя подборка", 0)
    paper.add_paragraph(f"Из архива «Подшивка», {today:%d.%m.%Y}.")
    left = DOCUMENT_CHARS
    for view in views:
        paper.add_heading(printable(view.title), 1)
        if view.note:
            paper.add_paragraph().add_run(printable(view.note)).italic = True
        if view.stored is None:
            continue
        for paragraph in view.stored.article.paragraphs if left > 0 else ("Текст не поместился в документ.",):
            paper.add_paragraph(printable(paragraph))
        left -= len(view.stored.article.text)
        paper.add_paragraph(printable(cite(view.stored.article, today)))
    written = BytesIO()
    paper.save(written)
    return written.getvalue()


def printable(text: str) -> str:
    """The text without characters that no document may hold."""
    return text.translate(NOT_XML).encode("utf-8", "replace").decode()


def rows(views: Sequence[ClippingView], today: dt.date, site: str) -> list[list[str]]:
    """The lines of a table of the clippings, its heads the first."""
    found = [list(TABLE_COLUMNS)]
    for view in views:
        article = view.stored.article if view.stored else None
        day = article.published.day if article else None
        cells = (
            str(view.article),
            day.isoformat() if day else "",
            view.title,
            (article.source if article else None) or "",
            (article.author if article else None) or "",
            view.note,
            cite(article, today) if article else "",
            site + view.url if article else "",
        )
        found.append([table_cell(cell) for cell in cells])
    return found


def references(views: Sequence[ClippingView]) -> str:
    """The clippings for BibTeX."""
    return "\n\n".join(bibtex(view.stored.article, view.stored.id) for view in views if view.stored) + "\n"

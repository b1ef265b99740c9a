"""Shows one article: its text with the words of the search marked, what is known of it, who is named in it."""

import datetime as dt
import json
from dataclasses import dataclass, replace

from flask import url_for
from markupsafe import Markup

from archive.article import StoredArticle
from archive.fields import SHOWN_FIELDS, Field
from search.facet_table import ENTITIES
from search.request import SearchRequest
from search.result import ArticlePage
from webapp.presenters.citation import authors, bibtex, cite, one_line, ris, web_address
from webapp.presenters.hits import LinkView, narrowing
from webapp.presenters.linked_text import LinkedText
from webapp.presenters.reprints import Correction, StoryRow, correction, story_rows
from webapp.presenters.russian import ORIGINS, published
from webapp.urls.links import article_url, entity_url, named_article_url, search_url, source_url
from webapp.urls.params import pairs
from webapp.urls.transitions import choose

MARKS_LINKED = 12  # marks that the page leads through one by one
NAMES_SHARED = 3  # that say why an article is similar
DESCRIPTION_CHARS = 200


@dataclass(frozen=True, slots=True)
class SimilarView:
    """An article like this one, and why."""

    when: str
    title: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """One of the marks, with the one before and after it; None: there is none."""

    number: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """The hits before and after this one in the list that one came from."""

    before: LinkView | None
    after: LinkView | None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All of an article's page."""

    title: Markup | None
    heading: str
    description: str
    address: str
    when: str
    day: str
    source: str | None
    facts: tuple[tuple[str, LinkView], ...]
    paragraphs: tuple[Markup, ...]
    marks: int
    steps: tuple[Step, ...]  # of the first of them
    names: tuple[tuple[str, tuple[LinkView, ...]], ...]
    has_names: bool  # in the text
    citation: str
    citations: tuple[tuple[str, str], ...]  # in other forms: what it is called, the text
    similar: tuple[SimilarView, ...]
    back: LinkView
    turn: Turn | None
    story: tuple[StoryRow, ...]
    correction: Correction | None
    id: int
    background: str
    schema_org: Markup


def article_view(page: ArticlePage, request: SearchRequest, today: dt.date, turn: Turn | None = None) -> ArticleView:
    """An article's page, as reached from the page of `request`."""
    article = page.stored.article
    back = LinkView("К результатам поиска", search_url(request)) if pairs(request) else None
    printer = LinkedText(entity_url)
    title = printer.line(article.title, page.title_marks) if article.title else None
    names = page.paragraph_names or ((),) * len(article.paragraphs)
    paragraphs = tuple(map(printer.line, article.paragraphs, page.paragraph_marks, names))
    day = article.published.day
    return ArticleView(
        title=title,
        heading=article.heading,
        description=" ".join(" ".join(article.paragraphs[:1]).split())[:DESCRIPTION_CHARS],
        address=named_article_url(page.stored),
        when=published(article.published),
        day=day.isoformat() if day else "",
        source=article.source,
        facts=_facts(page),
        paragraphs=paragraphs,
        marks=printer.marks,
        steps=tuple(_steps(printer.marks)),
        names=tuple(
            (one.plural, narrowing(page.entities[one.kind], one.kind, SearchRequest()))
            for one in ENTITIES
            if page.entities.get(one.kind)
        ),
        has_names=any(names),
        citation=cite(article, today),
        citations=(
            ("одной строкой", one_line(article)),
            ("BibTeX", bibtex(article, page.stored.id)),
            ("RIS", ris(article)),
        ),
        similar=tuple(
            SimilarView(
                published(replace(one.stored.article.published, time=None)),
                one.stored.article.heading,
                article_url(one.stored.id, SearchRequest()),
                ", ".join(name.label for name in one.shared[:NAMES_SHARED]) or "общая тема",
            )
            for one in page.similar
        ),
        back=back or LinkView("Ко всем статьям", search_url(request)),
        turn=turn,
        story=story_rows(page, request),
        correction=correction(page),
        id=page.stored.id,
        background=url_for("drafts.form", article=page.stored.id),
        schema_org=schema_org(page.stored),
    )


def turn_view(
    around: tuple[StoredArticle | None, StoredArticle | None], request: SearchRequest, place: int
) -> Turn | None:
    """The hits before and after; None where there is neither."""
    before, after = around
    links = [
        LinkView(stored.article.heading, article_url(stored.id, request, place + step)) if stored else None
        for stored, step in ((before, -1), (after, 1))
    ]
    return Turn(*links) if any(links) else None


def _steps(marks: int) -> list[Step]:
    shown = min(marks, MARKS_LINKED)
    return [
        Step(number, number - 1 if number > 1 else None, number + 1 if number < shown else None)
        for number in range(1, shown + 1)
    ]


def schema_org(stored: StoredArticle) -> Markup:
    """The article as a NewsArticle of schema.org, in JSON that may stand in a page."""
    article, day = stored.article, stored.article.published.day
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.heading,
        "datePublished": day.isoformat() if day else None,
        "author": [{"@type": "Person", "name": name} for name in authors(article)] or None,
        "publisher": {"@type": "Organization", "name": article.source} if article.source else None,
        "isPartOf": {"@type": "Newspaper", "name": article.source} if article.source else None,
        "articleSection": article.rubric,
        "inLanguage": "ru",
    }
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _facts(page: ArticlePage) -> tuple[tuple[str, LinkView], ...]:
    article = page.stored.article
    origin = article.published.origin
    facts = [
        *((field.label, value, _leads_to(field, value)) for field in SHOWN_FIELDS for value in field.values(article)),
        ("Дата взята", ORIGINS[origin] if origin else None, None),
        ("Партия", page.batch or f"№ {page.stored.batch}", url_for("about.batch", id=page.stored.batch)),
    ]
    return tuple((title, LinkView(label, url)) for title, label, url in facts if label)


def _leads_to(field: Field, value: str) -> str | None:
    """The address itself, or all articles with the value of a facet."""
    if field.name == "url":
        return web_address(value)
    if field.name == "source":
        return source_url(value)
    return search_url(choose(SearchRequest(), field.name, value)) if field.without else None

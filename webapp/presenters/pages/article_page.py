"""Shows one article: its text with the words of the search marked, what is known of it, who is named in it."""

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from archive.fields import SHOWN_FIELDS, Field
from indexer.text.tokens import forms
from search.facet_table import ENTITIES
from search.request import SearchRequest
from search.result import ArticlePage
from webapp.presenters.citation import cite, web_address
from webapp.presenters.hits import LinkView, narrowing
from webapp.presenters.reprints import Correction, StoryRow, correction, story_rows
from webapp.presenters.russian import ORIGINS, marked, published
from webapp.urls.links import search_url
from webapp.urls.params import pairs
from webapp.urls.transitions import choose


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All of an article's page."""

    title: Markup | None
    heading: str
    address: str
    when: str
    source: str | None
    facts: tuple[tuple[str, LinkView], ...]
    paragraphs: tuple[Markup, ...]
    names: tuple[tuple[str, tuple[LinkView, ...]], ...]
    citation: str
    similar: str | None  # a search for the words of the title
    back: LinkView
    story: tuple[StoryRow, ...]
    correction: Correction | None


def article_view(page: ArticlePage, request: SearchRequest) -> ArticleView:
    """An article's page, as reached from the page of `request`."""
    article = page.stored.article
    back = LinkView("К результатам поиска", search_url(request)) if pairs(request) else None
    return ArticleView(
        title=marked(article.title, page.title_marks) if article.title else None,
        heading=article.heading,
        address=url_for("pages.article", id=page.stored.id),
        when=published(article.published),
        source=article.source,
        facts=_facts(page),
        paragraphs=tuple(map(marked, article.paragraphs, page.paragraph_marks)),
        names=tuple(
            (one.plural, narrowing(page.entities[one.kind], one.kind, SearchRequest()))
            for one in ENTITIES
            if page.entities.get(one.kind)
        ),
        citation=cite(article),
        similar=_similar(article.title),
        back=back or LinkView("Ко всем статьям", search_url(request)),
        story=story_rows(page, request),
        correction=correction(page),
    )


def _similar(title: str | None) -> str | None:
    """The words alone: a sign of the title is none of a query."""
    words = dict.fromkeys(form for form in forms(title or "")[0] if form)
    return search_url(SearchRequest(text=" ".join(words))) if words else None


def _facts(page: ArticlePage) -> tuple[tuple[str, LinkView], ...]:
    article = page.stored.article
    origin = article.published.origin
    facts = [
        *((field.label, value, _leads_to(field, value)) for field in SHOWN_FIELDS for value in field.values(article)),
        ("Дата взята", ORIGINS[origin] if origin else None, None),
        ("Партия", page.batch, url_for("about.batch", id=page.stored.batch)),
    ]
    return tuple((title, LinkView(label, url)) for title, label, url in facts if label)


def _leads_to(field: Field, value: str) -> str | None:
    """The address itself, or all articles with the value of a facet."""
    if field.name == "url":
        return web_address(value)
    return search_url(choose(SearchRequest(), field.name, value)) if field.without else None

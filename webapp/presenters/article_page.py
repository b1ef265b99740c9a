"""Shows one article: its text with the words of the search marked, what is known of it, who is named in it."""

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from indexer.text.tokens import forms
from search.request import SearchRequest
from search.result import ArticlePage
from webapp.presenters.citation import cite, web_address
from webapp.presenters.hits import KINDS, LinkView, narrowing
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
            (title, narrowing(page.entities[kind], kind, SearchRequest()))
            for kind, title in KINDS
            if page.entities.get(kind)
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
        ("Издание", article.source, _only("source", article.source)),
        ("Номер", article.issue, None),
        ("Полоса", article.page, None),
        ("Рубрика", article.rubric, _only("rubric", article.rubric)),
        ("Автор", article.author, _only("author", article.author)),
        ("Дата взята", ORIGINS[origin] if origin else None, None),
        ("Адрес", article.url, web_address(article.url)),
        ("Партия", page.batch, url_for("about.batch", id=page.stored.batch)),
    ]
    return tuple((title, LinkView(label, url)) for title, label, url in facts if label)


def _only(facet: str, key: str | None) -> str | None:
    return search_url(choose(SearchRequest(), facet, key)) if key else None

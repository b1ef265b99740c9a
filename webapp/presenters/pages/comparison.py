"""Shows what was changed between two texts: of reprints, or of two versions of an article."""

from dataclasses import dataclass

from flask import url_for

from archive.article import Article, StoredArticle
from archive.fields import SHOWN_FIELDS
from search.pages.text_diff import Comparison, compare
from webapp.presenters.russian import NBSP, published

BLANK = "нет"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts: how it is called, where it is, whence it comes."""

    name: str
    title: str
    url: str
    about: str


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """All of a page of changes."""

    title: str
    before: Side
    after: Side
    share: str
    comparison: Comparison
    details: tuple[tuple[str, str, str], ...]  # what it is, before, after: only what differs


def side(name: str, stored: StoredArticle) -> Side:
    """An article as one of two."""
    article = stored.article
    about = " · ".join(filter(None, (article.source, published(article.published))))
    return Side(name, article.heading, url_for("pages.article", id=stored.id), about)


def comparison_view(
    title: str, before: StoredArticle, after: StoredArticle, first: Side, second: Side
) -> ComparisonView:
    """The page of two texts."""
    found = compare(before.article.text, after.article.text)
    share = 100 if found.same else min(99, round(100 * found.common))
    return ComparisonView(title, first, second, f"{share}{NBSP}%", found, details(before.article, after.article))


def details(before: Article, after: Article) -> tuple[tuple[str, str, str], ...]:
    """What is printed about two texts, where it differs."""
    rows = (
        ("Дата", *(published(one.published) for one in (before, after))),
        *((field.label, *("; ".join(field.values(one)) for one in (before, after))) for field in SHOWN_FIELDS),
    )
    return tuple((name, one or BLANK, two or BLANK) for name, one, two in rows if one != two)

"""Two texts by URL in, the page of what was changed between them out: reprints beside their original, an article's
versions beside the present one."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from archive.article import Article, StoredArticle
from search.pages.text_diff import Comparison, compare
from webapp.current_archive import searcher
from webapp.presenters.reprints import moment
from webapp.presenters.russian import NBSP, published

comparing = Blueprint("comparing", __name__)
LAST = 2**63 - 1  # an id that SQLite can hold
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


@comparing.get(f"/article/<int(max={LAST}):id>/compare/<int(max={LAST}):other>")
def articles(id: int, other: int) -> ResponseReturnValue:
    """What the second article has otherwise than the first."""
    if id == other:
        return nothing_to_compare("Это одна и та же статья", url_for("pages.article", id=id))
    before, after = searcher().both(id, other) or abort(404)
    sides = (side("Первая статья", before), side("Вторая статья", after))
    return render_template("compare.html", view=view("Чем отличаются статьи", before, after, *sides))


@comparing.get(f"/article/<int(max={LAST}):id>/versions")
def versions(id: int) -> ResponseReturnValue:
    """All versions of an article, the present one the first."""
    page = searcher().article(id) or abort(404)
    rows = [(version, moment(version.at)) for version in reversed(page.versions)]
    return render_template("versions.html", article=page.stored, heading=page.stored.article.heading, versions=rows)


@comparing.get(f"/article/<int(max={LAST}):id>/version/<int(max={LAST}):version>")
def version(id: int, version: int) -> ResponseReturnValue:
    """A former text of an article; the present one stands on the article's page."""
    former, present = searcher().version(id, version) or abort(404)
    if former.version == present.version:
        return redirect(url_for("pages.article", id=id))
    article = former.article
    return render_template("version.html", stored=former, article=article, when=published(article.published))


@comparing.get(f"/article/<int(max={LAST}):id>/version/<int(max={LAST}):version>/compare")
def corrected(id: int, version: int) -> ResponseReturnValue:
    """What the present text of an article has otherwise than a former one."""
    former, present = searcher().version(id, version) or abort(404)
    if former.version == present.version:
        return nothing_to_compare("Это и есть нынешний текст статьи", url_for("pages.article", id=id))
    url = url_for("comparing.version", id=id, version=version)
    sides = (
        Side(f"Версия {former.version}", former.article.heading, url, ""),
        Side("Нынешний текст", present.article.heading, url_for("pages.article", id=id), ""),
    )
    return render_template("compare.html", view=view("Что исправлено", former, present, *sides))


def nothing_to_compare(text: str, url: str) -> ResponseReturnValue:
    """A page that says so, and leads to the article."""
    return render_template("alone.html", text=text, url=url), 404


def side(name: str, stored: StoredArticle) -> Side:
    """An article as one of two."""
    article = stored.article
    about = " · ".join(filter(None, (article.source, published(article.published))))
    return Side(name, article.heading, url_for("pages.article", id=stored.id), about)


def view(title: str, before: StoredArticle, after: StoredArticle, first: Side, second: Side) -> ComparisonView:
    """The page of two texts."""
    found = compare(before.article.text, after.article.text)
    share = 100 if found.same else min(99, round(100 * found.common))
    return ComparisonView(title, first, second, f"{share}{NBSP}%", found, details(before.article, after.article))


def details(before: Article, after: Article) -> tuple[tuple[str, str, str], ...]:
    """What is printed about two texts, where it differs."""
    rows = (
        ("Дата", *(published(one.published) for one in (before, after))),
        ("Издание", before.source, after.source),
        ("Рубрика", before.rubric, after.rubric),
        ("Автор", before.author, after.author),
        ("Номер", before.issue, after.issue),
        ("Полоса", before.page, after.page),
        ("Адрес", before.url, after.url),
    )
    return tuple((name, one or BLANK, two or BLANK) for name, one, two in rows if one != two)

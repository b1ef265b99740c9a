"""Shows two texts side by side by their URL, and the former texts of an article."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.current_archive import as_readers_see, no_article, searcher
from webapp.presenters.pages.comparison import Side, comparison_view, side
from webapp.presenters.reprints import moment
from webapp.presenters.russian import published
from webapp.urls.params import MAX_ID

comparing = Blueprint("comparing", __name__)


@comparing.get(f"/article/<int(max={MAX_ID}):id>/compare/<int(max={MAX_ID}):other>")
def articles(id: int, other: int) -> ResponseReturnValue:
    """What the second article has otherwise than the first."""
    if id == other:
        return nothing_to_compare("Это одна и та же статья", url_for("pages.article", id=id))
    before, after = searcher().both(id, other) or no_article(id, other)
    sides = (side("Первая статья", before), side("Вторая статья", after))
    return render_template("compare.html", view=comparison_view("Чем отличаются статьи", before, after, *sides))


@comparing.get(f"/article/<int(max={MAX_ID}):id>/versions")
def versions(id: int) -> ResponseReturnValue:
    """All versions of an article, the present one the first."""
    page = as_readers_see(searcher().article(id) or no_article(id))
    rows = [(version, moment(version.at)) for version in reversed(page.versions)]
    return render_template("versions.html", article=page.stored, heading=page.stored.article.heading, versions=rows)


@comparing.get(f"/article/<int(max={MAX_ID}):id>/version/<int(max={MAX_ID}):version>")
def version(id: int, version: int) -> ResponseReturnValue:
    """A former text of an article; the present one stands on the article's page."""
    former, present = searcher().version(id, version) or no_article(id)
    if former.version == present.version:
        return redirect(url_for("pages.article", id=id))
    article = former.article
    return render_template("version.html", stored=former, article=article, when=published(article.published))


@comparing.get(f"/article/<int(max={MAX_ID}):id>/version/<int(max={MAX_ID}):version>/compare")
def corrected(id: int, version: int) -> ResponseReturnValue:
    """What the present text of an article has otherwise than a former one."""
    former, present = searcher().version(id, version) or no_article(id)
    if former.version == present.version:
        return nothing_to_compare("Это и есть нынешний текст статьи", url_for("pages.article", id=id))
    url = url_for("comparing.version", id=id, version=version)
    sides = (
        Side(f"Версия {former.version}", former.article.heading, url, ""),
        Side("Нынешний текст", present.article.heading, url_for("pages.article", id=id), ""),
    )
    return render_template("compare.html", view=comparison_view("Что исправлено", former, present, *sides))


def nothing_to_compare(text: str, url: str) -> ResponseReturnValue:
    """A page that says so, and leads to the article."""
    return render_template("nothing_to_compare.html", text=text, url=url), 404

"""Shows what the archive tells of itself: its figures and the history of its batches."""

import datetime as dt
import math
from dataclasses import dataclass, replace

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.article import StoredArticle
from archive.records.log import Batch, BatchItem
from webapp.current_archive import batches_shown, holdings, names_shown
from webapp.operation.version import own_version
from webapp.presenters.pages.statistics import moment, sections
from webapp.presenters.russian import OUTCOMES
from webapp.urls.links import search_url
from webapp.urls.params import MAX_ID

about = Blueprint("about", __name__)
FACTS_OPEN = 24  # of a section that stand open
ITEMS_PER_PAGE = 100  # things that a batch delivered, on one page
STATUS = {"published": "в архиве", "removed": "убрана"}


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one thing that a batch delivered."""

    item: BatchItem
    outcome: str
    article: StoredArticle | None


@about.get("/about")
def overview() -> ResponseReturnValue:
    """What the archive holds, in plain Russian."""
    figures = holdings().figures()
    return render_template(
        "about.html",
        sections=[
            (section.title, [(fact, search_url(fact.asked) if fact.asked else None) for fact in section.facts])
            for section in sections(figures, own_version())
        ],
        shown=FACTS_OPEN,
    )


@about.get("/about/batches")
def batches() -> ResponseReturnValue:
    """The history of batches, the newest first."""
    return render_template("batches.html", batches=batches_shown(), status=STATUS, when=when)


@about.get(f"/about/batches/<int(max={MAX_ID}):id>")
def batch(id: int) -> ResponseReturnValue:
    """What a batch delivered and what became of it."""
    found = one(id)
    page = request.args.get("page", 1, int)
    last = max(1, math.ceil(found.counts.read / ITEMS_PER_PAGE))
    if not 1 <= page <= last:
        abort(404)
    lines = [
        Delivered(item if names_shown() else replace(item, path=""), OUTCOMES[item.outcome], article)
        for item, article in holdings().delivered(id, (page - 1) * ITEMS_PER_PAGE, ITEMS_PER_PAGE)
    ]
    return render_template(
        "batch.html",
        batch=found,
        status=STATUS[found.status],
        when=when(found),
        lines=lines,
        page=page,
        last=last,
        previous=url_for("about.batch", id=id, page=page - 1) if page > 1 else None,
        next=url_for("about.batch", id=id, page=page + 1) if page < last else None,
    )


def one(id: int) -> Batch:
    """The batch; 404 where there is none."""
    return next((batch for batch in batches_shown() if batch.id == id), None) or abort(404)


def when(batch: Batch) -> str:
    """When a batch was published."""
    return moment(dt.datetime.fromisoformat(batch.finished or batch.started))

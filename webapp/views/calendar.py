"""Answers with the calendar of the archive: a year by days, a day with the same day of other years."""

import datetime as dt

from flask import Blueprint, abort, redirect, render_template
from flask.typing import ResponseReturnValue

from search.request import SearchRequest
from webapp.current_archive import searcher
from webapp.presenters.hits import LinkView, hit_view
from webapp.presenters.pages.calendar_page import (
    DayPageView,
    SameDay,
    beside,
    calendar_view,
    day_title,
    years_held,
)
from webapp.presenters.russian import articles
from webapp.urls.links import article_url, calendar_url, search_url
from webapp.urls.transitions import choose

dates = Blueprint("dates", __name__)
HITS_OF_DAY = 50  # that stand on the page of a day; the search has all


@dates.get("/calendar")
def newest() -> ResponseReturnValue:
    """The newest year of the archive."""
    years = years_held(searcher().holdings())
    return redirect(calendar_url(str(years[-1]))) if years else render_template("calendar.html", view=None)


@dates.get("/calendar/<int(fixed_digits=4, min=1, max=9999):year>")
def year(year: int) -> ResponseReturnValue:
    """A year of the archive, day by day; one of which nothing is held says so."""
    with searcher().moment() as moment:
        held, overview = moment.holdings(), searcher().overview()
    return render_template("calendar.html", view=calendar_view(year, held, overview))


@dates.get("/day/<date>")
def day(date: str) -> ResponseReturnValue:
    """A day of the archive, and the same day of other years."""
    try:
        asked = dt.date.fromisoformat(date)
    except ValueError:
        abort(404)
    if asked.isoformat() != date:
        abort(404)
    request = choose(SearchRequest(size=HITS_OF_DAY), "date", date)
    with searcher().moment() as moment:
        result, held = searcher().search(request), moment.holdings()
        others = searcher().same_day(asked)
    before, after = beside(asked, held)
    view = DayPageView(
        title=day_title(asked),
        total=articles(result.total) if result.total else "",
        search=search_url(choose(SearchRequest(), "date", date)),
        calendar=LinkView(f"{asked.year} год", calendar_url(str(asked.year))),
        before=before,
        after=after,
        hits=tuple(hit_view(hit, request) for hit in result.hits),
        others=tuple(
            SameDay(
                one.year,
                one.articles,
                search_url(choose(SearchRequest(), "date", asked.replace(year=one.year).isoformat())),
                one.first.title,
                article_url(one.first.id, SearchRequest()),
            )
            for one in others
        ),
    )
    return render_template("day.html", view=view), 200 if result.total else 404

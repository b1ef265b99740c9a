"""Answers readers with pages: the first one, the results, an article, a person or body, a facet's values."""

import datetime as dt
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from indexer.annotation import Kind
from search.request import ENTITY_FACETS, FACETS, NONE, SearchRequest
from search.result import SearchResult
from webapp.current_archive import as_readers_see, no_article, searcher
from webapp.operation.request_log import note_found
from webapp.presenters.constraints import absence, ways_out
from webapp.presenters.pages.article_page import article_view, turn_view
from webapp.presenters.pages.entity_page import entity_view
from webapp.presenters.pages.front_page import front_view
from webapp.presenters.pages.search_page import form_view, search_view
from webapp.presenters.pages.source_page import source_request, source_view
from webapp.presenters.pages.values_page import MOST_PAGES, VALUES_PER_PAGE, values_view
from webapp.urls.links import entity_url, search_url
from webapp.urls.params import MAX_ID, WHOLE_NUMBER, BadParameter, given_pairs, has_swapped_ends, pairs, parse

pages = Blueprint("pages", __name__)
ANY_KIND = f"any({', '.join(ENTITY_FACETS)})"  # in a route
PAPERS_OPEN = 24  # papers that stand open on the first page
YEARS_OF_THIS_DAY = 5
EXAMPLES_SHOWN = 8  # on the first page
FARTHEST_PLACE = 10_000  # among hits: neighbours of later ones are not looked for


@pages.get("/")
def home() -> ResponseReturnValue:
    """The archive itself: its months, what arrived last, this day of other years, who is named, its papers."""
    today = dt.date.today()
    ask = searcher()
    with ask.moment() as moment:
        overview = ask.overview()
        view = front_view(
            overview, moment.holdings(), ask.arrivals(), ask.lately(), today, ask.same_day(today, YEARS_OF_THIS_DAY)
        )
    return render_template(
        "home.html", overview=overview, view=view, shown=PAPERS_OPEN, examples=ask.examples()[:EXAMPLES_SHOWN]
    )


@pages.get("/help")
def manual() -> ResponseReturnValue:
    """Every operator with an example that finds something here."""
    return render_template("help.html", examples=searcher().examples())


@pages.get("/search")
def search() -> ResponseReturnValue:
    """A page of results; any other way to write its URL leads to the canonical one."""
    given = given_pairs(request.args.items(multi=True))
    asked = searcher().present(parse(given))
    swapped = has_swapped_ends(given)
    if given != pairs(asked) and not swapped:
        return redirect(search_url(asked))
    with searcher().moment():
        result = searcher().search(asked)
        ways = () if result.total else ways_out(result, total_as_typed)
        absent = "" if result.total else absence_of(result)
    note_found(result.total)
    if asked.page > result.pages:
        last = search_url(replace(asked, page=result.pages))
        return render_template(
            "no_such_page.html", form=form_view(asked), page=asked.page, pages=result.pages, last=last
        ), 404
    view = search_view(result)
    return render_template("search.html", form=view.form, view=view, ways=ways, swapped=swapped, absent=absent)


def total_as_typed(asked: SearchRequest) -> int:
    """How many articles a request finds, nothing put in the place of what it says."""
    return searcher().total(replace(asked, as_typed=True))


def absence_of(result: SearchResult) -> str:
    """What the archive does not hold of what was asked for."""
    labels = {value.key: value.label for facet in result.facets if facet.name == "source" for value in facet.values}
    return absence(result.request, searcher().holdings(), labels)


@pages.get(f"/article/<int(max={MAX_ID}):id>")
def article(id: int) -> ResponseReturnValue:
    """An article, the words of the search it was found by marked in it."""
    try:
        asked = parse(request.args.items(multi=True))
    except BadParameter:
        asked = SearchRequest()
    ask = searcher()
    with ask.moment():
        page = as_readers_see(ask.article(id, asked.text) or no_article(id))
        place = place_among_hits(request.args.get("at", ""))
        turn = turn_view(ask.around(asked, place), asked, place) if place else None
    return render_template("article.html", form=form_view(asked), view=article_view(page, asked, dt.date.today(), turn))


@pages.get(f"/article/<int(max={MAX_ID}):id>-<name>")
def named_article(id: int, name: str) -> ResponseReturnValue:
    """The same under an address that says what the article is of."""
    return article(id)


def place_among_hits(typed: str) -> int:
    """The place that an address names, 1 the first; 0: none."""
    return int(typed) if WHOLE_NUMBER.fullmatch(typed) and int(typed) <= FARTHEST_PLACE else 0


@pages.get(f"/<{ANY_KIND}:kind>/<path:key>")
def entity(kind: Kind, key: str) -> ResponseReturnValue:
    """All of a person or body; whoever was merged or retyped is found where he is now."""
    page = searcher().entity(kind, key) or abort(404)
    if (page.kind, page.key) != (kind, key):
        return redirect(entity_url(page.kind, page.key))
    return render_template("entity.html", view=entity_view(page))


@pages.get("/source/<path:key>")
def source(key: str) -> ResponseReturnValue:
    """All of a paper: what is held of it, whom it names, its newest articles."""
    with searcher().moment() as moment:
        result = searcher().search(source_request(key))
        held = moment.holdings().papers.get(key, {})
    if key == NONE or not result.total:
        abort(404)
    return render_template("source.html", view=source_view(key, result, held))


@pages.get(f"/values/<any({', '.join(FACETS)}):facet>")
def values(facet: str) -> ResponseReturnValue:
    """All values of a facet within a search, or those of which a name has words that begin as typed."""
    asked = searcher().present(parse(request.args.items(multi=True)))
    typed = " ".join(request.args.get("find", "").split())
    page = min(asked.page, MOST_PAGES)
    found = searcher().values(facet, replace(asked, facet_size=page * VALUES_PER_PAGE), typed)
    view = values_view(found, replace(asked, page=page), typed)
    return render_template("values.html", form=form_view(asked), view=view)

"""Answers a search with a feed to follow."""

import datetime as dt
import re
from dataclasses import replace
from email.utils import format_datetime

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.article import Published
from search.result import Hit
from search.work import TooComplex
from webapp.current_archive import searcher
from webapp.operation.site_address import site_url
from webapp.presenters.russian import published
from webapp.urls.links import search_url
from webapp.urls.params import build, parse

feeds = Blueprint("feeds", __name__)
FEED_ARTICLES = 50  # articles of a feed
ARTICLE_ID = "tag:podshivka,2026:{}"
NEVER = "1970-01-01T00:00:00Z"  # where no article has a day
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@feeds.get("/search.rss")
def feed() -> ResponseReturnValue:
    """RSS 2.0: the newest articles of a search, or those that came last where that is its order."""
    return _answered("feed.xml", "application/rss+xml")


@feeds.get("/search.atom")
def atom() -> ResponseReturnValue:
    """The same as Atom 1.0."""
    return _answered("atom.xml", "application/atom+xml")


def _answered(template: str, mimetype: str) -> ResponseReturnValue:
    asked = searcher().present(parse(request.args.items(multi=True)))
    asked = replace(asked, sort="added" if asked.sort == "added" else "newest", page=1, size=FEED_ARTICLES)
    result = searcher().search(asked)
    site = site_url(current_app)
    items = [item(hit, site) for hit in result.hits]
    text = render_template(
        template,
        title=f"{asked.text} – Подшивка" if asked.text else "Подшивка",
        link=site + search_url(asked),
        own=site + request.full_path.rstrip("?"),
        id=f"{ARTICLE_ID.format('search')}?{build(asked)}",
        read_as=f"{result.rescue.says} {result.read_as}" if result.rescue else result.read_as,
        updated=max((one["day"] for one in items), default="") or NEVER,
        items=items,
    )
    answer = Response(NOT_XML.sub("", text), mimetype=mimetype)
    answer.add_etag()
    return answer.make_conditional(request)


@feeds.errorhandler(TooComplex)
def too_complex(error: TooComplex) -> ResponseReturnValue:
    """What is asked for too much is told in the form that was asked for."""
    site = site_url(current_app)
    is_atom = request.endpoint == "feeds.atom"
    text = render_template(
        "atom.xml" if is_atom else "feed.xml",
        title="Подшивка",
        link=site + url_for("pages.home"),
        own=site + request.full_path.rstrip("?"),
        id=ARTICLE_ID.format("search"),
        read_as=str(error),
        updated=NEVER,
        items=[],
    )
    return Response(NOT_XML.sub("", text), mimetype="application/atom+xml" if is_atom else "application/rss+xml")


def item(hit: Hit, site: str) -> dict[str, str]:
    """An article of a feed; its day is in no time zone («-0000»), for no page says in which it is. Its id is no
    address: the site may move."""
    where = ", ".join(filter(None, (hit.source, published(hit.published))))
    day = hit.published.day
    return {
        "id": ARTICLE_ID.format(f"article-{hit.id}"),
        "title": hit.title,
        "link": site + url_for("pages.article", id=hit.id),
        "published": stamp(hit.published),
        "day": dt.datetime.combine(day, hit.published.time or dt.time()).isoformat() + "Z" if day else "",
        "source": hit.source or "",
        "description": ". ".join(filter(None, (where, " … ".join(snippet.text for snippet in hit.snippets)))),
    }


def stamp(value: Published) -> str:
    """The day and time as RFC 5322 writes them; "" where there is no day."""
    return format_datetime(dt.datetime.combine(value.day, value.time or dt.time())) if value.day else ""

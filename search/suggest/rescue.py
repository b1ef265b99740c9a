"""Answers another query in the place of one that finds nothing in the whole archive, where it leaves little doubt.

What was typed may name a year that no article prints beside its words; be typed on the keys or in the letters of the
other alphabet; have a blank too many or too few, or a slip. Words of the language and what may be a surname are never
replaced, only offered others for. Conditions play no part: with them and without the same query is answered.
"""

from dataclasses import replace
from typing import NamedTuple

from search.engine import IndexMoment
from search.query.parser import read
from search.request import SearchRequest
from search.result import DatedQuery, Rescue, Suggestion
from search.suggest.dates_in_query import NamedDays, named_days, named_year
from search.suggest.did_you_mean import suggestions


class Answered(NamedTuple):
    """The request that is answered, what it takes the place of, and what else was probably meant."""

    request: SearchRequest
    rescue: Rescue | None = None
    others: tuple[Suggestion, ...] = ()


def rescued(moment: IndexMoment, request: SearchRequest) -> Answered:
    """What is answered where a request finds nothing under its conditions."""
    bare = SearchRequest(request.text)
    query = read(request.text)
    if request.as_typed or not request.text or moment.find(query.tree, bare).total:
        return Answered(request)
    if named := dated_reading(moment, bare):
        answered = replace(request, text=named.query)
        return Answered(
            answered if has_dates(request) else within(answered, named),
            Rescue(request.text, f"{named.query}, {label(named)}", "dates"),
        )
    offered = suggestions(moment, bare, query, 0)
    if not offered or not offered[0].is_sure:
        return Answered(request)
    answered = replace(request, text=offered[0].query)
    others = () if request.chosen or request.excluded or has_dates(request) else offered[1:]
    return Answered(answered, Rescue(request.text, offered[0].query, offered[0].kind), others)


def dated_reading(moment: IndexMoment, request: SearchRequest) -> NamedDays | None:
    """The days that the words of a query name, where something of its other words was published then."""
    named = named_days(request.text) or named_year(request.text)
    if not named or not named.query or not moment.find(read(named.query).tree, within(request, named)).total:
        return None
    return named


def dated_query(moment: IndexMoment, request: SearchRequest) -> DatedQuery | None:
    """What was published on the days that a query names; None where it names none or the request has chosen some."""
    named = None if has_dates(request) else named_days(request.text)
    if not named:
        return None
    found = moment.find(read(named.query).tree, within(request, named)).total
    return DatedQuery(named.query, named.first.first, named.last.last, label(named), found) if found else None


def has_dates(request: SearchRequest) -> bool:
    """Whether days were chosen."""
    return bool(request.date_from or request.date_to or request.undated != "no")


def within(request: SearchRequest, named: NamedDays) -> SearchRequest:
    """The request of the days that were named."""
    return replace(request, date_from=named.first.first, date_to=named.last.last)


def label(named: NamedDays) -> str:
    """The days that were named: «12 марта 1998», «1998–2001»."""
    return named.first.label + (f"–{named.last.label}" if named.first != named.last else "")

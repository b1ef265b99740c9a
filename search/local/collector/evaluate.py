"""A snapshot and a request in, what it finds there out, before anything is ordered, counted or shown."""

from collections.abc import Sequence
from typing import NamedTuple

from search.local.collector.filters import Constrained
from search.local.collector.top_hits import Candidates, Weights
from search.local.matching.bm25 import weights
from search.local.matching.match import Match
from search.local.snapshot.snapshot import Snapshot
from search.query.parser import Query, read
from search.query.tree import Node, sought
from search.request import SearchRequest, Sort


class Sought(NamedTuple):
    """A request read and matched: what each term is worth, what meets the conditions, in which order it is wanted."""

    query: Query
    matches: list[Match]
    worth: Weights
    found: list[Constrained]
    candidates: list[Candidates]
    sort: Sort


def sought_in(snapshot: Snapshot, request: SearchRequest) -> Sought:
    """What a request finds in a snapshot."""
    query = read(request.text)
    matches = [Match(view.segment, query.tree) for view in snapshot.searched]
    worth = weights(matches, tuple(sought(query.tree)), snapshot.articles)
    found = constrained(snapshot, matches, request)
    candidates = [
        Candidates(view, match, some.docs) for view, match, some in zip(snapshot.searched, matches, found, strict=True)
    ]
    return Sought(query, matches, worth, found, candidates, request.sort or ("relevance" if worth else "newest"))


def constrained(snapshot: Snapshot, matches: Sequence[Match], request: SearchRequest) -> list[Constrained]:
    """The matches of each segment under the request's conditions."""
    pairs = zip(snapshot.searched, matches, strict=True)
    return [Constrained(snapshot, view, match.found, request) for view, match in pairs]


def number_of_articles(snapshot: Snapshot, tree: Node, request: SearchRequest) -> int:
    """How many articles a query finds under the request's conditions, whatever text the request has."""
    matches = [Match(view.segment, tree) for view in snapshot.searched]
    return sum(len(some.docs) for some in constrained(snapshot, matches, request))

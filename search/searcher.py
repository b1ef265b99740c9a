"""A home and requests in, results out: safe for threads, and aware within a second of what is newly published.

A request is answered from one moment of the store, and from what the index has of it: what was taken out of the archive
up to that moment is in no hit, number or name, whether the index has heard of it or not. What is new or corrected is
seen when the index has it, and all of it at once.
"""

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import local

from archive.article import StoredArticle
from archive.home import Home
from archive.store.store import Store
from indexer.annotation import Kind
from indexer.authority.corrections import Register
from indexer.registry.entity_ids import present_id
from indexer.text.tokens import forms
from search.facets.facets import choices, date_facet, value_facet
from search.local.collector.date_counts import date_counts
from search.local.collector.evaluate import constrained, number_of_articles, sought_in
from search.local.collector.filters import Constrained
from search.local.collector.fold_reprints import Folded, fold, others_of, shown
from search.local.collector.top_hits import Place, Weights, ranked, with_most_words
from search.local.collector.value_counts import named_value_counts, value_counts
from search.local.live_snapshot import LiveSnapshot
from search.local.matching.match import Match
from search.local.snapshot.current_ids import whose_id, with_present_ids
from search.local.snapshot.snapshot import Snapshot
from search.pages.article_page import article_page, article_shown
from search.pages.entity_page import EntityPage, entity_page, names_by_entity, request_for
from search.pages.hits import hit
from search.pages.table_rows import Listed, listed
from search.query.explain import read_as
from search.query.parser import Query, read
from search.query.tree import EVERYTHING, canonical
from search.request import FACETS, SearchRequest
from search.result import ArticlePage, Facet, Hit, Overview, Partial, SearchResult
from search.suggest.did_you_mean import dated, suggested
from search.suggest.other_readings import other_words


class Searcher:
    """Answers requests over one archive."""

    def __init__(self, home: Home) -> None:
        self.store = Store(home.store)
        self._held = local()  # the snapshot of the moment that a thread holds
        self._live = LiveSnapshot(home, self.store)

    def ready(self) -> bool:
        """Whether an index is published."""
        return bool(self._live.published().views)

    @contextmanager
    def moment(self) -> Iterator[Snapshot]:
        """All that this thread asks within, of the index and of `store`, is answered from one moment."""
        held: Snapshot | None = getattr(self._held, "snapshot", None)
        if held:
            yield held
            return
        published = self._live.published()  # before the store: so the store has all that it has
        with self.store.moment():
            self._held.snapshot = self._live.standing(published)
            try:
                yield self._held.snapshot
            finally:
                self._held.snapshot = None

    def search(self, request: SearchRequest) -> SearchResult:
        """A page of hits with the facets of the whole match. Raises TornIndex where the index is beyond use."""
        started = time.perf_counter()
        with self.moment() as snapshot:
            return self._found(snapshot, self.present(request), started)

    def _found(self, snapshot: Snapshot, request: SearchRequest, started: float) -> SearchResult:
        query, matches, worth, found, candidates, sort = sought_in(snapshot, request)
        total = sum(len(some.docs) for some in found)
        folded = fold(snapshot, candidates, worth, sort)
        stories = total - sum(len(some.hidden) for some in folded)
        pages = max(1, math.ceil((total if request.reprints else stories) / request.size))
        start = (request.page - 1) * request.size
        page = ranked(shown(folded, request), worth, sort, start, request.size) if request.page <= pages else []
        dates = date_counts(snapshot, found, request)
        return SearchResult(
            request=request,
            read_as=read_as(query),
            query=canonical(query.tree),
            other_words=other_words(query, matches),
            suggestion=suggested(snapshot, request, query, matches, total),
            dated=dated(snapshot, request),
            total=total,
            stories=stories,
            hits=self._hits(snapshot, page, worth, request, folded),
            partial=self._partial(snapshot, matches, query, worth, request, total),
            facets=(
                date_facet(dates, request),
                *(counted_facet(name, snapshot, found, request) for name in FACETS),
            ),
            date_step=dates.step,
            pages=pages,
            took_ms=1000 * (time.perf_counter() - started),
        )

    def total(self, request: SearchRequest) -> int:
        """How many articles a request finds."""
        with self.moment() as snapshot:
            return number_of_articles(snapshot, read(request.text).tree, self.present(request))

    def listed(self, request: SearchRequest, most: int) -> list[Listed]:
        """The first articles of a request, at most so many, each by itself."""
        with self.moment() as snapshot:
            _, _, worth, _, candidates, sort = sought_in(snapshot, self.present(request))
            return listed(snapshot, self.store, ranked(candidates, worth, sort, 0, most))

    def article(self, id: int, text: str = "") -> ArticlePage | None:
        """An article with the words of the query `text` marked; None where it is unknown or removed."""
        with self.moment() as snapshot:
            stored = article_shown(self.store, snapshot, id)
            return article_page(self.store, snapshot, stored, text) if stored else None

    def both(self, id: int, other: int) -> tuple[StoredArticle, StoredArticle] | None:
        """Two articles to be compared; None where either is unknown or removed."""
        with self.moment() as snapshot:
            one, two = (article_shown(self.store, snapshot, one) for one in (id, other))
        return (one, two) if one and two else None

    def version(self, id: int, number: int) -> tuple[StoredArticle, StoredArticle] | None:
        """A version of an article, and its present one; None where there is none that may be read."""
        with self.moment() as snapshot:
            if all(version.number != number for version in self.store.versions(id)):
                return None
            one, present = self.store.article(id, number), article_shown(self.store, snapshot, id)
        return (one, present) if one and present else None

    def values(self, kind: Kind, request: SearchRequest, typed: str = "") -> Facet:
        """The persons or bodies that articles of the request name, those of which a name has words that begin as the
        typed ones do."""
        query = read(request.text)
        with self.moment() as snapshot:
            request = self.present(request)
            found = constrained(snapshot, [Match(view.segment, query.tree) for view in snapshot.searched], request)
            starts = [form for form in forms(typed)[0] if form]
            if not starts:
                return counted_facet(kind, snapshot, found, request)
            keys = choices(kind, request)
            counts = named_value_counts(snapshot, found, kind, starts, request.facet_size, keys)
            return value_facet(kind, counts, request)

    def entity(self, kind: Kind, key: str) -> EntityPage | None:
        """All that the archive says of a person or body; None where no article names it."""
        with self.moment() as snapshot:
            now = whose_id(kind, key, self.store.entity_ids, snapshot)
            result = self.search(request_for(*now)) if now else None
            return entity_page(self.store, snapshot, *now, result) if now and result and result.total else None

    def present_id(self, id: str) -> str:
        """The id that whoever the program once gave this one has now."""
        return present_id(self.store.entity_ids, self._live.published().roll, id)

    def present(self, request: SearchRequest) -> SearchRequest:
        """The same request with the ids that its persons and bodies have now."""
        with self.moment() as snapshot:
            return with_present_ids(request, self.store.entity_ids, snapshot)

    def names(self) -> dict[str, dict[str, str]]:
        """Entity → its name keys with their labels."""
        with self.moment() as snapshot:
            return names_by_entity(snapshot)

    def register(self) -> Register:
        """Who is who at present, with what is wrong with the authority file."""
        return self._live.published().register

    def called(self, facet: str, label: str) -> str | None:
        """The key of a facet's value with this label."""
        return self._live.published().values[facet].called(label)

    def overview(self) -> Overview:
        """What the archive holds."""
        with self.moment() as snapshot:
            first, last, undated = snapshot.days()
            every = SearchRequest(facet_size=len(snapshot.values["source"].keys))
            found = constrained(snapshot, [Match(view.segment, EVERYTHING) for view in snapshot.searched], every)
            sources = counted_facet("source", snapshot, found, every).values
            return Overview(snapshot.articles, first, last, undated, sources)

    def _partial(
        self,
        snapshot: Snapshot,
        matches: Sequence[Match],
        query: Query,
        worth: Weights,
        request: SearchRequest,
        total: int,
    ) -> Partial:
        """The best of the articles with most of the words, where fewer than a page have all."""
        if total >= request.size or request.page > 1:
            return Partial(0, ())
        found = with_most_words(snapshot, matches, query, request)
        folded = fold(snapshot, found, worth, "relevance")
        places = ranked(shown(folded, request), worth, "relevance", 0, request.size)
        return Partial(sum(len(some.docs) for some in found), self._hits(snapshot, places, worth, request, folded))

    def _hits(
        self,
        snapshot: Snapshot,
        places: Sequence[Place],
        worth: Weights,
        request: SearchRequest,
        folded: Sequence[Folded],
    ) -> tuple[Hit, ...]:
        """The places with what their articles say; what was removed since the index was built is left out."""
        keys = [place.article for place in places]
        texts = self.store.articles(keys)
        found = [(place, texts[key]) for place, key in zip(places, keys, strict=True) if key in texts]
        if request.reprints or not snapshot.stories.members:
            return tuple(hit(snapshot, place, stored, worth) for place, stored in found)
        others = [tuple(others_of(place, snapshot.stories, folded)) for place, _ in found]
        told = self.store.articles(key for some in others for key in some)
        return tuple(
            hit(snapshot, place, stored, worth, [told[key] for key in some if key in told])
            for (place, stored), some in zip(found, others, strict=True)
        )


def counted_facet(name: str, snapshot: Snapshot, found: Sequence[Constrained], request: SearchRequest) -> Facet:
    """One facet but the date of found articles."""
    counts = value_counts(snapshot, found, name, request.facet_size, choices(name, request))
    return value_facet(name, counts, request)

"""Answers requests over the archive of a home with pages of results; safe for threads.

A request is answered from one moment of the store, and from what the index has of it: what was taken out of the archive
up to that moment is in no hit, number or name, whether the index has heard of it or not. What is new or corrected is
seen when the index has it, and all of it at once.
"""

import datetime as dt
import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from archive.article import StoredArticle
from archive.home import Home
from archive.store.store import Store
from indexer.annotation import Kind
from indexer.authority.corrections import CorrectedNames
from indexer.name_key import NameKey
from indexer.text.tokens import forms
from search.background import Background, background
from search.engine import Engine, HeldPeriods, IndexMoment, RequestMatch
from search.examples import Example, examples
from search.facets.current_ids import with_present_ids
from search.facets.facets import date_facet, value_facet, values_that_begin
from search.facets.timeline import timeline
from search.local.array_engine import ArrayEngine, share_cache
from search.pages.article_page import article_page, article_shown
from search.pages.entity_page import EntityPage, entity_page, request_for
from search.pages.front_page import Lately, arrivals, lately
from search.pages.hits import hits
from search.pages.table_rows import ListedArticle, list_articles
from search.query.canonical import canonical
from search.query.explain import read_as
from search.query.parser import read
from search.query.tree import EVERYTHING
from search.request import ENTITY_FACETS, FACETS, SearchRequest
from search.result import ArticlePage, Facet, Overview, PartialMatches, Rescue, SearchResult, YearsAgo
from search.suggest.completions import Completion, completions
from search.suggest.did_you_mean import suggestions
from search.suggest.other_readings import other_words
from search.suggest.rescue import Answered, dated_query, rescued
from search.work import limited_work

LISTED_TOGETHER = 1_000  # articles read at a time
RANKED_TOGETHER = 20_000  # of them: the order of a large match is worked out anew for each step


def open_engine(home: Home, store: Store) -> Engine:
    """The engine that searches a home."""
    return ArrayEngine(home, store)


def share_memory(processes: int) -> None:
    """Bounds what this process holds of an index, as one of several that search the same archive."""
    share_cache(processes)


class Searcher:
    """Answers requests over one archive."""

    def __init__(self, home: Home) -> None:
        self.store = Store(home.store)
        self.engine = open_engine(home, self.store)
        self._examples: tuple[object, tuple[Example, ...]] = (None, ())

    @contextmanager
    def moment(self) -> Iterator[IndexMoment]:
        """All that this thread asks within, of the index and of `store`, is answered from one moment."""
        with self.engine.moment() as moment:
            yield moment

    def search(self, request: SearchRequest) -> SearchResult:
        """A page of hits with the facets of the whole match. Raises TornIndex where the index is beyond use."""
        started = time.perf_counter()
        with self.moment() as moment:
            return self._found(moment, *self._answered(moment, request), started)

    def _answered(self, moment: IndexMoment, request: SearchRequest) -> tuple[Answered, RequestMatch]:
        """What is answered, another request than was typed where that finds nothing in the archive; what it finds."""
        request = with_present_ids(request, moment.names)
        found = moment.find(read(request.text).tree, request)
        answered = Answered(request) if found.total else rescued(moment, request)
        if answered.rescue:
            found = moment.find(read(answered.request.text).tree, answered.request)
        return answered, found

    def _found(self, moment: IndexMoment, answered: Answered, found: RequestMatch, started: float) -> SearchResult:
        request = answered.request
        query = read(request.text)
        below = found.below_line()
        count = found.total if request.reprints else found.stories
        count_below = below.total if request.reprints else below.stories
        start = (request.page - 1) * request.size
        page = found.page(start, request.size) if start < count else []
        left = request.size - len(page) if start < count + count_below else 0
        page_below = below.page(max(0, start - count), left) if left else []
        dates = found.dates()
        return SearchResult(
            request=request,
            read_as=read_as(query, moment.remarks(query.tree)),
            query=canonical(query.tree),
            tree=query.tree,
            other_words=other_words(query, moment),
            rescue=answered.rescue,
            suggestions=answered.others if answered.rescue else suggestions(moment, request, query, found.total),
            dated=dated_query(moment, request),
            total=found.total,
            stories=found.stories,
            hits=hits(moment, self.store, found, page, not request.reprints),
            partial=PartialMatches(
                below.total, hits(moment, self.store, below, page_below, not request.reprints), found.weighed
            ),
            facets=(date_facet(dates, request), *(value_facet(name, found.values(name), request) for name in FACETS)),
            date_step=dates.step,
            timeline=timeline(found, moment.holdings(), request),
            pages=max(1, math.ceil((count + count_below) / request.size)),
            took_ms=1000 * (time.perf_counter() - started),
        )

    def total(self, request: SearchRequest) -> int:
        """How many articles a request finds."""
        with self.moment() as moment:
            return self._answered(moment, request)[1].total

    def rescue(self, request: SearchRequest) -> Rescue | None:
        """What is answered in the place of a request that finds nothing."""
        with self.moment() as moment:
            return self._answered(moment, request)[0].rescue

    def listed(self, request: SearchRequest, most: int) -> list[ListedArticle]:
        """The first articles of a request, at most so many, each by itself."""
        with self.moment() as moment:
            found = self._answered(moment, replace(request, reprints=True))[1]
            return list_articles(moment, self.store, found.page(0, most))

    def every(self, request: SearchRequest) -> Iterator[ListedArticle]:
        """All articles of a request in its order, each by itself, read as they are asked for; of one moment."""
        with self.moment() as moment:
            found = self._answered(moment, replace(request, reprints=True))[1]
            for first in range(0, found.total, RANKED_TOGETHER):
                with limited_work(moment.articles):  # for each step, or a long table would end before its end
                    ranked = found.page(first, RANKED_TOGETHER)
                for start in range(0, len(ranked), LISTED_TOGETHER):
                    yield from list_articles(moment, self.store, ranked[start : start + LISTED_TOGETHER])

    def article(self, id: int, text: str = "") -> ArticlePage | None:
        """An article with the words of the query `text` marked; None where it is unknown or removed."""
        with self.moment() as moment:
            stored = article_shown(self.store, moment, id)
            return article_page(self.store, moment, stored, text) if stored else None

    def shown(self, id: int) -> StoredArticle | None:
        """An article as readers see it now; None where it is unknown or removed."""
        with self.moment() as moment:
            return article_shown(self.store, moment, id)

    def background(self, text: str) -> Background:
        """What the archive has on a draft; nothing of it is kept."""
        with self.moment() as moment:
            return background(self.store, moment, text)

    def background_of(self, id: int) -> Background | None:
        """What the archive has beside one of its articles and its reprints; None where it is unknown or removed."""
        with self.moment() as moment:
            stored = article_shown(self.store, moment, id)
            return background(self.store, moment, stored.article.text, {id, *moment.story(id)}) if stored else None

    def around(self, request: SearchRequest, place: int) -> tuple[StoredArticle | None, StoredArticle | None]:
        """The hits before and after the one at a place (1: the first) of what a request finds."""
        with self.moment() as moment:
            found = self._answered(moment, request)[1]
            first = max(0, place - 2)
            page = found.page(first, place + 1 - first)
            texts = self.store.articles(one.key for one in page)
            shown = [texts.get(one.key) for one in page]
            return shown[0] if place > 1 and shown else None, shown[place - first] if len(
                shown
            ) > place - first else None

    def both(self, id: int, other: int) -> tuple[StoredArticle, StoredArticle] | None:
        """Two articles to be compared; None where either is unknown or removed."""
        with self.moment() as moment:
            one, two = (article_shown(self.store, moment, one) for one in (id, other))
        return (one, two) if one and two else None

    def version(self, id: int, number: int) -> tuple[StoredArticle, StoredArticle] | None:
        """A version of an article, and its present one; None where there is none that may be read."""
        with self.moment() as moment:
            if all(version.number != number for version in self.store.versions(id)):
                return None
            one, present = self.store.article(id, number), article_shown(self.store, moment, id)
        return (one, present) if one and present else None

    def values(self, facet: str, request: SearchRequest, typed: str = "") -> Facet:
        """The values of a facet but the date in the articles of a request, those of which a name has words that begin
        as the typed ones do; as many of the first as the request asks for."""
        starts = [form for form in forms(typed)[0] if form]
        with self.moment() as moment:
            answered, found = self._answered(moment, request)
            request = answered.request
            if not starts:
                return value_facet(facet, found.values(facet), request)
            if facet in ENTITY_FACETS:
                return value_facet(facet, found.named_values(facet, starts), request)
            every = moment.find(read(request.text).tree, replace(request, facet_size=sys.maxsize)).values(facet)
            return values_that_begin(value_facet(facet, every, request), starts, request.facet_size)

    def completions(self, text: str) -> list[Completion]:
        """What a query that is being typed may become."""
        with self.moment() as moment:
            return completions(moment, text)

    def entity(self, kind: Kind, key: str) -> EntityPage | None:
        """All that the archive says of a person or body; None where no article names it."""
        with self.moment() as moment:
            now = moment.names.present(kind, key)
            result = self.search(request_for(*now)) if now else None
            return entity_page(self.store, moment, *now, result) if now and result and result.total else None

    def present_id(self, id: str) -> str:
        """The id that whoever the program once gave this one has now."""
        with self.moment() as moment:
            return moment.names.present_id(id)

    def present(self, request: SearchRequest) -> SearchRequest:
        """The same request with the ids that its persons and bodies have now."""
        with self.moment() as moment:
            return with_present_ids(request, moment.names)

    def names(self) -> dict[str, dict[NameKey, str]]:
        """Entity → its name keys with their labels."""
        with self.moment() as moment:
            return moment.names.by_entity()

    def corrected_names(self) -> CorrectedNames:
        """What the authority file corrects in the names of the archive, with what is wrong with the file."""
        with self.moment() as moment:
            return moment.corrected_names

    def called(self, facet: str, label: str) -> str | None:
        """The key of a facet's value with this label."""
        with self.moment() as moment:
            return moment.key_of(facet, label)

    def holdings(self) -> HeldPeriods:
        """What the archive holds, period by period."""
        with self.moment() as moment:
            return moment.holdings()

    def examples(self) -> tuple[Example, ...]:
        """An example of each operator that finds something in the archive; made once an index and a revision."""
        with self.moment() as moment:
            state = self.engine.written(), self.store.revision()
            if self._examples[0] != state:
                self._examples = state, examples(self.store, moment)
            return self._examples[1]

    def arrivals(self) -> list[StoredArticle]:
        """The articles that came last."""
        with self.moment() as moment:
            return arrivals(self.store, moment)

    def lately(self) -> Lately | None:
        """Who is named most in the last days of the archive."""
        with self.moment() as moment:
            return lately(moment)

    def same_day(self, date: dt.date, most: int = 10) -> list[YearsAgo]:
        """The same day of other years of which the archive has an article, the newest years first, at most so many."""
        with self.moment() as moment:
            ending = f"-{date.month:02}-{date.day:02}"
            days = sorted((key for key in moment.holdings().days if key.endswith(ending)), reverse=True)
            found = []
            for key in [key for key in days if key != date.isoformat()][:most]:
                then = dt.date.fromisoformat(key)
                result = self.search(SearchRequest(date_from=then, date_to=then, size=1))
                found.append(YearsAgo(then.year, result.total, result.hits[0]))
            return found

    def overview(self) -> Overview:
        """What the archive holds."""
        every = SearchRequest(facet_size=sys.maxsize)
        with self.moment() as moment:
            found = moment.find(EVERYTHING, every)
            sources = value_facet("source", found.values("source"), every)
            time = timeline(found, moment.holdings(), every)
            return Overview(moment.articles, *moment.days(), sources.values, time)

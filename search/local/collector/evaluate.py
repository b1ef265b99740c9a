"""Answers a request over a snapshot; each part is worked out when it is asked for."""

from collections.abc import Sequence
from functools import cached_property

from indexer.annotation import Kind
from search.engine import ArticleKey, DateCounts, IndexedArticle, ValueCounts
from search.facets.facets import choices
from search.local.collector.date_counts import date_counts
from search.local.collector.field_articles import view_match
from search.local.collector.filters import FilteredMatch
from search.local.collector.fold_reprints import FoldedStories, best_of_stories, fold, others_of
from search.local.collector.partial_matches import with_most_words
from search.local.collector.rows_first import rows_first, written_as_one
from search.local.collector.top_hits import Candidates, SegmentArticle, TermWeights, best_articles
from search.local.collector.value_counts import named_value_counts, value_counts
from search.local.matching.bm25 import weights
from search.local.snapshot.snapshot import Snapshot
from search.query.tree import Node, sought
from search.request import DateStep, SearchRequest, Sort


class RankedArticles:
    """Found articles in an order, reprints folded."""

    def __init__(
        self, snapshot: Snapshot, found: Sequence[Candidates], weights: TermWeights, sort: Sort, request: SearchRequest
    ) -> None:
        self._snapshot, self._found, self._request, self._sort = snapshot, found, request, sort
        self.weights = weights

    @property
    def total(self) -> int:
        """How many are found."""
        return sum(len(some.docs) for some in self._found)

    @property
    def stories(self) -> int:
        """The same without reprints."""
        return self.total - sum(len(some.hidden) for some in self._folded)

    def page(self, start: int, count: int) -> list[SegmentArticle]:
        """`count` articles from the `start`-th best on."""
        found = self._found if self._request.reprints else best_of_stories(self._folded)
        return best_articles(found, self.weights, self._sort, start, count)

    def others_of_story(self, article: IndexedArticle) -> list[ArticleKey]:
        """The found articles of its story but itself."""
        return list(others_of(article, self._snapshot.stories, self._folded))

    @cached_property
    def _folded(self) -> list[FoldedStories]:
        return fold(self._snapshot, self._found, self.weights, self._sort)


class Evaluation:
    """What one request finds in a snapshot."""

    def __init__(self, snapshot: Snapshot, tree: Node, request: SearchRequest) -> None:
        self._snapshot, self._tree, self._request = snapshot, tree, request
        self._matches = [view_match(snapshot, view, tree) for view in snapshot.searched]
        pairs = zip(snapshot.searched, self._matches, strict=True)
        self._found = [FilteredMatch(snapshot, view, match.found, request) for view, match in pairs]

    @property
    def total(self) -> int:
        """How many articles are found."""
        return sum(len(some.docs) for some in self._found)

    @cached_property
    def weights(self) -> TermWeights:
        """How much each word and phrase says."""
        return weights(self._matches, tuple(sought(self._tree)), self._snapshot.articles)

    @property
    def stories(self) -> int:
        """The same number without reprints."""
        return self._ranked.stories

    def page(self, start: int, count: int) -> list[SegmentArticle]:
        """`count` articles from the `start`-th best on."""
        return self._ranked.page(start, count)

    def others_of_story(self, article: IndexedArticle) -> list[ArticleKey]:
        """The found articles of its story but itself."""
        return self._ranked.others_of_story(article)

    def values(self, facet: str) -> ValueCounts:
        """Counts of a facet but the date."""
        keys = choices(facet, self._request)
        return value_counts(self._snapshot, self._found, facet, self._request.facet_size, keys)

    def named_values(self, kind: Kind, starts: Sequence[str]) -> ValueCounts:
        """The same of persons or bodies of which a name has words that begin so."""
        keys = choices(kind, self._request)
        return named_value_counts(self._snapshot, self._found, kind, starts, self._request.facet_size, keys)

    def dates(self, step: DateStep | None = None) -> DateCounts:
        """Counts of the periods."""
        return date_counts(self._snapshot, self._found, self._request, step)

    def with_most_words(self) -> RankedArticles:
        """Articles that have most of the query's words, the best first."""
        found = with_most_words(self._snapshot, self._matches, self._tree, self._request)
        return RankedArticles(self._snapshot, found, self.weights, "relevance", self._request)

    @cached_property
    def _ranked(self) -> RankedArticles:
        parts = zip(self._snapshot.searched, self._matches, self._found, strict=True)
        sort = self._request.sort or ("relevance" if self.weights else "newest")
        rows = tuple(written_as_one(self._tree)) if sort == "relevance" else ()
        found = [Candidates(view, match, some.docs, rows_first(match, some.docs, rows)) for view, match, some in parts]
        return RankedArticles(self._snapshot, found, self.weights, sort, self._request)

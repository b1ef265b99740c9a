"""Answers a request over a snapshot; each part is worked out when it is asked for."""

from collections.abc import Sequence
from functools import cached_property

from indexer.annotation import Kind
from search.engine import ArticleKey, DateCounts, IndexedArticle, ValueCounts
from search.facets.facets import choices
from search.local.collector.date_counts import date_counts
from search.local.collector.field_articles import view_match
from search.local.collector.filters import FilteredMatch
from search.local.collector.fold_reprints import FoldedStories, others_of, stories_among
from search.local.collector.rows_first import rows_first, written_as_one
from search.local.collector.top_hits import Candidates, OrderedCandidates, SegmentArticle, TermWeights
from search.local.collector.value_counts import named_value_counts, value_counts
from search.local.collector.word_shares import WordShares
from search.local.matching.bm25 import weights
from search.local.matching.match import DocSet, Match
from search.local.snapshot.snapshot import Snapshot
from search.query.most_words import wanted_words
from search.query.tree import Node, Phrase, Term, sought
from search.request import DateStep, SearchRequest, Sort


class RankedArticles:
    """Found articles in an order, reprints folded."""

    def __init__(
        self,
        snapshot: Snapshot,
        found: Sequence[Candidates],
        weights: TermWeights,
        sort: Sort,
        request: SearchRequest,
        anew: bool,
    ) -> None:
        self._snapshot, self._found, self._request = snapshot, found, request
        self._sort, self._anew = sort, anew
        self.weights = weights

    @property
    def total(self) -> int:
        """How many are found."""
        return sum(len(some.docs) for some in self._found)

    @property
    def stories(self) -> int:
        """The same without reprints."""
        pairs = zip(self._snapshot.story_columns, self._found, strict=False)  # nothing may be found of any segment
        return sum(stories_among(column, some.docs) for column, some in pairs)

    def page(self, start: int, count: int) -> list[SegmentArticle]:
        """`count` articles from the `start`-th best on; all segments are one part, or there is none."""
        if not self._found:
            return []
        (ordered,) = self._ordered
        return (
            ordered.page(start, count) if self._request.reprints else ordered.page(start, count, self._folded[0].hidden)
        )

    def others_of_story(self, article: IndexedArticle) -> list[ArticleKey]:
        """The found articles of its story but itself."""
        return list(others_of(article, self._snapshot.stories, self._folded))

    @cached_property
    def _ordered(self) -> list[OrderedCandidates]:
        return [OrderedCandidates(some, self.weights, self._sort, self._anew) for some in self._found]

    @cached_property
    def _folded(self) -> list[FoldedStories]:
        pairs = zip(self._snapshot.story_columns, self._ordered, strict=False)
        return [FoldedStories.of(column, some) for column, some in pairs]


class Evaluation:
    """What one request finds in a snapshot; `anew`: the best by BM25 are ranked once more."""

    def __init__(self, snapshot: Snapshot, tree: Node, request: SearchRequest, anew: bool = False) -> None:
        self._snapshot, self._request, self._anew = snapshot, request, anew
        self._tree, self._wanted = tree, wanted_words(tree)
        self.weighed = bool(self._wanted and not self._wanted.have_line)
        if self.weighed:
            self._items: tuple[Term | Phrase, ...] = self._loose_items
            self._matches = self._loose
            self._found = self._filtered([some.above for some in self._shares])
        else:
            self._items = tuple(sought(self._tree))
            self._matches = [view_match(snapshot, view, tree) for view in snapshot.searched]
            self._found = self._filtered([match.found for match in self._matches])

    @property
    def total(self) -> int:
        """How many articles are found."""
        return sum(len(some.docs) for some in self._found)

    @cached_property
    def weights(self) -> TermWeights:
        """How much each word and phrase says."""
        return weights(self._matches, self._items, self._snapshot.articles)

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

    def below_line(self) -> RankedArticles:
        """Articles that lack words of the query."""
        found = []
        if self._wanted:
            some_words = self._filtered([shares.below for shares in self._shares])
            for view, some, shares in zip(self._snapshot.searched, some_words, self._shares, strict=True):
                found.append(shares.candidates(view, some.docs))
        return RankedArticles(self._snapshot, found, self._loose_weights, "relevance", self._request, self._anew)

    @cached_property
    def _ranked(self) -> RankedArticles:
        parts = zip(self._snapshot.searched, self._matches, self._found, strict=True)
        sort = self._request.sort or ("relevance" if self.weights else "newest")
        rows = tuple(written_as_one(self._tree)) if sort == "relevance" and not self.weighed else ()
        found = [Candidates(view, match, some.docs, rows_first(match, some.docs, rows)) for view, match, some in parts]
        return RankedArticles(self._snapshot, found, self.weights, sort, self._request, self._anew)

    def _filtered(self, found: Sequence[DocSet]) -> list[FilteredMatch]:
        """The articles of each segment that meet the request's conditions."""
        pairs = zip(self._snapshot.searched, found, strict=True)
        return [FilteredMatch(self._snapshot, view, some, self._request) for view, some in pairs]

    @cached_property
    def _loose(self) -> list[Match]:
        """What the query asks for beside the words that an article may lack."""
        required = self._wanted.required if self._wanted else self._tree
        return [view_match(self._snapshot, view, required) for view in self._snapshot.searched]

    @property
    def _loose_items(self) -> tuple[Term | Phrase, ...]:
        """The words and phrases of the query, the words of a phrase each by itself."""
        return tuple(dict.fromkeys((*self._wanted.words, *sought(self._wanted.required)))) if self._wanted else ()

    @cached_property
    def _loose_weights(self) -> TermWeights:
        return weights(self._loose, self._loose_items, self._snapshot.articles)

    @cached_property
    def _shares(self) -> list[WordShares]:
        """Which of the words the articles of each segment have."""
        if not self._wanted:
            return []
        wanted, worth = self._wanted, self._loose_weights
        if wanted.have_line:
            pairs = zip(self._loose, self._matches, strict=True)
            return [WordShares(loose, wanted, worth, match.found) for loose, match in pairs]
        return [WordShares(loose, wanted, worth) for loose in self._loose]

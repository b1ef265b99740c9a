"""Answers what is asked of a snapshot at one moment, as `search.engine` says."""

import datetime as dt
from functools import cached_property

from archive.store.entity_ids import EntityIds
from indexer.authority.corrections import CorrectedNames
from search.engine import HeldPeriods, NearForm
from search.local.collector.evaluate import Evaluation
from search.local.collector.holdings import holdings
from search.local.collector.remarks import remarks
from search.local.collector.top_hits import SegmentArticle
from search.local.matching.match import Match, SegmentMatch
from search.local.matching.near_forms import near_forms
from search.local.matching.terms import term_postings
from search.local.segments.printed_forms import articles_with_form, frequent_forms
from search.local.snapshot.entity_names import EntityNames
from search.local.snapshot.snapshot import Snapshot
from search.query.tree import EVERYTHING, Node, Phrase, Term
from search.request import SearchRequest


class ArrayMoment:
    """A snapshot as an engine's moment."""

    def __init__(self, snapshot: Snapshot, ids: EntityIds, state: str = "") -> None:
        self._snapshot, self._ids = snapshot, ids
        self.state = state

    @property
    def articles(self) -> int:
        """How many there are."""
        return self._snapshot.articles

    @property
    def corrected_names(self) -> CorrectedNames:
        """What the authority file corrects in the names of the archive."""
        return self._snapshot.corrected_names

    @cached_property
    def names(self) -> EntityNames:
        """Who is named in the articles."""
        return EntityNames(self._snapshot, self._ids)

    def find(self, tree: Node, request: SearchRequest) -> Evaluation:
        """What a query finds under the request's conditions."""
        return Evaluation(self._snapshot, tree, request, anew=True)

    def remarks(self, tree: Node) -> tuple[str, ...]:
        """What the archive makes of a query beyond its words."""
        return tuple(remarks(self._snapshot, tree))

    def articles_with(self, item: Term | Phrase) -> int:
        """In how many articles a word or phrase stands."""
        segments = [view.segment for view in self._snapshot.searched]
        if isinstance(item, Phrase):
            return sum(len(Match(segment, item).docs) for segment in segments)
        return sum(len(term_postings(segment, item).docs) for segment in segments)

    def printed(self, form: str) -> int:
        """In how many articles a folded form stands as it is."""
        return articles_with_form([view.segment for view in self._snapshot.views], form)

    def forms_with_prefix(self, start: str, most: int) -> list[str]:
        """Folded forms that begin so, those of most articles first."""
        return frequent_forms([view.segment for view in self._snapshot.views], start, most)

    def near_forms(self, form: str, slips: int) -> list[NearForm]:
        """Words at most so many slips from a folded one."""
        return near_forms([view.segment for view in self._snapshot.views], form, slips)

    def article(self, id: int) -> SegmentArticle | None:
        """An article; None where the snapshot has none of this id."""
        place = self._snapshot.place(id)
        return SegmentArticle(place[0], SegmentMatch(place[0].segment, EVERYTHING), place[1], 0.0) if place else None

    def story(self, id: int) -> tuple[int, ...]:
        """All articles of the story of an article."""
        return self._snapshot.stories.story(id)

    def holdings(self) -> HeldPeriods:
        """What the archive holds, period by period."""
        return holdings(self._snapshot)

    def days(self) -> tuple[dt.date | None, dt.date | None, int]:
        """The first and last day of publication, and how many articles bear none."""
        return self._snapshot.days()

    def key_of(self, facet: str, label: str) -> str | None:
        """The key of a facet's value with this label."""
        return self._snapshot.values[facet].called(label)

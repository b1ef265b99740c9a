"""Says what a search engine must answer of an index, whatever the index is made of.

An `Engine` gives moments. An `IndexMoment` answers all that is asked of the index at one time: what a request finds
(`RequestMatch`: its order, its counts), how often a word stands in the archive, who is named where (`IndexNames`).
Texts are read from the store; snippets, facets, suggestions and pages are made of these answers alike for every engine.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from indexer.annotation import Kind
from indexer.authority.corrections import CorrectedNames
from indexer.name_key import NameKey
from search.query.tree import Node, Phrase, Term, Word
from search.request import DateStep, SearchRequest
from search.result import FacetValue

ArticleKey = tuple[int, int]  # id, version


class ValueCounts(NamedTuple):
    """How many of some articles have each value of a facet; no value here is chosen, excluded or «без …»."""

    first: Sequence[FacetValue]  # the most frequent, the largest count first, equal ones by label
    asked: Sequence[FacetValue]  # those that the request chooses or excludes and that are not among them, at zero too
    size: int  # values that any of the articles has
    base: int  # the articles
    valued: int  # articles that have any value
    names: Mapping[str, str] = {}  # by key: what was looked for, where no label says it


class DateCounts(NamedTuple):
    """How many of some articles were published in each period; no period here is chosen."""

    step: DateStep
    periods: Sequence[FacetValue]  # ascending, all that have any
    inside: int  # articles of the chosen period, where it is none of them
    undated: int
    base: int  # the articles


class HeldPeriods(NamedTuple):
    """How many articles the archive has of each period, by the period's key; of none that it does not hold."""

    days: Mapping[str, int]
    months: Mapping[str, int]
    papers: Mapping[str, Mapping[str, int]]  # key of a source → month → articles


@dataclass(frozen=True, slots=True)
class MatchedRange:
    """A range of a text, and the number of the word or phrase that it matches."""

    start: int
    stop: int
    item: int


class NameInArticle(NamedTuple):
    """A name that an article has, and the person or body that it means there."""

    key: str  # of the name, as the index has it
    label: str  # the name in the nominative
    entity: str  # key of the person or body
    entity_label: str


class NearForm(NamedTuple):
    """A word of the archive, how many slips it is away and in how many articles this form stands, as 0 - count."""

    slips: int
    rarity: int
    form: str


@dataclass(frozen=True, slots=True)
class NameMet:
    """A name in the nominative, the number of articles that use it; `former`: a former name's."""

    label: str
    articles: int
    former: bool = False


class NewestArticle(NamedTuple):
    """An article that names somebody, and the keys of the names that mean him there."""

    article: ArticleKey
    names: frozenset[NameKey]


class Gauge(NamedTuple):
    """A figure of the engine's own for whoever watches the server; `says`: what it is, in Russian."""

    name: str
    says: str
    value: float


class IndexedArticle(Protocol):
    """An article as the index has it."""

    @property
    def key(self) -> ArticleKey:
        """Its id, and the version that was indexed."""

    @property
    def score(self) -> float:
        """How well it meets the query; 0 where nothing was asked."""

    @property
    def score_parts(self) -> Mapping[str, float]:
        """What its score is the sum of (words, title, lead, coordination, proximity, vectors, feedback); nothing where
        it is BM25 of its words alone."""

    @property
    def lacking(self) -> tuple[Word, ...]:
        """The words of the query that it lacks; of an article above the line and of a long query none is told."""

    def ranges(self, items: Sequence[Term | Phrase], text: str) -> Sequence[MatchedRange]:
        """Where the items stand in its text, by start; nowhere if it is not the text that was indexed."""

    def names(self, kind: Kind) -> Sequence[NameInArticle]:
        """Who is named in it, by the alphabet of those who are meant."""


class FoundArticles(Protocol):
    """The articles that a request finds, in its order; of each story only the best, unless it asks for reprints."""

    @property
    def total(self) -> int:
        """How many are found, reprints too."""

    @property
    def stories(self) -> int:
        """The same without reprints."""

    @property
    def weights(self) -> Mapping[Term | Phrase, float]:
        """How much each word and phrase of the query says, in the order typed."""

    def page(self, start: int, count: int) -> Sequence[IndexedArticle]:
        """`count` articles from the `start`-th best on."""

    def others_of_story(self, article: IndexedArticle) -> Sequence[ArticleKey]:
        """The found articles of its story but itself, as they were printed."""


class RequestMatch(FoundArticles, Protocol):
    """All that a request finds."""

    @property
    def weighed(self) -> bool:
        """Whether half of the query's words, by weight, are enough for an article to be found."""

    def values(self, facet: str) -> ValueCounts:
        """Counts of a facet but the date, by the facets' contract; as many of the first as the request asks for."""

    def named_values(self, kind: Kind, starts: Sequence[str]) -> ValueCounts:
        """The same of persons or bodies of which a name has words that begin so; «без …» is not among them."""

    def dates(self, step: DateStep | None = None) -> DateCounts:
        """Counts of the periods, by a step; None: by that of the request, or by the best for their span."""

    def below_line(self) -> FoundArticles:
        """Articles that lack words of the query (`search.query.most_words`): those that lack the same together."""


class IndexNames(Protocol):
    """Persons and bodies of the archive, by the names that its articles use."""

    def present_id(self, id: str) -> str:
        """The id that whoever the program once gave this one has now."""

    def present(self, kind: Kind, key: str) -> tuple[Kind, str] | None:
        """The kind and id that whoever has or had this id has now; None where it is unknown."""

    def label(self, kind: Kind, key: str) -> str:
        """What the one with that key is called."""

    def by_entity(self) -> dict[str, dict[NameKey, str]]:
        """Entity → its name keys with their labels, of articles that stand."""

    def of(self, kind: Kind, key: str) -> tuple[NameMet, ...]:
        """The names under which the articles know the one with that key, the most used first."""

    def newest_articles(self, kind: Kind, key: str, most: int) -> Sequence[NewestArticle]:
        """The articles that name the one with that key, the largest ids first."""

    def namesakes(self, key: str) -> tuple[FacetValue, ...]:
        """Other persons with a surname of this one, the most mentioned first."""


class IndexMoment(Protocol):
    """The index at one moment of the store: what was taken out of the archive is in no answer."""

    @property
    def state(self) -> str:
        """Tells moments apart: two of one state give the same answers, in every process."""

    @property
    def articles(self) -> int:
        """How many there are."""

    @property
    def corrected_names(self) -> CorrectedNames:
        """What the authority file corrects in the names of the archive."""

    @property
    def names(self) -> IndexNames:
        """Who is named in the articles."""

    def find(self, tree: Node, request: SearchRequest) -> RequestMatch:
        """What a query finds under the request's conditions, whatever text the request has."""

    def remarks(self, tree: Node) -> Sequence[str]:
        """What the archive makes of a query beyond its words: whom its names mean, what cannot be told or was cut; in
        Russian, each without a capital and a full stop."""

    def articles_with(self, item: Term | Phrase) -> int:
        """In how many articles a word or phrase stands."""

    def printed(self, form: str) -> int:
        """In how many articles a folded form stands as it is, those taken out of the archive too."""

    def forms_with_prefix(self, start: str, most: int) -> Sequence[str]:
        """Folded forms of the archive that begin so, those of most articles first."""

    def near_forms(self, form: str, slips: int) -> Sequence[NearForm]:
        """Words at most so many slips from a folded one, the nearest first, of equally near ones the frequent first."""

    def article(self, id: int) -> IndexedArticle | None:
        """An article; None where the index has none of this id."""

    def story(self, id: int) -> Sequence[int]:
        """All articles of the story of an article, the original first; none where it stands alone."""

    def holdings(self) -> HeldPeriods:
        """What the archive holds, period by period."""

    def days(self) -> tuple[dt.date | None, dt.date | None, int]:
        """The first and last day of publication, and how many articles bear none."""

    def key_of(self, facet: str, label: str) -> str | None:
        """The key of a facet's value with this label, large and small letters alike."""


class Engine(Protocol):
    """An index that is searched; safe for threads, and aware within a second of what is newly published."""

    def ready(self) -> bool:
        """Whether there is an index that can be opened."""

    def moment(self) -> AbstractContextManager[IndexMoment]:
        """All that a thread asks within, of the index and of the store, is answered from one moment."""

    def written(self) -> tuple[int, dt.datetime] | None:
        """The revision of the store that the published index has taken in, and when (UTC); None before the first."""

    def gauges(self) -> Iterable[Gauge]:
        """What is to be watched of the engine."""

"""Holds what a page of results says: texts and ranges, no HTML."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, NamedTuple

from archive.article import Published, StoredArticle
from archive.records.versions import Version
from indexer.annotation import Kind
from search.query.tree import Node
from search.request import DateStep, SearchRequest

RescueKind = Literal["layout", "latin", "letters", "spelling", "blanks", "initials", "dates"]

RESCUE_KINDS: dict[RescueKind, str] = {
    "layout": "похоже, набрано в другой раскладке",
    "latin": "похоже, набрано латиницей",
    "letters": "похоже, буквы другого алфавита",
    "spelling": "похоже, опечатка",
    "blanks": "похоже, пробелы не на месте",
    "initials": "инициалы печатают не всегда",
    "dates": "похоже, названа дата выхода",
}

Marks = tuple[tuple[int, int], ...]  # (start, stop) in code points of the text beside them


@dataclass(frozen=True, slots=True)
class Snippet:
    """An excerpt of an article with the ranges that match."""

    text: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """An entity as it stands in a facet or beside a hit."""

    key: str
    label: str
    given: bool = False  # a cataloguer wrote it
    former: str = ""  # the former name, or names, under which the article knows it


@dataclass(frozen=True, slots=True)
class Reprint:
    """An article of the same story as another."""

    id: int
    title: str
    published: Published
    source: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One found article on the page."""

    id: int
    title: str  # the heading where the paper printed no title
    published: Published
    source: str | None
    url: str | None
    own_id: str | None
    score: float
    snippets: tuple[Snippet, ...]
    persons: tuple[NamedEntity, ...]
    enterprises: tuple[NamedEntity, ...]
    reprints: tuple[Reprint, ...] = ()  # found too, of the same story; empty where reprints are not folded
    lacking: tuple[str, ...] = ()  # words of a short query that it lacks: it stands below the line
    score_parts: Mapping[str, float] = field(default_factory=dict)  # by name of the part: the score is their sum


@dataclass(frozen=True, slots=True)
class PartialMatches:
    """Articles with some, not all, of the words: they stand below the line and count in no facet."""

    total: int
    hits: tuple[Hit, ...]  # on this page
    weighed: bool = False  # the query is long: those above have half of its words by weight, these have fewer


class FacetValue(NamedTuple):
    """One choice with its count: following it yields exactly that many articles."""

    key: str
    label: str
    count: int  # type: ignore[assignment]  # a tuple's own `count` is given up
    selected: bool = False
    excluded: bool = False


as_value = partial(tuple.__new__, FacetValue)  # of all its fields: in half the time, for there are hundreds on a page


@dataclass(frozen=True, slots=True)
class Facet:
    """A field offered for narrowing; `values` are cut to facet_size, `size` says how many there are; `base` is the
    total that a value's minus promises to leave, less its count; `names`: of values that were looked for by typing and
    whose label is not what was typed, the name that is, by key."""

    name: str  # "date", or one of FACETS
    values: tuple[FacetValue, ...]
    size: int
    base: int
    names: Mapping[str, str] = field(default_factory=dict)


class TimelinePeriod(NamedTuple):
    """A month or a day: articles found, articles that the archive holds, whether the range of dates touches it."""

    key: str
    found: int
    held: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The axis of time: every period of it, also those of which nothing is found or held."""

    around: str | None  # key of the year or month that is laid out; None: all years of the archive
    step: DateStep  # of the periods: month or day
    periods: tuple[TimelinePeriod, ...]
    total: int  # articles found, whatever their dates
    undated: int  # of them


@dataclass(frozen=True, slots=True)
class OtherWord:
    """A typed word, another that it may be a form of and that the archive has, and the query with that in its place."""

    typed: str
    meant: str
    query: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that was probably meant, and how many articles of the request's it finds; `is_sure`: so probably that it
    may be answered in place of one that finds nothing."""

    query: str
    total: int
    kind: RescueKind
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was typed, found nowhere in the archive, and the query that is answered in its place."""

    typed: str
    query: str
    kind: RescueKind

    @property
    def says(self) -> str:
        """What was done, in Russian."""
        return f"По запросу «{self.typed}» ничего не найдено ({RESCUE_KINDS[self.kind]}). Показано: «{self.query}»."


@dataclass(frozen=True, slots=True)
class DatedQuery:
    """A query without the days that it names, these days, and how many articles were published then."""

    query: str
    date_from: dt.date
    date_to: dt.date
    label: str  # «12 марта 1998»
    total: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one request."""

    request: SearchRequest
    read_as: str  # a Russian sentence: how the query was read
    query: str  # its canonical form
    tree: Node
    other_words: tuple[OtherWord, ...]  # what else its words may mean
    rescue: Rescue | None  # where the request is not what was typed, which found nothing
    suggestions: tuple[Suggestion, ...]  # what else was probably meant, the likeliest first
    dated: DatedQuery | None  # where it names days
    total: int
    stories: int  # the same without reprints
    hits: tuple[Hit, ...]
    partial: PartialMatches
    facets: tuple[Facet, ...]  # that of dates, then FACETS
    date_step: DateStep
    timeline: Timeline
    pages: int  # the last page's number; 1 where nothing was found
    took_ms: float


class NamedSpan(NamedTuple):
    """A stretch of a line (code points) that names somebody, and who that is."""

    start: int
    stop: int
    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class SimilarArticle:
    """An article like another, and whom both name."""

    stored: StoredArticle
    shared: tuple[NamedEntity, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article whole, its query's words marked: marks of the title, then of each paragraph."""

    stored: StoredArticle
    batch: str  # the batch's name
    title_marks: Marks
    paragraph_marks: tuple[Marks, ...]
    entities: Mapping[Kind, tuple[NamedEntity, ...]]
    title_names: tuple[NamedSpan, ...] = ()
    paragraph_names: tuple[tuple[NamedSpan, ...], ...] = ()
    story: tuple[Reprint, ...] = ()  # all of it, the original first, this one among them; empty where it stands alone
    similar: tuple[SimilarArticle, ...] = ()  # the nearest first
    versions: tuple[Version, ...] = ()  # its texts that may be read, the present one the last


@dataclass(frozen=True, slots=True)
class YearsAgo:
    """A day of another year: its articles, and the first of them."""

    year: int
    articles: int
    first: Hit


@dataclass(frozen=True, slots=True)
class Overview:
    """What the archive holds, for the first page."""

    total: int
    first: dt.date | None
    last: dt.date | None
    undated: int
    sources: tuple[FacetValue, ...]
    timeline: Timeline

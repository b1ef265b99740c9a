"""Finds what the archive has on those whom a draft names and on what it is about; nothing of the draft is kept."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from archive.store.store import Store
from indexer.annotation import Kind, Mention
from indexer.entities.resolution import can_be_looked_for
from indexer.pipeline import annotate
from search.engine import IndexMoment
from search.facets.typed_names import name_words
from search.pages.hits import hits
from search.pages.similar import telling_words
from search.query.tree import EVERYTHING, Node, Or, Word
from search.request import SearchRequest
from search.result import FacetValue, Hit
from search.suggest.entities_in_query import Subject, bears

DRAFT_CHARS = 20_000  # characters of a draft that are read
NAMES_LOOKED_UP = 20  # names of a draft, the most mentioned first
BEARERS_LOOKED_AT = 20  # persons or bodies of the archive that a name may mean
HITS_OF_ONE = 4  # articles shown of each
HITS_OF_TOPIC = 6  # articles shown of what the draft is about


@dataclass(frozen=True, slots=True)
class KnownName:
    """Somebody of the draft whom the archive knows, and the articles on him nearest to it, the newest first."""

    kind: Kind
    key: str
    label: str
    articles: int  # that name him, in all
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """What the archive has on a draft."""

    known: tuple[KnownName, ...]
    unknown: tuple[str, ...]  # names of the draft that no article has, or that several share
    words: tuple[str, ...]  # what the draft is about
    hits: tuple[Hit, ...]  # other articles on that, the newest first
    cut: bool  # the end of the draft was not read


def background(store: Store, moment: IndexMoment, text: str, apart: Collection[int] = ()) -> Background:
    """What the archive has on a draft; `apart`: articles that are not to be shown (the draft itself)."""
    read = text[:DRAFT_CHARS]
    words = telling_words(moment, read)
    known: list[KnownName] = []
    unknown: list[str] = []
    shown = set(apart)
    for kind, label in names_of(annotate([read])[0].mentions):
        bearer = bearer_of(moment, kind, label)
        if not bearer:
            unknown.append(label)
        elif all((one.kind, one.key) != (kind, bearer.key) for one in known):
            request = SearchRequest(chosen={kind: (bearer.key,)}, sort="relevance")
            tree = Or((*words, *map(Word, name_words(bearer.label)))) if words else EVERYTHING
            found = nearest(store, moment, tree, request, HITS_OF_ONE, shown)
            total = moment.find(EVERYTHING, request).total
            known.append(KnownName(kind, bearer.key, bearer.label, total, found))
            shown |= {hit.id for hit in found}
    topic: tuple[Hit, ...] = ()
    if words:
        topic = nearest(store, moment, Or(tuple(words)), SearchRequest(sort="relevance"), HITS_OF_TOPIC, shown)
    about = tuple(word.form for word in words)
    return Background(tuple(known), tuple(unknown), about, topic, cut=len(text) > DRAFT_CHARS)


def names_of(mentions: Sequence[Mention]) -> list[tuple[Kind, str]]:
    """Whom a draft names, the most mentioned first."""
    counts = Counter((mention.kind, mention.label) for mention in mentions if can_be_looked_for(mention.key))
    return [name for name, _ in counts.most_common(NAMES_LOOKED_UP)]


def bearer_of(moment: IndexMoment, kind: Kind, label: str) -> FacetValue | None:
    """The one of the archive whose name it is; of several the most mentioned, but none where a surname is all that is
    said and several bear it."""
    typed = name_words(label)
    for words in (typed, (typed[0], typed[-1])) if len(typed) > 2 and kind == "person" else (typed,):
        request = SearchRequest(facet_size=BEARERS_LOOKED_AT)
        values = moment.find(EVERYTHING, request).named_values(kind, words).first
        bearers = [value for value in values if bears(Subject(kind, value.key, value.label, value.count), words)]
        if bearers and (len(words) > 1 or kind != "person" or len(bearers) == 1):
            return bearers[0]
    return None


def nearest(
    store: Store, moment: IndexMoment, tree: Node, request: SearchRequest, most: int, apart: Collection[int]
) -> tuple[Hit, ...]:
    """The articles that are nearest to a query, at most so many and none of `apart`, the newest first."""
    found = moment.find(tree, request)
    page = [one for one in found.page(0, most + len(apart)) if one.key[0] not in apart][:most]
    shown = hits(moment, store, found, page, with_reprints=False)
    return tuple(sorted(shown, key=lambda hit: (hit.published.day is not None, hit.published.day), reverse=True))

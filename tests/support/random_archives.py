"""Makes small random archives and requests, homes built from them, and the answers by brute force."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from archive.article import Article, Published, Rejection, StoredArticle
from archive.home import Home
from archive.store.store import Store
from indexer.annotation import Annotation, encode
from indexer.entities.resolution import given
from indexer.index import build
from indexer.pipeline import ANNOTATOR
from indexer.text.lemmas import lemmas
from indexer.text.tokens import tokenize
from search.query.canonical import canonical
from search.query.tree import And, Exact, Idle, Node, Not, Or, Phrase, Prefix, Term, Word
from search.query.typed_word import query_lemmas
from search.request import ENTITY_FACETS, NONE, SearchRequest

WORDS = ("Завод", "завода", "стали", "сталь", "сталью", "Мантурову", "и", "530,5", "Титан-Баррикады", "Волга", "мыло")
FORMS = ("завод", "заводом", "стали", "сталь", "мантуров", "и", "530,5", "титан", "волга", "мыть", "нигде")
PERSONS = ("Андрей Бочаров", "А. Бочаров", "Бочаров", "Анна Бочарова", "Иван Петров", "Пётр Иванов")
ENTERPRISES = ("Красный Октябрь", "ООО «Красный Октябрь»", "Титан-Баррикады")
SOURCES = ("Вести", "Правда", "вести")
TIMES = (None, dt.time(0, 0), dt.time(9, 30))

paragraph = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
day = st.dates(dt.date(2019, 12, 30), dt.date(2020, 2, 2)) | st.dates(dt.date(1999, 1, 1), dt.date(2023, 12, 31))
published = st.just(Published()) | st.builds(Published, day, st.sampled_from(TIMES), st.just("metadata"))
articles = st.lists(
    st.builds(
        Article,
        path=st.integers(0, 10**9).map(str),
        paragraphs=st.lists(paragraph, min_size=1, max_size=3).map(tuple),
        title=st.none() | paragraph.filter(bool),
        published=published,
        source=st.none() | st.sampled_from(SOURCES),
        rubric=st.none() | st.sampled_from(("Спорт", "Город")),
        genre=st.none() | st.sampled_from(("интервью", "репортаж")),
        author=st.none() | st.sampled_from(("А. Петрова", "Б. Котов")),
        persons=st.lists(st.sampled_from(PERSONS), max_size=3).map(tuple),
        enterprises=st.lists(st.sampled_from(ENTERPRISES), max_size=2).map(tuple),
    ),
    min_size=1,
    max_size=14,
    unique_by=lambda article: article.path,
)

terms: st.SearchStrategy[Term] = st.one_of(
    st.sampled_from(FORMS).map(Word),
    st.sampled_from(FORMS).map(Exact),
    st.sampled_from(("ста", "зав", "530", "нет")).map(Prefix),
)
leaves: st.SearchStrategy[Node] = terms | st.lists(terms, min_size=2, max_size=3).map(lambda row: Phrase(tuple(row)))
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda several: And(tuple(several))),
        st.lists(parts, min_size=1, max_size=3).map(lambda several: Or(tuple(several))),
        parts.map(Not),
    ),
    max_leaves=5,
)
queries = st.just("") | trees.map(canonical)


def published_home(folder: Path, batches: Iterable[Sequence[Article | Rejection]], removed: Iterable[int] = ()) -> Home:
    """A home with the batches in it, each indexed, nobody mentioned but whom a cataloguer named."""
    home = Home(folder / "home")
    home.path.mkdir()
    with Store(home.store, write=True) as store:
        for batch in batches:
            add(home, store, batch)
        if removed and store.remove(removed):
            build.update(store, home.index)
    return home


def add(home: Home, store: Store, batch: Sequence[Article | Rejection]) -> None:
    """Publishes and indexes a batch."""
    number = store.begin_batch("партия", "партия")
    store.stage(number, batch)
    store.publish_batch(number)
    empty = encode(Annotation(()))
    store.save_annotations(ANNOTATOR, {digest: empty for digest, _ in store.unannotated(ANNOTATOR)})
    build.update(store, home.index)


@dataclass(frozen=True, slots=True)
class Archive:
    """What a home holds, as plain lists."""

    articles: list[StoredArticle]
    names: dict[str, tuple[str, str]]  # name key → kind, entity

    @classmethod
    def of(cls, home: Home) -> "Archive":
        with Store(home.store) as store:
            pairs = [(change.id, change.version) for change in store.changes(0) if not change.removed]
            names = {name: (kind, entity) for name, entity, kind, _ in store.names()}
            return cls(list(store.articles(pairs).values()), names)

    def values(self, stored: StoredArticle, facet: str) -> set[str]:
        """The keys of the article's values."""
        article = stored.article
        if facet not in ENTITY_FACETS:
            value = getattr(article, facet)
            return {value} if value else set()
        given_names = [given(name, "person") for name in article.persons]
        given_names += [given(name, "enterprise") for name in article.enterprises]
        meant = [self.names[key.text] for key, _ in given_names]
        return {entity for kind, entity in meant if kind == facet}

    def matching(self, tree: Node, request: SearchRequest, but: str = "") -> list[StoredArticle]:
        """The articles that match; `but`: the facet whose own choice is left out."""
        return [
            stored
            for stored in self.articles
            if matches(tree, forms(stored)) and self._meets(stored, request, but) and in_dates(stored, request, but)
        ]

    def _meets(self, stored: StoredArticle, request: SearchRequest, but: str) -> bool:
        for facet, keys in request.excluded.items():
            values = self.values(stored, facet) or {NONE}
            if values & set(keys):
                return False
        for facet, keys in request.chosen.items():
            values = self.values(stored, facet) or {NONE}
            if facet in ENTITY_FACETS and not set(keys) <= values:
                return False
            if facet not in ENTITY_FACETS and facet != but and not set(keys) & values:
                return False
        return True

    def score(self, tree: Node, stored: StoredArticle) -> float:
        """BM25, straight from the formula."""
        texts = [forms(one) for one in self.articles]
        average = max(1, sum(len([form for form in text if form]) for text in texts) / len(texts))
        own = forms(stored)
        norm = 1.2 * (0.25 + 0.75 * len([form for form in own if form]) / average)

        def idf(term: Term) -> float:
            found = sum(bool(places(term, text)) for text in texts)
            return math.log(1 + (len(texts) - found + 0.5) / (found + 0.5))

        total = 0.0
        for item in dict.fromkeys(wanted(tree)):
            weight = sum(map(idf, item.terms if isinstance(item, Phrase) else (item,)))
            frequency = largest_frequency(item, own)
            total += weight * 2.2 * frequency / (frequency + norm)
        return total


def forms(stored: StoredArticle) -> list[str]:
    """The forms of the text, paragraphs parted by ""."""
    return [token.form for token in tokenize(stored.article.text)]


def means(term: Term, form: str) -> bool:
    """Whether the form on paper means the term."""
    match term:
        case Word(asked):
            return bool(form) and bool(set(query_lemmas(asked)) & set(lemmas(form)))
        case Exact(asked):
            return form == asked
        case Prefix(start):
            return form.startswith(start)


def places(item: Term | Phrase, text: list[str]) -> list[int]:
    """Where the item begins."""
    row = item.terms if isinstance(item, Phrase) else (item,)
    starts = range(len(text) - len(row) + 1)
    return [at for at in starts if all(means(term, text[at + i]) for i, term in enumerate(row))]


def largest_frequency(item: Term | Phrase, text: list[str]) -> int:
    """A word's frequency is that of its most frequent lemma."""
    if not isinstance(item, Word):
        return len(places(item, text))
    return max(sum(lemma in lemmas(form) for form in text if form) for lemma in query_lemmas(item.form))


def matches(node: Node, text: list[str]) -> bool:
    """Whether the text matches the tree."""
    match node:
        case And(parts):
            return all(matches(part, text) for part in parts)
        case Or(parts):
            return any(matches(part, text) for part in parts)
        case Not(part):
            return not matches(part, text)
        case Idle():
            return True
        case _:
            return bool(places(node, text))


def wanted(node: Node) -> Iterable[Term | Phrase]:
    """The items that no exclusion holds."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from wanted(part)
        case Not() | Idle():
            return
        case _:
            yield node


def in_dates(stored: StoredArticle, request: SearchRequest, but: str) -> bool:
    """Whether the article's day is in the request's range."""
    own, first, last = stored.article.published.day, request.date_from, request.date_to
    if but == "date":
        return True
    if request.undated == "only":
        return own is None
    if not first and not last:
        return True
    if own is None:
        return request.undated == "also"
    return (first or own) <= own <= (last or own)

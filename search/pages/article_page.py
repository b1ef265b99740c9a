"""Shows one article whole: the text that searching finds, its marks, names and reprints."""

from collections.abc import Sequence
from dataclasses import replace

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import KINDS, Kind
from search.engine import IndexMoment, MatchedRange
from search.pages.hits import entities_named, marks_by_line, reprint
from search.pages.named_spans import named_spans
from search.pages.similar import similar
from search.query.parser import read
from search.query.tree import sought
from search.result import ArticlePage, NamedEntity, NamedSpan, Reprint


def article_shown(store: Store, moment: IndexMoment, id: int) -> StoredArticle | None:
    """An article in the version that the index has, in the present one where it has none; None where it is unknown or
    removed."""
    indexed = moment.article(id)
    return store.article(id, indexed.key[1] if indexed else None)


def article_page(store: Store, moment: IndexMoment, stored: StoredArticle, text: str) -> ArticlePage:
    """Its page with the words of the query `text` marked."""
    article = stored.article
    marked: Sequence[MatchedRange] = ()
    entities: dict[Kind, tuple[NamedEntity, ...]] = {}
    names: tuple[tuple[NamedSpan, ...], ...] = ()
    if indexed := moment.article(stored.id):
        marked = indexed.ranges(tuple(sought(read(text).tree)), article.text)
        entities = {kind: entities_named(moment, indexed, kind, stored) for kind in KINDS}
        names = named_spans(store, indexed, stored)
    lines = marks_by_line(article.text, marked)
    return ArticlePage(
        stored=stored,
        batch=next((batch.name for batch in store.batches() if batch.id == stored.batch), ""),
        title_marks=lines[0] if article.title else (),
        paragraph_marks=lines[1:] if article.title else lines,
        entities=entities,
        title_names=names[0] if article.title and names else (),
        paragraph_names=names[1:] if article.title else names,
        similar=similar(store, moment, stored),
        story=reprints(store, moment.story(stored.id)),
        versions=tuple(
            replace(version, current=version.number == stored.version)
            for version in store.versions(stored.id)
            if version.number <= stored.version
        ),
    )


def reprints(store: Store, ids: Sequence[int]) -> tuple[Reprint, ...]:
    """The articles of a story; none where one alone is left of it."""
    found = [stored for stored in map(store.article, ids) if stored]
    return tuple(map(reprint, found)) if len(found) > 1 else ()

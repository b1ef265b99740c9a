"""Tells of found articles what a table or a feed says: no excerpts, nothing folded."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import Kind
from indexer.authority.corrections import KINDS
from search.engine import IndexedArticle, IndexMoment
from search.pages.hits import named
from search.result import Named


@dataclass(frozen=True, slots=True)
class Listed:
    """An article, and who is named in it."""

    stored: StoredArticle
    names: dict[Kind, tuple[Named, ...]]


def listed(moment: IndexMoment, store: Store, articles: Sequence[IndexedArticle]) -> list[Listed]:
    """The articles, in order."""
    texts = store.articles(article.key for article in articles)
    return [
        Listed(stored, {kind: named(moment, article, kind, stored) for kind in KINDS.values()})
        for article in articles
        if (stored := texts.get(article.key))
    ]

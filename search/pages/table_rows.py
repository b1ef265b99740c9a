"""Tells of found articles what a table or a feed says: no excerpts, nothing folded."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import KINDS, Kind
from search.engine import IndexedArticle, IndexMoment
from search.pages.hits import entities_named
from search.result import NamedEntity


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article, and who is named in it."""

    stored: StoredArticle
    names: dict[Kind, tuple[NamedEntity, ...]]


def list_articles(moment: IndexMoment, store: Store, articles: Sequence[IndexedArticle]) -> list[ListedArticle]:
    """The articles, in order."""
    texts = store.articles(article.key for article in articles)
    return [
        ListedArticle(stored, {kind: entities_named(moment, article, kind, stored) for kind in KINDS})
        for article in articles
        if (stored := texts.get(article.key))
    ]

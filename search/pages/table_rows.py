"""Found articles in, what a table or a feed says of each out: no excerpts, nothing folded."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import Kind
from indexer.authority.corrections import KINDS
from search.local.collector.top_hits import Place
from search.local.snapshot.snapshot import Snapshot
from search.pages.hits import named
from search.result import Named


@dataclass(frozen=True, slots=True)
class Listed:
    """An article, and who is named in it."""

    stored: StoredArticle
    names: dict[Kind, tuple[Named, ...]]


def listed(snapshot: Snapshot, store: Store, places: Sequence[Place]) -> list[Listed]:
    """The articles at these places, in order."""
    texts = store.articles(place.article for place in places)
    return [
        Listed(stored, {kind: named(snapshot, place.view, place.doc, kind, stored) for kind in KINDS.values()})
        for place in places
        if (stored := texts.get(place.article))
    ]

"""Says where in an article's text its persons and bodies are named."""

from collections.abc import Sequence

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import KINDS, readable
from indexer.pipeline import ANNOTATOR
from search.engine import IndexedArticle
from search.result import NamedSpan


def named_spans(store: Store, indexed: IndexedArticle, stored: StoredArticle) -> tuple[tuple[NamedSpan, ...], ...]:
    """The names in each line of the text, by start, apart from each other; of those that the index has of the
    article."""
    entities = {(kind, name.key): name.entity for kind in KINDS for name in indexed.names(kind)}
    note = readable(store.annotations([stored.article.digest], ANNOTATOR)).get(stored.article.digest)
    found: list[NamedSpan] = []
    for mention in sorted(note.mentions if note else (), key=lambda one: (one.start, -one.stop)):
        entity = entities.get((mention.kind, mention.key.text))
        if entity and (not found or mention.start >= found[-1].stop):
            found.append(NamedSpan(mention.start, mention.stop, mention.kind, entity))
    return tuple(by_line(stored.article.text, found))


def by_line(text: str, spans: Sequence[NamedSpan]) -> list[tuple[NamedSpan, ...]]:
    """The spans of each line, counted from its start; one that goes past its line is left out."""
    lines = []
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        inside = (span for span in spans if start <= span.start and span.stop <= stop)
        lines.append(tuple(span._replace(start=span.start - start, stop=span.stop - start) for span in inside))
        start = stop + 1
    return lines

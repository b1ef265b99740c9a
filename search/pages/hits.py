"""Found articles and their texts in, what a page says of each out: snippets, names, marks, the others of its story."""

from collections import defaultdict
from collections.abc import Sequence

from archive.article import StoredArticle
from indexer.annotation import Kind
from indexer.entities.resolution import given
from search.local.collector.top_hits import Place, Weights
from search.local.matching.positions import Spot, spots
from search.local.snapshot.snapshot import Snapshot, View
from search.pages.snippets import joined, snippets
from search.result import Hit, Marks, Named, Reprint


def hit(
    snapshot: Snapshot, place: Place, stored: StoredArticle, worth: Weights, others: Sequence[StoredArticle] = ()
) -> Hit:
    """One found article as it stands on the page, the others of its story beside it."""
    article = stored.article
    body = len(article.title) + 1 if article.title else 0
    marked = spots(place.match, place.doc, tuple(worth), article.text)
    return Hit(
        id=stored.id,
        title=article.heading,
        published=article.published,
        source=article.source,
        url=article.url,
        own_id=article.own_id,
        score=place.score,
        snippets=snippets(article.text, body, marked, tuple(worth.values())),
        persons=named(snapshot, place.view, place.doc, "person", stored),
        enterprises=named(snapshot, place.view, place.doc, "enterprise", stored),
        reprints=tuple(map(reprint, others)),
    )


def reprint(stored: StoredArticle) -> Reprint:
    """An article as it is told beside another of its story."""
    article = stored.article
    return Reprint(stored.id, article.heading, article.published, article.source)


def named(snapshot: Snapshot, view: View, doc: int, kind: Kind, stored: StoredArticle) -> tuple[Named, ...]:
    """Who is named in an article, by the alphabet."""
    values = snapshot.values[kind]
    by_hand = {given(label, "person")[0] for label in stored.article.persons}
    by_hand |= {given(label, "enterprise")[0] for label in stored.article.enterprises}
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for name, label, number in view.facets[kind].named(doc):
        found[number].append((name, label))
    former = snapshot.register.former  # such a name is shown as the article has it
    return tuple(
        Named(
            values.keys[number],
            values.labels[number],
            any(name in by_hand for name, _ in names),
            ", ".join(dict.fromkeys(label for name, label in names if name in former)),
        )
        for number, names in sorted(found.items())
    )


def marks_by_line(text: str, marked: Sequence[Spot]) -> tuple[Marks, ...]:
    """The marks of each line of the text, counted from the line's start."""
    lines: list[Marks] = []
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        lines.append(tuple((first - start, last - start) for first, last in joined(marked, start, stop)))
        start = stop + 1
    return tuple(lines)

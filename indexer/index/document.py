"""Makes of an article and its annotation what the index keeps of them."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from archive.article import Article, Published, StoredArticle
from archive.fields import COLUMN_FIELDS, FIELDS
from indexer.annotation import Annotation
from indexer.entities.resolution import facet_values, given
from indexer.index.token_marks import token_marks
from indexer.senses.centroids import BODY_WORDS, centroid, packed
from indexer.text.lemmas import lemmas
from indexer.text.tokens import forms

MINUTES_A_DAY = 24 * 60
NO_CENTROID = packed(None)


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One article as the index takes it; position i is token i of `tokenize(article.text)`."""

    id: int
    version: int
    day: int  # ordinal; 0: undated
    minute: int  # day * 1440 + minute of the day, the start of the day where the time is not known; -1: undated
    forms: tuple[str, ...]  # "" is a paragraph's end
    extra: Mapping[int, tuple[str, ...]]  # position → lemmas besides those of the form
    names: Mapping[str, str]  # name key as stored → label
    fields: Mapping[str, tuple[str, ...]]  # by name of those of COLUMN_FIELDS that it has: their values
    title: int = 0  # tokens of the title, which stands first
    marks: bytes | bytearray = b""  # of each token (`token_marks`); none: unknown
    centroid: bytes = NO_CENTROID  # where its beginning lies among word vectors


def index_document(stored: StoredArticle, annotation: Annotation) -> IndexDocument:
    """Token stream, the lemmas that mentions add, name keys and fields of one article."""
    article = stored.article
    found, starts = forms(article.text)
    title = found.index("") if article.title and "" in found else len(found) if article.title else 0
    return IndexDocument(
        id=stored.id,
        version=stored.version,
        day=article.published.day.toordinal() if article.published.day else 0,
        minute=minute(article.published),
        forms=tuple(found),
        extra=extra_lemmas(found, starts, annotation),
        names=names_of(article, annotation),
        fields={field.name: values for field in COLUMN_FIELDS if (values := field.values(article))},
        title=title,
        marks=token_marks(article.text, starts),
        centroid=packed(centroid(found[: title + BODY_WORDS])),
    )


def names_of(article: Article, annotation: Annotation) -> dict[str, str]:
    """The keys, as stored, and labels of all whom the text or a cataloguer names."""
    named = facet_values(annotation)
    named |= dict(given(label, field.names) for field in FIELDS if field.names for label in field.values(article))
    return {key.text: label for key, label in named.items()}


def minute(published: Published) -> int:
    """Minutes since the first day of the calendar; -1: undated."""
    if not published.day:
        return -1
    time = published.time
    return published.day.toordinal() * MINUTES_A_DAY + (time.hour * 60 + time.minute if time else 0)


def extra_lemmas(found: list[str], starts: list[int], annotation: Annotation) -> dict[int, tuple[str, ...]]:
    """Words of persons' nominatives by position: «Мантурову» stands under «мантуров» too; unlikely readings meant.

    The i-th word of the name goes to the i-th token of the mention; where their numbers differ, all go to its first.
    """
    extra: dict[int, tuple[str, ...]] = {}
    for mention in annotation.mentions:
        if mention.kind != "person":
            continue
        first, last = bisect_left(starts, mention.start), bisect_left(starts, mention.stop)
        words = forms(mention.name)[0]
        added = [(word,) for word in words] if len(words) == last - first else [tuple(dict.fromkeys(words))]
        for position in range(first, min(last, first + len(added))):
            known = lemmas(found[position])
            if new := tuple(word for word in added[position - first] if word not in known):
                extra[position] = new
    for reading in annotation.meant:
        position = bisect_left(starts, reading.start)
        if starts[position : position + 1] == [reading.start]:
            extra[position] = tuple(dict.fromkeys((*extra.get(position, ()), reading.lemma)))
    return extra

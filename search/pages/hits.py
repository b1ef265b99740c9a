"""Tells of found articles what a page says of each: snippets, names, marks, the others of its story."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import Kind
from indexer.entities.resolution import given
from search.engine import FoundArticles, IndexedArticle, IndexMoment, MatchedRange, NameInArticle
from search.pages.snippets import marks_between, snippets
from search.query.tree import Phrase, Term
from search.result import Hit, Marks, NamedEntity, Reprint


def hits(
    moment: IndexMoment,
    store: Store,
    found: FoundArticles,
    articles: Sequence[IndexedArticle],
    with_reprints: bool,
) -> tuple[Hit, ...]:
    """The articles with what they say; what was removed since the index was built is left out. `with_reprints`: the
    others of its story stand beside each."""
    texts = store.articles(article.key for article in articles)
    present = [(article, texts[article.key]) for article in articles if article.key in texts]
    others = [found.others_of_story(article) if with_reprints else () for article, _ in present]
    told = store.articles(key for some in others for key in some)
    return tuple(
        hit(moment, article, stored, found.weights, [told[key] for key in some if key in told])
        for (article, stored), some in zip(present, others, strict=True)
    )


def hit(
    moment: IndexMoment,
    found: IndexedArticle,
    stored: StoredArticle,
    weights: Mapping[Term | Phrase, float],
    others: Sequence[StoredArticle],
) -> Hit:
    """One found article as it stands on the page, the others of its story beside it."""
    article = stored.article
    body = len(article.title) + 1 if article.title else 0
    return Hit(
        id=stored.id,
        title=article.heading,
        published=article.published,
        source=article.source,
        url=article.url,
        own_id=article.own_id,
        score=found.score,
        snippets=snippets(article.text, body, found.ranges(tuple(weights), article.text), tuple(weights.values())),
        persons=entities_named(moment, found, "person", stored),
        enterprises=entities_named(moment, found, "enterprise", stored),
        reprints=tuple(map(reprint, others)),
        lacking=tuple(word.form for word in found.lacking),
        score_parts=found.score_parts,
    )


def reprint(stored: StoredArticle) -> Reprint:
    """An article as it is told beside another of its story."""
    article = stored.article
    return Reprint(stored.id, article.heading, article.published, article.source)


def entities_named(
    moment: IndexMoment, article: IndexedArticle, kind: Kind, stored: StoredArticle
) -> tuple[NamedEntity, ...]:
    """Who is named in an article, by the alphabet."""
    by_hand = {given(label, "person")[0].text for label in stored.article.persons}
    by_hand |= {given(label, "enterprise")[0].text for label in stored.article.enterprises}
    found: dict[tuple[str, str], list[NameInArticle]] = defaultdict(list)
    for name in article.names(kind):
        found[name.entity, name.entity_label].append(name)
    former = moment.corrected_names.former  # such a name is shown as the article has it
    return tuple(
        NamedEntity(
            entity,
            label,
            any(name.key in by_hand for name in names),
            ", ".join(dict.fromkeys(name.label for name in names if name.key in former)),
        )
        for (entity, label), names in found.items()
    )


def marks_by_line(text: str, marked: Sequence[MatchedRange]) -> tuple[Marks, ...]:
    """The marks of each line of the text, counted from the line's start."""
    lines: list[Marks] = []
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        lines.append(tuple((first - start, last - start) for first, last in marks_between(marked, start, stop)))
        start = stop + 1
    return tuple(lines)

"""Tells all that the archive says of one person or body."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from archive.store.store import Store
from indexer.annotation import Kind, readable
from indexer.authority.corrections import FormerName
from indexer.pipeline import ANNOTATOR
from search.engine import IndexMoment, NameMet, NewestArticle
from search.pages.job_titles import Role
from search.pages.posts import ArticleMentions, Headed, heads, stated_posts
from search.request import SearchRequest
from search.result import FacetValue, NamedEntity, SearchResult

ENTITIES_BESIDE = 30  # of each kind that stand beside an entity on its page
ARTICLES_READ = 200  # articles of an entity that are looked at for its printed forms and roles


@dataclass(frozen=True, slots=True)
class EntityPage:
    """All that the archive says of one person or body."""

    kind: Kind
    key: str
    label: str
    result: SearchResult  # its articles, the newest first, counted by year; who else stands in them
    names: tuple[NameMet, ...]  # the most used first
    forms: tuple[tuple[str, int], ...]  # as printed in the `read` newest articles, the most frequent first
    roles: tuple[Role, ...]  # in the same articles
    heads: tuple[Headed, ...]  # of an enterprise, in the same articles, the latest first
    read: int
    lineage: tuple[FormerName, ...]
    namesakes: tuple[FacetValue, ...]  # persons with the same surname, the most mentioned first


def request_for(kind: Kind, key: str) -> SearchRequest:
    """The newest articles of an entity, by year, with those of each kind that stand beside it most."""
    return SearchRequest(chosen={kind: (key,)}, sort="newest", date_step="year", facet_size=ENTITIES_BESIDE)


def entity_page(store: Store, moment: IndexMoment, kind: Kind, key: str, result: SearchResult) -> EntityPage:
    """What `result`, the articles of the one with that key, and their names say of him."""
    found = newest_mentions(store, moment.names.newest_articles(kind, key, ARTICLES_READ))
    forms = Counter(mention.text for article in found for mention in article.own)
    return EntityPage(
        kind=kind,
        key=key,
        label=moment.names.label(kind, key),
        result=result,
        names=moment.names.of(kind, key),
        forms=tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0]))),
        roles=stated_posts(found) if kind == "person" else (),
        heads=heads(found, partial(person_named, moment)) if kind == "enterprise" else (),
        read=len(found),
        lineage=moment.corrected_names.lineage.get(key, ()),
        namesakes=moment.names.namesakes(key) if kind == "person" else (),
    )


def person_named(moment: IndexMoment, article: int, name: str) -> NamedEntity | None:
    """Whom a name of a person means in an article."""
    indexed = moment.article(article)
    found = (one for one in (indexed.names("person") if indexed else ()) if one.key == name)
    return next((NamedEntity(one.entity, one.entity_label) for one in found), None)


def newest_mentions(store: Store, newest: Sequence[NewestArticle]) -> list[ArticleMentions]:
    """Each of the articles with the mentions of the one that they name, and with those of others."""
    texts = store.articles(one.article for one in newest)
    notes = readable(store.annotations([stored.article.digest for stored in texts.values()], ANNOTATOR))
    found = []
    for article, names in newest:
        if article in texts:
            note = notes.get(texts[article].article.digest)
            mentions = note.mentions if note else ()
            own = [mention for mention in mentions if mention.key in names]
            others = [mention for mention in mentions if mention.key not in names]
            found.append(ArticleMentions(texts[article], own, others))
    return found

"""Tells all that the archive says of one person or body."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import Kind, Mention, readable
from indexer.authority.corrections import FormerName
from indexer.pipeline import ANNOTATOR
from indexer.text.tokens import fold
from search.engine import IndexMoment, NameMet, NewestArticle
from search.pages.job_titles import Role, evidence, role
from search.request import SearchRequest
from search.result import FacetValue, SearchResult

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
    read: int
    lineage: tuple[FormerName, ...]
    namesakes: tuple[FacetValue, ...]  # persons with the same surname, the most mentioned first


def request_for(kind: Kind, key: str) -> SearchRequest:
    """The newest articles of an entity, by year, with those of each kind that stand beside it most."""
    return SearchRequest(chosen={kind: (key,)}, sort="newest", date_step="year", facet_size=ENTITIES_BESIDE)


def entity_page(store: Store, moment: IndexMoment, kind: Kind, key: str, result: SearchResult) -> EntityPage:
    """What `result`, the articles of the one with that key, and their names say of him."""
    found = newest_mentions(store, moment.names.newest_articles(kind, key, ARTICLES_READ))
    forms = Counter(mention.text for _, own, _ in found for mention in own)
    return EntityPage(
        kind=kind,
        key=key,
        label=moment.names.label(kind, key),
        result=result,
        names=moment.names.of(kind, key),
        forms=tuple(sorted(forms.items(), key=lambda item: (-item[1], item[0]))),
        roles=stated_roles(found) if kind == "person" else (),
        read=len(found),
        lineage=moment.corrected_names.lineage.get(key, ()),
        namesakes=moment.names.namesakes(key) if kind == "person" else (),
    )


def newest_mentions(
    store: Store, newest: Sequence[NewestArticle]
) -> list[tuple[StoredArticle, list[Mention], list[Mention]]]:
    """Each of the articles with the mentions of the one that they name, and with those of others."""
    texts = store.articles(one.article for one in newest)
    notes = readable(store.annotations([stored.article.digest for stored in texts.values()], ANNOTATOR))
    found = []
    for article, names in newest:
        if article in texts:
            note = notes.get(texts[article].article.digest)
            mentions = note.mentions if note else ()
            own = [mention for mention in mentions if mention.key in names]
            found.append((texts[article], own, [mention for mention in mentions if mention.key not in names]))
    return found


def stated_again(known: Role, day: dt.date | None) -> Role:
    """A post with one more mention, on a day."""
    days = [one for one in (known.first, known.last, day) if one]
    first, last = (min(days), max(days)) if days else (None, None)
    return replace(known, mentions=known.mentions + 1, first=first, last=last)


def stated_roles(found: Iterable[tuple[StoredArticle, list[Mention], list[Mention]]]) -> tuple[Role, ...]:
    """The posts that the articles give a person, the most frequent first, the newest sentence of each."""
    roles: dict[str, Role] = {}
    for stored, own, others in found:
        text = stored.article.text
        places = tuple((mention.start, mention.stop) for mention in others if mention.kind == "person")
        for mention in own:
            if label := role(text, mention.start, mention.stop, places, mention.name):
                said = evidence(text, mention.start, mention.stop)
                known = roles.get(fold(label)) or Role(label, 0, stored.id, said, stored.article.source)
                roles[fold(label)] = stated_again(known, stored.article.published.day)
    return tuple(sorted(roles.values(), key=lambda one: -one.mentions))

"""Finds the articles most like one: by the words that tell it from others, and by whom both name."""

import math
from collections import Counter
from collections.abc import Mapping

from archive.article import StoredArticle
from archive.store.store import Store
from indexer.annotation import KINDS, Kind
from indexer.text.tokens import forms
from search.engine import IndexedArticle, IndexMoment
from search.pages.hits import entities_named
from search.query.tree import EVERYTHING, Or, Word
from search.request import SearchRequest
from search.result import NamedEntity, SimilarArticle

SIMILAR_SHOWN = 5
WORDS_LOOKED_AT = 60  # of an article, the most frequent and the longest: each is looked up in the index
WORDS_SOUGHT = 15  # those of them that say most
SHORTEST_WORD = 4  # letters
LEAST_SCORE = 0.1  # of what the article itself has: what is further is of something else
CANDIDATES = 40  # the nearest by words, ordered anew with the names
NAME_WEIGHT = 0.5  # of a name both have, beside a word of the same rarity


def similar(store: Store, moment: IndexMoment, stored: StoredArticle) -> tuple[SimilarArticle, ...]:
    """The articles most like one, the nearest first; reprints of it apart."""
    own = moment.article(stored.id)
    words = telling_words(moment, stored.article.text, stored.article.title or "")
    if not own or not words:
        return ()
    found = moment.find(Or(tuple(words)), SearchRequest(sort="relevance"))
    reprints = {stored.id, *moment.story(stored.id)}
    nearest = found.page(0, CANDIDATES + len(reprints))
    least = LEAST_SCORE * max((one.score for one in nearest if one.key[0] == stored.id), default=0)
    near = [one for one in nearest if one.key[0] not in reprints and one.score >= least]
    keys = {kind: {name.entity for name in own.names(kind)} for kind in KINDS}
    weights = name_weights(moment, keys)
    ranked = sorted(near, key=lambda one: -one.score - NAME_WEIGHT * shared_weight(one, weights))[:SIMILAR_SHOWN]
    texts = store.articles([one.key for one in ranked])
    return tuple(
        SimilarArticle(other, shared_names(moment, one, other, keys)) for one in ranked if (other := texts.get(one.key))
    )


def telling_words(moment: IndexMoment, text: str, title: str = "") -> list[Word]:
    """The words of a text that say most of it, the most telling first; those of its title count twice."""
    counts = Counter(form for form in (*forms(text)[0], *forms(title)[0]) if len(form) >= SHORTEST_WORD)
    most = sorted(counts, key=lambda form: (-counts[form], -len(form), form))[:WORDS_LOOKED_AT]
    weights: dict[Word, float] = {}
    for form in most:
        articles = moment.articles_with(Word(form))
        if articles > 1:
            weights[Word(form)] = counts[form] * math.log(1 + moment.articles / articles)
    return sorted(weights, key=lambda word: (-weights[word], word.form))[:WORDS_SOUGHT]


def name_weights(moment: IndexMoment, keys: Mapping[Kind, set[str]]) -> dict[tuple[Kind, str], float]:
    """How much each name says: the rarer, the more."""
    return {
        (kind, key): math.log(1 + moment.articles / max(1, moment.find(EVERYTHING, naming(kind, key)).total))
        for kind, some in keys.items()
        for key in some
    }


def naming(kind: Kind, key: str) -> SearchRequest:
    """All articles that name somebody."""
    return SearchRequest(chosen={kind: (key,)})


def shared_weight(one: IndexedArticle, weights: Mapping[tuple[Kind, str], float]) -> float:
    """The weight of the names that an article shares."""
    named = {(kind, name.entity) for kind in KINDS for name in one.names(kind)}
    return sum(weights.get(name, 0) for name in named)


def shared_names(
    moment: IndexMoment, one: IndexedArticle, stored: StoredArticle, keys: Mapping[Kind, set[str]]
) -> tuple[NamedEntity, ...]:
    """Whom both articles name."""
    return tuple(name for kind in KINDS for name in entities_named(moment, one, kind, stored) if name.key in keys[kind])

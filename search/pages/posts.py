"""Tells the posts of a person over the years, and who headed an enterprise, from what articles state."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from archive.article import StoredArticle
from indexer.annotation import Mention
from indexer.lexicon.type_kinds import type_kind
from indexer.lexicon.type_words import LEGAL_WORDS
from indexer.text.lemmas import lemmas
from indexer.text.tokens import fold, forms
from search.pages.job_titles import CHARS_AROUND_NAME, POST_CHARS, Role, evidence, is_post, role
from search.result import NamedEntity

GENERIC = frozenset(  # words that do not say whose a post is
    """
    город область край республика регион район округ страна государство предприятие завод компания организация ведомство
    городской областной краевой региональный районный республиканский местный
    """.split()
)
RUSSIA = "россия"
OF_RUSSIA = {"рф": RUSSIA, "российский": RUSSIA, "федерация": RUSSIA}
OFTEN = 10  # mentions of a post beside which one that is stated once tells nothing
HEADS = frozenset(  # posts of whoever heads an enterprise
    "директор|генеральный директор|исполнительный директор|гендиректор|управляющий|управляющий директор|руководитель|"
    "начальник|глава|президент|председатель|председатель правления".split("|")
)

NAMES_OF_HEADS = sorted((name.split() for name in HEADS), key=len, reverse=True)


class ArticleMentions(NamedTuple):
    """An article with the mentions of the one whose page it is, and those of others."""

    stored: StoredArticle
    own: Sequence[Mention]
    others: Sequence[Mention]


class Headed(NamedTuple):
    """Who headed an enterprise, by what post."""

    person: NamedEntity
    post: Role


def stated_posts(found: Iterable[ArticleMentions]) -> tuple[Role, ...]:
    """The posts that the articles, the newest first, give a person: those that are one together, the most frequent
    first, the newest sentence of each."""
    posts: dict[str, Role] = {}
    for article in found:
        persons = [mention for mention in article.others if mention.kind == "person"]
        for mention in article.own:
            if stated := post_of(article.stored, mention, persons):
                state(posts, fold(stated.label), stated)
    ranked = sorted(merged(posts.values()), key=lambda post: -post.mentions)
    least = 2 if ranked and ranked[0].mentions >= OFTEN else 1
    return tuple(post for post in ranked if post.mentions >= least)


def post_of(stored: StoredArticle, mention: Mention, others: Sequence[Mention]) -> Role | None:
    """The post that an article states beside a person's name; `others`: the other persons that it names."""
    text, day = stored.article.text, stored.article.published.day
    places = tuple((other.start, other.stop) for other in others if other != mention)
    label = role(text, mention.start, mention.stop, places, mention.name)
    if not label:
        return None
    return Role(label, 1, stored.id, evidence(text, mention.start, mention.stop), stored.article.source, day, day)


def state(posts: dict[str, Role], key: str, stated: Role) -> None:
    """Notes one more mention of a post."""
    posts[key] = joined(posts[key], stated) if key in posts else stated


def joined(one: Role, other: Role) -> Role:
    """Two statements of one post as one, with the words of the first."""
    days: list[dt.date] = [day for post in (one, other) for day in (post.first, post.last) if day]
    first, last = (min(days), max(days)) if days else (None, None)
    return replace(one, mentions=one.mentions + other.mentions, first=first, last=last)


def merged(posts: Iterable[Role]) -> list[Role]:
    """The posts with those that are one together: «губернатор», «губернатор Петербурга», «губернатор города». One that
    does not say whose it is goes with the only one of its name that does; where several do, it stays by itself."""
    of_name: dict[str, list[Role]] = defaultdict(list)
    for post in sorted(posts, key=lambda one: -one.mentions):
        of_name[parts(post.label)[0]].append(post)
    found: list[Role] = []
    for several in of_name.values():
        clusters: list[list[Role]] = []
        vague = [post for post in several if not whose(post.label)]
        for post in several:
            if post not in vague:
                near = (some for some in clusters if any(is_same(whose(one.label), whose(post.label)) for one in some))
                own = next(near, None)
                if own is None:
                    clusters.append([post])
                else:
                    own.append(post)
        if vague and len(clusters) == 1:
            clusters[0] += vague
        elif vague:
            clusters.append(vague)
        found += map(together, clusters)
    return found


def together(several: Sequence[Role]) -> Role:
    """Posts that are one, called as most often, with the sentence of the newest article that states that."""
    first, *rest = sorted(several, key=lambda post: (-post.mentions, len(post.label)))
    for post in rest:
        first = joined(first, post)
    return first


def parts(label: str) -> tuple[str, tuple[str, ...]]:
    """The post's name («первый заместитель»), folded, and the lemmas of what says whose it is.

    >>> parts("главный инженер завода «Каучук»"), parts("российский президент")
    (('главный инженер', ('каучук',)), ('президент', ('россия',)))
    """
    words = [word for word in forms(label)[0] if word]
    at = next((place for place, word in enumerate(words) if is_post(word)), len(words) - 1)
    name, lemmas_after = [], []
    for place, word in enumerate(words):
        lemma = OF_RUSSIA.get(lemmas(word)[0], lemmas(word)[0])
        if place > at or lemma == RUSSIA:
            lemmas_after.append(lemma)
        else:
            name.append(word)
    return " ".join(name), tuple(dict.fromkeys(lemma for lemma in lemmas_after if lemma not in GENERIC))


def whose(label: str) -> tuple[str, ...]:
    """The lemmas that say whose a post is; none where its words do not («губернатор региона»)."""
    return parts(label)[1]


def is_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two tell of one thing: one has all words of the other, or is its first letters.

    >>> is_same(("волгоградский",), ("волгоградский", "россия")), is_same(("скр",), ("следственный", "комитет"))
    (True, True)
    """
    if set(one) <= set(other) or set(other) <= set(one):
        return True
    short, full = sorted((without_russia(one), without_russia(other)), key=len)
    letters = "".join(word[0] for word in full)
    return len(short) == 1 and len(full) > 1 and short[0] in (letters, letters + RUSSIA[0], letters + "рф")


def without_russia(lemmas: tuple[str, ...]) -> tuple[str, ...]:
    """The words but the country's name, which most posts may do without."""
    return tuple(lemma for lemma in lemmas if lemma != RUSSIA)


def heads(found: Iterable[ArticleMentions], who: Callable[[int, str], NamedEntity | None]) -> tuple[Headed, ...]:
    """Who headed the enterprise whose mentions are `own`, the latest first; `who`: whom a name means in an article."""
    posts: dict[str, Role] = {}
    persons: dict[str, NamedEntity] = {}
    for article in found:
        people = [mention for mention in article.others if mention.kind == "person"]
        for mention in people:
            if not any(is_near(mention, own) for own in article.own):
                continue
            stated = post_of(article.stored, mention, people)
            if not stated or not any(is_head_of(stated.label, own.text) for own in article.own):
                continue
            if person := who(article.stored.id, mention.key.text):
                persons[person.key] = person
                state(posts, person.key, replace(stated, label=parts(stated.label)[0]))
    listed = [Headed(persons[key], post) for key, post in posts.items()]
    return tuple(sorted(listed, key=lambda one: (one.post.last or dt.date.min, one.post.mentions), reverse=True))


def is_near(person: Mention, body: Mention) -> bool:
    """Whether a post beside the person's name may name the body."""
    return person.start - POST_CHARS - CHARS_AROUND_NAME < body.start < person.stop + CHARS_AROUND_NAME


def is_head_of(label: str, body: str) -> bool:
    """Whether a post is that of the head of a body, named right after it: no «директор по персоналу», no «начальник
    цеха».

    >>> is_head_of("директор завода «Каучук»", "«Каучук»"), is_head_of("директор музея завода «Каучук»", "«Каучук»")
    (True, False)
    """
    start = label.find(body)
    words = [word for word in forms(label[: max(0, start)])[0] if word]
    name = next((name for name in NAMES_OF_HEADS if words[: len(name)] == name), None)
    between = words[len(name or ()) :]
    may_stand = (fold(word) in LEGAL_WORDS or type_kind(lemmas(word)[0]) == "enterprise" for word in between)
    return name is not None and all(may_stand)

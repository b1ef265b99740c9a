"""Makes the entities of the archive from its name keys.

Inside an article the text decides who is meant (indexer/entities/article_entities.py); across the archive only the
names do (indexer/entities/clustering.py), and an entity keeps the id it was once given.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.annotation import Annotation, Kind
from indexer.entities.clustering import clusters
from indexer.entities.person_coreference import is_initial
from indexer.entities.slugs import slug
from indexer.kinds.enterprises import kind_in_archive
from indexer.lexicon.gazetteer_forms import known_as
from indexer.lexicon.type_words import PARTS, SOME_BODY
from indexer.name_key import BodyKey, NameKey, PersonKey
from indexer.names.honorifics import NUMERAL_AT_END, is_family, is_titled
from indexer.names.name_parser import EASTERN
from indexer.names.organisation_names import proper_name
from indexer.names.person_names import nominative_person
from indexer.text.grammar import CASES, Case, Sex
from indexer.text.lemmas import known, lemmas, share
from indexer.text.tokens import fold

NOMINATIVE_ONLY: dict[tuple[Sex, Case], float] = {
    (sex, case): 1.0 if case == "n" else 1e-9 for sex in ("m", "f") for case in CASES
}
WITHOUT_GIVEN = "(без имени)"
THING_SHARE = 0.5  # of a word's readings: with more it is a thing or a place

Names = Sequence[NameKey]  # of one entity: all of persons, or all of bodies


@dataclass(frozen=True, slots=True)
class NameCount:
    """A name key with its label and the number of articles that have it."""

    key: NameKey
    label: str
    articles: int


@dataclass(frozen=True, slots=True)
class Entity:
    """Who is named: a stable id, a label in the nominative, the name keys that mean it."""

    id: str
    kind: Kind
    label: str
    names: tuple[NameKey, ...]


def facet_values(annotation: Annotation) -> dict[NameKey, str]:
    """Name key → label of all who can be looked for by name; the others are marked in the text only."""
    return {m.key: m.label for m in annotation.mentions if can_be_looked_for(m.key)}


def can_be_looked_for(key: NameKey) -> bool:
    """Whether a key says who it is: no given name alone, no initials, no thing or town («Рентген»), no «Бюро», no
    «Главное управление».

    >>> [can_be_looked_for(PersonKey(*name)) for name in (("бочаров", "", "", "m"), ("", "анна", "", "f"))]
    [True, False]
    >>> can_be_looked_for(BodyKey("organisation", "региональное отделение"))
    False
    """
    if isinstance(key, BodyKey):
        *adjectives, noun = key.name.split(" ")
        is_part = adjectives and noun in PARTS and all(share(one, "ADJF") for one in adjectives)
        return key.name not in SOME_BODY and not is_part
    surname, first, patronymic, _ = key
    if len(surname) == 1 and (len(family := first.partition(" ")[0]) == 1 or family not in EASTERN):
        return False  # «Вячеслав П.» is whom the paper does not name, «литера А.» nobody; «Ван И» is somebody
    if surname:
        return bool(first or patronymic) or not (is_thing(surname) or is_family(surname))
    return (bool(patronymic) and len(first) > 1) or bool(NUMERAL_AT_END.search(first)) or is_titled(first)


def is_thing(word: str) -> bool:
    """Whether the dictionary has a word as that of a thing or a place and not as anybody's name."""
    form = word.partition("-")[0]
    is_lemma = form in lemmas(form)  # «Орехова» may be a woman; as a town it would be «Орехово»
    return (
        is_lemma
        and known(form)
        and not share(form, "Name", "Surn", "Patr", "anim")
        and share(form, "inan", "Geox") > THING_SHARE
    )


def given(label: str, kind: Kind) -> tuple[NameKey, str]:
    """The name key and label of a name that a cataloguer wrote (in the nominative).

    >>> given("Бочаров А. И.", "person")
    (PersonKey(surname='бочаров', given='а', patronymic='и', sex='m'), 'А. И. Бочаров')
    >>> given("ООО «Красный Октябрь»", "enterprise")
    (BodyKey(kind='enterprise', name='красный октябрь'), 'Красный Октябрь')
    """
    if kind == "person":
        name = nominative_person(label, NOMINATIVE_ONLY)
        return name.key, name.label
    proper = known_as(proper_name(label))
    return BodyKey(kind, fold(proper)), proper


def resolve(
    names: Iterable[NameCount], known: Mapping[NameKey, str], holder: Callable[[str], str | None] = lambda id: None
) -> tuple[Entity, ...]:
    """The entities of an archive, the most mentioned first. `known`: name key → id given before; `holder` says which
    name, among these or not, an id leads to (its key as the store has it).

    An id is a slug of what the entity's names are now, so that it does not depend on what came first; entities that
    share a slug are numbered, and keep the number."""
    counts = {name.key: name for name in names}
    ordered: list[Names] = sorted(
        (_most_mentioned_first(cluster, counts) for cluster in clusters(counts)),
        key=lambda names: (-sum(counts[key].articles for key in names), names[0].text),
    )
    ids = _ids(ordered, counts, known, holder)
    return tuple(
        Entity(id, _kind(cluster, counts), _label(cluster, counts), tuple(_in_order(cluster)))
        for id, cluster in zip(ids, ordered, strict=True)
    )


def _most_mentioned_first(names: Names, counts: Mapping[NameKey, NameCount]) -> Names:
    return names if len(names) == 1 else sorted(names, key=lambda key: (-counts[key].articles, key.text))


def _in_order(names: Names) -> Names:
    """The same ordered by their texts, which no change of the type moves."""
    return names if len(names) == 1 else sorted(names, key=lambda key: key.text)


def _ids(
    ordered: Sequence[Names],
    counts: Mapping[NameKey, NameCount],
    known: Mapping[NameKey, str],
    holder: Callable[[str], str | None],
) -> list[str]:
    """An id once given goes to the cluster that mentions its names most, of those whose slug it is; the others get
    fresh ones."""
    slugs = [_slug(cluster, counts) for cluster in ordered]
    holders: dict[str, Counter[int]] = defaultdict(Counter)
    for at, cluster in enumerate(ordered):
        for key in cluster:
            if key in known and _is_of(known[key], slugs[at]):
                holders[known[key]][at] += counts[key].articles
    kept: dict[int, tuple[int, str]] = {}
    for id, mentioned in holders.items():
        at, articles = min(mentioned.items(), key=lambda item: (-item[1], item[0]))
        kept[at] = max(kept.get(at, (-1, "")), (articles, id), key=lambda item: (item[0], item[1]))
    taken = set(known.values())
    ids = []
    numbers: Counter[str] = Counter()
    for at, cluster in enumerate(ordered):
        ids.append(kept[at][1] if at in kept else _fresh(slugs[at], cluster, taken, holder, numbers))
    return ids


def _is_of(id: str, slug: str) -> bool:
    """Whether it is the slug, or one of several with it."""
    return id == slug or bool(re.fullmatch(re.escape(slug) + r"-\d+", id))


def _fresh(
    wanted: str, cluster: Names, taken: set[str], holder: Callable[[str], str | None], numbers: Counter[str]
) -> str:
    """The slug itself, or with the first free number from 2; one that led to a name of the cluster is free for it."""
    id = wanted
    while id in taken or _is_of_others(holder(id), cluster):
        numbers[wanted] += 1
        id = f"{wanted}-{numbers[wanted] + 1}"
    taken.add(id)
    return id


def _is_of_others(name: str | None, cluster: Names) -> bool:
    """Whether there is a name that an id leads to, and it is none of these."""
    return name is not None and all(key.text != name for key in cluster)


def _slug(cluster: Names, counts: Mapping[NameKey, NameCount]) -> str:
    """Of the most mentioned name with a whole given one, without the patronymic, so that learning it later does not
    matter. The most mentioned stand first."""
    first = cluster[0]
    if isinstance(first, BodyKey):
        return slug(counts[first].label)
    whole = next((key for key in cluster if isinstance(key, PersonKey) and len(key.given) > 1), first)
    return slug(f"{whole.given} {whole.surname or whole.patronymic}")


def _kind(cluster: Names, counts: Mapping[NameKey, NameCount]) -> Kind:
    """Person by the key; else what most articles say, in doubt an organisation."""
    if isinstance(cluster[0], PersonKey):
        return "person"
    articles = Counter[Kind]()
    for key in cluster:
        articles[key.kind] += counts[key].articles
    return kind_in_archive(articles["enterprise"], articles["organisation"])


def _label(cluster: Names, counts: Mapping[NameKey, NameCount]) -> str:
    """The label of the most mentioned name, which stands first; of a person's names the fullest."""
    first = cluster[0]
    if isinstance(first, BodyKey):
        return counts[first].label
    fullest = first if len(cluster) == 1 else max((key for key in cluster if isinstance(key, PersonKey)), key=_fullness)
    label = counts[fullest].label
    return label if fullest.given or fullest.patronymic else f"{label} {WITHOUT_GIVEN}"


def _fullness(key: PersonKey) -> int:
    """Whole given name and patronymic count, initials less."""
    return sum(0 if not part else 1 if is_initial(part) else 3 for part in (key.given, key.patronymic))

"""Spans of names in, Mentions with their entity's key and label out; name keys of the archive in, entities out.

Inside an article the text decides who is meant (indexer/linking.py); across the archive only the names do
(indexer/namesakes.py), and an entity keeps the id it was once given.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.annotation import Annotation, Kind, Mention
from indexer.body_names import QUOTES, nominative_body, possible_nominatives, proper_name
from indexer.context import noun_before
from indexer.lemmas import lemmas, share
from indexer.linking import Person, is_initial, link_persons
from indexer.names import known
from indexer.namesakes import Cluster, clusters
from indexer.officials import (
    has_its_place,
    is_numbered,
    is_of_region,
    is_official,
    is_short_for,
    nominative,
    numbered,
    of_place,
    of_region,
)
from indexer.persons import nominative_person
from indexer.reputation import reputation
from indexer.slugs import slug
from indexer.styled import is_family, is_of_kin, is_titled, of_all, of_one, title_before
from indexer.surnames import CASES, Case, Sex
from indexer.surroundings import governed
from indexer.tokens import fold
from indexer.typewords import BEARERS, PARTS, SOME_BODY
from indexer.wellknown_forms import canonical

PREFIX: dict[Kind, str] = {"person": "p:", "enterprise": "e:", "organisation": "o:"}
NOMINATIVE_ONLY: dict[tuple[Sex, Case], float] = {
    (sex, case): 1.0 if case == "n" else 1e-9 for sex in ("m", "f") for case in CASES
}
WITHOUT_GIVEN = "(без имени)"
NUMERAL = re.compile(" [ivxl]+$")  # «Елизавета II»: a given name is enough
OURS_AFTER = re.compile("[ \u00a0]РФ(?![а-яё])")
VOWEL = re.compile("[аеиоуыэюя]")
THING = 0.5
OPENS_BRACKET = re.compile(r"[»\"”]?\s*\([«\"“]?")  # between a name and its abbreviation


@dataclass(frozen=True, slots=True)
class NameCount:
    """A name key with its label and the number of articles that have it."""

    key: str
    label: str
    articles: int


@dataclass(frozen=True, slots=True)
class Entity:
    """Who is named: a stable id, a label in the nominative, the name keys that mean it."""

    id: str
    kind: Kind
    label: str
    names: tuple[str, ...]


def in_article(text: str, spans: Iterable[tuple[int, int, Kind]]) -> tuple[Mention, ...]:
    """The mentions of an article from the spans (start, stop, kind) of its names, ordered by start."""
    ordered = sorted(spans)
    persons = [(start, stop) for start, stop, kind in ordered if kind == "person"]
    found = _persons(text, persons) + _bodies(text, [span for span in ordered if span[2] != "person"])
    return tuple(sorted(found, key=lambda mention: mention.start))


def _persons(text: str, spans: Sequence[tuple[int, int]]) -> list[Mention]:
    linked = link_persons(text, spans)
    styles = {id(person): style for (start, stop), (_, person) in zip(spans, linked, strict=True)
              if (style := _style(text, start, stop, person))}  # fmt: skip
    mentions = []
    for (start, stop), (reading, person) in zip(spans, linked, strict=True):
        entity = styles.get(id(person), person).known_as()
        mentions.append(Mention(start, stop, "person", text[start:stop], reading.name, entity.key, entity.label))
    return mentions


def _style(text: str, start: int, stop: int, person: Person) -> Person | None:
    """A cleric or prince with his title, a family in the plural, one of a family by the surname of one; else None."""
    if person.surname and not person.given:
        is_kin = is_family(person.surname) or is_of_kin(text, start, text[start:stop])
        return Person(of_all(person.surname), "", "", "") if is_kin else None
    if person.surname and is_family(person.surname):
        return Person(of_one(person.surname, person.sex), person.given, person.patronymic, person.sex)
    has_one = not (person.surname or person.patronymic or NUMERAL.search(fold(person.given)))
    title = title_before(text, start) if has_one else ""
    return Person("", f"{title.capitalize()} {person.given}", "", person.sex) if title else None


def _bodies(text: str, spans: Sequence[tuple[int, int, Kind]]) -> list[Mention]:
    names = _attested([text[start:stop] for start, stop, _ in spans], [_nominative(text, a, b) for a, b, _ in spans])
    labels = [proper_name(name) for name in names]
    whole = _acronyms(text, spans, labels) | _namesakes(text, spans, labels)
    labels = [
        _known_as(whole.get(own, own), OURS_AFTER.match(text, stop))
        for own, (_, stop, _) in zip(labels, spans, strict=True)
    ]
    labels = _placed(text, spans, labels)
    mentions = []
    for (start, stop, kind), name, label in zip(spans, names, map(_known_as, labels), strict=True):
        mentions.append(Mention(start, stop, kind, text[start:stop], name, PREFIX[kind] + fold(label), label))
    return mentions


def _known_as(label: str, ours: re.Match[str] | None = None) -> str:
    """Under which of several names a body stands; `ours`: «РФ» after it («ВС РФ»)."""
    whole = canonical().get(fold(label + ours[0]), "") if ours else ""
    return whole or canonical().get(fold(label), label)


def _placed(text: str, spans: Sequence[tuple[int, int, Kind]], labels: Sequence[str]) -> list[str]:
    """The labels with the place that the text names right after them, or with the only one that it names elsewhere."""
    found = [
        label if is_official(text[start:stop]) else of_place(text, stop, label)
        for (start, stop, _), label in zip(spans, labels, strict=True)
    ]
    whole: dict[str, set[str]] = defaultdict(set)
    for label, with_place in zip(labels, found, strict=True):
        if label != with_place and (has_its_place(label) or is_numbered(label)):
            whole[label].add(with_place)
        if is_numbered(label) or is_of_region(label):
            whole[label].update(full for other, full in zip(labels, found, strict=True) if is_short_for(label, other))
    return [
        min(whole[label]) if label == with_place and len(whole.get(label, ())) == 1 else with_place
        for label, with_place in zip(labels, found, strict=True)
    ]


def _attested(printed: Sequence[str], names: Sequence[str]) -> list[str]:
    """The nominatives of an article's names; one that nothing there is printed in gives way to the one that is and that
    the name may have («Коломенского» beside «Коломенский»)."""
    nominatives = {own for own, name in zip(printed, names, strict=True) if own == name}
    found = []
    for own, name in zip(printed, names, strict=True):
        fitting = possible_nominatives(own) & nominatives if nominatives and name not in nominatives else ()
        found.append(min(fitting) if len(fitting) == 1 else name)
    return found


def _namesakes(text: str, spans: Sequence[tuple[int, int, Kind]], labels: Sequence[str]) -> dict[str, str]:
    """Name → name with its type word, where a paper or a club bears a plant's: «газета «Красный Октябрь»»."""
    found = {}
    for (start, _, kind), label in zip(spans, labels, strict=True):
        if kind == "organisation" and reputation(label) == "enterprise":
            types = BEARERS.intersection(lemmas(noun_before(text, start)))
            if types:
                word = min(types)
                found[label] = f"{word.capitalize() if VOWEL.search(word) else word.upper()} «{label}»"
    return found


def _nominative(text: str, start: int, stop: int) -> str:
    """The nominative of the body named there."""
    printed = text[start:stop]
    if is_of_region(printed):
        return of_region(printed)
    if is_official(printed):
        return nominative(printed)
    if is_numbered(printed):
        return numbered(printed)
    return nominative_body(printed, text[start - 1 : start] in tuple(QUOTES), governed(text, start))


def _acronyms(text: str, spans: Sequence[tuple[int, int, Kind]], labels: Sequence[str]) -> dict[str, str]:
    """Acronym → full name, where the article explains it: «Волгоградский тракторный завод (ВгТЗ)»."""
    found = {}
    for i in range(1, len(spans)):
        between = text[spans[i - 1][1] : spans[i][0]]
        if OPENS_BRACKET.fullmatch(between) and _abbreviates(labels[i], labels[i - 1]):
            found[labels[i]] = labels[i - 1]
    return found


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether the capitals of one are the first letters of the other's words."""
    first = "".join(word[0] for word in re.findall(r"[^\W_]+", name) if len(word) > 1).upper()
    return len(first) > 1 and "".join(letter for letter in acronym if letter.isupper()) == first


def facet_values(annotation: Annotation) -> dict[str, str]:
    """Name key → label of all who can be looked for by name; the others are marked in the text only."""
    return {m.key: m.label for m in annotation.mentions if can_be_looked_for(m.key)}


def can_be_looked_for(key: str) -> bool:
    """Whether a key says who it is: no given name alone, no initials, no thing or town («Рентген»), no «Бюро», no
    «Главное управление».

    >>> [can_be_looked_for(key) for key in ("p:бочаров|||m", "p:|анна||f", "p:|петр i||m", "o:региональное отделение")]
    [True, False, True, False]
    """
    if not key.startswith(PREFIX["person"]):
        *adjectives, noun = key[2:].split(" ")
        is_part = adjectives and noun in PARTS and all(share(one, "ADJF") for one in adjectives)
        return key[2:] not in SOME_BODY and not is_part
    surname, first, patronymic, _ = key[2:].split("|")
    if len(surname) == 1 < len(first):  # «Вячеслав П.» is whom the paper does not name
        return False
    if surname:
        return bool(first or patronymic) or not (is_thing(surname) or is_family(surname))
    return (bool(patronymic) and len(first) > 1) or bool(NUMERAL.search(first)) or is_titled(first)


def is_thing(word: str) -> bool:
    """Whether the dictionary has a word as that of a thing or a place and not as anybody's name."""
    form = word.partition("-")[0]
    is_lemma = form in lemmas(form)  # «Орехова» may be a woman; as a town it would be «Орехово»
    return (
        is_lemma
        and known(form)
        and not share(form, "Name", "Surn", "Patr", "anim")
        and share(form, "inan", "Geox") > THING
    )


def given(label: str, kind: Kind) -> tuple[str, str]:
    """The name key and label of a name that a cataloguer wrote (in the nominative).

    >>> given("Бочаров А. И.", "person"), given("ООО «Красный Октябрь»", "enterprise")
    (('p:бочаров|а|и|m', 'А. И. Бочаров'), ('e:красный октябрь', 'Красный Октябрь'))
    """
    if kind == "person":
        name = nominative_person(label, NOMINATIVE_ONLY)
        return name.key, name.label
    proper = _known_as(proper_name(label))
    return PREFIX[kind] + fold(proper), proper


def resolve(
    names: Iterable[NameCount], known: Mapping[str, str], holder: Callable[[str], str | None] = lambda id: None
) -> tuple[Entity, ...]:
    """The entities of an archive, the most mentioned first. `known`: name key → id given before; `holder` says which
    name, among these or not, an id leads to.

    An id is a slug of what the entity's names are now, so that it does not depend on what came first; entities that
    share a slug are numbered, and keep the number."""
    counts = {name.key: name for name in names}
    ordered = sorted(
        (sorted(cluster, key=lambda key: (-counts[key].articles, key)) for cluster in clusters(counts)),
        key=lambda cluster: (-sum(counts[key].articles for key in cluster), cluster[0]),
    )
    ids = _ids(ordered, counts, known, holder)
    return tuple(
        Entity(id, _kind(cluster, counts), _label(cluster, counts), tuple(sorted(cluster)))
        for id, cluster in zip(ids, ordered, strict=True)
    )


def _ids(
    ordered: Sequence[Cluster],
    counts: Mapping[str, NameCount],
    known: Mapping[str, str],
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
    wanted: str, cluster: Cluster, taken: set[str], holder: Callable[[str], str | None], numbers: Counter[str]
) -> str:
    """The slug itself, or with the first free number from 2; one that led to a name of the cluster is free for it."""
    id = wanted
    while id in taken or holder(id) not in (None, *cluster):
        numbers[wanted] += 1
        id = f"{wanted}-{numbers[wanted] + 1}"
    taken.add(id)
    return id


def _slug(cluster: Cluster, counts: Mapping[str, NameCount]) -> str:
    """Of the most mentioned name with a whole given one, without the patronymic, so that learning it later does not
    matter. The most mentioned stand first."""
    if not cluster[0].startswith("p:"):
        return slug(counts[cluster[0]].label)
    whole = next((key for key in cluster if len(key.split("|")[1]) > 1), cluster[0])
    surname, first, patronymic, _ = whole[2:].split("|")
    return slug(f"{first} {surname}" if surname else f"{first} {patronymic}")


def _kind(cluster: Cluster, counts: Mapping[str, NameCount]) -> Kind:
    """Person by the key; else what most articles say, in doubt an organisation."""
    if cluster[0].startswith("p:"):
        return "person"
    articles = Counter[str]()
    for key in cluster:
        articles[key[:2]] += counts[key].articles
    return "enterprise" if articles["e:"] > articles["o:"] else "organisation"


def _label(cluster: Cluster, counts: Mapping[str, NameCount]) -> str:
    """The most mentioned label; a person's fullest one."""
    if not cluster[0].startswith("p:"):
        return counts[cluster[0]].label
    fullest = cluster[0] if len(cluster) == 1 else max(cluster, key=_fullness)  # the most mentioned stands first
    label = counts[fullest].label
    return f"{label} {WITHOUT_GIVEN}" if fullest[2:].split("|")[1:3] == ["", ""] else label


def _fullness(key: str) -> int:
    """Whole given name and patronymic count, initials less."""
    return sum(0 if not part else 1 if is_initial(part) else 3 for part in key[2:].split("|")[1:3])

"""Makes the mentions of an article from the spans of its names: each with the key and label of the entity it names.

Inside an article the text decides who is meant: persons in indexer/entities/person_coreference.py, bodies here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from indexer.annotation import Kind, Mention
from indexer.context.neighbours import noun_before, word_before
from indexer.entities.person_coreference import Person, link_persons
from indexer.kinds.context_clues import is_speaker
from indexer.kinds.enterprises import has_enterprise_name, is_known_body, is_known_organisation
from indexer.lexicon.gazetteer_forms import known_as
from indexer.lexicon.type_kinds import type_kind
from indexer.lexicon.type_words import BEARERS, GENERIC_WORDS
from indexer.name_key import BodyKey, BodyKind
from indexer.names.case_context import governed_cases
from indexer.names.honorifics import (
    NUMERAL_AT_END,
    is_family,
    is_of_kin,
    is_one_of,
    surname_of_all,
    surname_of_one,
    title_before,
)
from indexer.names.organisation_names import QUOTES, nominative_body, possible_nominatives, proper_name
from indexer.ner.public_bodies import (
    is_numbered,
    is_of_place,
    is_of_region,
    is_of_states,
    is_official,
    is_short_for,
    label_with_place,
    nominative,
    numbered,
    of_region,
)
from indexer.text.cut_text import CutText
from indexer.text.lemmas import lemmas, share
from indexer.text.spans import Span
from indexer.text.tokens import fold
from indexer.text.words import WORD_PART

OURS_AFTER = re.compile("[ \u00a0]РФ(?![а-яё])")
BLANK = re.compile(" ")
VOWEL = re.compile("[аеиоуыэюя]")
OF_PLACE = re.compile("^[А-ЯЁ].*[сц]к(?:ий|ая|ое)$")
AIR_FORCE = {"ВВС": "Военно-воздушные силы"}  # where it does not stand for «BBC» in the same letters
PRINTING = re.compile(r"(?:(?:репорт[её]р|журналист|телеканал|телекомпани)\w*|(?:информиру|пиш|сообща|переда)[её]т)$")
ADJECTIVE_SHARE = 0.5  # of a word's readings: with more it is an adjective
AMBIGUOUS_TYPES = frozenset(("группа",))  # «Инициативная группа МГУ»
ACRONYM = re.compile("[A-ZА-ЯЁ]{2,6}")
CLOSES_BRACKET = re.compile(r"[»\"”]?\s*\)")
OPENS_BRACKET = re.compile(r"[»\"”]?\s*\([«\"“]?")  # between a name and its abbreviation


def in_article(text: CutText, spans: Iterable[tuple[int, int, Kind]]) -> tuple[Mention, ...]:
    """The mentions of an article from the spans (start, stop, kind) of its names, ordered by start."""
    ordered = sorted(spans)
    persons = [(start, stop) for start, stop, kind in ordered if kind == "person"]
    bodies = [(start, stop, kind) for start, stop, kind in ordered if kind != "person"]
    found = _persons(text, persons) + _bodies(text, bodies)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _persons(text: CutText, spans: Sequence[tuple[int, int]]) -> list[Mention]:
    linked = link_persons(text, spans)
    styles = {id(person): style for (start, stop), (_, person) in zip(spans, linked, strict=True)
              if (style := _style(text, start, stop, person))}  # fmt: skip
    mentions = []
    for (start, stop), (reading, person) in zip(spans, linked, strict=True):
        entity = styles.get(id(person), person).known_as()
        mentions.append(Mention(start, stop, "person", text[start:stop], reading.name, entity.key, entity.label))
    return mentions


def _style(text: CutText, start: int, stop: int, person: Person) -> Person | None:
    """A cleric or prince with his title, a family in the plural, one of a family by the surname of one; else None."""
    if person.surname and not person.given:
        is_kin = is_family(person.surname) or is_of_kin(text, start, text[start:stop])
        return Person(surname_of_all(person.surname), "", "", "") if is_kin else None
    if person.surname and is_one_of(text, start, person.surname):
        return Person(surname_of_one(person.surname, person.sex), person.given, person.patronymic, person.sex)
    has_one = not (person.surname or person.patronymic or NUMERAL_AT_END.search(fold(person.given)))
    title = title_before(text, start) if has_one else ""
    return Person("", f"{title.capitalize()} {person.given}", "", person.sex) if title else None


def _bodies(text: CutText, spans: Sequence[tuple[int, int, BodyKind]]) -> list[Mention]:
    names = _attested([text[start:stop] for start, stop, _ in spans], [_nominative(text, a, b) for a, b, _ in spans])
    labels = [proper_name(name) for name in names]
    labels = [
        own if own not in AIR_FORCE or _prints(text, start, stop) else AIR_FORCE[own]
        for own, (start, stop, _) in zip(labels, spans, strict=True)
    ]
    whole = _acronyms(text, spans, labels) | _namesakes(text, spans, labels)
    labels = [
        known_as(whole.get(own, own), ours[0] if (ours := OURS_AFTER.match(text, stop)) else "")
        for own, (_, stop, _) in zip(labels, spans, strict=True)
    ]
    labels = _placed(text, spans, labels)
    whole = _shortened(labels)
    labels = [whole.get(label, label) for label in labels]
    mentions = []
    for (start, stop, kind), name, label in zip(spans, names, map(known_as, labels), strict=True):
        mentions.append(Mention(start, stop, kind, text[start:stop], name, BodyKey(kind, fold(label)), label))
    return mentions


def _prints(text: CutText, start: int, stop: int) -> bool:
    """Whether the words beside a name make it one that is read or heard."""
    return bool(PRINTING.search(word_before(text, start))) or is_speaker(text, Span(start, stop, "body"))


def _placed(text: str, spans: Sequence[tuple[int, int, Kind]], labels: Sequence[str]) -> list[str]:
    """The labels with the place that the text names right after them, or with the only one that it names elsewhere."""
    found = [
        label if is_official(text[start:stop]) else label_with_place(text, stop, label)
        for (start, stop, _), label in zip(spans, labels, strict=True)
    ]
    full: dict[str, set[str]] = defaultdict(set)
    whole: dict[str, set[str]] = defaultdict(set)
    for label, with_place in zip(labels, found, strict=True):
        full[label].add(with_place)
        if label != with_place and is_numbered(label):
            whole[label].add(with_place)
    by_end = _by_ends(full)
    for label in full:
        if is_of_region(label):  # of few words, so of few names
            whole[label].update(*(full[other] for other in full if is_short_for(label, other)))
        elif is_numbered(label):
            whole[label].update(*(full[other] for other in by_end.get(f"{label[:1].lower()}{label[1:]}", ())))
    return [
        min(whole[label]) if label == with_place and len(whole.get(label, ())) == 1 else with_place
        for label, with_place in zip(labels, found, strict=True)
    ]


def _attested(printed: Sequence[str], names: Sequence[str]) -> list[str]:
    """The nominatives of an article's names; one that nothing else there is printed in gives way to the one that is and
    that the name may have («Коломенского» beside «Коломенский», «Трактора» beside «Трактор»)."""
    nominatives = {own for own, name in zip(printed, names, strict=True) if own == name}
    alike = Counter(one[:2] for one in nominatives)
    found = []
    for own, name in zip(printed, names, strict=True):
        is_printed = name in nominatives
        others = alike[own[:2]] - (is_printed and name[:2] == own[:2])
        fitting = set[str]()
        if others and (own == name or not is_printed):
            fitting = {one for one in possible_nominatives(own) & nominatives if one[:2] == own[:2] and one != name}
        found.append(min(fitting) if len(fitting) == 1 else name)
    return found


def _namesakes(text: CutText, spans: Sequence[tuple[int, int, Kind]], labels: Sequence[str]) -> dict[str, str]:
    """Name → name with its type word, where a paper or a club bears a plant's: «газета «Красный Октябрь»»."""
    found = {}
    for (start, _, kind), label in zip(spans, labels, strict=True):
        if kind == "organisation" and has_enterprise_name(label):
            types = BEARERS.intersection(lemmas(noun_before(text, start)))
            if types:
                word = min(types)
                found[label] = f"{word.capitalize() if VOWEL.search(word) else word.upper()} «{label}»"
    return found


def _nominative(text: CutText, start: int, stop: int) -> str:
    """The nominative of the body named there."""
    printed = text[start:stop]
    if is_of_region(printed):
        return of_region(printed)
    if is_official(printed):
        return nominative(printed)
    if is_numbered(printed):
        return numbered(printed)
    return nominative_body(printed, text[start - 1 : start] in tuple(QUOTES), governed_cases(text, start))


def _acronyms(text: str, spans: Sequence[tuple[int, int, Kind]], labels: Sequence[str]) -> dict[str, str]:
    """Acronym → full name, where the article explains it: «Волгоградский тракторный завод (ВгТЗ)»; full name → acronym
    where everybody knows that one («ФИФА»)."""
    found: dict[str, str] = {}
    for i in range(1, len(spans)):
        name, short = labels[i - 1 : i + 1]
        if not OPENS_BRACKET.fullmatch(text[spans[i - 1][1] : spans[i][0]]):
            continue
        is_foreign = bool(ACRONYM.fullmatch(short) and CLOSES_BRACKET.match(text, spans[i][1])) and name.count(" ") > 1
        if is_foreign or _abbreviates(short, name):
            is_known = is_known_organisation(short) and not is_known_body(name)
            found |= {name: short} if is_known else {short: name}
    return found


def _shortened(labels: Iterable[str]) -> dict[str, str]:
    """Name → how its bearer is called in the article, where of two names one is the other in short: «Михайловский»,
    «МХАТ», «Водоканал», «УФАС» are the «Михайловский театр», the «МХАТ им. Горького», the «Водоканал Петербурга», the
    «Саратовское УФАС»; the «Банк ВТБ» is the «ВТБ»."""
    names = dict.fromkeys(labels)
    by_end, by_beginning = _by_ends(names), _by_beginnings(names)
    found = {}
    for name in names:
        ends = by_end.get(name, [])
        where = [other for other in ends if _says_where(other.removesuffix(name).split())]
        longer = where + by_beginning.get(name, [])
        if len(longer) == 1 and (where or _completes(name, longer[0][len(name) + 1 :])):
            found[name] = longer[0]
        found |= {other: name for other in ends if _says_what(other.removesuffix(name).split())}
    return {name: found.get(other, other) for name, other in found.items()}


def _by_ends(names: Iterable[str]) -> dict[str, list[str]]:
    """The names by what stands after each blank in them."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for blank in BLANK.finditer(name):
            found[name[blank.end() :]].append(name)
    return found


def _by_beginnings(names: Iterable[str]) -> dict[str, list[str]]:
    """The names by what stands before each blank in them."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for blank in BLANK.finditer(name):
            found[name[: blank.start()]].append(name)
    return found


def _says_where(before: Sequence[str]) -> bool:
    """Whether the words before a shorter name are adjectives, the first of a place."""
    return bool(OF_PLACE.search(before[0])) and all(share(fold(word), "ADJF") > ADJECTIVE_SHARE for word in before)


def _says_what(before: Sequence[str]) -> bool:
    """Whether the words before a shorter name are a type word and adjectives of it."""
    *adjectives, last = before
    return fold(last) in GENERIC_WORDS - AMBIGUOUS_TYPES and all(
        share(fold(word), "ADJF") > ADJECTIVE_SHARE for word in adjectives
    )


def _completes(name: str, rest: str) -> bool:
    """Whether the rest of a longer name says no more than what kind of body it is, whose name it bears, where it is; or
    the name is its type word («Альянс»)."""
    is_part = share(fold(name), "ADJF") > ADJECTIVE_SHARE or (
        " " not in name and bool(type_kind(name)) and not is_of_states(name)
    )
    return is_part or rest.startswith(("имени ", "им.")) or is_of_place(name, rest)


def _abbreviates(short: str, name: str) -> bool:
    """Whether the capitals of one are the first letters of the other's words, or it is put together from the beginnings
    of these («Сколтех»)."""
    words = [word for word in WORD_PART.findall(name) if len(word) > 1]
    first = "".join(word[0] for word in words).upper()
    is_acronym = len(first) > 1 and "".join(letter for letter in short if letter.isupper()) == first
    return is_acronym or (len(words) > 1 and _is_compound(fold(short), [fold(word) for word in words]))


def _is_compound(short: str, words: Sequence[str]) -> bool:
    """Whether a folded word is the beginnings of two or more of the words, in order, each of two letters at least."""
    reached = {(0, 0)}  # letters of it, words
    for word in words:
        reached |= {
            (at + size, taken + 1)
            for at, taken in reached
            for size in range(2, len(word) + 1)
            if short.startswith(word[:size], at)
        }
    return any(at == len(short) and taken > 1 for at, taken in reached)

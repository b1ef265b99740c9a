"""One mention of a body in; what it says of its kind, out.

A name is well known, a legal form or a type word stands before it («завод «Баррикады»») or in it («Волжский трубный
завод»), it has an ending («Волгоградэнерго»), a word that goes with it («акции», «тренер»). Where nothing is said it is
an organisation, in quotes nobody's name.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.lexicon.gazetteer_kinds import car_makers, likely, namesake_clubs, reputation, social_networks, well_known
from indexer.lexicon.lemma_key import WORD, LemmaKey, lemma_key
from indexer.lexicon.type_words import (
    AUTHORITY_ENDINGS,
    BEARERS,
    BESIDE_ENTERPRISE,
    BESIDE_NETWORK,
    BESIDE_ORGANISATION,
    BODY_ROLES,
    CARS,
    ENTERPRISE_ENDINGS,
    EVENTS,
    LEGAL_ENTERPRISE,
    LEGAL_WORDS,
    NO_BODIES,
    OF_CLUBS,
    STREETS,
    THINGS,
    TITLES,
    WORKS,
    TypeKind,
    of_pair,
    of_type,
)
from indexer.names.organisation_names import nominative_body
from indexer.ner.context import (
    ACCIDENT,
    SPORT,
    is_about,
    is_broken,
    is_dateline,
    is_quoted,
    is_street,
    last_word,
    noun_before,
    speaks,
    thing_follows,
    type_after,
    verb_follows,
)
from indexer.ner.organisation_spans import ABBREVIATION
from indexer.ner.quotes import LEFT, OPENING, before_name, type_before
from indexer.text.lemmas import lemmas, share
from indexer.text.spans import Span
from indexer.text.tokens import fold


class Evidence(NamedTuple):
    """What one mention says; the greater weight decides."""

    weight: int
    kind: TypeKind


TYPED, KNOWN, LEGAL, INSIDE, BEFORE_NAME, WITHIN, ENDING, BESIDE, LIKELY, NOTHING = range(10, 0, -1)
GROUP = re.compile(r"Групп(?<=[^.!?…\s] Групп)[аыеу] [«\"“]?$")  # a pattern that begins with letters is found fast
OWNERS = frozenset("ее его их свой своего своей своем своя свою моя моей моего наш нашей".split())
SITE = re.compile(r"[\w-]\.(?:ru|рф|kz|by|ua|com|net|org|info|tv|me|ру)$", re.IGNORECASE)
YEAR = re.compile(r"\D(?:19|20)\d\d$")  # «Зерно России – 2020»
NUMBERED = re.compile(
    r"(?!ИК|КП|ПЧ|КБ|РУ|ТЭЦ|ЦКБ|СКБ|НИИ|ДСК|СМУ|АТП)[А-ЯЁ]{1,3}[- ]\d{2,4}|[A-Z][A-Za-z]{0,2}[- ]\d{1,4}|\w+-[IVX]+"
)  # «С-300», «СНВ-III»
OF_COMPANIES = frozenset(
    "мотор моторс груп групп рус россия банк центр motor motors models group rus company division".split()
)
ACTING = frozenset(
    "к компания корпорация против глава руководство владелец основатель гендиректор акция сотрудник офис иск платформа "
    "создатель разработчик представитель".split()
)


def evidence(text: str, span: Span, listed: TypeKind | None = None) -> Evidence:
    """The strongest thing that a mention says; `listed`: what its list of quoted names says."""
    name = text[span.start : span.stop]
    key = lemma_key(name)
    if is_broken(text, span) or is_title(key):
        return Evidence(INSIDE, "nameless")
    if key in social_networks() and not acts(text, span):
        return Evidence(NOTHING, "nameless")
    if key[:1] in car_makers():
        return of_maker(text, span, key[1:])
    reputed = reputation(name)
    if reputed and (typed := typed_beside(text, span)):
        return Evidence(TYPED, typed)
    if reputed and key in namesake_clubs() and is_about(text, SPORT):
        return Evidence(LIKELY, "organisation")
    if reputed:
        return Evidence(KNOWN, reputed)
    return next(filter(None, (look(text, span, listed) for look in LOOKS)), None) or unsaid(text, span)


def typed_beside(text: str, span: Span) -> TypeKind | None:
    """What the type word before a well-known name in quotes says: it may be another's («газета «Победа»», «балет
    «Спартак»»)."""
    name = text[span.start : span.stop]
    bearer = noun_before(text, span.start) if is_quoted(text, span) else ""
    kind = of_type(bearer)
    if kind == "organisation" and BEARERS.isdisjoint(lemmas(bearer)):  # «группа «АвтоВАЗ»» is the plant
        return None
    says_which = kind in ("enterprise", "organisation") or not WORKS.isdisjoint(lemmas(bearer))
    return kind if says_which and nominative_body(name, quoted=True) == name else None


def by_legal_form(text: str, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The legal form right before the name."""
    return said(LEGAL, legal_before(text, span.start))


def by_type_inside(text: str, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The first type word of an unquoted name: its head («Волжский трубный завод», «Министерство юстиции»)."""
    return None if is_quoted(text, span) else said(INSIDE, type_inside(text, span))


def by_type_before(text: str, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The type word before: of what is no body only where the name is that thing's own."""
    before = listed or type_before(text, span.start)
    if GROUP.search(text, max(0, span.start - LEFT), span.start):
        before = "enterprise"
    if before != "nameless":
        return said(BEFORE_NAME, before)
    if is_quoted(text, span):
        return said(BEFORE_NAME, before) if is_things(text, span) else None
    return said(LIKELY, before) if on_street(text, span.start) or is_model(text, span) else None


def is_things(text: str, span: Span) -> bool:
    """Whether a name in quotes after the word for what is no body is its own: in apposition, and no club's in sport."""
    before = noun_before(text, span.start)
    if not BODY_ROLES.isdisjoint(lemmas(before)) or words_beside(text, span):
        return False
    if not OF_CLUBS.isdisjoint(lemmas(before)) and is_about(text, SPORT):
        return False
    name = text[span.start : span.stop]
    return nominative_body(name, quoted=True) == name


def by_words_within(text: str, span: Span, listed: TypeKind | None) -> Evidence | None:
    """A site's address, the name of an event, a type word in quotes, a well-known name and more («Газпром школа»)."""
    name = text[span.start : span.stop]
    key = lemma_key(name)
    if SITE.search(name):
        return Evidence(WITHIN, "organisation")
    if YEAR.search(name) or (len(key) > 1 and not EVENTS.isdisjoint(key)):
        return Evidence(WITHIN, "nameless")
    inside = type_inside(text, span) if len(key) > 1 else None
    return said(WITHIN, inside or well_known().get(key[:1]))


def by_word_endings(text: str, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The endings of the name's words."""
    return said(ENDING, by_ending([fold(word) for word in WORD.findall(text, span.start, span.stop)]))


def by_words_beside(text: str, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The word right before the name, where neither it nor the name's ending says more."""
    if of_type(noun_before(text, span.start)) or by_word_endings(text, span, listed):
        return None
    return said(BESIDE, words_beside(text, span))


def by_type_after(text: str, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The type word of an apposition after the name."""
    return said(BESIDE, type_after(text, span))


LOOKS = (
    by_legal_form,
    by_type_inside,
    by_words_beside,
    by_type_before,
    by_words_within,
    by_word_endings,
    by_type_after,
)


def said(weight: int, kind: TypeKind | None) -> Evidence | None:
    """Evidence where there is a kind."""
    return Evidence(weight, kind) if kind else None


def unsaid(text: str, span: Span) -> Evidence:
    """What a name is that nothing speaks of: in quotes most likely a work or a product, in sport a club."""
    name = text[span.start : span.stop]
    often = likely().get(lemma_key(name))
    if often:
        return Evidence(LIKELY, often)
    if NUMBERED.fullmatch(name) or is_dateline(text, span) or is_street(text, span) or thing_follows(text, span):
        return Evidence(NOTHING, "nameless")
    is_body = (
        name.isupper()
        or " " in name
        or not is_quoted(text, span)
        or is_about(text, SPORT)
        or speaks(text, span)
        or after_abbreviation(text, span.start)
        or not BODY_ROLES.isdisjoint(lemmas(noun_before(text, span.start)))
    )
    return Evidence(NOTHING, "organisation" if is_body else "nameless")


def after_abbreviation(text: str, start: int) -> bool:
    """Whether an abbreviation stands before, of a type that we do not know («БКХ «Коломенский»»)."""
    last = next((word for word in reversed(before_name(text, start)[-3:]) if word not in OPENING), "")
    return bool(ABBREVIATION.fullmatch(last)) and fold(last) not in NO_BODIES and not of_type(last)


def acts(text: str, span: Span) -> bool:
    """Whether a network is spoken of as a company: «иск к Twitter», «Twitter откладывает»."""
    before = last_word(text, span.start)
    if before in BESIDE_NETWORK:
        return False
    return bool((ACTING | BESIDE_ENTERPRISE).intersection((before, *lemmas(before)))) or verb_follows(text, span)


def of_maker(text: str, span: Span, more: LemmaKey) -> Evidence:
    """What the name of a car maker means: his cars by a model, a car before, a road accident told."""
    if more and OF_COMPANIES.isdisjoint(more):
        return Evidence(LIKELY, "nameless")
    if more or "enterprise" in (type_before(text, span.start), words_beside(text, span)):
        return Evidence(BEFORE_NAME, "enterprise")
    before = last_word(text, span.start)
    if before in OWNERS or not CARS.isdisjoint(lemmas(before)) or is_about(text, ACCIDENT):
        return Evidence(LIKELY, "nameless")
    return Evidence(BESIDE if verb_follows(text, span) else NOTHING, "enterprise")


def is_title(key: LemmaKey) -> bool:
    """Whether a name is a dignitary's («Александрийский Патриарх»)."""
    *adjectives, last = key or ("",)
    return last in TITLES and all(share(word, "ADJF") > 0.5 for word in adjectives)


def is_model(text: str, span: Span) -> bool:
    """Whether a Latin name stands right after the word for a product or a building («жилой комплекс Crystal»)."""
    is_latin = text[span.start : span.stop].isascii()
    return is_latin and not THINGS.isdisjoint(lemmas(last_word(text, span.start)))


def on_street(text: str, start: int) -> bool:
    """Whether a name is a street's («проспект Науки»)."""
    return not STREETS.isdisjoint(lemmas(last_word(text, start)))


def legal_before(text: str, start: int) -> TypeKind | None:
    """What the legal form before a name says; an abbreviation may stand between («АО «ПО «Возрождение»»)."""
    words = [word for word in before_name(text, start)[-4:] if word not in OPENING]
    last, *rest = [*reversed(words), ""]
    if fold(last) in LEGAL_WORDS:
        return "enterprise" if fold(last) in LEGAL_ENTERPRISE else "organisation"
    is_between = ABBREVIATION.fullmatch(last) and rest and fold(rest[0]) in LEGAL_ENTERPRISE
    return "enterprise" if is_between else None


def type_inside(text: str, span: Span) -> TypeKind | None:
    """What the first type word of a name says."""
    last, is_headed = "", False  # «Дом книги» is no book
    for word in WORD.findall(text, span.start, span.stop):
        kind = of_pair(last, word) or of_type(word)
        if kind and (kind != "nameless" or not is_headed):
            return kind
        is_headed = is_headed or share(fold(word), "NOUN") > 0.5
        last = word
    return None


def by_ending(forms: Sequence[str]) -> TypeKind | None:
    """What the endings of a name's words say («Росстат», «Волгоградэнерго», «Промсвязьбанк»)."""
    for word in (word for form in forms for word in (form, lemmas(form)[0])):
        if AUTHORITY_ENDINGS.search(word):
            return "organisation"
        if ENTERPRISE_ENDINGS.search(word):
            return "enterprise"
    return None


def words_beside(text: str, span: Span) -> TypeKind | None:
    """What the word right before a name says («акции «Магнита»», «тренер «Ротора»»)."""
    found = lemmas(noun_before(text, span.start))
    if not BESIDE_ENTERPRISE.isdisjoint(found):
        return "enterprise"
    return "organisation" if not BESIDE_ORGANISATION.isdisjoint(found) else None

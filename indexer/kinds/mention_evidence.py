"""Judges by one mention of a body of which kind it is.

A name is well known, a legal form or a type word stands before it («завод «Баррикады»») or in it («Волжский трубный
завод»), it has an ending («Волгоградэнерго»), a word that goes with it («акции», «тренер»). Where nothing is said it is
an organisation, in quotes nobody's name.
"""

from indexer.context.neighbours import is_quoted, noun_before
from indexer.context.quotes import kind_before
from indexer.kinds.brands import is_acting_network, maker_evidence
from indexer.kinds.context_clues import (
    after_abbreviation,
    apposition_kind,
    is_broken,
    is_dateline,
    is_model,
    is_speaker,
    is_street,
    legal_form_kind,
    neighbour_kind,
    on_street,
    thing_follows,
)
from indexer.kinds.evidence import Evidence, Strength, evidence_of
from indexer.kinds.name_clues import MODEL_NUMBER, SITE_NAME, YEAR_AT_END, ending_kind, inner_kind, is_title
from indexer.kinds.topics import SPORT, is_about
from indexer.lexicon.gazetteer_kinds import (
    car_makers,
    known_kinds,
    likely_kinds,
    namesake_clubs,
    reputed_kind,
    social_networks,
)
from indexer.lexicon.lemma_key import lemma_key
from indexer.lexicon.type_kinds import TypeKind, type_kind
from indexer.lexicon.type_words import (
    BEARERS,
    BODY_ROLES,
    EVENTS,
    OF_CLUBS,
    WORKS,
)
from indexer.names.organisation_names import nominative_body
from indexer.text.cut_text import CutText
from indexer.text.lemmas import lemmas
from indexer.text.spans import Span
from indexer.text.tokens import fold
from indexer.text.words import WORD

GROUP_FORMS = frozenset(("Группа", "Группы", "Группе", "Группу"))
SENTENCE_ENDS = frozenset(".!?…\n")


def evidence(text: CutText, span: Span, listed: TypeKind | None = None) -> Evidence:
    """The strongest thing that a mention says; `listed`: what its list of quoted names says."""
    name = text[span.start : span.stop]
    key = lemma_key(name)
    if is_broken(text, span) or is_title(key):
        return Evidence(Strength.INSIDE, "nameless")
    if key in social_networks() and not is_acting_network(text, span):
        return Evidence(Strength.NOTHING, "nameless")
    if key[:1] in car_makers():
        return maker_evidence(text, span, key[1:])
    reputed = reputed_kind(name)
    if reputed and (typed := typed_beside(text, span)):
        return Evidence(Strength.TYPED, typed)
    if reputed and key in namesake_clubs() and is_about(text, SPORT):
        return Evidence(Strength.LIKELY, "organisation")
    if reputed:
        return Evidence(Strength.KNOWN, reputed)
    return next(filter(None, (look(text, span, listed) for look in EVIDENCE_IN_ORDER)), None) or unsaid(text, span)


def typed_beside(text: CutText, span: Span) -> TypeKind | None:
    """What the type word before a well-known name in quotes says: it may be another's («газета «Победа»», «балет
    «Спартак»»)."""
    name = text[span.start : span.stop]
    bearer = noun_before(text, span.start) if is_quoted(text, span) else ""
    kind = type_kind(bearer)
    if kind == "organisation" and BEARERS.isdisjoint(lemmas(bearer)):  # «группа «АвтоВАЗ»» is the plant
        return None
    says_which = kind in ("enterprise", "organisation") or not WORKS.isdisjoint(lemmas(bearer))
    return kind if says_which and nominative_body(name, quoted=True) == name else None


def by_legal_form(text: CutText, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The legal form right before the name."""
    return evidence_of(Strength.LEGAL, legal_form_kind(text, span.start))


def by_type_inside(text: CutText, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The first type word of an unquoted name: its head («Волжский трубный завод», «Министерство юстиции»)."""
    return None if is_quoted(text, span) else evidence_of(Strength.INSIDE, inner_kind(text, span))


def by_type_before(text: CutText, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The type word before: of what is no body only where the name is that thing's own."""
    before = listed or kind_before(text, span.start)
    if is_group(text, span.start):
        before = "enterprise"
    if before != "nameless":
        return evidence_of(Strength.BEFORE_NAME, before)
    if is_quoted(text, span):
        return evidence_of(Strength.BEFORE_NAME, before) if is_name_of_thing(text, span) else None
    return evidence_of(Strength.LIKELY, before) if on_street(text, span.start) or is_model(text, span) else None


def is_group(text: CutText, start: int) -> bool:
    """Whether «Группа» stands before a name, with a capital that no sentence gives it."""
    group = text.unquoted(start) - 1
    return (
        group > 0
        and text.words[group] in GROUP_FORMS
        and text.words[group - 1][-1] not in SENTENCE_ENDS
        and not text.touches(group)
    )


def is_name_of_thing(text: CutText, span: Span) -> bool:
    """Whether a name in quotes after the word for what is no body is its own: in apposition, and no club's in sport."""
    before = noun_before(text, span.start)
    if not BODY_ROLES.isdisjoint(lemmas(before)) or neighbour_kind(text, span):
        return False
    if not OF_CLUBS.isdisjoint(lemmas(before)) and is_about(text, SPORT):
        return False
    name = text[span.start : span.stop]
    return nominative_body(name, quoted=True) == name


def by_words_within(text: CutText, span: Span, listed: TypeKind | None) -> Evidence | None:
    """A site's address, the name of an event, a type word in quotes, a well-known name and more («Газпром школа»)."""
    name = text[span.start : span.stop]
    key = lemma_key(name)
    if SITE_NAME.search(name):
        return Evidence(Strength.WITHIN, "organisation")
    if YEAR_AT_END.search(name) or (len(key) > 1 and not EVENTS.isdisjoint(key)):
        return Evidence(Strength.WITHIN, "nameless")
    inside = inner_kind(text, span) if len(key) > 1 else None
    return evidence_of(Strength.WITHIN, inside or known_kinds().get(key[:1]))


def by_word_endings(text: CutText, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The endings of the name's words."""
    return evidence_of(Strength.ENDING, ending_kind([fold(word) for word in WORD.findall(text, span.start, span.stop)]))


def by_words_beside(text: CutText, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The word right before the name, where neither it nor the name's ending says more."""
    if type_kind(noun_before(text, span.start)) or by_word_endings(text, span, listed):
        return None
    return evidence_of(Strength.BESIDE, neighbour_kind(text, span))


def by_type_after(text: CutText, span: Span, listed: TypeKind | None) -> Evidence | None:
    """The type word of an apposition after the name."""
    return evidence_of(Strength.BESIDE, apposition_kind(text, span))


EVIDENCE_IN_ORDER = (
    by_legal_form,
    by_type_inside,
    by_words_beside,
    by_type_before,
    by_words_within,
    by_word_endings,
    by_type_after,
)


def unsaid(text: CutText, span: Span) -> Evidence:
    """What a name is that nothing speaks of: in quotes most likely a work or a product, in sport a club."""
    name = text[span.start : span.stop]
    often = likely_kinds().get(lemma_key(name))
    if often:
        return Evidence(Strength.LIKELY, often)
    if MODEL_NUMBER.fullmatch(name) or is_dateline(text, span) or is_street(text, span) or thing_follows(text, span):
        return Evidence(Strength.NOTHING, "nameless")
    is_body = (
        name.isupper()
        or " " in name
        or not is_quoted(text, span)
        or is_about(text, SPORT)
        or is_speaker(text, span)
        or after_abbreviation(text, span.start)
        or not BODY_ROLES.isdisjoint(lemmas(noun_before(text, span.start)))
    )
    return Evidence(Strength.NOTHING, "organisation" if is_body else "nameless")

"""Names of bodies in a text in; which are enterprises, which other organisations, which no body's name at all, out.

An enterprise sells goods or services. Every mention gives evidence: the name is well known, a type word stands in it
(«Волжский трубный завод»), a legal form or a type word before it, an ending («Волгоградэнерго»), a word that goes with
it («акции», «тренер»). The strongest evidence in the article decides for all mentions of the name; where there is none
it is an organisation.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from indexer.annotation import Kind
from indexer.body_mentions import BEFORE, LEFT, OPENING, WORD, NameKey, TypeKind, name_key, of_type, quoted, type_before
from indexer.lemmas import lemmas
from indexer.tagger import Span
from indexer.tokens import fold
from indexer.typewords import (
    AUTHORITY_ENDINGS,
    BESIDE_ENTERPRISE,
    BESIDE_NETWORK,
    BESIDE_ORGANISATION,
    ENTERPRISE_ENDINGS,
    LEGAL_ENTERPRISE,
    LEGAL_ORGANISATION,
    STREETS,
)
from indexer.wellknown import ENTERPRISES, ORGANISATIONS, SOCIAL_NETWORKS

Named = tuple[int, int, Kind]  # start, stop, kind


class Evidence(NamedTuple):
    """What one mention says; the greater weight decides."""

    weight: int
    kind: TypeKind


KNOWN, LEGAL, INSIDE, BEFORE_NAME, ENDING, BESIDE, NOTHING = 7, 6, 5, 4, 3, 2, 0


def kinds(text: str, spans: Iterable[Span]) -> tuple[Named, ...]:
    """Persons as they are, bodies as enterprises or organisations; what names no body is left out."""
    spans = tuple(spans)
    in_quotes = list(quoted(text))
    types = {start: kind for (start, _), kind in in_quotes}
    said: dict[NameKey, list[Evidence]] = {}
    for span in spans:
        if span.kind == "body":
            mention = evidence(text, span, types.get(span.start))
            said.setdefault(name_key(text[span.start : span.stop]), []).append(mention)
    for place, type_kind in in_quotes:
        if type_kind == "nameless":
            said.setdefault(name_key(text[slice(*place)]), []).append(Evidence(BEFORE_NAME, type_kind))
    decided = {key: strongest(evidences) for key, evidences in said.items()}
    return tuple((span.start, span.stop, kind) for span in spans if (kind := kind_among(text, span, decided)))


def kind_among(text: str, span: Span, decided: Mapping[NameKey, TypeKind]) -> Kind | None:
    """The kind decided for a span's name."""
    if span.kind == "person":
        return "person"
    kind = decided[name_key(text[span.start : span.stop])]
    return None if kind == "nameless" else kind


def strongest(evidences: Sequence[Evidence]) -> TypeKind:
    """The kind with the greatest weight, then the most mentions."""
    weight = max(evidence.weight for evidence in evidences)
    said = [evidence.kind for evidence in evidences if evidence.weight == weight]
    return max(dict.fromkeys(said), key=said.count)


@cache
def well_known() -> Mapping[NameKey, TypeKind]:
    """The kinds of the names that everybody knows."""
    enterprises: dict[NameKey, TypeKind] = {name_key(name): "enterprise" for name in ENTERPRISES}
    return enterprises | {name_key(name): "organisation" for name in ORGANISATIONS}


@cache
def social_networks() -> frozenset[NameKey]:
    """The names of networks where one writes."""
    return frozenset(map(name_key, SOCIAL_NETWORKS))


def kind_of(text: str, span: Span) -> Kind | None:
    """What one body's span alone says; None where it names no body."""
    return next((kind for *_, kind in kinds(text, [span])), None)


def evidence(text: str, span: Span, listed: TypeKind | None = None) -> Evidence:
    """The strongest thing that a mention says; `listed`: what its list of quoted names says."""
    name = text[span.start : span.stop]
    if name_key(name) in social_networks() and last_word(text, span.start) in BESIDE_NETWORK:
        return Evidence(NOTHING, "nameless")
    known = well_known().get(name_key(name))
    if known:
        return Evidence(KNOWN, known)
    legal = legal_before(text, span.start)
    if legal:
        return Evidence(LEGAL, legal)
    inside = type_inside(text, span) or well_known().get(name_key(name)[:1])
    if inside:
        return Evidence(INSIDE, inside)
    before = listed or type_before(text, span.start)
    if before and (before != "nameless" or is_quoted(text, span) or on_street(text, span.start)):
        return Evidence(BEFORE_NAME, before)
    ending = by_ending([fold(word) for word in WORD.findall(name)])
    if ending:
        return Evidence(ENDING, ending)
    beside = words_beside(text, span)
    if beside:
        return Evidence(BESIDE, beside)
    is_body = name.isupper() or " " in name or not is_quoted(text, span)
    return Evidence(NOTHING, "organisation" if is_body else "nameless")


def is_quoted(text: str, span: Span) -> bool:
    """Whether an opening quote stands right before it."""
    return text[span.start - 1 : span.start] in OPENING


def on_street(text: str, start: int) -> bool:
    """Whether a name is a street's («проспект Науки»)."""
    return not STREETS.isdisjoint(lemmas(last_word(text, start)))


def legal_before(text: str, start: int) -> Literal["enterprise", "organisation"] | None:
    """What the legal form right before a name says."""
    form = last_word(text, start)
    return "enterprise" if form in LEGAL_ENTERPRISE else "organisation" if form in LEGAL_ORGANISATION else None


def words_before(text: str, start: int) -> list[str]:
    """The folded words before a name back to the last sign, quotes right before it passed over."""
    before = BEFORE.findall(text, max(0, start - LEFT), start)
    while before and before[-1] in OPENING:
        before.pop()
    signs = [i for i, word in enumerate(before) if not word[0].isalnum()]
    return [fold(word) for word in before[signs[-1] + 1 if signs else 0 :]]


def last_word(text: str, start: int) -> str:
    """The folded word right before a name; "" where a sign stands between."""
    return next(reversed(words_before(text, start)), "")


def type_inside(text: str, span: Span) -> TypeKind | None:
    """The first type word of an unquoted name: its head («Волжский трубный завод», «Министерство юстиции»)."""
    if is_quoted(text, span):
        return None
    return next((kind for word in WORD.findall(text, span.start, span.stop) if (kind := of_type(word))), None)


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
    found = lemmas(last_word(text, span.start))
    if not BESIDE_ENTERPRISE.isdisjoint(found):
        return "enterprise"
    return "organisation" if not BESIDE_ORGANISATION.isdisjoint(found) else None

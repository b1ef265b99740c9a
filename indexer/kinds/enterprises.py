"""Decides which names of bodies are enterprises, which other organisations, and which are no body's name at all.

An enterprise sells goods or services. Every mention gives evidence (indexer/kinds/mention_evidence.py); the strongest
in the article decides for all mentions of the name, and for its short forms («ВМЗ», «Barrick») where they themselves
say little. Whoever else wants to know of a name whether it is an enterprise asks here.
"""

from collections.abc import Iterable, Mapping, Sequence

from indexer.annotation import Kind
from indexer.context.quotes import quoted_names
from indexer.kinds.evidence import Evidence, Strength
from indexer.kinds.mention_evidence import evidence, is_name_of_thing
from indexer.lexicon.gazetteer_kinds import reputed_kind
from indexer.lexicon.lemma_key import LemmaKey, lemma_key
from indexer.lexicon.type_kinds import TypeKind
from indexer.text.cut_text import CutText
from indexer.text.lemmas import known, lemmas, share
from indexer.text.spans import Span
from indexer.text.tokens import fold
from indexer.text.words import WORD

KindSpan = tuple[int, int, Kind]  # start, stop, kind


def kinds(text: CutText, spans: Iterable[Span]) -> tuple[KindSpan, ...]:
    """Persons as they are, bodies as enterprises or organisations; what names no body is left out."""
    spans = tuple(spans)
    in_quotes = quoted_names(text)
    types = {start: kind for (start, _), kind in in_quotes}
    said: dict[LemmaKey, list[Evidence]] = {}
    for span in spans:
        if span.kind == "body":
            mention = evidence(text, span, types.get(span.start))
            said.setdefault(lemma_key(text[span.start : span.stop]), []).append(mention)
    for place, type_kind in in_quotes:
        if type_kind == "nameless" and is_name_of_thing(text, Span(*place, "body")):
            said.setdefault(lemma_key(text[slice(*place)]), []).append(Evidence(Strength.BEFORE_NAME, type_kind))
    printed = {
        lemma_key(name): name for span in spans if span.kind == "body" for name in [text[span.start : span.stop]]
    }
    decided = {key: strongest([*own, *evidence_of_longer(key, printed, said)]) for key, own in said.items()}
    return tuple((span.start, span.stop, kind) for span in spans if (kind := kind_among(text, span, decided)))


def kind_among(text: CutText, span: Span, decided: Mapping[LemmaKey, TypeKind]) -> Kind | None:
    """The kind decided for a span's name."""
    if span.kind == "person":
        return "person"
    kind = decided[lemma_key(text[span.start : span.stop])]
    return None if kind == "nameless" else kind


def evidence_of_longer(
    key: LemmaKey, printed: Mapping[LemmaKey, str], said: Mapping[LemmaKey, Sequence[Evidence]]
) -> list[Evidence]:
    """What is said of those names of the article that a name short of evidence stands for; it may be no body's name
    though they are («Зенит Арена»)."""
    if key not in printed or max(evidence.strength for evidence in said[key]) > Strength.BESIDE:
        return []
    longer = (other for other in printed if other != key and stands_for(printed[key], key, printed[other], other))
    return [evidence for other in longer for evidence in said[other] if evidence.kind != "nameless"]


def stands_for(name: str, key: LemmaKey, other_name: str, other: LemmaKey) -> bool:
    """Whether a name is another's beginning, abbreviation or, being of one word that the dictionary does not have, its
    other case («Лекурга»)."""
    if key and other[: len(key)] == key:
        return not share(key[0], "ADJF")
    if len(key) != 1:
        return False
    if name.isupper() and len(other) > 1:
        initials = "".join(word[0] for word in WORD.findall(other_name) if len(word) > 1)
        return initials.upper() == name
    return (
        len(other) == 1 and not known(fold(name)) and not set(lemmas(fold(name))).isdisjoint(lemmas(fold(other_name)))
    )


def strongest(evidences: Sequence[Evidence]) -> TypeKind:
    """The kind that the strongest evidence speaks for, of several the one with the most mentions."""
    most = max(evidence.strength for evidence in evidences)
    said = [evidence.kind for evidence in evidences if evidence.strength == most]
    return max(dict.fromkeys(said), key=said.count)


def has_enterprise_name(name: str) -> bool:
    """Whether everybody knows an enterprise of that name.

    >>> has_enterprise_name("Красный Октябрь"), has_enterprise_name("Спартак"), has_enterprise_name("Ромашка")
    (True, False, False)
    """
    return reputed_kind(name) == "enterprise"


def is_known_organisation(name: str) -> bool:
    """Whether everybody knows another organisation of that name."""
    return reputed_kind(name) == "organisation"


def is_known_body(name: str) -> bool:
    """Whether everybody knows what that name is."""
    return reputed_kind(name) is not None


def kind_in_archive(as_enterprise: int, as_organisation: int) -> Kind:
    """The kind of a body that so many articles name as an enterprise, so many as another organisation; in doubt the
    latter.

    >>> kind_in_archive(3, 2), kind_in_archive(2, 2)
    ('enterprise', 'organisation')
    """
    return "enterprise" if as_enterprise > as_organisation else "organisation"

"""Decides which names of bodies are enterprises, which other organisations, and which are no body's name at all.

An enterprise sells goods or services. Every mention gives evidence (indexer/kinds/mention_evidence.py); the strongest
in the article decides for all mentions of the name, and for its short forms («ВМЗ», «Barrick») where they themselves
say little. Whoever else wants to know of a name whether it is an enterprise asks here.
"""

from collections import defaultdict
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
    names = LongerNames(printed)
    decided = {key: strongest([*own, *evidence_of_longer(key, names, said)]) for key, own in said.items()}
    return tuple((span.start, span.stop, kind) for span in spans if (kind := kind_among(text, span, decided)))


def kind_among(text: CutText, span: Span, decided: Mapping[LemmaKey, TypeKind]) -> Kind | None:
    """The kind decided for a span's name."""
    if span.kind == "person":
        return "person"
    kind = decided[lemma_key(text[span.start : span.stop])]
    return None if kind == "nameless" else kind


def evidence_of_longer(
    key: LemmaKey, names: "LongerNames", said: Mapping[LemmaKey, Sequence[Evidence]]
) -> list[Evidence]:
    """What is said of those names of the article that a name short of evidence stands for; it may be no body's name
    though they are («Зенит Арена»)."""
    if key not in names.printed or max(evidence.strength for evidence in said[key]) > Strength.BESIDE:
        return []
    longer = names.meant_by(key)
    return [evidence for other in longer for evidence in said[other] if evidence.kind != "nameless"]


class LongerNames:
    """The names of an article by what may stand for them: their beginnings, initials, other cases."""

    def __init__(self, printed: Mapping[LemmaKey, str]) -> None:
        self.printed = printed
        self._place = {key: number for number, key in enumerate(printed)}
        self._by_beginning: dict[LemmaKey, list[LemmaKey]] = defaultdict(list)
        self._by_initials: dict[str, list[LemmaKey]] = defaultdict(list)
        self._by_lemma: dict[str, list[LemmaKey]] = defaultdict(list)
        for key, name in printed.items():
            for length in range(1, len(key)):
                self._by_beginning[key[:length]].append(key)
            if len(key) > 1:
                self._by_initials["".join(word[0] for word in WORD.findall(name) if len(word) > 1).upper()].append(key)
            for lemma in lemmas(fold(name)) if len(key) == 1 else ():
                self._by_lemma[lemma].append(key)

    def meant_by(self, key: LemmaKey) -> list[LemmaKey]:
        """The names, in order, that a name stands for, being their beginning, abbreviation or, of one word that the
        dictionary does not have, their other case («Лекурга»)."""
        name, begun = self.printed[key], self._by_beginning.get(key, [])
        found = set[LemmaKey]() if not key or share(key[0], "ADJF") else set(begun)
        if len(key) == 1:
            if name.isupper():
                found.update(other for other in self._by_initials.get(name, ()) if other[:1] != key)
            if not known(fold(name)):
                found.update(other for lemma in lemmas(fold(name)) for other in self._by_lemma[lemma] if other != key)
        return sorted(found, key=self._place.__getitem__)


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

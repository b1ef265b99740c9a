"""Names of bodies in a text in; which are enterprises, which other organisations, which no body's name at all, out.

An enterprise sells goods or services. Every mention gives evidence (indexer/evidence.py); the strongest in the article
decides for all mentions of the name.
"""

from collections.abc import Iterable, Mapping, Sequence

from indexer.annotation import Kind
from indexer.body_mentions import NameKey, TypeKind, name_key, quoted
from indexer.evidence import BEFORE_NAME, Evidence, evidence, is_things
from indexer.tagger import Span

Named = tuple[int, int, Kind]  # start, stop, kind


def kinds(text: str, spans: Iterable[Span]) -> tuple[Named, ...]:
    """Persons as they are, bodies as enterprises or organisations; what names no body is left out."""
    spans = tuple(spans)
    in_quotes = quoted(text)
    types = {start: kind for (start, _), kind in in_quotes}
    said: dict[NameKey, list[Evidence]] = {}
    for span in spans:
        if span.kind == "body":
            mention = evidence(text, span, types.get(span.start))
            said.setdefault(name_key(text[span.start : span.stop]), []).append(mention)
    for place, type_kind in in_quotes:
        if type_kind == "nameless" and is_things(text, Span(*place, "body")):
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


def kind_of(text: str, span: Span) -> Kind | None:
    """What one body's span alone says; None where it names no body."""
    return next((kind for *_, kind in kinds(text, [span])), None)

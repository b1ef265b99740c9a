"""Holds what the indexer finds out about one text: who is named where, and which words mean what they seldom mean."""

import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from indexer.name_key import BodyKind, NameKey, name_key

Kind = Literal["person", BodyKind]
KINDS: tuple[Kind, ...] = ("person", "enterprise", "organisation")


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of Article.text (code points) that names someone.

    `name` is this mention's own nominative («Дениса Мантурова» → «Денис Мантуров»); `key` and `label` belong to the
    entity of this article that it names («Мантурову» has the key and label of «Денис Мантуров» where only he is meant).
    """

    start: int
    stop: int
    kind: Kind
    text: str
    name: str
    key: NameKey
    label: str


@dataclass(frozen=True, slots=True)
class WordSense:
    """The word that begins at `start` means this lemma there, unlikely as that is for it by itself."""

    start: int
    lemma: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """All mentions of one text, ordered by start, none overlapping; the unlikely readings that it means, in order."""

    mentions: tuple[Mention, ...]
    meant: tuple[WordSense, ...] = ()


def encode(annotation: Annotation) -> bytes:
    """An annotation as it is kept: compressed JSON, each entity once."""
    entities = list(dict.fromkeys((m.kind, m.key.text, m.label) for m in annotation.mentions))
    number = {entity: i for i, entity in enumerate(entities)}
    mentions = [[number[m.kind, m.key.text, m.label], m.start, m.stop, m.text, m.name] for m in annotation.mentions]
    meant = [[reading.start, reading.lemma] for reading in annotation.meant]
    return zlib.compress(json.dumps([entities, mentions, meant], ensure_ascii=False, separators=(",", ":")).encode())


def readable(encoded: Mapping[str, bytes]) -> dict[str, Annotation]:
    """The annotations by digest; one that was torn on the disk is as good as none."""
    found: dict[str, Annotation] = {}
    for digest, data in encoded.items():
        with suppress(zlib.error, ValueError, LookupError, TypeError):
            found[digest] = decode(data)
    return found


def decode(data: bytes) -> Annotation:
    """The annotation that was encoded."""
    entities, rows, meant = json.loads(zlib.decompress(data))
    named = [(kind, name_key(key), label) for kind, key, label in entities]
    return Annotation(
        tuple(_mention(named[entity], *row) for entity, *row in rows),
        tuple(WordSense(start, lemma) for start, lemma in meant),
    )


def _mention(entity: tuple[Kind, NameKey, str], start: int, stop: int, text: str, name: str) -> Mention:
    kind, key, label = entity
    return Mention(start, stop, kind, text, name, key, label)

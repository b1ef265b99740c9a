"""Compares our entities with the cross-document ids of BSNLP by B³.

An item is a name of one article; its gold lemma is given, so that only telling persons and bodies apart is measured:
inside the article first, then across all of them.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.annotation import Kind
from indexer.entities.person_coreference import linked
from indexer.entities.resolution import NOMINATIVE_ONLY, NameCount, given, resolve
from indexer.name_key import NameKey
from indexer.names.person_names import person_readings

KINDS: dict[str, Kind] = {"PER": "person", "ORG": "organisation"}


@dataclass(frozen=True, slots=True)
class Row:
    """A name of one article with the id of whom it means."""

    article: str
    lemma: str
    gold: str


def rows(folder: Path, kind: str) -> list[Row]:
    """BSNLP's rows of one type, PER or ORG."""
    lines = (line.split("\t") for line in (folder / "entities.tsv").read_text().splitlines()[1:])
    return [Row(fields[0], fields[2], fields[4]) for fields in lines if fields[3] == kind]


def keys(items: Sequence[Row], kind: Kind) -> list[tuple[NameKey, str]]:
    """Name key and label of each row, its article considered."""
    if kind != "person":
        return [given(item.lemma, kind) for item in items]
    articles: dict[str, list[int]] = defaultdict(list)
    for i, item in enumerate(items):
        articles[item.article].append(i)
    found: dict[int, tuple[NameKey, str]] = {}
    for places in articles.values():
        readings = [person_readings(items[i].lemma, NOMINATIVE_ONLY) for i in places]
        for i, (_, person) in zip(places, linked(readings), strict=True):
            found[i] = (person.known_as().key, person.known_as().label)
    return [found[i] for i in range(len(items))]


def clustered(named: Sequence[tuple[NameKey, str]]) -> list[str]:
    """The entity of each name key."""
    counts, labels = Counter(key for key, _ in named), dict(named)
    entities = resolve([NameCount(key, labels[key], counts[key]) for key in counts], {})
    entity = {key: e.id for e in entities for key in e.names}
    return [entity[key] for key, _ in named]


def b_cubed(ours: Sequence[Hashable], gold: Sequence[Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a clustering."""
    both = Counter(zip(ours, gold, strict=True))
    precision = _share(both, Counter(ours), 0)
    recall = _share(both, Counter(gold), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _share(both: Counter[tuple[Hashable, Hashable]], sizes: Counter[Hashable], side: int) -> float:
    total = sum(both.values())
    return sum(count * count / sizes[pair[side]] for pair, count in both.items()) / max(total, 1)


def measured(folder: Path, kind: str) -> tuple[float, float, float]:
    """B³ over the rows of a type."""
    items = rows(folder, kind)
    return b_cubed(clustered(keys(items, KINDS[kind])), [item.gold for item in items])

"""Compares our entities with those of BSNLP by B³ over the mentions that we find, and counts men merged with women.

An item is a row of the gold (article, form) whose article is there; what we do not find is an entity of its own.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from indexer.annotation import Annotation, Mention
from indexer.entities.resolution import NameCount, given, resolve
from indexer.name_key import NameKey
from indexer.pipeline import annotate
from scripts.evaluation.clusters import KINDS, b_cubed


@cache
def annotations(folder: Path) -> Mapping[str, tuple[str, Annotation]]:
    """Number of an article → its text and our annotation."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {d["id"]: f"{d['title']}\n{d['text']}" for d in map(json.loads, lines)}
    return dict(zip(texts, zip(texts.values(), annotate(list(texts.values())), strict=True), strict=True))


def entity_of_names(found: Iterable[Annotation]) -> dict[NameKey, str]:
    """Name key → entity, all articles taken together."""
    labels = {m.key: m.label for annotation in found for m in annotation.mentions}
    counts = Counter(key for annotation in found for key in {m.key for m in annotation.mentions})
    entities = resolve([NameCount(key, labels[key], counts[key]) for key in labels], {})
    return {key: entity.id for entity in entities for key in entity.names}


def measured(folder: Path, kind: str) -> tuple[float, float, float]:
    """B³ over the rows of a type, PER or ORG."""
    articles = annotations(folder)
    entities = entity_of_names([annotation for _, annotation in articles.values()])
    rows = [line.split("\t") for line in (folder / "entities.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    ours, gold = [], []
    for number, (article, form, _, row_kind, id) in enumerate(rows):
        if row_kind == kind and article in articles:
            mention = mention_of(form, kind, *articles[article])
            ours.append(entities[mention.key] if mention else number)
            gold.append(id)
    return b_cubed(ours, gold)


def mention_of(form: str, kind: str, text: str, annotation: Annotation) -> Mention | None:
    """The first of our mentions of that kind that has a place in common with the form."""
    mentions = [m for m in annotation.mentions if (m.kind == "person") == (KINDS[kind] == "person")]
    places = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)]
    return next((m for start, stop in places for m in mentions if m.start < stop and start < m.stop), None)


def men_with_women(candidates: Path) -> int:
    """How many entities hold a man and a woman, of persons whose sex is on record, in full and with initials."""
    names: dict[NameKey, set[str]] = defaultdict(set)
    labels = {}
    for line in candidates.read_text(encoding="utf-8").splitlines()[1:]:
        full, sex, *_ = line.split("\t")
        for written in ways_to_write(full.split()):
            key, label = given(written, "person")
            labels[key] = label
            names[key].add(sex)
    entities = resolve([NameCount(key, labels[key], 1) for key in names], {})
    return sum(len(set().union(*(names[key] for key in entity.names))) > 1 for entity in entities)


def ways_to_write(words: Sequence[str]) -> list[str]:
    """Surname, given name and patronymic in a paper's ways."""
    if len(words) != 3:
        return [" ".join(words)]
    surname, first, patronymic = words
    return [f"{surname} {first} {patronymic}", f"{first} {surname}", f"{first[0]}. {patronymic[0]}. {surname}"]

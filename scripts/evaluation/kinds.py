"""Measures the share of labelled names in press articles that get the kind of their label.

kinds.tsv names 600 places in the articles of two corpora, drawn by lot from all that the tagger marks as bodies, evenly
over the corpora, the months, the papers and frequent and rare names; no name stands in both halves. The rules were
written off the half "dev"; "held" was labelled first, without our answers, and its errors were never looked at.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.annotation import Annotation
from indexer.pipeline import annotate

LABELS = Path(__file__).parent / "kinds.tsv"
HALVES = ("held", "dev")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A place in an article and what is named there: "enterprise", "organisation" or "none"."""

    half: str
    article: str
    start: int
    stop: int
    kind: str


def labelled() -> Iterator[Labelled]:
    """The labels of the file."""
    for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]:
        half, article, start, stop, kind, _ = line.split("\t")
        yield Labelled(half, article, int(start), int(stop), kind)


def texts(folder: Path, wanted: Iterable[str]) -> dict[str, str]:
    """The articles with these numbers: title and text."""
    ids, found = set(wanted), {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                if article["id"] in ids:
                    found[article["id"]] = f"{article['title']}\n{article['text']}"
    return found


def kind_at(annotation: Annotation, place: Labelled) -> str:
    """What we say is named there; a person is no body."""
    at = (m.kind for m in annotation.mentions if m.start < place.stop and place.start < m.stop)
    kind = next(at, "none")
    return "none" if kind == "person" else kind


def shares(folder: Path) -> dict[str, float]:
    """Half → share of right kinds."""
    places = list(labelled())
    articles = texts(folder, (place.article for place in places))
    annotations = dict(zip(articles, annotate(list(articles.values())), strict=True))
    found = {}
    for half in HALVES:
        right = [kind_at(annotations[p.article], p) == p.kind for p in places if p.half == half]
        found[half] = sum(right) / max(len(right), 1)
    return found

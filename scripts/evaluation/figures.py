"""Yields the figures of every gold set that a folder has: name → share."""

from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.kinds import enterprises
from indexer.ner import rules
from indexer.pipeline import annotate
from indexer.text.cut_text import CutText
from scripts.evaluation import (
    clusters,
    feminine_surnames,
    homonyms,
    kinds,
    mention_clusters,
    nominatives,
    spans,
    values,
)

Figures = Iterator[tuple[str, float]]
NO_FLOOR = "own mentions:"  # reported only
NeededAndPart = tuple[str, Callable[[Path], Figures]]


def figures(gold: Path) -> Figures:
    """All figures that the folder has the sets for."""
    for needed, part in PARTS:
        if (gold / needed).exists():
            yield from part(gold / needed)


def factrueval(folder: Path) -> Figures:
    """Spans, nominatives and facet values on factRuEval."""
    yield from span_f1("factRuEval", list(spans.factrueval(folder)))
    yield from nominative_shares("factRuEval", list(nominatives.factrueval(folder)))
    texts = list(values.factrueval(folder))
    for kind, counts in values.judged(texts, annotate([text.text for text in texts])).items():
        yield f"factRuEval facet values {kind} F1", counts.f1


def nerel(folder: Path) -> Figures:
    """Spans on NEREL."""
    yield from span_f1("NEREL", list(spans.nerel(folder)))


def bsnlp(folder: Path) -> Figures:
    """Nominatives and entities across articles on BSNLP."""
    yield from nominative_shares("BSNLP", list(nominatives.bsnlp(folder)))
    for kind, named in (("PER", "person"), ("ORG", "organisation")):
        precision, recall, f1 = clusters.measured(folder, kind)
        yield f"BSNLP entities {named} B3 precision", precision
        yield f"BSNLP entities {named} B3 recall", recall
        yield f"BSNLP entities {named} B3 F1", f1
    for kind, named in (("PER", "person"), ("ORG", "organisation")):
        for name, figure in zip(("precision", "recall", "F1"), mention_clusters.measured(folder, kind), strict=True):
            yield f"{NO_FLOOR} BSNLP entities {named} B3 {name}", figure


def carriers(folder: Path) -> Figures:
    """Women's surnames; men and women; homonyms."""
    yield "women's surnames nominative", feminine_surnames.share(folder)
    yield "no man is one with a woman", float(not mention_clusters.men_with_women(folder / "duma-candidates-2011.tsv"))
    for part in homonyms.PARTS:
        yield f"homonyms, {part} part", homonyms.share(part)


def press(folder: Path) -> Figures:
    """Kinds of bodies on press articles."""
    for half, share in kinds.shares(folder).items():
        yield f"press kinds of bodies, {half} half", share


def span_f1(name: str, texts: list[spans.GoldText]) -> Figures:
    """Span F1 of persons and bodies, exact and overlapping."""
    score = spans.Score()
    for gold, found in zip(texts, rules.find([gold.text for gold in texts]), strict=True):
        named = enterprises.kinds(CutText(gold.text), found)
        ours = [(start, stop, "person" if kind == "person" else "body") for start, stop, kind in named]
        score.add([spans.trim(gold.text, span) for span in ours], gold.spans)
    for kind, measure in score.counts:
        yield f"{name} spans {kind} {measure} F1", score.f1(kind, measure)


def nominative_shares(name: str, texts: list[nominatives.GoldNames]) -> Figures:
    """The shares of right nominatives, of all names and of those that are printed in another case."""
    for kind in ("person", "organisation"):
        judged = nominatives.judged(texts, kind)
        yield f"{name} nominatives {kind}", nominatives.share(judged)
        yield f"{name} nominatives {kind} inflected", nominatives.share(n for n in judged if n.inflected)


PARTS: tuple[NeededAndPart, ...] = (
    ("factrueval/devset", factrueval),
    ("nerel/dev", nerel),
    ("bsnlp", bsnlp),
    ("names", carriers),
    ("press", press),
)

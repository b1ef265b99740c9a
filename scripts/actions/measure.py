"""Carries out `podshivka measure`: prints how well names are read and searches answered."""

import json
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.batches.reading import ReadOptions
from archive.home import Home
from scripts.actions.batches import add
from scripts.evaluation.figures import figures
from scripts.evaluation.retrieval.comparison import Compared, compared
from scripts.output import messages

NO_SETS = "В папке {} нет ни одного размеченного набора."


def names(gold: Path, output: Path | None) -> int:
    """Prints the figures of names and writes them as JSON where asked; 1 where the folder has no sets, else 0."""
    found: dict[str, float] = {}
    for name, figure in figures(gold):
        messages.put(f"{name:<48} {figure:.4f}")
        found[name] = round(figure, 4)
    return ended(gold, output, found)


def retrieval(gold: Path, output: Path | None, work: Path | None, tasks: tuple[str, ...]) -> int:
    """Prints a table of our search and its peers task by task; 1 where the folder has no sets, else 0."""
    found: dict[str, float] = {}
    with nullcontext(str(work)) if work else TemporaryDirectory() as folder:
        for one in compared(gold, Path(folder), put, frozenset(tasks)):
            if not one.ahead:
                messages.put(f"\n{one.task}: {one.queries}    nDCG@10  MRR@10  recall@100  пустых")
            messages.put(row(one))
            for name, score in one.scores._asdict().items():
                found[f"{one.task} {one.engine} {name}"] = round(score, 4)
    return ended(gold, output, found)


def put(home: Home, batch: Path) -> None:
    """Adds a batch to a home."""
    add(home, (batch,), ReadOptions(), dry_run=False, report=None, workers=None)


def row(one: Compared) -> str:
    """One engine's scores; of a peer, by how much ours is ahead, with the 95 % interval."""
    cells = f"{one.engine:<18} " + "   ".join(f"{score:.3f}" for score in one.scores)
    if one.ahead and one.ahead_in_recall:
        cells += "".join(
            f"   {name} {some.mean:+.3f} [{some.low:+.3f} {some.high:+.3f}]"
            for name, some in (("nDCG", one.ahead), ("recall", one.ahead_in_recall))
        )
    return cells


def ended(gold: Path, output: Path | None, found: dict[str, float]) -> int:
    """Writes the figures where asked; 1 where there are none."""
    if output:
        output.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if not found:
        messages.put(NO_SETS.format(gold), err=True)
    return int(not found)

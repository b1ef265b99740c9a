"""`podshivka measure`: a folder of gold sets in, how well names are read out."""

import json
from pathlib import Path

import click

from scripts.evaluation.figures import figures


def names(gold: Path, output: Path | None) -> int:
    """Prints the figures and writes them as JSON where asked; 1 where the folder has none of the sets, else 0."""
    found: dict[str, float] = {}
    for name, figure in figures(gold):
        click.echo(f"{name:<48} {figure:.4f}")
        found[name] = round(figure, 4)
    if output:
        output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if not found:
        click.echo(f"В папке {gold} нет ни одного размеченного набора.", err=True)
    return int(not found)

"""Declares `podshivka measure`: how well names are read and searches answered, against gold sets."""

import sys
from pathlib import Path

import click

from scripts.output.click_in_russian import RussianCommand


@click.command("measure", cls=RussianCommand)
@click.argument("what", metavar="names|retrieval", type=click.Choice(["names", "retrieval"]))
@click.argument("gold", metavar="ПАПКА", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", metavar="ФАЙЛ.json", type=click.Path(dir_okay=False, path_type=Path), help="Записать в JSON.")
@click.option(
    "--work",
    metavar="ПАПКА",
    type=click.Path(file_okay=False, path_type=Path),
    help="retrieval: где построить архивы и оставить их для следующего раза.",
)
@click.option("--task", "tasks", metavar="ЗАДАЧА", multiple=True, help="retrieval: только эта задача; можно несколько.")
def measure(what: str, gold: Path, output: Path | None, work: Path | None, tasks: tuple[str, ...]) -> None:
    """Измерить по размеченным наборам из папки, как распознаются имена (names) или как находится нужное (retrieval)."""
    from scripts.actions import measure as action

    sys.exit(action.names(gold, output) if what == "names" else action.retrieval(gold, output, work, tasks))

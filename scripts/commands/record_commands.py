"""Declares `podshivka log`, `batches` and `stats`; scripts/actions/records.py does the work."""

import sys

import click

from scripts.output.click_in_russian import RussianCommand
from scripts.output.messages import opened_home


@click.command("log", cls=RussianCommand)
def log() -> None:
    """Журнал: кто, когда и почему менял архив."""
    home = opened_home(to_stderr=True)
    from scripts.actions import records as action

    sys.exit(action.log(home))


@click.command("batches", cls=RussianCommand)
def batches() -> None:
    """Какие партии добавляли и что из них вышло."""
    home = opened_home(to_stderr=True)
    from scripts.actions import records as action

    sys.exit(action.batches(home))


@click.command("stats", cls=RussianCommand)
def stats() -> None:
    """Что есть в архиве, в числах."""
    home = opened_home()
    from scripts.actions import records as action

    sys.exit(action.stats(home))

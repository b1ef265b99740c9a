"""Declares `podshivka annotate`: which names the program finds in texts."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from scripts.commands.batch_options import WORKERS, batch_options, read_options
from scripts.output.click_in_russian import RussianCommand
from scripts.output.messages import output_options, tell_home

if TYPE_CHECKING:
    from archive.batches.formats import Format
    from archive.readers.exports.field_mapping import FieldMapping


@click.command("annotate", cls=RussianCommand)
@batch_options
@WORKERS
@output_options
def annotate(
    paths: tuple[Path, ...],
    source: str | None,
    day: date | None,
    format_: "Format | None",
    zone: ZoneInfo,
    mapping: "FieldMapping | None",
    workers: int | None,
) -> None:
    """Найти имена в файлах, не добавляя их в архив: JSON, строка на статью."""
    tell_home(to_stderr=True)
    from scripts.actions import annotate as action

    sys.exit(action.annotations(paths, read_options(source, day, format_, zone, mapping), workers))

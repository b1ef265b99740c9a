"""Shows what a layout takes from a saved page, and from where."""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from archive.article import Rejection
from archive.batches.folders import printable
from archive.batches.reading import declared
from archive.home import Home
from archive.readers.html.layouts import BadLayout, Layout, own_layouts, read_layout
from archive.readers.html.trace import trace
from archive.text.encoding import UnreadableBytes, decode
from scripts.output import messages


def of_home(home: Home) -> tuple[Layout, ...]:
    """The layouts that the archivists wrote; a broken one ends the command."""
    try:
        return own_layouts(home.layouts)
    except BadLayout as error:
        raise click.UsageError(f"{error}.") from error


def tried(home: Home, file: Path, layout: Path | None, zone: ZoneInfo) -> int:
    """`podshivka layout try`: a line a field; 1 where there is no article, else 0."""
    try:
        own = (read_layout(layout),) if layout else of_home(home)
        data = file.read_bytes()
        found = trace(decode(data, declared(data)).text, printable(file.name), zone, own)
    except BadLayout as error:
        raise click.UsageError(f"{error}.") from error
    except UnreadableBytes as error:
        found = Rejection(printable(file.name), str(error))
    if isinstance(found, Rejection):
        messages.put(f"Отказ: {found.path}: {found.reason}", err=True)
        return 1
    for taken in found:
        messages.put(f"{taken.field}: {taken.value}" + (f"  ← {taken.origin}" if taken.origin else ""))
    return 0

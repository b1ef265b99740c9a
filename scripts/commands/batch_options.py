"""Declares what commands that read a batch may be told: its paths, its options, and the ReadOptions they come to."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

if TYPE_CHECKING:
    from archive.batches.formats import Format
    from archive.batches.reading import ReadOptions
    from archive.readers.exports.field_mapping import FieldMapping

FORMATS = ("html", "text", "jsonl", "csv", "xml", "docx")


class Zone(click.ParamType[ZoneInfo]):
    """A time zone by its name."""

    name = "ПОЯС"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> ZoneInfo:
        try:
            return ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.fail(f"нет такого часового пояса: «{value}». Пример: Europe/Volgograd.", param, ctx)


class Day(click.ParamType[date]):
    """A day as 2003-05-12 or 12.05.2003."""

    name = "ДАТА"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from archive.text.dates import read_date

        found = read_date(value)
        if not found:
            self.fail(f"«{value}» – не дата. Пример: 2003-05-12.", param, ctx)
        return found[0]


class MapFile(click.ParamType["FieldMapping"]):
    """A file that says which field of an export is what."""

    name = "ФАЙЛ.toml"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> "FieldMapping":
        from archive.readers.exports.field_mapping import BadMapping, read_mapping

        try:
            return read_mapping(Path(value))
        except BadMapping as error:
            self.fail(f"{error}.", param, ctx)


class BatchPath(click.ParamType[Path]):
    """A file or folder that is there, or «-»; of an empty name, which a shell makes of an unset variable, none."""

    name = "ПУТЬ"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not value:
            self.fail("имя файла или папки пусто.", param, ctx)
        path = Path(value)
        if value != "-" and not path.exists():
            from archive.batches.folders import printable_path

            self.fail(f"такого файла или папки нет: {printable_path(path)}", param, ctx)
        return path


PATHS = click.argument("paths", metavar="ПУТЬ…", nargs=-1, required=True, type=BatchPath())
READING = (
    click.option("--source", metavar="ИЗДАНИЕ", help="Издание; важнее названного в файлах."),
    click.option("--date", "day", type=Day(), metavar="ДАТА", help="Дата для статей, у которых её нет."),
    click.option("--format", "format_", type=click.Choice(FORMATS), help="Вид файлов; обычно узнаётся сам."),
    click.option(
        "--mapping",
        type=MapFile(),
        metavar="ФАЙЛ.toml",
        help="Какое поле JSON Lines и CSV чем считать (docs/archivist.md).",
    ),
    click.option(
        "--timezone",
        "zone",
        type=Zone(),
        default="Europe/Moscow",
        metavar="ПОЯС",
        show_default=True,
        help="Пояс издания.",
    ),
)
WORKERS = click.option(
    "--workers", metavar="N", type=click.IntRange(1), help="Во сколько процессов искать имена; обычно по числу ядер."
)


Command = TypeVar("Command", bound=Callable[..., None])


def batch_options(command: Command) -> Command:
    """Adds the argument and the options of commands that read a batch."""
    for option in reversed((PATHS, *READING)):
        command = option(command)
    return command


def read_options(
    source: str | None,
    day: date | None,
    format_: "Format | None",
    zone: ZoneInfo,
    mapping: "FieldMapping | None",
) -> "ReadOptions":
    """Says how a batch is to be read."""
    from archive.batches.reading import ReadOptions
    from archive.home import default_home
    from scripts.actions.try_layout import of_home

    return ReadOptions(source, day, format_, zone, mapping, of_home(default_home()))

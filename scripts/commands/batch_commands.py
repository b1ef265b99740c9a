"""Declares `podshivka add`, `remove` and `unremove`; scripts/actions/batches.py does the work."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from scripts.commands.batch_options import WORKERS, batch_options, read_options
from scripts.output.click_in_russian import RussianCommand
from scripts.output.messages import opened_home, output_options

if TYPE_CHECKING:
    from archive.batches.formats import Format
    from archive.readers.exports.field_mapping import FieldMapping

NOTICE_CHARS = 500
WHY = click.option("--why", metavar="ПРИЧИНА", default="", help="Почему; останется в журнале архива.")


@click.command("add", cls=RussianCommand)
@batch_options
@click.option("--dry-run", is_flag=True, help="Только сказать, что было бы; архив не менять.")
@click.option(
    "--report", metavar="ФАЙЛ.csv", type=click.Path(dir_okay=False, path_type=Path), help="Отчёт: строка на файл."
)
@click.option("--restore-removed", is_flag=True, help="Взять снова то, что было убрано вместе с партией.")
@WHY
@WORKERS
@output_options
def add(
    paths: tuple[Path, ...],
    source: str | None,
    day: date | None,
    format_: "Format | None",
    zone: ZoneInfo,
    mapping: "FieldMapping | None",
    dry_run: bool,
    report: Path | None,
    workers: int | None,
    why: str,
    restore_removed: bool,
) -> None:
    """Добавить партию: файлы и папки со статьями.

    Ту же партию можно добавлять снова: что не изменилось, останется как было, убранное останется убранным. Прерванную
    команду просто повторите.
    """
    home = opened_home()
    from scripts.actions import batches as action

    options = read_options(source, day, format_, zone, mapping)
    status = action.add(home, paths, options, dry_run, report, workers, why=why, restore_removed=restore_removed)
    sys.exit(status)


def short(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """The notice in one line; refuses one that is too long."""
    said = " ".join(value.split())
    if len(said) > NOTICE_CHARS:
        raise click.BadParameter(f"в нём {len(said)} знаков, а можно до {NOTICE_CHARS}.")
    return said


@click.command("remove", cls=RussianCommand)
@click.argument("ids", metavar="[НОМЕР…]", nargs=-1, type=int)
@click.option("--batch", metavar="ПАРТИЯ", type=int, help="Убрать партию: всё, что она принесла.")
@WHY
@click.option(
    "--notice",
    metavar="ТЕКСТ",
    default="",
    callback=short,
    help=f"Что сказать читателям вместо статьи, до {NOTICE_CHARS} знаков.",
)
def remove(ids: tuple[int, ...], batch: int | None, why: str, notice: str) -> None:
    """Убрать из архива статьи или партию.

    Статьи, которые партия изменила, возвращаются к прежнему тексту.
    """
    either(ids, batch)
    home = opened_home()
    from scripts.actions import batches as action

    sys.exit(action.remove(home, ids, batch, why, notice))


@click.command("unremove", cls=RussianCommand)
@click.argument("ids", metavar="[НОМЕР…]", nargs=-1, type=int)
@click.option("--batch", metavar="ПАРТИЯ", type=int, help="Вернуть убранную партию: всё станет, как было при ней.")
@WHY
def unremove(ids: tuple[int, ...], batch: int | None, why: str) -> None:
    """Вернуть в архив убранные статьи или партию.

    Статьи партии, убранные по номерам, так и останутся убранными. Вернуть по номеру можно и статью убранной партии.
    """
    either(ids, batch)
    home = opened_home()
    from scripts.actions import batches as action

    sys.exit(action.unremove(home, ids, batch, why))


@click.command("erase", cls=RussianCommand)
@click.argument("ids", metavar="НОМЕР…", nargs=-1, type=int, required=True)
@click.option("--why", metavar="ПРИЧИНА", required=True, help="Почему; останется в журнале архива.")
@click.option("--yes", is_flag=True, help="Не переспрашивать.")
@click.option(
    "--backup", metavar="ПАПКА", type=click.Path(path_type=Path), help="Уничтожить и во всех копиях в этой папке."
)
def erase(ids: tuple[int, ...], why: str, yes: bool, backup: Path | None) -> None:
    """Уничтожить статьи навсегда, со всеми версиями и именами.

    Останутся номер, день, кто и почему. Вернуть нельзя; чтобы только убрать из поиска, есть remove. Прерванную команду
    повторите.
    """
    home = opened_home()
    from scripts.actions import erase as action

    sys.exit(action.erase(home, ids, why, backup, yes))


def either(ids: tuple[int, ...], batch: int | None) -> None:
    """Refuses a command that names both articles and a batch, or neither."""
    if bool(ids) == (batch is not None):
        raise click.UsageError("Назовите номера статей или партию (--batch), что-то одно.")

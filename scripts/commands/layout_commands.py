"""Declares `podshivka layout try`; scripts/actions/try_layout.py does the work."""

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from scripts.commands.batch_options import Zone
from scripts.output.click_in_russian import RussianGroup
from scripts.output.messages import tell_home


@click.group("layout", cls=RussianGroup)
def layout() -> None:
    """Раскладки изданий: где на странице заголовок, дата, текст.

    Свои раскладки лежат в папке архива layouts, файл TOML на каждую; что в них пишут – в docs/archivist.md.
    """


@layout.command("try")
@click.argument("file", metavar="СТРАНИЦА", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--layout",
    "own",
    metavar="ФАЙЛ.toml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Проверить эту раскладку, а не те, что в архиве.",
)
@click.option("--timezone", "zone", type=Zone(), default="Europe/Moscow", show_default=True, help="Пояс издания.")
def layout_try(file: Path, own: Path | None, zone: ZoneInfo) -> None:
    """Показать, что взято со страницы и откуда."""
    home = tell_home(to_stderr=True)
    from scripts.actions import try_layout as action

    sys.exit(action.tried(home, file, own, zone))

"""Declares `podshivka backup`, `restore` and `export`; scripts/actions/backup.py and export.py do the work."""

import sys
from pathlib import Path

import click

from scripts.output.click_in_russian import RussianCommand
from scripts.output.messages import opened_home, output_options, tell_home

FOLDER = click.argument("folder", metavar="ПАПКА", type=click.Path(path_type=Path))


@click.command("backup", cls=RussianCommand)
@FOLDER
@click.option("--with-index", is_flag=True, help="Скопировать и индекс: тогда его не придётся строить заново.")
@click.option("--keep", metavar="N", type=click.IntRange(1), help="Оставить последние N копий, прежние удалить.")
@click.option("--check", "only_check", is_flag=True, help="Ничего не копировать, а проверить, целы ли копии.")
@output_options
def backup(folder: Path, with_index: bool, keep: int | None, only_check: bool) -> None:
    """Сделать резервную копию архива в ПАПКУ на другом диске.

    Повторная копия записывает только новое; прежние остаются. Архивом при этом можно пользоваться.
    """
    if only_check and (with_index or keep):
        raise click.UsageError("С ключом --check ничего не копируется: другие ключи лишние.")
    home = tell_home() if only_check else opened_home()
    from scripts.actions import backup as action

    sys.exit(action.verify(folder) if only_check else action.backup(home, folder, with_index, keep))


@click.command("restore", cls=RussianCommand)
@FOLDER
@click.option("--state", metavar="ДАТА", help="Какую из копий: 2003-05-12 или точнее; обычно последнюю.")
@output_options
def restore(folder: Path, state: str | None) -> None:
    """Вернуть архив из резервной копии в пустую папку."""
    home = tell_home()
    from scripts.actions import backup as action

    sys.exit(action.restore(home, folder, state))


@click.command("export", cls=RussianCommand)
@click.argument("file", metavar="[ФАЙЛ.jsonl]", default="-", type=click.Path(dir_okay=False, path_type=Path))
@output_options
def export(file: Path) -> None:
    """Выгрузить все статьи в JSON Lines, строка на статью; без файла – на выход.

    Такой файл add читает слово в слово. Что в строке – в docs/article.schema.json.
    """
    home = opened_home(to_stderr=file == Path("-"))
    from scripts.actions import export as action

    sys.exit(action.export(home, file))

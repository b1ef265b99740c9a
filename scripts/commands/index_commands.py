"""Declares `podshivka reindex` and `check`; scripts/actions/indexing.py does the work."""

import sys

import click

from scripts.commands.batch_options import WORKERS
from scripts.output.click_in_russian import RussianCommand
from scripts.output.messages import opened_home, output_options


@click.command("reindex", cls=RussianCommand)
@WORKERS
@click.option("--rollback", is_flag=True, help="Вернуть индекс, который был до последнего reindex.")
@output_options
def reindex(workers: int | None, rollback: bool) -> None:
    """Построить индекс заново; прежний служит, пока новый не готов и не проверен."""
    home = opened_home()
    from scripts.actions import indexing as action

    sys.exit(action.roll_back(home) if rollback else action.reindex(home, workers))


@click.command("check", cls=RussianCommand)
@click.option("--deep", is_flag=True, help="Сверить с индексом слова каждой статьи, а не выборки; это долго.")
@output_options
def check(deep: bool) -> None:
    """Проверить файл архива и сверить его с индексом."""
    home = opened_home()
    from scripts.actions import indexing as action

    sys.exit(action.check(home, deep))

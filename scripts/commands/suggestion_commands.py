"""Declares `podshivka suggestions …`: what readers suggest to correct."""

import sys

import click

from scripts.output.click_in_russian import RussianGroup
from scripts.output.messages import opened_home


@click.group("suggestions", cls=RussianGroup)
def suggestions() -> None:
    """Предложения читателей: что исправить.

    Их принимает сервер, запущенный с ключом --accept-suggestions.
    """


@suggestions.command("list")
@click.option("--all", "every", is_flag=True, help="И те, о которых уже решено.")
def suggestions_list(every: bool) -> None:
    """Показать очередь: номер, когда, страница, что предложено."""
    home = opened_home(to_stderr=True)
    from scripts.actions import suggestions as action

    sys.exit(action.show(home, every))


@suggestions.command("accept")
@click.argument("number", metavar="НОМЕР", type=int)
def suggestions_accept(number: int) -> None:
    """Принять предложение: убрать его из очереди. Имя правят в словаре."""
    home = opened_home()
    from scripts.actions import suggestions as action

    sys.exit(action.accept(home, number))


@suggestions.command("reject")
@click.argument("number", metavar="НОМЕР", type=int)
def suggestions_reject(number: int) -> None:
    """Отклонить предложение."""
    home = opened_home()
    from scripts.actions import suggestions as action

    sys.exit(action.reject(home, number))

"""Declares `podshivka authority …`; scripts/actions/authority.py does the work."""

import sys

import click

from scripts.output.click_in_russian import RussianGroup
from scripts.output.messages import opened_home


@click.group("authority", cls=RussianGroup)
def authority() -> None:
    """Словарь имён: кто есть кто.

    Лежит в папке архива: authority/persons.csv и authority/enterprises.csv. Столбцы описаны в docs/names.md.
    """


@authority.command("check")
@click.option("--all", "every", is_flag=True, help="Назвать и написания, которых в архиве нет.")
def authority_check(every: bool) -> None:
    """Проверить строки словаря."""
    home = opened_home()
    from scripts.actions import authority as action

    sys.exit(action.check(home, every))


@authority.command("candidates")
@click.option("--limit", metavar="N", type=click.IntRange(1), default=50, show_default=True, help="Сколько показать.")
def authority_candidates(limit: int) -> None:
    """Кто, похоже, записан дважды: опечатки, инициалы, сокращения; самые упоминаемые первыми."""
    home = opened_home()
    from scripts.actions import authority as action

    sys.exit(action.show_candidates(home, limit))


@authority.command("export")
def authority_export() -> None:
    """Все имена архива таблицей, столбцы как в словаре."""
    home = opened_home(to_stderr=True)
    from scripts.actions import authority as action

    sys.exit(action.export(home))


@authority.command("merge")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
def authority_merge(one: str, other: str) -> None:
    """Присоединить второго к первому: дописать строку в словарь."""
    home = opened_home()
    from scripts.actions import authority as action

    sys.exit(action.merge(home, one, other))


@authority.command("split")
@click.argument("entity", metavar="ID")
@click.argument("label", metavar="ИМЯ")
@click.option("--together", metavar="ИМЯ", default="", help="Статьи, где назван и он: имя или id.")
@click.option("--source", metavar="ИЗДАНИЕ", default="", help="Статьи этого издания.")
@click.option("--from", "first", metavar="ДАТА", default="", help="Статьи с этого дня, месяца, года.")
@click.option("--to", "last", metavar="ДАТА", default="", help="Статьи по этот день, месяц, год.")
def authority_split(entity: str, label: str, **conditions: str) -> None:
    """Отделить часть статей ID под новым ИМЕНЕМ: дописать строку в словарь."""
    home = opened_home()
    from scripts.actions import authority as action

    sys.exit(action.split(home, entity, label, conditions))


@authority.command("explain")
@click.argument("entity", metavar="ID")
def authority_explain(entity: str) -> None:
    """Кого значит ID, какими именами назван и что о нём сказано в словаре."""
    home = opened_home()
    from scripts.actions import authority as action

    sys.exit(action.explain(home, entity))

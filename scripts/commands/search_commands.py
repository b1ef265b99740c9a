"""Declares `podshivka search` and `serve`: how readers ask the archive from a terminal and in a browser."""

import sys
from collections.abc import Callable
from typing import Literal, TextIO

import click

from scripts.output.click_in_russian import RussianCommand
from scripts.output.messages import opened_home, tell_home
from search.facet_table import TITLES
from search.request import ENTITY_FACETS, FACETS


def facet_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command an option for each facet but the date."""
    for name in reversed(FACETS):
        title, is_entity = TITLES[name], name in ENTITY_FACETS
        metavar, told = ("ИМЯ", f"{title}: ключ или имя.") if is_entity else (title.upper(), f"{title}.")
        command = click.option(f"--{name}", metavar=metavar, multiple=True, help=told)(command)
    return command


@click.command("search", cls=RussianCommand)
@click.argument("query", metavar="[ЗАПРОС]", default="")
@facet_options
@click.option("--from", metavar="ГГГГ-ММ-ДД", help="С какого дня.")
@click.option("--to", metavar="ГГГГ-ММ-ДД", help="По какой день.")
@click.option(
    "--sort",
    metavar="ПОРЯДОК",
    help="relevance (по смыслу), newest (сначала новые), oldest, added (пришли последними).",
)
@click.option("--page", metavar="N", help="Страница ответа.")
@click.option("--size", metavar="N", help="Статей на странице, до 100.")
@click.option("--reprints", flag_value="1", help="Каждая перепечатка отдельно.")
@click.option("--as-typed", flag_value="1", help="Искать именно так, ничего не исправляя.")
@click.option("--json", "as_json", is_flag=True, help="Ответ в JSON, как у /api/v1/search.")
def search(query: str, as_json: bool, **parameters: str | tuple[str, ...] | None) -> None:
    """Найти статьи.

    Запрос – как в окне поиска; перед запросом, который начинается с минуса, поставьте «--».
    """
    home = opened_home(to_stderr=as_json)
    from scripts.actions import search as action

    pairs = [("q", query)]
    for name, given in parameters.items():
        pairs += [(name, value) for value in ((given,) if isinstance(given, str) else given or ())]
    sys.exit(action.search(home, pairs, as_json))


@click.command("background", cls=RussianCommand)
@click.argument("draft", metavar="ФАЙЛ", type=click.File(encoding="utf-8", errors="replace"))
@click.option("--json", "as_json", is_flag=True, help="Ответ в JSON, как у /api/v1/background.")
def background(draft: TextIO, as_json: bool) -> None:
    """Справка: что в архиве есть о тех, кого называет черновик, и на его тему.

    ФАЙЛ – простой текст в UTF-8; «-» – стандартный ввод. Черновик нигде не сохраняется.
    """
    home = opened_home(to_stderr=as_json)
    from scripts.actions import search as action

    sys.exit(action.background(home, draft.read(), as_json))


@click.command("serve", cls=RussianCommand)
@click.option("--host", metavar="АДРЕС", default="127.0.0.1", show_default=True, help="На каком адресе слушать.")
@click.option("--port", metavar="ПОРТ", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Порт.")
@click.option(
    "--workers",
    metavar="ЧИСЛО",
    type=click.IntRange(1, 64),
    help="Сколько процессов отвечает; обычно по одному на ядро.",
)
@click.option("--sample", is_flag=True, help="Пустой архив сначала наполнить образцом.")
@click.option(
    "--log-format",
    type=click.Choice(("json", "text", "none")),
    help="Журнал запросов; обычно на терминале text, иначе json.",
)
@click.option("--log-queries", is_flag=True, help="Записывать в журнал и то, что искали.")
@click.option("--show-batches", is_flag=True, help="Показывать всем, кто и из каких файлов добавил партии.")
@click.option(
    "--robots",
    type=click.Choice(("open", "none")),
    default="open",
    show_default=True,
    help="Что читать роботам: статьи и досье (open) или ничего (none).",
)
@click.option("--accept-suggestions", is_flag=True, help="Принимать от читателей предложения об ошибках в именах.")
@click.option(
    "--desk",
    metavar="ПОРТ",
    type=click.IntRange(1, 65535),
    help="Открыть на этом порту стол архивиста, только для этого компьютера.",
)
def serve(
    host: str,
    port: int,
    workers: int | None,
    sample: bool,
    log_format: str | None,
    log_queries: bool,
    show_batches: bool,
    robots: Literal["open", "none"],
    accept_suggestions: bool,
    desk: int | None,
) -> None:
    """Открыть архив в браузере: запустить сервер."""
    home = tell_home()
    from scripts.serving import serve as action

    action.serve(
        home,
        host,
        port,
        workers,
        sample,
        log_format,
        log_queries,
        show_batches,
        robots,
        accept_suggestions,
        desk,
    )

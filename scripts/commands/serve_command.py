"""`podshivka serve`: what is typed in; the work is done in scripts/actions/serve.py."""

import click

from scripts.output.home import tell_home


@click.command("serve", options_metavar="[КЛЮЧИ]")
@click.option("--host", metavar="АДРЕС", default="127.0.0.1", show_default=True, help="На каком адресе слушать.")
@click.option("--port", metavar="ПОРТ", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Порт.")
@click.option("--sample", is_flag=True, help="Пустой архив сначала наполнить образцом.")
@click.option(
    "--log-format",
    type=click.Choice(("json", "text", "none")),
    help="Журнал запросов; обычно на терминале text, иначе json.",
)
@click.option("--log-queries", is_flag=True, help="Записывать в журнал и то, что искали.")
def serve(host: str, port: int, sample: bool, log_format: str | None, log_queries: bool) -> None:
    """Открыть архив в браузере: запустить сервер."""
    home = tell_home()
    from scripts.actions import serve as serving

    serving.serve(home, host, port, sample, log_format, log_queries)

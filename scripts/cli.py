"""The `podshivka` command: what is typed in, an exit status out.

0: done; 1: done, but something was rejected or does not agree; 2: the command makes no sense; 3: it could not be done;
130: Ctrl-C.
What a command needs is imported when it runs, so that help comes at once.
"""

import io
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):  # before numpy comes in: its threads only get in our way
    os.environ.setdefault(threads, "1")

import click  # noqa: E402

from scripts.commands.authority_commands import authority  # noqa: E402
from scripts.commands.backup_commands import backup, export, restore  # noqa: E402
from scripts.commands.batch_options import WORKERS, Zone, read_options, reading  # noqa: E402
from scripts.commands.serve_command import serve  # noqa: E402
from scripts.output import messages as telling  # noqa: E402
from scripts.output.click_in_russian import speak_russian  # noqa: E402
from scripts.output.home import tell_home  # noqa: E402
from webapp.operation.version import own_version  # noqa: E402

if TYPE_CHECKING:
    from archive.batches.formats import Format
    from archive.readers.exports.field_mapping import FieldMapping

speak_russian()  # before a command keeps an English sentence of its help
FAILED, INTERRUPTED = 3, 130


class Commands(click.Group):
    """Commands that say in their own manner what keeps them from their work."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was typed."""
        from archive.errors import Refusal, reason

        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever read its words has enough, as head has
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(FAILED)
        except Refusal as error:
            sentence = f"{error}. {error.advice}" if error.advice else str(error)
        except OSError as error:
            sentence = f"{error.filename or 'система'}: {reason(error)}"
        except KeyboardInterrupt:
            telling.stop("Прервано. Ничего не потеряно; повторите ту же команду.", INTERRUPTED)
        telling.stop(f"Ошибка: {sentence}", FAILED)


@click.group(
    cls=Commands,
    options_metavar="[КЛЮЧИ]",
    subcommand_metavar="КОМАНДА …",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(own_version(), message="Подшивка %(version)s", help="Сказать версию программы.")
def commands() -> None:
    """Подшивка: поиск по архиву газеты.

    Архив лежит в папке PODSHIVKA_HOME, а если она не названа – в папке var рядом с программой.
    """


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command of that name."""
    return commands.command(name, options_metavar="[КЛЮЧИ]")


@command("add")
@reading
@click.option("--dry-run", is_flag=True, help="Только сказать, что было бы; архив не менять.")
@click.option(
    "--report", metavar="ФАЙЛ.csv", type=click.Path(dir_okay=False, path_type=Path), help="Отчёт: строка на файл."
)
@WORKERS
@telling.telling
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
) -> None:
    """Добавить партию: файлы и папки со статьями.

    Ту же партию можно добавлять снова: что не изменилось, останется как было. Прерванную команду просто повторите.
    """
    home = tell_home()
    from scripts.actions import batches as feed

    sys.exit(feed.add(home, paths, read_options(source, day, format_, zone, mapping), dry_run, report, workers))


@command("reindex")
@WORKERS
@click.option("--rollback", is_flag=True, help="Вернуть индекс, который был до последнего reindex.")
@telling.telling
def reindex(workers: int | None, rollback: bool) -> None:
    """Построить индекс заново; прежний служит, пока новый не готов и не проверен."""
    home = tell_home()
    from scripts.actions import batches as feed

    sys.exit(feed.roll_back(home) if rollback else feed.reindex(home, workers))


@command("remove")
@click.argument("ids", metavar="[НОМЕР…]", nargs=-1, type=int)
@click.option("--batch", metavar="ПАРТИЯ", type=int, help="Убрать партию: всё, что она принесла.")
@click.option("--why", metavar="ПРИЧИНА", default="", help="Почему; останется в журнале архива.")
def remove(ids: tuple[int, ...], batch: int | None, why: str) -> None:
    """Убрать из архива статьи или партию.

    Статьи, которые партия изменила, возвращаются к прежнему тексту.
    """
    either(ids, batch)
    home = tell_home()
    from scripts.actions import batches as feed

    sys.exit(feed.remove(home, ids, batch, why))


@command("unremove")
@click.argument("ids", metavar="[НОМЕР…]", nargs=-1, type=int)
@click.option("--batch", metavar="ПАРТИЯ", type=int, help="Вернуть убранную партию: всё станет, как было при ней.")
@click.option("--why", metavar="ПРИЧИНА", default="", help="Почему; останется в журнале архива.")
def unremove(ids: tuple[int, ...], batch: int | None, why: str) -> None:
    """Вернуть в архив убранные статьи или партию.

    Статьи партии, убранные по номерам, так и останутся убранными. Вернуть по номеру можно и статью убранной партии.
    """
    either(ids, batch)
    home = tell_home()
    from scripts.actions import batches as feed

    sys.exit(feed.unremove(home, ids, batch, why))


def either(ids: tuple[int, ...], batch: int | None) -> None:
    """Refuses a command that names both articles and a batch, or neither."""
    if bool(ids) == (batch is not None):
        raise click.UsageError("Назовите номера статей или партию (--batch), что-то одно.")


@command("log")
def log() -> None:
    """Журнал: кто, когда и почему менял архив."""
    home = tell_home(to_stderr=True)
    from scripts.actions import statistics as holdings

    sys.exit(holdings.log(home))


@command("batches")
def batches() -> None:
    """Какие партии добавляли и что из них вышло."""
    home = tell_home(to_stderr=True)
    from scripts.actions import statistics as holdings

    sys.exit(holdings.batches(home))


@command("check")
@click.option("--deep", is_flag=True, help="Проверить каждый текст и сверить с индексом каждую статью; это долго.")
@telling.telling
def check(deep: bool) -> None:
    """Проверить файл архива и сверить его с индексом."""
    home = tell_home()
    from scripts.actions import statistics as holdings

    sys.exit(holdings.check(home, deep))


@command("stats")
def stats() -> None:
    """Что есть в архиве, в числах."""
    home = tell_home()
    from scripts.actions import statistics as holdings

    sys.exit(holdings.stats(home))


@command("search")
@click.argument("query", metavar="[ЗАПРОС]", default="")
@click.option("--person", metavar="ИМЯ", multiple=True, help="Персона: ключ или имя.")
@click.option("--enterprise", metavar="ИМЯ", multiple=True, help="Предприятие: ключ или название.")
@click.option("--organisation", metavar="ИМЯ", multiple=True, help="Организация: ключ или название.")
@click.option("--source", metavar="ИЗДАНИЕ", multiple=True, help="Издание.")
@click.option("--rubric", metavar="РУБРИКА", multiple=True, help="Рубрика.")
@click.option("--author", metavar="АВТОР", multiple=True, help="Автор.")
@click.option("--from", metavar="ГГГГ-ММ-ДД", help="С какого дня.")
@click.option("--to", metavar="ГГГГ-ММ-ДД", help="По какой день.")
@click.option("--sort", metavar="ПОРЯДОК", help="relevance (по смыслу), newest (сначала новые), oldest.")
@click.option("--page", metavar="N", help="Страница ответа.")
@click.option("--size", metavar="N", help="Статей на странице, до 100.")
@click.option("--reprints", flag_value="1", help="Каждая перепечатка отдельно.")
@click.option("--json", "as_json", is_flag=True, help="Ответ в JSON, как у /api/v1/search.")
def search(query: str, as_json: bool, **parameters: str | tuple[str, ...] | None) -> None:
    """Найти статьи.

    Запрос – как в окне поиска; перед запросом, который начинается с минуса, поставьте «--».
    """
    home = tell_home(to_stderr=as_json)
    from scripts.actions import search as ask

    pairs = [("q", query)]
    for name, given in parameters.items():
        pairs += [(name, value) for value in ((given,) if isinstance(given, str) else given or ())]
    sys.exit(ask.search(home, pairs, as_json))


@command("annotate")
@reading
@WORKERS
@telling.telling
def annotate(
    paths: tuple[Path, ...],
    source: str | None,
    day: date | None,
    format_: "Format | None",
    zone: ZoneInfo,
    mapping: "FieldMapping | None",
    workers: int | None,
) -> None:
    """Найти имена в файлах, не добавляя их в архив: JSON, строка на статью."""
    tell_home(to_stderr=True)
    from scripts.actions import annotate as names

    sys.exit(names.annotations(paths, read_options(source, day, format_, zone, mapping), workers))


@commands.group("layout", options_metavar="[КЛЮЧИ]", subcommand_metavar="КОМАНДА …")
def layout() -> None:
    """Раскладки изданий: где на странице заголовок, дата, текст.

    Свои раскладки лежат в папке архива layouts, файл TOML на каждую; что в них пишут – в README.
    """


@layout.command("try", options_metavar="[КЛЮЧИ]")
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
    from scripts.actions import try_layout as layouts

    sys.exit(layouts.tried(home, file, own, zone))


@command("measure")
@click.argument("what", metavar="names", type=click.Choice(["names"]))
@click.argument("gold", metavar="ПАПКА", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", metavar="ФАЙЛ.json", type=click.Path(dir_okay=False, path_type=Path), help="Записать в JSON.")
def measure(what: str, gold: Path, output: Path | None) -> None:
    """Измерить, как распознаются имена, по размеченным наборам из папки."""
    from scripts.actions import measure as measures

    sys.exit(measures.names(gold, output))


for ready in (authority, backup, restore, export, serve):
    commands.add_command(ready)


def main() -> None:
    """Run the command that was typed; a path in an old encoding is said with its bytes spelt out."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    commands(prog_name="podshivka")


if __name__ == "__main__":
    main()

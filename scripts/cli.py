"""Registers the commands of `podshivka` and runs the one that was typed.

Its exit status: 0: done; 1: done, but something was rejected or does not agree; 2: the command makes no sense; 3: it
could not be done; 130: Ctrl-C.
What a command needs is imported when it runs, so that help comes at once.
"""

import io
import os
import sys
from typing import Any

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):  # before numpy comes in: its threads only get in our way
    os.environ.setdefault(threads, "1")

import click  # noqa: E402
from click.exceptions import Exit  # noqa: E402

from scripts.commands.authority_commands import authority  # noqa: E402
from scripts.commands.backup_commands import backup, export, restore  # noqa: E402
from scripts.commands.batch_commands import add, erase, remove, unremove  # noqa: E402
from scripts.commands.index_commands import check, reindex  # noqa: E402
from scripts.commands.layout_commands import layout  # noqa: E402
from scripts.commands.measure_commands import measure  # noqa: E402
from scripts.commands.name_commands import annotate  # noqa: E402
from scripts.commands.record_commands import batches, log, stats  # noqa: E402
from scripts.commands.search_commands import background, search, serve  # noqa: E402
from scripts.commands.suggestion_commands import suggestions  # noqa: E402
from scripts.output import messages  # noqa: E402
from scripts.output.click_in_russian import RussianGroup, speak_russian  # noqa: E402
from webapp.operation.version import own_version  # noqa: E402

speak_russian()
FAILED, INTERRUPTED = 3, 130
COMMANDS_WITH_QUERIES = ("search", "background")  # what is asked is written nowhere


class Commands(RussianGroup):
    """Commands that say in their own manner what keeps them from their work."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was typed."""
        from archive.errors import Refusal, is_full_disk, reason

        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever read its words has enough, as head has
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(FAILED)
        except Refusal as error:
            sentence = f"{error}. {error.advice}" if error.advice else str(error)
        except OSError as error:
            sentence = f"{error.filename or 'система'}: {reason(error)}"
            sentence += ". Освободите хотя бы 20 МБ и повторите команду." if is_full_disk(error) else ""
        except KeyboardInterrupt:
            messages.stop("Прервано. Ничего не потеряно; повторите ту же команду.", INTERRUPTED)
        except MemoryError:
            sentence = "не хватило памяти. Ничего не потеряно; закройте другие программы и повторите ту же команду."
        except (click.ClickException, click.Abort, Exit):
            raise
        except Exception as error:
            sentence = unforeseen(error, with_messages=ctx.invoked_subcommand not in COMMANDS_WITH_QUERIES)
        messages.stop(f"Ошибка: {sentence}", FAILED)


def unforeseen(error: Exception, with_messages: bool) -> str:
    """Writes an error that nobody foresaw down in the home and says so; to stderr where there is no home yet."""
    from archive.disk.error_log import new_number, trace, write_error
    from archive.home import default_home

    number, file = new_number(), default_home().errors
    if write_error(file, number, error, with_messages):
        return f"программа споткнулась, случай № {number}. Подробности записаны в {file}; повторите команду."
    messages.put(trace(error, with_messages), err=True)
    return f"программа споткнулась, случай № {number}. Подробности – выше; повторите команду."


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(own_version(), message="Подшивка %(version)s", help="Сказать версию программы.")
def commands() -> None:
    """Подшивка: поиск по архиву газеты.

    Архив лежит в папке PODSHIVKA_HOME. Если она не названа, это папка var рядом с программой, а у программы,
    поставленной как пакет, – ~/.local/share/podshivka.
    """


for declared in (
    *(add, reindex, remove, unremove, erase, log, batches, check, stats, search, background, annotate, layout, measure),
    *(authority, backup, restore, export, serve, suggestions),
):
    commands.add_command(declared)


def main() -> None:
    """Run the command that was typed; a path in an old encoding is said with its bytes spelt out."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    commands(prog_name="podshivka")


if __name__ == "__main__":
    main()

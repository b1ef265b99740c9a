"""Says what a command has to say: to a person, only what is wrong (--quiet), or in events to a program (--json).

An event is a JSON object in a line of its own: its name, the time (UTC) and fields. Where stdout is for data
(`annotate`), events go to stderr.
"""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any, Literal, NoReturn, TypeVar

import click

from archive.home import Home, default_home
from archive.text.harmless import in_lines, in_one_line

UNSEEN_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
Manner = Literal["plain", "quiet", "json"]
MANNER, BESIDE_DATA = "podshivka.manner", "podshivka.beside data"

Command = TypeVar("Command", bound=Callable[..., None])


def output_options(command: Command) -> Command:
    """Adds the options --quiet and --json to a long command."""
    for option in (
        _option("--json", "json", "События строками JSON для другой программы; см. docs/commands.md."),
        _option("--quiet", "quiet", "Молчать, если всё хорошо."),
    ):
        command = option(command)
    return command


def manner() -> Manner:
    """How the command that runs was told to speak."""
    found: Manner = _meta().get(MANNER, "plain")
    return found


def be_quiet() -> None:
    """From now on the command speaks only of what is wrong."""
    _meta()[MANNER] = "quiet"


def tell_home(to_stderr: bool = False) -> Home:
    """Finds the home that the command works on and says which it is, before anything else is said.

    `to_stderr`: stdout is for data.
    """
    home = default_home()
    _meta()[BESIDE_DATA] = to_stderr
    event("started", command=click.get_current_context().command_path, home=str(home.path))
    say(f"Архив: {home.path}")
    return home


def opened_home(to_stderr: bool = False) -> Home:
    """Finds the home as `tell_home` does; a store that a former program left is brought up first, which is said."""
    from archive.database.schema import bring_up

    home = tell_home(to_stderr)
    if bring_up(home.store):
        warn("Таблицы архива остались от прежней версии программы: приведены к нынешней, ничего не потеряно.")
    return home


def put(text: str, err: bool = False) -> None:
    """Prints what a command was asked for; whatever of it came from outside does nothing to a terminal."""
    click.echo(in_lines(text), err=err)


def put_json(value: object, indent: int | None = None, err: bool = False) -> None:
    """The same as JSON; what is unseen stands in it as JSON writes it."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    click.echo(UNSEEN_IN_JSON.sub(lambda found: json.dumps(found[0])[1:-1], text), err=err)


def say(sentence: str) -> None:
    """Something that a person may like to know."""
    if manner() == "plain":
        put(sentence, err=_meta().get(BESIDE_DATA, False))


def complain(sentence: str) -> None:
    """Something that is wrong, for a person."""
    if manner() != "json":
        put(sentence, err=True)


def warn(sentence: str) -> None:
    """Something that is wrong and does not stop the command."""
    event("warning", message=sentence)
    complain(sentence)


def finding(sentence: str) -> None:
    """Something wrong that the command was to look for."""
    event("warning", message=sentence)
    if manner() != "json":
        put(sentence)


def refuse(path: str, reason: str, told: bool = True) -> None:
    """A rejection; a person is not told of all where there are many."""
    event("rejection", path=path, reason=reason)
    if told:
        complain(f"Отказ: {in_one_line(path)}: {in_one_line(reason)}")


def report(sentence: str, wrong: bool = False, **fields: Any) -> None:
    """The last thing that is said: what was done; quiet commands say it where something was wrong."""
    event("report", message=sentence, **fields)
    if wrong and manner() == "quiet":
        complain(sentence)
    say(sentence)


def stop(sentence: str, status: int) -> NoReturn:
    """End the command that could not do its work."""
    event("error", message=sentence, status=status)
    complain(sentence)
    raise SystemExit(status)


def event(name: str, /, **fields: Any) -> None:
    """An event, where the command speaks in them."""
    if manner() == "json":
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        put_json({"event": name, "at": now, **fields}, err=_meta().get(BESIDE_DATA, False))


def _meta() -> dict[str, Any]:
    context = click.get_current_context(silent=True)
    return context.meta if context else {}


def _option(name: str, manner: Manner, help: str) -> Callable[[Command], Command]:
    def chosen(context: click.Context, _: click.Parameter, given: bool) -> None:
        if given and context.meta.setdefault(MANNER, manner) != manner:
            raise click.UsageError("Назовите что-то одно: --quiet или --json.")

    return click.option(name, is_flag=True, expose_value=False, callback=chosen, help=help)

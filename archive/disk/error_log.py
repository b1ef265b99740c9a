"""Writes down errors that nobody foresaw, each under its number, in a file of bounded size."""

import datetime as dt
import secrets
import traceback
from contextlib import suppress
from pathlib import Path

MOST_BYTES = 1_000_000  # of the file; what was before goes into one more beside it
FORMER = ".before"


def new_number() -> str:
    """A number to tell one error from others."""
    return secrets.token_hex(6)


def write_error(file: Path, number: str, error: BaseException, with_messages: bool) -> bool:
    """Appends the trace of an error; tells whether that could be done.

    `with_messages`: what the errors say of themselves is written too; it may quote what was searched for.
    """
    entry = f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC, № {number}\n{trace(error, with_messages)}\n\n"
    with suppress(OSError):
        if file.exists() and file.stat().st_size > MOST_BYTES:
            file.replace(file.with_name(file.name + FORMER))
        with file.open("ab") as out:
            out.write(entry.encode("utf-8", "backslashreplace"))
        return True
    return False


def drop_errors(file: Path) -> None:
    """Deletes all that was written down."""
    for one in (file, file.with_name(file.name + FORMER)):
        one.unlink(missing_ok=True)


def trace(error: BaseException, with_messages: bool) -> str:
    """Where an error arose, and those that led to it; the last one last."""
    if with_messages:
        return "".join(traceback.format_exception(error))
    chain: list[str] = []
    one: BaseException | None = error
    while one:
        chain.append("".join(traceback.format_tb(one.__traceback__)) + type(one).__qualname__)
        one = one.__cause__ or one.__context__
    return "\n\n".join(reversed(chain))

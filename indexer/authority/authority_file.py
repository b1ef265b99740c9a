"""Reads the archivists' files `persons.csv` and `enterprises.csv`; a line that cannot be used is told and skipped.

People edit the files in a spreadsheet. A line speaks of one entity; several lines may speak of the same.
"""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from archive.errors import reason
from archive.text.encoding import UnreadableBytes, decode
from indexer.authority.authority_line import FILES, ID, AuthorityLine, UnusableLine, read_line
from indexer.authority.authority_table import table_rows


@dataclass(frozen=True, slots=True)
class Problem:
    """What a line, or a whole file (line 0), cannot be used for."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}, строка {self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


@dataclass(frozen=True, slots=True)
class Authority:
    """All that can be read of the files."""

    lines: tuple[AuthorityLine, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_authority(folder: Path) -> Authority:
    """The lines of both files, and what is wrong with the others; none where there are no files."""
    lines: list[AuthorityLine] = []
    problems: list[Problem] = []
    for name in FILES:
        for item in _items(folder / name):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                lines.append(item)
    return Authority(tuple(lines), tuple(problems))


def stamp(folder: Path) -> Hashable:
    """A value that changes when a file is edited; it costs no reading."""
    return tuple(_stamp(folder / name) for name in FILES)


def with_current_ids(authority: Authority, current: Callable[[str], str]) -> Authority:
    """The same lines, every id in them as `current` has it; what is no id stays."""

    def now(text: str) -> str:
        return current(text) if ID.fullmatch(text) else text

    lines = (
        replace(
            line,
            id=now(line.id),
            variants=tuple(replace(one, text=now(one.text), together=now(one.together)) for one in line.variants),
            not_variants=tuple(map(now, line.not_variants)),
            successor_of=tuple(map(now, line.successor_of)),
        )
        for line in authority.lines
    )
    return replace(authority, lines=tuple(lines))


def _stamp(path: Path) -> Hashable:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _items(path: Path) -> Iterator[AuthorityLine | Problem]:
    try:
        text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    except FileNotFoundError:
        return
    except (OSError, UnreadableBytes) as error:
        yield Problem(path.name, 0, f"файл не прочесть: {reason(error) if isinstance(error, OSError) else error}")
        return
    for number, row in table_rows(text):
        if isinstance(row, str):
            yield Problem(path.name, number, row)
            continue
        try:
            yield read_line(path.name, number, row)
        except UnusableLine as error:
            yield Problem(path.name, number, str(error))

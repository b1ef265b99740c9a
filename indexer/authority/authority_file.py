"""The archivists' file of who is who in, its lines out; what cannot be read is a problem with a number, not an error.

`persons.csv` and `enterprises.csv` are edited in a spreadsheet: UTF-8 with or without BOM (or what else it saves),
commas or semicolons. A line speaks of one entity; several lines may speak of the same.
"""

import calendar
import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from archive.disk.atomic import write_whole
from archive.errors import reason
from archive.text.dates import read_date
from archive.text.encoding import UnreadableBytes, decode
from indexer.annotation import Kind

COLUMNS = ("id", "label", "kind", "variants", "not_variants", "valid_from", "valid_to", "successor_of", "note")
FILES: dict[str, Kind] = {"persons.csv": "person", "enterprises.csv": "enterprise"}

Verdict = Kind | Literal["none", "hidden"]  # none: no name at all; hidden: a name that is not to be shown
VERDICTS: dict[str, Verdict] = {
    "person": "person", "персона": "person", "enterprise": "enterprise", "предприятие": "enterprise",
    "organisation": "organisation", "организация": "organisation", "none": "none", "не имя": "none",
    "hidden": "hidden", "скрыть": "hidden",
}  # fmt: skip

ID = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
DELIMITERS = ",;\t"
BETWEEN = re.compile(r"[|;\n]")
CONDITION = re.compile(r"\[\s*([^]:]*?)\s*:\s*([^]]*?)\s*\]")
TOGETHER, SOURCE = "вместе", "издание"
YEAR_OR_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Variant:
    """A name as written, or an id; everywhere, or only in a source's articles, or where somebody else is named too."""

    text: str
    source: str = ""
    together: str = ""

    def __str__(self) -> str:
        conditions = ((TOGETHER, self.together), (SOURCE, self.source))
        return self.text + "".join(f" [{word}: {value}]" for word, value in conditions if value)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file; empty where it says nothing."""

    file: str
    number: int
    id: str
    label: str
    kind: Verdict | None
    variants: tuple[Variant, ...]
    not_variants: tuple[str, ...]
    valid_from: dt.date | None
    valid_to: dt.date | None  # that day too
    successor_of: tuple[str, ...]
    note: str

    @property
    def own_kind(self) -> Kind:
        """What the file it stands in is about."""
        return FILES[self.file]

    @property
    def written(self) -> dict[str, str]:
        """Its columns that say something, as a person would write them."""
        days = {"valid_from": self.valid_from, "valid_to": self.valid_to}
        columns = {
            "id": self.id,
            "label": self.label,
            "kind": next((word for word, kind in VERDICTS.items() if kind == self.kind and word != kind), ""),
            "variants": " | ".join(map(str, self.variants)),
            "not_variants": " | ".join(self.not_variants),
            **{column: day.isoformat() for column, day in days.items() if day},
            "successor_of": " | ".join(self.successor_of),
            "note": self.note,
        }
        return {column: value for column, value in columns.items() if value}

    @property
    def speaks_of(self) -> set[str]:
        """The ids and names in it."""
        return {self.id, *(variant.text for variant in self.variants), *self.not_variants, *self.successor_of}


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

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Unusable(ValueError):
    """Why a line is skipped."""


def stamp(folder: Path) -> Hashable:
    """Something cheap that changes when a file was edited."""
    return tuple(_stamp(folder / name) for name in FILES)


def read_authority(folder: Path) -> Authority:
    """The lines of both files, and what is wrong with the others; none where there are no files."""
    lines: list[Line] = []
    problems: list[Problem] = []
    for name in FILES:
        for item in _items(folder / name):
            (lines if isinstance(item, Line) else problems).append(item)  # type: ignore[arg-type]
    return Authority(tuple(lines), tuple(problems))


def renamed(authority: Authority, present: Callable[[str], str]) -> Authority:
    """The same lines, every id in them as `present` has it; what is no id stays."""

    def now(text: str) -> str:
        return present(text) if ID.fullmatch(text) else text

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


def _items(path: Path) -> Iterator[Line | Problem]:
    try:
        text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    except FileNotFoundError:
        return
    except (OSError, UnreadableBytes) as error:
        yield Problem(path.name, 0, f"файл не прочесть: {reason(error) if isinstance(error, OSError) else error}")
        return
    yield from _rows(path.name, printed_lines(text))


def printed_lines(text: str) -> list[str]:
    """The lines of a file with their ends, whatever these are."""
    return io.StringIO(text, newline="").readlines()


def delimiter_of(head: str) -> str:
    """What stands between the cells, by the line of the columns' names."""
    return max(DELIMITERS, key=head.count)


def _rows(file: str, lines: Sequence[str]) -> Iterator[Line | Problem]:
    delimiter = delimiter_of(lines[0]) if lines else ","
    head = lines[0].split(delimiter) if lines else []
    columns = [name.strip(' "\r\n').lower() for name in head]
    if "id" not in columns:
        yield Problem(file, 1, f"в первой строке должны стоять названия столбцов: {', '.join(COLUMNS)}")
        return
    if unknown := [name for name in columns if name and name not in COLUMNS]:
        yield Problem(file, 1, f"столбец «{unknown[0]}» неизвестен, он пропущен")
    at = 1
    while at < len(lines):
        table = csv.reader(islice(lines, at, None), delimiter=delimiter)
        try:
            cells = next(table)
        except csv.Error:
            yield Problem(file, at + 1, "слишком длинное значение: вероятно, не закрыта кавычка")
            at += 1
            continue
        stop = at + table.line_num
        if is_unclosed(lines[at:stop], delimiter, columns.index("id")):
            yield Problem(file, at + 1, "не закрыта кавычка")
            stop = at + 1
        elif any(map(str.strip, cells)):
            yield _line(file, at + 1, columns, [cell.strip() for cell in cells])
        at = stop


def is_unclosed(printed: Sequence[str], delimiter: str, place: int) -> bool:
    """Whether the lines of one row are several rows, since the first has a quote that nothing closes: the file ends in
    it, or a later line speaks of an id itself."""
    if sum(line.count('"') for line in printed) % 2:
        return True
    others = (line.split(delimiter) for line in printed[1:])
    return any(len(cells) > place + 2 and ID.fullmatch(cells[place].strip(' "')) for cells in others)


def _line(file: str, number: int, columns: list[str], cells: list[str]) -> Line | Problem:
    given = dict(zip(columns, cells, strict=False))
    try:
        if any(cells[len(columns) :]):
            raise _Unusable("значений больше, чем столбцов: возьмите в кавычки то, в чём есть запятая")
        found = Line(
            file,
            number,
            _id(given.get("id", "")),
            given.get("label", ""),
            _verdict(given.get("kind", "")),
            tuple(map(_variant, _several(given.get("variants", "")))),
            tuple(_several(given.get("not_variants", ""))),
            _day(given.get("valid_from", ""), last=False),
            _day(given.get("valid_to", ""), last=True),
            tuple(_several(given.get("successor_of", ""))),
            given.get("note", ""),
        )
        if found.valid_from and found.valid_to and found.valid_from > found.valid_to:
            raise _Unusable("valid_from позже, чем valid_to")
    except _Unusable as error:
        return Problem(file, number, str(error))
    return found


def _several(cell: str) -> list[str]:
    return [part for part in map(str.strip, BETWEEN.split(cell)) if part]


def _id(text: str) -> str:
    if not text:
        raise _Unusable("нет id")
    if not ID.fullmatch(text) or text == "none":
        raise _Unusable(f"id «{text}»: нужны строчные латинские буквы, цифры и дефисы")
    return text


def _verdict(text: str) -> Verdict | None:
    if text and text.lower() not in VERDICTS:
        raise _Unusable(f"kind «{text}»: бывает персона, предприятие, организация, не имя, скрыть")
    return VERDICTS[text.lower()] if text else None


def _variant(text: str) -> Variant:
    """
    >>> _variant("Сергей Иванов [издание: Волжский листок] [вместе: ВТЗ]")
    Variant(text='Сергей Иванов', source='Волжский листок', together='ВТЗ')
    """
    conditions = dict(CONDITION.findall(text))
    bare = CONDITION.sub("", text).strip()
    if not bare or "[" in bare or not conditions.keys() <= {TOGETHER, SOURCE} or not all(conditions.values()):
        raise _Unusable(f"«{text}»: условие пишется так: Имя [{TOGETHER}: Имя] или Имя [{SOURCE}: Название]")
    return Variant(bare, conditions.get(SOURCE, ""), conditions.get(TOGETHER, ""))


def _day(text: str, last: bool) -> dt.date | None:
    """The day, or the first or last one of a year or a month («1961», «1961-05»)."""
    if not text:
        return None
    try:
        if found := YEAR_OR_MONTH.fullmatch(text):
            year, month = int(found[1]), int(found[2] or (12 if last else 1))
            return dt.date(year, month, calendar.monthrange(year, month)[1] if last else 1)
        read = read_date(text)
    except ValueError:
        read = None
    if not read:
        raise _Unusable(f"«{text}» – не дата; пишите 1961, 1961-05 или 1961-05-12")
    return read[0]


def add_line(path: Path, values: Mapping[str, str]) -> int:
    """Writes a line at the end of a file, in its own columns; its number. Raises ValueError, in Russian.

    A file in UTF-8 keeps all its bytes; one in another encoding becomes UTF-8, since a name may not fit into it.
    """
    old = path.read_bytes() if path.exists() else b""
    read = decode(old) if old.strip() else None
    text = read.text if read else ",".join(COLUMNS) + "\n"
    lines = printed_lines(text)
    head = lines[0].removeprefix("\ufeff")
    delimiter = delimiter_of(head)
    columns = [name.strip().lower() for name in next(csv.reader([head], delimiter=delimiter))]
    if lost := [name for name, value in values.items() if value and name not in columns]:
        raise ValueError(f"в {path.name} нет столбца {lost[0]}")
    end = head[len(head.rstrip("\r\n")) :] or "\n"
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=delimiter, lineterminator=end).writerow(values.get(name, "") for name in columns)
    whole = old if read and read.encoding == "utf-8" else ("\ufeff" * bool(read) + text).encode()
    added = ("" if text.endswith(("\n", "\r")) else end) + line.getvalue()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, whole, added.encode())
    return len(lines) + 1

"""Reads the rows of an authority file and adds one, whatever spreadsheet saved it.

A file is UTF-8 with or without BOM, or what else a spreadsheet saves; between its cells stand commas, semicolons or
tabs. A row that cannot be read does not spoil those after it.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archive.disk.atomic import make_folder, sync, write_whole
from archive.text.encoding import decode
from indexer.authority.authority_line import COLUMNS, ID

DELIMITERS = ",;\t"
MOST_LINES_PER_ROW = 200  # a quote still open after these was never closed

Cells = dict[str, str]  # column → value


def table_rows(text: str) -> Iterator[tuple[int, Cells | str]]:
    """The number of the line in which each row begins with its cells, or (a str) with what is wrong in that line."""
    lines = printed_lines(text)
    delimiter = delimiter_of(lines[0]) if lines else ","
    head = lines[0].split(delimiter) if lines else []
    columns = [name.strip(' "\r\n').lower() for name in head]
    if "id" not in columns:
        yield 1, f"в первой строке должны стоять названия столбцов: {', '.join(COLUMNS)}"
        return
    if unknown := [name for name in columns if name and name not in COLUMNS]:
        yield 1, f"столбец «{unknown[0]}» неизвестен, он пропущен"
    at = 1
    while at < len(lines):
        row = (lines[number] for number in range(at, min(at + MOST_LINES_PER_ROW, len(lines))))
        table = csv.reader(row, delimiter=delimiter)
        try:
            cells = [cell.strip() for cell in next(table)]
        except csv.Error:
            yield at + 1, "слишком длинное значение: вероятно, не закрыта кавычка"
            at += 1
            continue
        stop = at + table.line_num
        if is_unclosed(lines[at:stop], delimiter, columns.index("id")):
            yield at + 1, "не закрыта кавычка"
            stop = at + 1
        elif any(cells[len(columns) :]):
            yield at + 1, "значений больше, чем столбцов: возьмите в кавычки то, в чём есть запятая"
        elif any(cells):
            yield at + 1, dict(zip(columns, cells, strict=False))
        at = stop


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
    make_folder(path.parent)
    write_whole(path, whole, added.encode())
    sync(path.parent)
    return len(lines) + 1


def line_text(content: bytes, number: int) -> str:
    """What is printed from that line on to the end of its file."""
    return "".join(printed_lines(decode(content).text)[number - 1 :])


def without_line(content: bytes, printed: str) -> bytes | None:
    """The file without the last place where exactly that is printed, from the beginning of a line; None where it is
    not there."""
    text = decode(content).text
    at = text.rfind(printed)
    while at > 0 and text[at - 1] not in "\r\n":
        at = text.rfind(printed, 0, at)
    return (text[:at] + text[at + len(printed) :]).encode() if printed.strip() and at > 0 else None


def printed_lines(text: str) -> list[str]:
    """The lines of a file with their ends, whatever these are."""
    return io.StringIO(text, newline="").readlines()


def delimiter_of(head: str) -> str:
    """What stands between the cells, by the line of the columns' names."""
    return max(DELIMITERS, key=head.count)


def is_unclosed(printed: Sequence[str], delimiter: str, place: int) -> bool:
    """Whether the lines of one row are several rows, since the first has a quote that nothing closes: the file ends in
    it, or a later line speaks of an id itself."""
    if sum(line.count('"') for line in printed) % 2:
        return True
    others = (line.split(delimiter) for line in printed[1:])
    return any(len(cells) > place + 2 and ID.fullmatch(cells[place].strip(' "')) for cells in others)

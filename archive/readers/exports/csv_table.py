"""Reads articles from a CSV table row by row: delimited by comma, semicolon or tab, with cells of many lines."""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import IO
from zoneinfo import ZoneInfo

from archive.article import Article, Rejection
from archive.readers.exports.field_mapping import FieldMapping
from archive.readers.exports.records import meaning, read_record

DELIMITERS = (";", ",", "\t", "|")
MAX_CELL_CHARS = 20_000_000
MAX_LINES_PER_ROW = 5_000  # a quote still open after these was never closed
NO_TEXT_COLUMN = "в первой строке таблицы нет столбца с текстом (text, body, текст…)"

csv.field_size_limit(MAX_CELL_CHARS)


def read_csv(
    file: IO[str], path: str, zone: ZoneInfo, mapping: FieldMapping | None = None
) -> Iterator[Article | Rejection]:
    """Reads the articles of a table opened with newline=""; the first line names the columns."""
    above, head = 1, file.readline(MAX_CELL_CHARS)
    if re.fullmatch(r"\ufeff?sep=.\s*", head, re.IGNORECASE):  # as Excel marks its delimiter
        above, head = 2, file.readline(MAX_CELL_CHARS)
    head = head.lstrip("\ufeff")
    known = mapping.meaning if mapping else meaning
    delimiter = delimiter_of(head, known)
    columns = cells(head, delimiter)
    if "text" not in map(known, columns):
        yield Rejection(path, NO_TEXT_COLUMN)
        return
    lines = iter(partial(file.readline, MAX_CELL_CHARS), "")
    for number, values in rows(lines, above, len(columns), delimiter):
        if any(value.strip() for value in values):
            yield read_row(values, columns, f"{path}:{number}", zone, mapping)


def read_row(
    values: list[str], columns: list[str], place: str, zone: ZoneInfo, mapping: FieldMapping | None
) -> Article | Rejection:
    """Reads the article of one row; rejects a row that does not fit the columns."""
    if any(value.strip() for value in values[len(columns) :]):
        return Rejection(place, f"столбцов в строке {len(values)}, а в заголовке таблицы {len(columns)}")
    record: dict[str, str] = {}
    for name, value in zip(columns, values, strict=False):
        if value.strip():
            record.setdefault(name, value)
    return read_record(mapping.apply(record) if mapping else record, place, zone)


def delimiter_of(head: str, known: Callable[[str], str | None] = meaning) -> str:
    """Chooses the delimiter under which the first row names most of our fields, then most columns."""

    def names(delimiter: str) -> tuple[int, int]:
        found = cells(head, delimiter)
        return sum(known(name) is not None for name in found), len(found)

    return max(DELIMITERS, key=names)


def is_article_header(head: str) -> bool:
    """Tells whether a first row heads a table of articles: it names a text and something else."""
    found = set(map(meaning, cells(head, delimiter_of(head)))) - {None}
    return "text" in found and len(found) > 1


def cells(line: str, delimiter: str) -> list[str]:
    """Splits one line into cells."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a line break of a Mac inside, a cell beyond all measure
        return [line]


def rows(file: Iterable[str], number: int, width: int, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Splits the lines below line `number` into rows, each with the number of its first line.

    A row of several lines that does not fit the table, or never ends, had a stray quote: only its first line is taken
    as the row, the others are read again.
    """
    source = iter(file)
    waiting: deque[str] = deque()

    def row_lines(taken: list[str]) -> Iterator[str]:
        while len(taken) < MAX_LINES_PER_ROW and (line := waiting.popleft() if waiting else next(source, "")):
            taken.append(line)
            yield line

    while True:
        taken: list[str] = []
        try:
            values = next(csv.reader(row_lines(taken), delimiter=delimiter, strict=True), [])
        except csv.Error:
            values = []
        if not taken:
            return
        if not values or (len(taken) > 1 and len(values) != width):
            waiting.extendleft(reversed(taken[1:]))
            taken = taken[:1]
            values = cells(taken[0], delimiter)
        yield number + 1, values
        number += len(taken)

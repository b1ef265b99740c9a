"""A JSON export in, articles out one by one, however long it is: an object a line, or one array of objects."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any
from zoneinfo import ZoneInfo

from archive.article import Article, Rejection
from archive.readers.exports.field_mapping import FieldMapping
from archive.readers.exports.records import meaning, read_record
from archive.records.export import MARK, read_line

LONGEST = 20_000_000  # characters of one record
CHUNK = 1 << 18
BETWEEN = tuple(", \t\r\n")
NOT_AN_OBJECT = "ожидался объект JSON с полями статьи"
TOO_LONG = f"запись длиннее {LONGEST // 1_000_000} млн знаков"


def read_json(
    file: IO[str], path: str, zone: ZoneInfo, mapping: FieldMapping | None = None
) -> Iterator[Article | Rejection]:
    """The articles of a JSON file opened for reading; what cannot be read is a Rejection «file:line»."""
    above, first = 0, file.readline(CHUNK)
    while first and not first.strip("\ufeff \t\r\n"):
        above, first = above + first.endswith("\n"), file.readline(CHUNK)
    opening = first.strip("\ufeff \t\r\n")
    if opening[:1] == "[" or opening == "{":
        for number, item in items(first, file):
            for place, record in wrapped(f"{path}:{number}", item, mapping):
                yield read_item(place, record, zone, mapping)
        return
    for number, line in lines(above, first, file):
        if len(line) >= LONGEST:
            yield Rejection(f"{path}:{number}", TOO_LONG)
        elif line.strip("\ufeff \t\r\n"):
            item = parsed(line.strip("\ufeff \t\r\n"))
            for place, record in wrapped(f"{path}:{number}", item, mapping):
                yield read_item(place, record, zone, mapping)


def wrapped(place: str, item: Any, mapping: FieldMapping | None) -> Iterator[tuple[str, Any]]:
    """The records that an object holds which says nothing itself («{"total": 2, "articles": […]}»), else the object."""
    lists = [value for value in item.values() if is_list_of_objects(value)] if isinstance(item, dict) else []
    if mapping or len(lists) != 1 or any(map(meaning, item)):
        yield place, item
        return
    for number, record in enumerate(lists[0], 1):
        yield f"{place}.{number}", record


def is_list_of_objects(value: Any) -> bool:
    """Whether a value may be a list of articles."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def read_item(place: str, item: Any, zone: ZoneInfo, mapping: FieldMapping | None = None) -> Article | Rejection:
    """The article of one parsed item; `item` may be the reason why there is none."""
    if isinstance(item, Unreadable):
        return Rejection(place, str(item))
    if not isinstance(item, dict):
        return Rejection(place, NOT_AN_OBJECT)
    if MARK in item and not mapping:
        return read_line(item, place)
    return read_record(mapping.applied(item) if mapping else item, place, zone)


class Unreadable(str):
    """Why a piece of JSON could not be read, in Russian."""

    __slots__ = ()


def parsed(text: str) -> Any:
    """The value of one piece of JSON, or why it has none."""
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        return Unreadable("строка JSON слишком глубоко вложена")
    except ValueError as error:
        column = getattr(error, "colno", 0)
        return Unreadable(f"строка JSON испорчена (знак {column})" if column else "строка JSON испорчена")


def lines(number: int, first: str, file: IO[str]) -> Iterator[tuple[int, str]]:
    """Numbered lines from the beginning of one on, `number` stand above it; of an endless one LONGEST characters."""
    line = first if first.endswith("\n") else first + file.readline(LONGEST - len(first))
    while line:
        number += 1
        yield number, line
        while len(line) >= LONGEST and not line.endswith("\n"):
            line = file.readline(LONGEST)
        line = file.readline(LONGEST)


def items(head: str, file: IO[str]) -> Iterator[tuple[int, Any]]:
    """Numbered values of one array, or of objects in a row; after a broken one nothing more can be told."""
    decoder = json.JSONDecoder(strict=False)
    text, place, number = re.sub(r"^[\ufeff\s]*\[?", "", head), 0, 0
    while True:
        while text[place : place + 1] in BETWEEN:
            place += 1
        if text[place : place + 1] == "]":
            return
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            text, place = text[place:], 0
            more = file.read(max(CHUNK, len(text))) if len(text) < LONGEST else ""
            if not more:
                if text:
                    yield number + 1, Unreadable("запись JSON испорчена; всё после неё не прочитано")
                return
            text += more
        else:
            number += 1
            yield number, value

"""Reads articles from a JSON export one by one: an object a line, or one array of objects."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any
from zoneinfo import ZoneInfo

from archive.article import Article, Rejection
from archive.readers.exports.field_mapping import FieldMapping
from archive.readers.exports.records import meaning, read_record
from archive.readers.html.json_nesting import is_too_nested
from archive.records.export import EXPORT_MARK, read_export_line

MAX_RECORD_CHARS = 20_000_000
CHUNK_CHARS = 1 << 18
BETWEEN_VALUES = tuple(", \t\r\n]")  # behind an array more may stand
NOT_AN_OBJECT = "ожидался объект JSON с полями статьи"
TOO_NESTED = "запись JSON слишком глубоко вложена"
MARKS_OF_JSON = re.compile(r'["\[\]{}]|\\.', re.DOTALL)  # what stands after a backslash is no mark
ENDING_BACKSLASHES = re.compile(r"(?<!\\)\\*$")
TOO_LONG = f"запись длиннее {MAX_RECORD_CHARS // 1_000_000} млн знаков"


def read_json(
    file: IO[str], path: str, zone: ZoneInfo, mapping: FieldMapping | None = None
) -> Iterator[Article | Rejection]:
    """Reads the articles of a JSON file opened for reading; rejects what cannot be read as «file:line»."""
    above, first = 0, file.readline(CHUNK_CHARS)
    while first and not first.strip("\ufeff \t\r\n"):
        above, first = above + first.endswith("\n"), file.readline(CHUNK_CHARS)
    opening = first.strip("\ufeff \t\r\n")
    if opening[:1] == "[" or opening == "{":
        for number, item in numbered_values(first, file):
            for place, record in records_in(f"{path}:{number}", item, mapping):
                yield read_item(place, record, zone, mapping)
        return
    for number, line in numbered_lines(above, first, file):
        if len(line) >= MAX_RECORD_CHARS:
            yield Rejection(f"{path}:{number}", TOO_LONG)
        elif line.strip("\ufeff \t\r\n"):
            item = parsed(line.strip("\ufeff \t\r\n"))
            for place, record in records_in(f"{path}:{number}", item, mapping):
                yield read_item(place, record, zone, mapping)


def records_in(place: str, item: Any, mapping: FieldMapping | None) -> Iterator[tuple[str, Any]]:
    """Unwraps the records of an object that says nothing itself («{"total": 2, "articles": […]}»); else gives the
    object."""
    lists = [value for value in item.values() if is_list_of_objects(value)] if isinstance(item, dict) else []
    if mapping or len(lists) != 1 or any(map(meaning, item)):
        yield place, item
        return
    for number, record in enumerate(lists[0], 1):
        yield f"{place}.{number}", record


def is_list_of_objects(value: Any) -> bool:
    """Tells whether a value may be a list of articles."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def read_item(place: str, item: Any, zone: ZoneInfo, mapping: FieldMapping | None = None) -> Article | Rejection:
    """Reads the article of one parsed item; `item` may be the reason why there is none."""
    if isinstance(item, UnreadableJson):
        return Rejection(place, str(item))
    if not isinstance(item, dict):
        return Rejection(place, NOT_AN_OBJECT)
    if EXPORT_MARK in item and not mapping:
        return read_export_line(item, place)
    return read_record(mapping.apply(item) if mapping else item, place, zone)


class UnreadableJson(str):
    """The reason, in Russian, why a piece of JSON could not be read."""

    __slots__ = ()


def parsed(text: str) -> Any:
    """Parses one piece of JSON; returns the reason where that fails."""
    try:
        value = json.loads(text, strict=False)
        return UnreadableJson(TOO_NESTED) if is_too_nested(value) else value
    except RecursionError:
        return UnreadableJson(TOO_NESTED)
    except ValueError as error:
        column = getattr(error, "colno", 0)
        return UnreadableJson(f"строка JSON испорчена (знак {column})" if column else "строка JSON испорчена")


def numbered_lines(number: int, first: str, file: IO[str]) -> Iterator[tuple[int, str]]:
    """Numbers the lines from `first` on, with `number` lines above it; gives MAX_RECORD_CHARS of an endless line."""
    line = first if first.endswith("\n") else first + file.readline(MAX_RECORD_CHARS - len(first))
    while line:
        number += 1
        yield number, line
        while len(line) >= MAX_RECORD_CHARS and not line.endswith("\n"):
            line = file.readline(MAX_RECORD_CHARS)
        line = file.readline(MAX_RECORD_CHARS)


def numbered_values(head: str, file: IO[str]) -> Iterator[tuple[int, Any]]:
    """Numbers the values of one array, or of objects in a row; stops at a broken one."""
    decoder = json.JSONDecoder(strict=False)
    text, place, number = re.sub(r"^[\ufeff\s]*\[?", "", head), 0, 0
    while True:
        while text[place : place + 1] in BETWEEN_VALUES:
            place += 1
        try:
            value, place = decoder.raw_decode(text, place)
        except RecursionError:
            ends = NestedValue()
            while not (stop := ends.stop_in(text, place)) and (more := file.read(CHUNK_CHARS)):
                text, place = more, 0
            number += 1
            yield number, UnreadableJson(TOO_NESTED)
            if not stop:
                return
            place = stop
        except ValueError:
            text, place = text[place:], 0
            more = file.read(max(CHUNK_CHARS, len(text))) if len(text) < MAX_RECORD_CHARS else ""
            if not more:
                if text:
                    yield number + 1, UnreadableJson("запись JSON испорчена; всё после неё не прочитано")
                return
            text += more
        else:
            number += 1
            yield number, UnreadableJson(TOO_NESTED) if is_too_nested(value) else value


class NestedValue:
    """Finds where a list or an object ends that is nested too deep to be parsed, piece by piece."""

    def __init__(self) -> None:
        self._depth = 0
        self._in_string = self._escaped = False

    def stop_in(self, text: str, place: int) -> int:
        """Goes on from a place of a piece; gives where the value ends in it, 0 where it does not."""
        for match in MARKS_OF_JSON.finditer(text, place + self._escaped):
            sign = match[0]
            if self._in_string:
                self._in_string = sign != '"'
            elif sign == '"':
                self._in_string = True
            elif sign in "[{":
                self._depth += 1
            elif sign in "]}":
                self._depth -= 1
                if self._depth == 0:
                    return match.end()
        self._escaped = text.endswith("\\") and len(ENDING_BACKSLASHES.findall(text)[0]) % 2 == 1
        return 0

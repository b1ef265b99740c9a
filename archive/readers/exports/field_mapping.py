"""Renames the fields of an export as a mapping file (TOML) says."""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.fields import FIELDS

MAPPED_FIELDS = ("title", "text", "date", "time", *(field.mapped for field in FIELDS))
LIST_FIELDS = ("text", *(field.mapped for field in FIELDS if field.many))
UNIX_SECONDS = "unix"  # the date format of stamps in seconds since 1970


class BadMapping(ValueError):
    """A mapping file is wrong; the message says how, in Russian."""


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """The places of our fields in a record (dotted paths), values that are the same everywhere, and the format of
    dates."""

    places: dict[str, tuple[str, ...]]
    constants: dict[str, str]
    date_format: str | None = None

    def apply(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Gives the mapped values of a record under our names. Several places of a text are its parts in order."""
        found: dict[str, Any] = dict(self.constants)
        for field, places in self.places.items():
            every = (value for place in places for value in values_at(record, place.split(".")))
            values = [value for value in every if value not in (None, "")]
            if values:
                found[field] = values if field in LIST_FIELDS else values[0]
        if self.date_format and "date" in found:
            found["date"] = iso_date(found["date"], self.date_format)
        return found

    def meaning(self, column: str) -> str | None:
        """Tells which of our fields a column is."""
        return next((field for field, places in self.places.items() if column in places), None)


def values_at(value: Any, path: list[str]) -> Iterator[Any]:
    """Finds the values at a path: keys of objects, places in lists; a list without a place gives all its items."""
    if not path:
        yield from value if isinstance(value, list) else [value]
    elif isinstance(value, Mapping):
        whole = ".".join(path)
        if whole in value:
            yield from values_at(value[whole], [])
        elif path[0] in value:
            yield from values_at(value[path[0]], path[1:])
    elif isinstance(value, list):
        for item in value[int(path[0]) :][:1] if path[0].isdecimal() else value:
            yield from values_at(item, path[1:] if path[0].isdecimal() else path)


def iso_date(value: Any, date_format: str) -> Any:
    """Writes a date in ISO 8601; leaves it as it is where it does not have the format."""
    try:
        if date_format == UNIX_SECONDS:
            return dt.datetime.fromtimestamp(float(value), dt.UTC).isoformat()
        moment = dt.datetime.strptime(str(value).strip(), date_format)
    except (ValueError, TypeError, OverflowError, OSError):
        return value
    return (moment if "%H" in date_format or "%I" in date_format else moment.date()).isoformat()


def read_mapping(path: Path) -> FieldMapping:
    """Reads a mapping file; raises BadMapping."""
    try:
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise BadMapping(f"файл соответствий не читается: {path}") from error
    except (ValueError, RecursionError) as error:
        raise BadMapping(f"{path.name}: это не TOML ({error})") from error
    constants, date_format = table.pop("constant", {}), table.pop("date_format", None)
    unknown = [name for name in (*table, *constants) if name not in MAPPED_FIELDS]
    if unknown:
        raise BadMapping(f"{path.name}: нет такого поля: {', '.join(unknown)}. Есть: {', '.join(MAPPED_FIELDS)}")
    places = {field: tuple(place) if isinstance(place, list) else (place,) for field, place in table.items()}
    if not all(isinstance(place, str) for several in places.values() for place in several):
        raise BadMapping(f"{path.name}: место поля пишется в кавычках, несколько – списком")
    if "text" not in places:
        raise BadMapping(f"{path.name}: не сказано, где текст статьи (text)")
    return FieldMapping(places, {name: str(value) for name, value in constants.items()}, date_format)

"""Tells what a line of the archivists' file says of its entity: its names, kind, dates and predecessors."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archive.text.dates import read_date
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
BETWEEN_VALUES = re.compile(r"[|;\n]")
CONDITION = re.compile(r"\[([^][:]*+):([^][]*+)\]")
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
class AuthorityLine:
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


class UnusableLine(ValueError):
    """Says in Russian why a line is skipped."""


def read_line(file: str, number: int, cells: Mapping[str, str]) -> AuthorityLine:
    """The line with these cells by column. Raises UnusableLine."""
    found = AuthorityLine(
        file,
        number,
        _id(cells.get("id", "")),
        cells.get("label", ""),
        _verdict(cells.get("kind", "")),
        tuple(map(_variant, _several(cells.get("variants", "")))),
        tuple(_several(cells.get("not_variants", ""))),
        _day(cells.get("valid_from", ""), last=False),
        _day(cells.get("valid_to", ""), last=True),
        tuple(_several(cells.get("successor_of", ""))),
        cells.get("note", ""),
    )
    if found.valid_from and found.valid_to and found.valid_from > found.valid_to:
        raise UnusableLine("valid_from позже, чем valid_to")
    return found


def _several(cell: str) -> list[str]:
    return [part for part in map(str.strip, BETWEEN_VALUES.split(cell)) if part]


def _id(text: str) -> str:
    if not text:
        raise UnusableLine("нет id")
    if not ID.fullmatch(text) or text == "none":
        raise UnusableLine(f"id «{text}»: нужны строчные латинские буквы, цифры и дефисы")
    return text


def _verdict(text: str) -> Verdict | None:
    if text and text.lower() not in VERDICTS:
        raise UnusableLine(f"kind «{text}»: бывает персона, предприятие, организация, не имя, скрыть")
    return VERDICTS[text.lower()] if text else None


def _variant(text: str) -> Variant:
    """
    >>> _variant("Сергей Иванов [издание: Волжский листок] [вместе: ВТЗ]")
    Variant(text='Сергей Иванов', source='Волжский листок', together='ВТЗ')
    """
    conditions = {word.strip(): value.strip() for word, value in CONDITION.findall(text)}
    bare = CONDITION.sub("", text).strip()
    if not bare or "[" in bare or not conditions.keys() <= {TOGETHER, SOURCE} or not all(conditions.values()):
        raise UnusableLine(f"«{text}»: условие пишется так: Имя [{TOGETHER}: Имя] или Имя [{SOURCE}: Название]")
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
        raise UnusableLine(f"«{text}» – не дата; пишите 1961, 1961-05 или 1961-05-12")
    return read[0]

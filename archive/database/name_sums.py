"""Tells a row of the table of names that a flipped bit has changed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import crc32

from archive.errors import DamagedStore

NameRow = tuple[str, str, str, str]  # name key, entity id, kind, label


def name_sum(key: str, entity: str, kind: str, label: str) -> int:
    """The CRC-32 of a row.

    >>> name_sum("e:втз", "vtz", "enterprise", "ВТЗ") == name_sum("e:втз", "vtx", "enterprise", "ВТЗ")
    False
    """
    return crc32("\x1f".join((key, entity, kind, label)).encode("utf-8", "surrogatepass"))


def whole_rows(path: Path, rows: Iterable[tuple[str, str, str, str, int]]) -> Iterator[NameRow]:
    """The rows without their sums. Raises DamagedStore at one that is not what was written."""
    for *row, kept in rows:
        key, entity, kind, label = row
        if name_sum(key, entity, kind, label) != kept:
            raise DamagedStore(f"Архив {path} повреждён: имя «{label}» в таблице имён не то, что было записано")
        yield key, entity, kind, label

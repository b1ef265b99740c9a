"""Reads and chooses layouts: where a paper's pages keep title, date, body.

Layouts are data, one TOML file each. A layout holds CSS selectors; it says nothing about how they are looked up.
`present` is a selector that the page must answer for the layout to fit: a paper that changed its site has several
layouts, told apart by it.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import soupsieve

from archive.fields import FIELDS

SELECTOR_KEYS = tuple(known.name for known in FIELDS if known.selector)  # in the keys of a layout


class BadLayout(ValueError):
    """A layout is wrong; the message says how, in Russian."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where one paper keeps the parts of an article, as CSS selectors; an empty one where nothing is said."""

    body: str
    source: str = ""  # the paper as the archive calls it
    hosts: tuple[str, ...] = ()  # with all their subdomains; none: any host
    present: str = ""
    title: str = ""
    date: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)  # the other fields, by name
    drop: tuple[str, ...] = ()  # boilerplate inside the body

    def fits(self, host: str, answers: Callable[[str], bool]) -> bool:
        """Tells whether a page of this host is laid out so; `answers` tells whether the page has what a selector looks
        for."""
        known = not self.hosts or any(host == own or host.endswith("." + own) for own in self.hosts)
        return known and answers(self.present or self.body)


def parse_layout(toml: str) -> Layout:
    """Reads a layout from TOML; raises ValueError in Russian for a misspelt key or where the body is missing."""
    table: dict[str, Any] = tomllib.loads(toml)
    selected = {name: table.pop(name) for name in SELECTOR_KEYS if name in table}
    unknown = table.keys() - ({own.name for own in fields(Layout)} - {"fields"})
    if unknown:
        raise ValueError(f"таких строк в раскладке не бывает: {', '.join(sorted(unknown))}")
    if not table.get("body"):
        raise ValueError("не сказано, где текст статьи (body)")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Layout(fields=selected, **values)


@cache
def declared_layouts() -> tuple[Layout, ...]:
    """Reads every layout that comes with the program, those bound to a host first."""
    folder: Traversable = files("archive.readers") / "layouts"
    found = [parse_layout(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".toml")]
    return tuple(sorted(found, key=lambda layout: (not layout.hosts, layout.source, not layout.present)))


def layout_for(host: str, answers: Callable[[str], bool], among: Iterable[Layout]) -> Layout | None:
    """Chooses the first layout that fits the page; None where the general extractor has to do."""
    return next((layout for layout in among if layout.fits(host, answers)), None)


def own_layouts(folder: Path) -> tuple[Layout, ...]:
    """Reads the layouts in a folder in the order of their names; none where there is no folder. Raises BadLayout."""
    return tuple(read_layout(path) for path in sorted(folder.glob("*.toml")))


def read_layout(path: Path) -> Layout:
    """Reads one layout and proves its selectors; raises BadLayout."""
    try:
        layout = parse_layout(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadLayout(f"Раскладка {path}: это не TOML ({error})") from error
    except (ValueError, TypeError, OSError) as error:
        raise BadLayout(f"Раскладка {path}: {error}") from error
    for selector in selectors(layout):
        try:
            soupsieve.compile(selector)
        except (soupsieve.SelectorSyntaxError, TypeError, AttributeError, RecursionError) as error:
            raise BadLayout(f"Раскладка {path}: это не селектор CSS: «{selector}»") from error
    return layout


def selectors(layout: Layout) -> Iterator[str]:
    """Goes through everything in a layout that is a selector."""
    yield from filter(None, (layout.body, layout.present, layout.title, layout.date, *layout.fields.values()))
    yield from layout.drop

"""A folder of layouts that archivists wrote in, the layouts out; what is wrong in them is said at once."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import soupsieve

from archive.readers.html.layouts import Layout, parse_layout


class BadLayout(ValueError):
    """What is wrong with a layout, in Russian."""


def own_layouts(folder: Path) -> tuple[Layout, ...]:
    """The layouts of a folder in the order of their names; none where there is no folder. Raises BadLayout."""
    return tuple(read_layout(path) for path in sorted(folder.glob("*.toml")))


def read_layout(path: Path) -> Layout:
    """One layout, its selectors proved; raises BadLayout."""
    try:
        layout = parse_layout(path.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise BadLayout(f"Раскладка {path}: это не TOML ({error})") from error
    except (ValueError, TypeError, OSError) as error:
        raise BadLayout(f"Раскладка {path}: {error}") from error
    for selector in selectors(layout):
        try:
            soupsieve.compile(selector)
        except (soupsieve.SelectorSyntaxError, TypeError, AttributeError) as error:
            raise BadLayout(f"Раскладка {path}: это не селектор CSS: «{selector}»") from error
    return layout


def selectors(layout: Layout) -> Iterator[str]:
    """Everything in a layout that is a selector."""
    yield from filter(None, (layout.body, layout.present, layout.title, layout.date, layout.author, layout.rubric))
    yield from layout.drop

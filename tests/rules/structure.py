"""Measures how a floor is built: its folders, the imports between them, the levels they stand on.

`python -m tests.rules.structure` prints a line a floor.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.project import ROOT

FLOORS = ("archive", "indexer", "search", "webapp", "scripts")


@dataclass(frozen=True, slots=True)
class Import:
    """One module imports another of the same floor."""

    by: Path
    of: Path


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor's modules, relative to the project, and the imports between them."""

    name: str
    modules: tuple[Path, ...]
    imports: tuple[Import, ...]

    @property
    def folders(self) -> dict[str, list[Path]]:
        """Folder → its modules."""
        found: dict[str, list[Path]] = {}
        for module in self.modules:
            found.setdefault(str(module.parent), []).append(module)
        return found

    @property
    def rooms(self) -> dict[str, set[str]]:
        """Room → rooms that it imports; a module that stands in no folder of the floor is a room of its own."""
        found: dict[str, set[str]] = {self.room(module): set() for module in self.modules}
        for one in self.imports:
            if self.room(one.by) != self.room(one.of):
                found[self.room(one.by)].add(self.room(one.of))
        return found

    def room(self, module: Path) -> str:
        """The folder of a module inside the floor, or the module's own name."""
        return str(module.parent) if len(module.parts) > 2 else str(module.with_suffix(""))


def floor(name: str) -> Floor:
    """What stands on a floor of the project."""
    modules = tuple(
        path.relative_to(ROOT) for path in sorted((ROOT / name).rglob("*.py")) if path.name != "__init__.py"
    )
    known = {".".join(module.with_suffix("").parts): module for module in modules}
    return Floor(name, modules, tuple(Import(by, of) for by in modules for of in sorted(imported(by, known))))


def imported(module: Path, known: dict[str, Path]) -> set[Path]:
    """The known modules that a module imports, by name or by a name in them."""
    return {known[name] for name in imported_names(ROOT / module) if name in known}


def imported_names(path: Path) -> Iterator[str]:
    """Dotted names that a file imports; of `from a.b import c` both a.b and a.b.c."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def levels(rooms: dict[str, set[str]]) -> list[set[str]]:
    """Rooms by level, the lowest first: each imports only rooms below. Raises ValueError where rooms form a circle."""
    found: list[set[str]] = []
    left = dict(rooms)
    while left:
        free = {room for room, below in left.items() if not below & left.keys()}
        if not free:
            raise ValueError(f"a circle of imports among {', '.join(sorted(left))}")
        found.append(free)
        for room in free:
            del left[room]
    return found


def main() -> None:
    """Prints the figures of every floor."""
    print("floor      modules  folders  largest folder            rooms  levels  imports between rooms")
    for one in map(floor, FLOORS):
        largest = max(one.folders, key=lambda folder: len(one.folders[folder]))
        between = sum(map(len, one.rooms.values()))
        print(
            f"{one.name:10} {len(one.modules):7}  {len(one.folders):7}  {largest:20} {len(one.folders[largest]):4}"
            f"  {len(one.rooms):5}  {_height(one):6}  {between:5}"
        )


def _height(one: Floor) -> str:
    try:
        return str(len(levels(one.rooms)))
    except ValueError:
        return "circle"


if __name__ == "__main__":
    main()

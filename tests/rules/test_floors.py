"""Imports go down the floors only, and nothing of a library leaves its room."""

import ast
from pathlib import Path

import pytest

from tests.support.project import ROOT

FLOORS = ["archive", "indexer", "search", "webapp", "scripts"]
ROOMS = {  # library: the modules that may import it
    "bs4": ["archive/readers/"],
    "soupsieve": ["archive/readers/"],
    "lxml": ["archive/readers/"],
    "trafilatura": ["archive/readers/"],
    "pymorphy3": ["indexer/text/lemmas.py", "indexer/text/paradigms.py"],
    "slovnet": ["indexer/text/slovnet.py"],
    "navec": ["indexer/text/slovnet.py"],
    "whoosh": [
        "indexer/index/schema.py",
        "indexer/index/whoosh_codec.py",
        "indexer/index/segment_draft.py",
        "indexer/index/build.py",
        "search/local/segments/segment.py",
    ],
    "flask": ["webapp/"],
    "werkzeug": ["webapp/"],
    "waitress": ["scripts/"],
    "zstandard": ["webapp/operation/compression.py"],
    "docx": ["webapp/presenters/clipping_files.py"],
    "sqlite3": ["archive/database/database.py", "scripts/evaluation/retrieval/peers.py"],
    "prometheus_client": ["webapp/operation/metrics.py", "webapp/operation/processes.py"],
    "tqdm": ["scripts/"],
    "click": ["scripts/"],
}
NEVER = {"natasha", "pymorphy2", "yargy"}


def modules() -> list[Path]:
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_down_only(path: Path) -> None:
    place = str(path.relative_to(ROOT))
    above = set(FLOORS[FLOORS.index(place.split("/")[0]) + 1 :])
    assert not imported(path) & above
    assert not imported(path) & NEVER
    for library in imported(path) & set(ROOMS):
        assert any(place.startswith(room) for room in ROOMS[library]), f"{library} is out of its room"

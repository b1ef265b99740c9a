"""Only the searcher knows which engine there is: whatever else there is asks the protocol of search/engine.py."""

import ast

from tests.rules.test_floors import modules
from tests.support.project import ROOT

ENGINES = ("search/local/", "search/cluster/")
CHOOSES = "search/searcher.py"
ABOVE = ("search.pages", "search.suggest", "search.searcher", "search.statistics")


def test_nothing_above_an_engine_knows_it() -> None:
    for path in modules():
        place = str(path.relative_to(ROOT))
        own = next((engine for engine in ENGINES if place.startswith(engine)), None)
        for name in imported_modules(path.read_text("utf-8")):
            engine = next((one for one in ENGINES if (name.replace(".", "/") + "/").startswith(one)), None)
            assert engine in (None, own) or place == CHOOSES, f"{place} imports {name}"


def test_an_engine_knows_nothing_of_what_is_shown() -> None:
    for path in modules():
        if str(path.relative_to(ROOT)).startswith(ENGINES):
            assert not [name for name in imported_modules(path.read_text("utf-8")) if name.startswith(ABOVE)], path


def test_the_searcher_takes_the_engine_only() -> None:
    names = imported_modules((ROOT / CHOOSES).read_text("utf-8"))
    assert [name for name in names if name.startswith("search.local")] == ["search.local.array_engine"]


def imported_modules(text: str) -> list[str]:
    """The modules that a source imports, `from a import b` also as a.b."""
    names: list[str] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module] if node.module != "search" else [f"search.{alias.name}" for alias in node.names]
    return names

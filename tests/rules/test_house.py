"""The rules that keep the rooms of each floor: one way between folders, few modules in each, every name once."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.rules.structure import FLOORS, Floor, floor
from tests.support.project import ROOT

MODULES_IN_A_FOLDER = 12
LINES_OF_A_MODULE = 300
INVERTED = re.compile(r"^[^.:]{3,160}\bin\b.{3,240}\bout\b[.,:;]")  # «A text in, its names out.»
NO_SENTENCE = re.compile(r"^(?:[a-z]|[^.!?:]*$)")

# The rooms of each floor, the lowest first: a room imports only rooms that stand before it.
ROOMS_UPWARD: dict[str, list[str]] = {
    "archive": [
        *("errors", "article", "fields", "home", "text", "disk", "database", "records", "store", "readers/html"),
        *("readers", "readers/exports", "batches", "backup"),
    ],
    "indexer": [
        *("storage", "text", "name_key", "annotation", "lexicon", "senses", "reprints", "context", "names", "kinds"),
        *("ner", "entities", "pipeline", "registry", "authority", "index"),
    ],
    "search": [
        *(
            "facet_table",
            "request",
            "query",
            "work",
            "result",
            "engine",
            "pages",
            "facets",
            "suggest",
            "local/segments",
            "local/matching",
        ),
        *(
            "local/snapshot",
            "local/ranking",
            "local/collector",
            "local",
            "background",
            "examples",
            "searcher",
            "statistics",
        ),
    ],
    "webapp": [
        *("current_archive", "operation", "urls", "presenters", "presenters/api", "presenters/pages"),
        *("desk", "views", "app"),
    ],
    "scripts": ["output", "evaluation", "evaluation/retrieval", "actions", "serving", "commands", "cli"],
}


@pytest.fixture(params=FLOORS)
def one(request: pytest.FixtureRequest) -> Floor:
    """Every floor in turn."""
    return floor(request.param)


def test_rooms_import_one_way(one: Floor) -> None:
    order = [f"{one.name}/{room}" for room in ROOMS_UPWARD[one.name]]
    assert sorted(order) == sorted(one.rooms), "ROOMS_UPWARD does not name the rooms there are"
    for room, below in one.rooms.items():
        assert not below - set(order[: order.index(room)]), f"{room} imports upward"


def test_a_folder_has_few_modules(one: Floor) -> None:
    assert {folder: len(some) for folder, some in one.folders.items() if len(some) > MODULES_IN_A_FOLDER} == {}


def test_a_module_is_short(one: Floor) -> None:
    lines = {str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in one.modules}
    assert {path: count for path, count in lines.items() if count > LINES_OF_A_MODULE} == {}


def test_every_module_opens_with_a_plain_sentence(one: Floor) -> None:
    openings = {str(module): opening(module) for module in one.modules}
    assert {path: text for path, text in openings.items() if INVERTED.match(text) or NO_SENTENCE.match(text)} == {}


def opening(module: Path) -> str:
    """The first paragraph of a module's docstring."""
    text = ast.get_docstring(ast.parse((ROOT / module).read_text(encoding="utf-8"))) or ""
    return text.split("\n\n")[0].replace("\n", " ")


def test_a_folder_of_benchmarks_has_few_modules() -> None:
    test_a_folder_has_few_modules(floor("benchmarks"))


def test_no_two_modules_of_a_floor_bear_one_name(one: Floor) -> None:
    names = Counter(module.stem for module in one.modules)
    assert [name for name, times in names.items() if times > 1] == []


def test_a_public_type_stands_once_in_the_tree() -> None:
    places: dict[str, list[str]] = {}
    for module in (module for name in FLOORS for module in floor(name).modules):
        for node in ast.parse((ROOT / module).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(str(module))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_tests_stand_where_the_code_stands() -> None:
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    mirrored = [folder for folder in folders if folder.parts and folder.parts[0] in FLOORS]
    assert mirrored
    assert [str(folder) for folder in mirrored if not (ROOT / folder).is_dir()] == []

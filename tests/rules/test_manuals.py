"""The manuals name every command, option, setting, API parameter and folder there is, and no others."""

import datetime as dt
import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
from flask.testing import FlaskClient

from archive.readers.exports.field_mapping import read_mapping
from archive.readers.html.layouts import parse_layout
from search.request import FACETS, SearchRequest
from tests.support.manuals import anchors, every_command, options, read
from tests.support.project import ROOT
from webapp.urls.params import pairs

COMMANDS, API = read("docs/commands.md"), read("docs/api.md")
PAGES = sorted(str(path.relative_to(ROOT)) for place in (ROOT, ROOT / "docs") for path in place.glob("*.md"))
FLOORS = ("archive", "indexer", "search", "webapp", "scripts")
EVERYTHING = SearchRequest(
    text="завод",
    chosen=dict.fromkeys(FACETS, ("a",)),
    excluded=dict.fromkeys(FACETS, ("b",)),
    date_from=dt.date(2003, 5, 12),
    date_to=dt.date(2003, 5, 13),
    undated="only",
    date_step="day",
    unit="share",
    sort="oldest",
    reprints=True,
    as_typed=True,
    page=2,
    size=11,
    facet_size=21,
)


def test_every_command_and_option_is_told() -> None:
    table = re.sub(r"^\| `measure \w+ ", "| `measure ", COMMANDS[: COMMANDS.index("## ")], flags=re.MULTILINE)
    assert set(re.findall(r"^\| `([a-z]+(?: [a-z]+)?)[ `]", table, re.MULTILINE)) == every_command().keys()
    for name, command in every_command().items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert f"`{parameter.opts[0]}`" in COMMANDS, f"{name} {parameter.opts[0]}"


@pytest.mark.parametrize("page", [page for page in PAGES if page != "CHANGELOG.md"])
def test_every_option_told_is_there(page: str) -> None:
    """Those of other programs stand in blocks of their own, those of a benchmark in its docstring."""
    there = set().union(*map(options, every_command().values()))
    benchmarks = set(re.findall(r"--[a-z]+", "".join(map(Path.read_text, (ROOT / "benchmarks").rglob("*.py")))))
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", re.sub(r"^```sh.*?^```", "", read(page), flags=re.S | re.M)))
    assert told <= there | benchmarks | {"--help", "--version", "--long", "--hypothesis-seed"}


def test_the_page_on_servers_types_what_there_is() -> None:
    page = read("docs/server.md")
    known = every_command()
    typed = re.findall(r"\bpodshivka ([a-z]+)((?: [^ \n`]+)*)", re.sub("#.*", "", page))
    assert {name for name, _ in typed} == {"add", "serve", "backup", "check", "reindex"}
    for name, rest in typed:
        assert set(re.findall(r"--[a-z-]+", rest)) <= options(known[name]), name


def test_every_environment_variable_is_told() -> None:
    files = [path for floor in FLOORS[:-1] for path in (ROOT / floor).rglob("*.py")]
    files += [path for path in (ROOT / "scripts").iterdir() if path.is_file()]
    ours = {name for path in files for name in re.findall(r"PODSHIVKA_[A-Z]+", path.read_text(encoding="utf-8"))}
    assert ours
    for name in (*ours, "PORT", "PODSHIVKA_GOLD"):
        assert f"| `{name}` |" in COMMANDS


def test_every_api_parameter_is_told() -> None:
    for field in fields(SearchRequest):
        assert getattr(EVERYTHING, field.name) != getattr(SearchRequest(), field.name), field.name
    for name, _ in pairs(EVERYTHING):
        assert f"`{name}`" in API, name


@pytest.mark.parametrize(
    "url",
    [
        *("search?q=завод", "search?q=тракторний", "search?q=дума в сентябре 2019", "search?q=стали", "articles/1"),
        *("persons/andrey-bocharov", "enterprises/krasnyy-oktyabr", "entities?q=бо", "about", "about/batches"),
    ],
)
def test_every_field_of_an_answer_is_told(site: FlaskClient, url: str) -> None:
    answer = site.get(f"/api/v1/{url}")
    assert answer.status_code == 200
    assert [name for name in sorted(names(answer.json)) if f"`{name}`" not in API] == []


def names(value: Any) -> set[str]:
    """All keys of objects in an answer but years and days."""
    if isinstance(value, list):
        return set().union(*map(names, value))
    if isinstance(value, dict):
        return {key for key in value if not key[0].isdigit()} | names(list(value.values()))
    return set()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", read(page)):
        name, _, anchor = link.partition("#")
        target = ROOT / Path(page).parent / name if name else ROOT / page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("page", [page for page in PAGES if page != "CHANGELOG.md"])
def test_every_path_told_is_there(page: str) -> None:
    told = re.findall(rf"`((?:{'|'.join(FLOORS)}|tests|benchmarks|docs)/[\w./-]+)`", read(page))
    assert [path for path in told if not (ROOT / path).exists()] == []


def test_every_document_named_in_the_code_is_there() -> None:
    code = (path for floor in (*FLOORS, "benchmarks") for path in (ROOT / floor).rglob("*.py"))
    named = {name for path in code for name in re.findall(r"\bdocs/[\w.-]+\.\w+", path.read_text(encoding="utf-8"))}
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_layouts_and_mappings_are_read_as_they_are_shown(tmp_path: Path) -> None:
    shown = re.findall(r"^```toml\n(.*?)^```", read("docs/archivist.md"), re.DOTALL | re.MULTILINE)
    mapping = tmp_path / "карта.toml"
    mappings = [toml for toml in shown if "text" in tomllib.loads(toml)]
    for toml in mappings:
        mapping.write_text(toml, encoding="utf-8")
        assert read_mapping(mapping).date_format
    layouts = [toml for toml in shown if toml not in mappings]
    assert all(parse_layout(toml).source for toml in layouts)
    assert (len(mappings), len(layouts)) == (1, 1)


def test_every_folder_of_the_house_is_told() -> None:
    told = re.findall(r"^- `([a-z/]+)/` ", read("docs/ARCHITECTURE.md"), re.MULTILINE)
    data = {"archive/readers/layouts", "archive/sample", "webapp/templates", "webapp/static"}
    packages = {str(path.parent.relative_to(ROOT)) for floor in FLOORS for path in (ROOT / floor).rglob("__init__.py")}
    assert sorted(told) == sorted((packages | data) - set(FLOORS))

"""README.md names every command, option, environment variable and API parameter there is, and no others."""

import datetime as dt
import re
from dataclasses import fields

import click

from scripts.cli import commands
from search.request import FACETS, SearchRequest
from tests.support.project import ROOT
from webapp.urls.params import pairs

README = (ROOT / "README.md").read_text(encoding="utf-8")
EVERYTHING = SearchRequest(
    text="завод",
    chosen=dict.fromkeys(FACETS, ("a",)),
    excluded=dict.fromkeys(FACETS, ("b",)),
    date_from=dt.date(2003, 5, 12),
    date_to=dt.date(2003, 5, 13),
    undated="only",
    date_step="day",
    sort="oldest",
    reprints=True,
    page=2,
    size=11,
    facet_size=21,
)


def every_command() -> dict[str, click.Command]:
    found = dict(commands.commands)
    for name, group in commands.commands.items():
        if isinstance(group, click.Group):
            found |= {f"{name} {part}": command for part, command in group.commands.items()}
    return found


def test_every_command_and_option_is_told() -> None:
    for name, command in every_command().items():
        assert re.search(rf"^\| `{name}[ `]", README, re.MULTILINE), name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert f"`{parameter.opts[0]}`" in README, f"{name} {parameter.opts[0]}"


def test_every_option_told_is_there() -> None:
    there = {opt for command in every_command().values() for parameter in command.params for opt in parameter.opts}
    assert set(re.findall(r"--[a-z][a-z-]+", README)) <= there | {"--help", "--version"}


def test_the_page_on_servers_types_what_there_is() -> None:
    page = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    known = every_command()
    typed = re.findall(r"\bpodshivka ([a-z]+)((?: [^ \n`]+)*)", re.sub("#.*", "", page))
    assert {name for name, _ in typed} == {"add", "serve", "backup", "check", "reindex"}
    for name, rest in typed:
        assert set(re.findall(r"--[a-z-]+", rest)) <= {opt for part in known[name].params for opt in part.opts}, name


def test_every_environment_variable_is_told() -> None:
    files = [path for floor in ("archive", "indexer", "search", "webapp") for path in (ROOT / floor).rglob("*.py")]
    files += [path for path in (ROOT / "scripts").iterdir() if path.is_file()]
    ours = {name for path in files for name in re.findall(r"PODSHIVKA_[A-Z]+", path.read_text(encoding="utf-8"))}
    assert ours
    for name in (*ours, "PORT", "PODSHIVKA_GOLD"):
        assert f"`{name}`" in README


def test_every_api_parameter_is_told() -> None:
    for field in fields(SearchRequest):
        assert getattr(EVERYTHING, field.name) != getattr(SearchRequest(), field.name), field.name
    for name, _ in pairs(EVERYTHING):
        assert f"`{name}`" in README, name

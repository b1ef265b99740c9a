"""README.md and README.ru.md say the same: commands, links, figures; and what they say is there."""

import re

import pytest

from scripts.cli import commands
from tests.support.manuals import every_command, options, read
from tests.support.project import ROOT

ENGLISH, RUSSIAN = read("README.md"), read("README.ru.md")
BOTH = pytest.mark.parametrize("page", [ENGLISH, RUSSIAN], ids=["README.md", "README.ru.md"])
LONGEST = 120  # lines
OTHER_LANGUAGE = {"README.md", "README.ru.md"}


def typed(page: str) -> list[str]:
    """The lines of code, without what is said beside them."""
    return [line.partition("#")[0].strip() for line in re.findall(r"^ {4}(\S.*)$", page, re.MULTILINE)]


def links(page: str) -> list[str]:
    return [link for link in re.findall(r"\]\(([^)]+)\)", page) if link not in OTHER_LANGUAGE]


def figures(page: str) -> list[str]:
    """The rows of the table of speed, as numbers."""
    rows = [line for line in page.splitlines() if re.match(r"\| [\d,   ]+ \|", line)]
    return [re.sub(r"(?<=\d)[,   ](?=\d{3})", "", row).replace(",", ".") for row in rows]


def test_both_give_the_same_commands_links_and_figures() -> None:
    assert typed(ENGLISH) == typed(RUSSIAN)
    assert links(ENGLISH) == links(RUSSIAN)
    assert figures(ENGLISH) == figures(RUSSIAN) != []
    assert [line.count("#") for line in ENGLISH.splitlines() if line.startswith("#")] == [
        line.count("#") for line in RUSSIAN.splitlines() if line.startswith("#")
    ]


@BOTH
def test_it_is_short_and_leads_to_the_other_one(page: str) -> None:
    assert len(page.splitlines()) <= LONGEST
    assert OTHER_LANGUAGE & set(re.findall(r"\]\(([^)]+)\)", page))


@BOTH
def test_every_command_typed_is_there(page: str) -> None:
    scripts = set(re.findall(r"\./scripts/(\w+)", page))
    assert {"run", "test", "podshivka"} <= scripts
    assert all((ROOT / "scripts" / name).is_file() for name in scripts)
    assert set(re.findall(r"scripts/podshivka ([a-z]+)", page)) <= commands.commands.keys()
    known = set().union(*map(options, every_command().values()))
    assert set(re.findall(r"--[a-z][a-z-]+", page)) <= known | {"--articles"}


def test_every_manual_is_linked() -> None:
    manuals = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} | {"CONTRIBUTING.md", "CHANGELOG.md"}
    assert manuals <= set(links(ENGLISH))


def test_its_figures_stand_in_the_page_on_speed() -> None:
    """Figures are taken in one place; README only repeats some."""
    measured = read("docs/PERFORMANCE.md")
    assert [
        number for row in figures(ENGLISH) for number in re.findall(r"\d+\.\d+", row) if number not in measured
    ] == []

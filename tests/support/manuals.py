"""Reads the documents, and the commands that they have to tell."""

import re

import click

from scripts.cli import commands
from tests.support.project import ROOT


def read(name: str) -> str:
    """A document by its path in the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def every_command() -> dict[str, click.Command]:
    """All commands by what is typed for them: «add», «authority merge»."""
    found = dict(commands.commands)
    for name, group in commands.commands.items():
        if isinstance(group, click.Group):
            found |= {f"{name} {part}": command for part, command in group.commands.items()}
    return found


def options(command: click.Command) -> set[str]:
    """The options of a command, all ways to write them."""
    return {opt for parameter in command.params if isinstance(parameter, click.Option) for opt in parameter.opts}


def anchors(page: str) -> set[str]:
    """What links to the headings of a page end in.

    >>> sorted(anchors("# Как искать\\n## 8. Если случилась беда"))
    ['8-если-случилась-беда', 'как-искать']
    """
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}

"""Says which version of the program this is."""

import tomllib
from functools import cache
from importlib.metadata import version

from archive.home import checkout


@cache
def own_version() -> str:
    """Returns the version of the checkout that the program runs from, or the one installed."""
    if sources := checkout():
        project = tomllib.loads((sources / "pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])
    return version("podshivka")

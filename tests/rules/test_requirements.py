"""What is installed runs on every Python that is promised, the oldest (Debian 12 has 3.11.2) as well."""

import re
import tomllib
from importlib.metadata import metadata

import pytest
from packaging.specifiers import SpecifierSet

from tests.support.project import ROOT

PROMISED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
PINS = re.findall(
    r"^([\w.-]+)==([\w.]+)$",
    "\n".join(path.read_text() for path in sorted(ROOT.glob("requirements*.txt"))),
    re.MULTILINE,
)


@pytest.mark.parametrize(("name", "version"), PINS)
def test_a_library_takes_the_oldest_python_promised(name: str, version: str) -> None:
    of_library = metadata(name)
    assert of_library["Version"] == version
    oldest = PROMISED.removeprefix(">=")
    assert f"{oldest}.0" in SpecifierSet(of_library["Requires-Python"] or "")

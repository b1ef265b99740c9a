"""The examples that docstrings show are true."""

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.rules.test_floors import modules
from tests.support.project import ROOT

WITH_EXAMPLES = [path for path in modules() if re.search(r"^\s+>>> ", path.read_text(), re.MULTILINE)]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_are_true(path: Path) -> None:
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed

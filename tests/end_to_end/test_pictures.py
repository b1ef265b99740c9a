"""The pictures of the documents are made by one command, and each stands in a document."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.pictures import CHROMIUM, PICTURES
from tests.support.project import ROOT

DOCUMENTS = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))


def test_every_picture_is_shown() -> None:
    shown = {name for path in DOCUMENTS for name in re.findall(r"\((?:docs/)?(\w+\.png)\)", path.read_text("utf-8"))}
    assert shown == set(PICTURES) == {path.name for path in (ROOT / "docs").glob("*.png")}


@pytest.mark.browser
def test_the_command_makes_them(tmp_path: Path) -> None:
    if not any(map(shutil.which, CHROMIUM)):
        pytest.skip("no Chromium is installed")
    command = [sys.executable, "-m", "tests.support.pictures", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    for name in PICTURES:
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")

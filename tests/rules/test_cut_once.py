"""A text is cut into tokens once: rules look at them, not back at characters, and no module cuts words its own way."""

import re
from pathlib import Path

import pytest

from tests.support.project import ROOT

MODULES = sorted((ROOT / "indexer").rglob("*.py"))
LOOKS_BACK = re.compile(r"max\(0, (?:\w+\.)?start - |\bCHARS_BEFORE|\bCHARS_BESIDE")
CUTS_WORDS = re.compile(r"""^(\w+) = re\.compile\(\s*r?["']\[\^\\W[\\\w]*\]\+""", re.MULTILINE)
OF_NAMES = {"BODY_WORD", "PIECE"}  # what declines in a body's name, the pieces of a person's: apostrophes inside


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_texts_are_cut_in_one_place(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not LOOKS_BACK.search(source)
    if path.parent.name != "text":
        assert set(CUTS_WORDS.findall(source)) <= OF_NAMES


@pytest.mark.parametrize(
    ("source", "is_seen"),
    [
        ("before = text[max(0, start - 40) : start]", True),
        ("SIGN.search(text, max(0, span.start - 8), span.start)", True),
        ("words[max(0, last - most) : last]", False),
        ('WORD = re.compile(r"[^\\W_]+")', True),
        ('LAST_LETTERS = re.compile(r"[^\\W\\d_]*$")', False),
        ('NUMBER = re.compile("[0-9]+")', False),
    ],
)
def test_what_the_rule_sees(source: str, is_seen: bool) -> None:
    assert bool(LOOKS_BACK.search(source) or CUTS_WORDS.search(source)) is is_seen

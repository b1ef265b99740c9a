"""What is printed can be read: contrast of text, in daylight and in the dark (WCAG 2.2, 1.4.3: at least 4.5 to 1)."""

import re
from pathlib import Path

import pytest

import webapp

STYLE = (Path(webapp.__file__).parent / "static" / "podshivka.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w{6});", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    if "--paper: #fff;" not in block
    if "--paper: #" in block
)
PAIRS = [
    *((text, ground) for text in ("ink", "soft", "link", "visited", "accent") for ground in ("paper", "sheet", "tint")),
    ("on-mark", "mark"),
    ("on-dark", "accent"),  # the button
    ("on-dark", "q5"),  # the fullest days of the calendar
    *(("ink", f"q{shade}") for shade in range(1, 5)),
]


def luminance(colour: str) -> float:
    """Relative luminance of «#rrggbb», 0 to 1."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(colours: dict[str, str], text: str, ground: str) -> None:
    darker, lighter = sorted((luminance(colours[text]), luminance(colours[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_marked_words_have_a_colour_of_their_own() -> None:
    assert re.search(r"^mark \{[^}]*color: var\(--on-mark\);", STYLE, re.MULTILINE)

"""What was changed between two texts: nothing is lost, nothing is told twice, long texts are quick."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.pages.text_diff import WORD, blocks, compare, stretches

TEXTS = st.lists(st.sampled_from(["завод", "сталь", "и", ",", ".", "Волга", "печь-2", "\n"]), max_size=40).map(" ".join)
SIGNS = {"gone": "[-{}-]", "new": "[+{}+]", "same": "{}", "cut": "{}"}


def told(before: str, after: str) -> str:
    """The comparison as marked lines."""
    rows = compare(before, after).paragraphs
    return "\n".join(
        "".join(SIGNS[piece.change].format(piece.text or f"<{piece.words}>") for piece in row) for row in rows
    )


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Завод пущен.", "Завод пущен.", "Завод пущен."),
        ("Завод пущен вчера.", "Завод пущен.", "Завод пущен[- вчера-]."),
        ("Завод пущен.", "Новый завод пущен.", "[-Завод -][+Новый завод +]пущен."),
        ("Печь пущена.", "Печь, наконец, пущена.", "Печь[+, наконец, +]пущена."),
        ("Пущен.\nЖдали год.", "Пущен.\nЖдали год.\nИ дождались.", "Пущен.\nЖдали год.\n[+И дождались.+]"),
        ("Пущен.\nИ всё.", "Пущен.", "Пущен.\n[-И всё.-]"),
        ("Пущен. Ждали год.", "Пущен.\nЖдали год.", "Пущен.\nЖдали год."),
        ("Ждали год.\nПущен.", "Ждали век.\nПущен.", "Ждали [-год-][+ век+].\nПущен."),
        ("", "Пущен.", "[+Пущен.+]"),
        ("", "", ""),
    ],
)
def test_changes_are_marked(before: str, after: str, marked: str) -> None:
    assert told(before, after).replace(" +]", "+] ") == marked.replace(" +]", "+] ")


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    old, new = WORD.findall(before), WORD.findall(after)
    rows = list(stretches(list(blocks(old, new)), len(old), len(new)))
    assert [word for change, i, j in rows if change != "gone" for word in new[i:j]] == new
    kept = [new[i:j] if change == "same" else old[i:j] for change, i, j in rows if change != "new"]
    assert [word for some in kept for word in some] == old


def test_a_long_unchanged_stretch_is_cut() -> None:
    words = [f"слово{number}" for number in range(400)]
    after = [*words]
    after[200] = "правка"
    assert told(" ".join(words), " ".join(after)).splitlines()[::2] == ["<185>", "<184>"]
    assert told(" ".join(words), " ".join(words)) == "<400>"


@pytest.mark.parametrize("percent", [20, 100])
def test_texts_of_a_book_are_no_matter(percent: int) -> None:
    chance = random.Random(1)
    words = [f"слово{int(chance.paretovariate(0.7)) % 5000}" for _ in range(30_000)]
    after = [f"{word}а" if chance.randrange(100) < percent else word for word in words]
    assert compare(" ".join(words), " ".join(after)).common == pytest.approx(1 - percent / 100, abs=0.1)

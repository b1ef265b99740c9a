"""A page laid out by tables, as sites were until about 2005, in; the cell of its article and the headline there out.

Such pages part paragraphs by <br> and say what is large by <font>; a general extractor, which looks for paragraphs,
takes all of them, menu and footer too, for one.
"""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from archive.readers.html.blocks import Block, attribute, blocks
from archive.text.dates import read_date

SENTENCE = re.compile(r"[^\W_][»\")]?\s?[.!?…]+[»\")]?(?:\s|$)")
LARGE = ("h1", "h2", "h3", "h4", "big", "b", "strong", "font")
SIZES = {"h1": 6.0, "h2": 5.0, "h3": 4.5, "h4": 4.0, "big": 3.5, "b": 3.2, "strong": 3.2}  # as browsers show them
USUAL, GREAT = 3, 4  # of text, and what no text has, in sizes of <font>
HEAD = 4  # blocks above the text among which a headline stands
SHORTEST, LONGEST = 5, 150  # characters of a headline


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, the blocks that stand in it and in no cell within, and how many characters of them are sentences."""

    tag: Tag
    found: list[Block]
    prose: int


def article_cell(soup: BeautifulSoup) -> Cell | None:
    """The cell with more prose than any other; the whole page where it has no parts at all; None if none."""
    places = soup.find_all("td") or ([] if soup.find(["div", "p", "article"]) else soup.find_all("body"))
    cells = [cell_of(place) for place in places]
    return max(cells, key=lambda cell: cell.prose, default=None)


def cell_of(tag: Tag) -> Cell:
    """A cell with what it holds itself."""
    found = blocks(tag, ("table",))
    return Cell(tag, found, sum(len(block.text) for block in found if SENTENCE.search(block.text) and not block.linked))


def headline(cell: Cell) -> tuple[str, list[Block]]:
    """The largest of what is printed larger or bolder above the text ("" where nothing is), and the blocks.

    Words in bold at the head of a paragraph are no headline; large ones are, and become a block of their own.
    """
    sizes: dict[str, float] = {}
    for tag in cell.tag.find_all(LARGE):
        text = " ".join(tag.get_text(" ").split())
        if SHORTEST <= len(text) <= LONGEST and not read_date(text):
            sizes[text] = max(sizes.get(text, 0.0), size(tag))
    best, place = "", -1
    for number, block in enumerate(cell.found[:HEAD]):
        for text, large in sizes.items():
            heads = block.text == text or (large >= GREAT and block.text.startswith(f"{text} "))
            if heads and large > max(USUAL, sizes.get(best, 0.0)):
                best, place = text, number
    if not best or cell.found[place].text == best:
        return best, cell.found
    rest = Block(cell.found[place].text.removeprefix(best).strip())
    return best, [*cell.found[:place], Block(best), rest, *cell.found[place + 1 :]]


def size(tag: Tag) -> float:
    """How large a tag prints, in sizes of <font>."""
    said = attribute(tag, "size")
    if tag.name != "font" or not re.fullmatch(r"[+-]?\d", said):
        return SIZES.get(tag.name, USUAL)
    return USUAL + int(said) if said[0] in "+-" else int(said)

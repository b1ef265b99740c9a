"""Finds the article and its headline in a page laid out by tables, as sites were until about 2005.

Such pages part paragraphs by <br> and say what is large by <font>; a general extractor, which looks for paragraphs,
takes all of them, menu and footer too, for one.
"""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from archive.readers.html.blocks import TextBlock, attribute, blocks
from archive.text.dates import read_date

SENTENCE = re.compile(r"[^\W_][»\")]?\s?[.!?…]+[»\")]?(?:\s|$)")
LARGE_TAGS = ("h1", "h2", "h3", "h4", "big", "b", "strong", "font")
SIZE_BY_TAG = {"h1": 6.0, "h2": 5.0, "h3": 4.5, "h4": 4.0, "big": 3.5, "b": 3.2, "strong": 3.2}  # as browsers show them
USUAL_SIZE, LARGE_SIZE = 3, 4  # of text, and what no text has, in sizes of <font>
BLOCKS_ABOVE_TEXT = 4  # blocks above the text among which a headline stands
MIN_HEADLINE_CHARS, MAX_HEADLINE_CHARS = 5, 150  # characters of a headline


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with the blocks that stand in it and in no inner cell, and how many characters of them are sentences."""

    tag: Tag
    found: list[TextBlock]
    prose: int


def article_cell(soup: BeautifulSoup) -> TableCell | None:
    """Finds the cell with the most prose; takes the whole page where it has no parts at all; None if there is none."""
    places = soup.find_all("td") or ([] if soup.find(["div", "p", "article"]) else soup.find_all("body"))
    cells = [cell_of(place) for place in places]
    return max(cells, key=lambda cell: cell.prose, default=None)


def cell_of(tag: Tag) -> TableCell:
    """Makes a cell of what a tag itself holds."""
    found = blocks(tag, ("table",))
    return TableCell(
        tag, found, sum(len(block.text) for block in found if SENTENCE.search(block.text) and not block.linked)
    )


def headline(cell: TableCell) -> tuple[str, list[TextBlock]]:
    """Finds the largest of what is printed larger or bolder above the text ("" where nothing is), and gives the blocks.

    Words in bold at the head of a paragraph are no headline; large ones are, and become a block of their own.
    """
    sizes: dict[str, float] = {}
    for tag in cell.tag.find_all(LARGE_TAGS):
        text = " ".join(tag.get_text(" ").split())
        if MIN_HEADLINE_CHARS <= len(text) <= MAX_HEADLINE_CHARS and not read_date(text):
            sizes[text] = max(sizes.get(text, 0.0), font_size(tag))
    best, place = "", -1
    for number, block in enumerate(cell.found[:BLOCKS_ABOVE_TEXT]):
        for text, large in sizes.items():
            heads = block.text == text or (large >= LARGE_SIZE and block.text.startswith(f"{text} "))
            if heads and large > max(USUAL_SIZE, sizes.get(best, 0.0)):
                best, place = text, number
    if not best or cell.found[place].text == best:
        return best, cell.found
    rest = TextBlock(cell.found[place].text.removeprefix(best).strip())
    return best, [*cell.found[:place], TextBlock(best), rest, *cell.found[place + 1 :]]


def font_size(tag: Tag) -> float:
    """Tells how large a tag prints, in sizes of <font>."""
    said = attribute(tag, "size")
    if tag.name != "font" or not re.fullmatch(r"[+-]?\d", said):
        return SIZE_BY_TAG.get(tag.name, USUAL_SIZE)
    return USUAL_SIZE + int(said) if said[0] in "+-" else int(said)

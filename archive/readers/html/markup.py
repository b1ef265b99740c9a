"""Parses markup that is within bounds: of its tags, of the attributes of one, of how deep they nest.

What a parser or a selector does with a page grows with the square of the attributes of one tag, and of the depth.
"""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from archive.errors import Refusal

MOST_TAGS = 100_000  # of one page, closing ones counted: a large page has a third of them
MOST_ATTRIBUTES = 2_000  # of one tag
MOST_STEPS_UP = 500_000  # from all tags of a page to its root: 2,000 tags twenty deep make 40,000
ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s=/>]*+(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s>]*+))?+"""
CROWDED_TAG = re.compile(rf"<[A-Za-z][^\s/>]*+(?:{ATTRIBUTE}){{{MOST_ATTRIBUTES + 1}}}")


SCRIPT = re.compile(
    r"(<script\b[^>]*+>)(?:[^<]|<(?!/script))*+", re.IGNORECASE
)  # signs of comparison in it open no tag


class TooMuchMarkup(Refusal):
    """Markup is out of bounds; the message says in which way."""


def parsed_markup(text: str) -> BeautifulSoup:
    """Parses a page or a piece of one. Raises TooMuchMarkup."""
    if text.count("<") > MOST_TAGS:
        raise TooMuchMarkup(f"на странице больше {MOST_TAGS // 1000} тысяч тегов: это не одна статья")
    if CROWDED_TAG.search(SCRIPT.sub(r"\1", text)):
        raise TooMuchMarkup(f"у одного тега больше {MOST_ATTRIBUTES // 1000} тысяч атрибутов: это не страница")
    soup = BeautifulSoup(text, "lxml")
    if is_too_deep(soup):
        raise TooMuchMarkup("теги вложены друг в друга слишком глубоко: это не страница")
    return soup


def is_too_deep(soup: BeautifulSoup) -> bool:
    """Tells whether all tags together are too many steps from the root."""
    depths, steps = {id(soup): 0}, 0
    node: PageElement | None = next(iter(soup.contents), None)
    while node is not None and steps <= MOST_STEPS_UP:
        if isinstance(node, Tag):
            depths[id(node)] = depth = depths[id(node.parent)] + 1
            steps += depth
        node = node.next_element
    return steps > MOST_STEPS_UP

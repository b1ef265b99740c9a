"""Cuts a page's element into blocks of text: one for each paragraph, heading, list item or table row, without
boilerplate."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import Comment, NavigableString, PageElement, PreformattedString

BLOCK_TAGS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset footer h1 h2 h3 h4 h5 h6 header hr html li"
    " main ol p pre section summary table tbody tfoot thead tr ul".split()
)
CELL_TAGS = frozenset({"td", "th"})
TAGS_WITHOUT_TEXT = frozenset(
    "aside audio button canvas figcaption figure footer form iframe img input label nav noscript object picture script"
    " select style svg template textarea title video".split()
)
BOILERPLATE_NAMES = re.compile(  # parts of class names and ids, as sites call what is not the article
    r"(?<![a-z])(?:share|sharing|social|soc|related|read-?(?:also|more)|see-?also|recommend\w*|subscri\w+|banner|adv\w*|adfox"
    r"|ads?|comments?|breadcrumbs?|tags|taglist|caption|copyrights?|incut|inject|widget|newsletter|pagination|likes?|votes?)"
    r"(?![a-z])",
    re.IGNORECASE,
)
FOLDED_SPACE = re.compile(r"[ \t\r\n\f]+")  # what a browser folds; a non-breaking space stays as printed
SENTENCE_END = re.compile(r"[.!?…:;»”\")][ \xa0]*$")
LINE_BREAK = "\n"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """The text of one block, its white space folded; `linked`: all of it is one or more links."""

    text: str
    linked: bool = False


def blocks(element: Tag, drop: Iterable[str] = ()) -> list[TextBlock]:
    """Lists the blocks of text under `element`; `drop` are selectors of this paper's own boilerplate."""
    dropped = {id(tag) for selector in drop for tag in element.select(selector)}
    size = len(element.get_text())
    found: list[TextBlock] = []
    pieces: list[tuple[str, bool]] = []  # text and whether it is inside a link
    for kind, text, linked in walk(element, dropped, size):
        if kind == "text":
            pieces.append((text, linked))
        else:
            found += cut_at_breaks(pieces)
            pieces = []
    return found + cut_at_breaks(pieces)


def walk(element: Tag, dropped: set[int], size: int) -> Iterator[tuple[str, str, bool]]:
    """Goes through the page and gives ("text", text, inside a link) and ("edge", "", False); no recursion, pages nest
    deep."""
    stack: list[Iterator[PageElement]] = [iter(element.contents)]
    names = [element.name]
    links = 0
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            name = names.pop()
            links -= name == "a"
            if name in BLOCK_TAGS:
                yield "edge", "", False
        elif isinstance(node, Tag):
            if id(node) in dropped or is_boilerplate(node, size):
                continue
            if node.name == "br":
                yield "text", LINE_BREAK, bool(links)
                continue
            if node.name in BLOCK_TAGS:
                yield "edge", "", False
            elif node.name in CELL_TAGS:
                yield "text", " ", bool(links)
            links += node.name == "a"
            stack.append(iter(node.contents))
            names.append(node.name)
        elif isinstance(node, NavigableString) and not isinstance(node, (Comment, PreformattedString)):
            yield "text", FOLDED_SPACE.sub(" ", node), bool(links)


def is_boilerplate(tag: Tag, size: int) -> bool:
    """Tells whether a tag is no part of the article: by its name, or by its class or id where it holds little of the
    text."""
    if tag.name in TAGS_WITHOUT_TEXT:
        return True
    if tag.has_attr("hidden"):
        return True
    called = f"{attribute(tag, 'class')} {attribute(tag, 'id')}"
    return bool(called.strip() and BOILERPLATE_NAMES.search(called)) and len(tag.get_text()) * 3 < max(size, 1)


def cut_at_breaks(pieces: list[tuple[str, bool]]) -> list[TextBlock]:
    """Cuts the text between two edges into blocks: at two line breaks, or at one where a sentence ended before it."""
    found: list[TextBlock] = []
    lines: list[tuple[str, bool]] = []
    text, linked = "", True
    for piece, in_link in (*pieces, (LINE_BREAK, False)):
        if piece == LINE_BREAK:
            lines.append((text.strip(" \xa0"), linked))
            text, linked = "", True
        else:
            text += piece
            linked = linked and (in_link or not piece.strip(" \xa0"))
    whole: list[str] = []
    all_linked, gap = True, False
    for line, in_link in lines:
        if whole and line and (gap or SENTENCE_END.search(whole[-1])):
            found.append(TextBlock(" ".join(whole), all_linked))
            whole, all_linked = [], True
        if line:
            whole.append(line)
            all_linked = all_linked and in_link
        gap = not line
    if whole:
        found.append(TextBlock(" ".join(whole), all_linked))
    return [TextBlock(FOLDED_SPACE.sub(" ", block.text), block.linked) for block in found]


def attribute(tag: Tag | None, name: str) -> str:
    """Gives a tag's attribute as one string, "" where there is none."""
    value = tag.get(name) if tag else None
    return value.strip() if isinstance(value, str) else " ".join(value or ())

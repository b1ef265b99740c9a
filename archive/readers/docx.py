"""Reads the article of a Word document (.docx): finds its title by style, reads the rest as a plain text."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from archive.article import Article, Rejection
from archive.readers.plain_text import read_plain
from archive.readers.xml_stream import XmlElement
from archive.text.encoding import UnreadableBytes

BODY_PART, STYLES_PART, PROPERTIES_PART = "word/document.xml", "word/styles.xml", "docProps/core.xml"
MAX_PART_BYTES = 50_000_000  # of XML
MOST_TAGS = 1_000_000  # of XML, closing ones counted: a book has half as many
TITLE_STYLES = ("title", "heading 1")  # Word calls them so inside in any language
PLACEHOLDER = re.compile(r"(?:Microsoft Word|Документ\b|Document\b|Без (?:названия|имени))|\.(?:docx?|rtf|txt)$", re.I)
TAGS_WITHOUT_TEXT = (  # text boxes once more, for old programs; what a correction took away or moved elsewhere
    "{*}Fallback",
    "{*}del",
    "{*}moveFrom",
)
TEXT_BY_TAG = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
NOT_WORD = "это не текст: архив ZIP или документ XLSX, ODT, EPUB"


def read_docx(data: bytes, path: str) -> Article | Rejection:
    """Reads the article of one document; raises UnreadableBytes where the zip holds none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            body, styles, core = (read_part(packed, name) for name in (BODY_PART, STYLES_PART, PROPERTIES_PART))
    except (etree.XMLSyntaxError, RuntimeError):
        return Rejection(path, "документ Word испорчен")
    if body is None:
        raise UnreadableBytes(NOT_WORD)
    for name in TAGS_WITHOUT_TEXT:
        for element in list(body.iter(name)):
            element.getparent().remove(element)
    found = [(style, text) for style, text in paragraphs_of(body, style_names(styles)) if text.strip()]
    title = next((text for style in TITLE_STYLES for own, text in found[:3] if own == style), None)
    lines = [text for _, text in found if text != title]
    article = read_plain("\n\n".join(lines), path, " ".join(title.split()) if title else None)
    if isinstance(article, Article) and article.title is None and (named := declared_title(core)):
        return read_plain("\n\n".join(lines), path, named)
    return article


def read_part(packed: zipfile.ZipFile, name: str) -> XmlElement | None:
    """Reads one XML part of the document, None where there is none; refuses a part with a DTD."""
    try:
        info = packed.getinfo(name)
    except KeyError:
        return None
    if info.file_size > MAX_PART_BYTES:
        raise UnreadableBytes(f"документ Word больше {MAX_PART_BYTES // 1_000_000} МБ: это не одна статья")
    data = packed.read(info)
    if data.count(b"<") > MOST_TAGS:
        raise UnreadableBytes(f"в документе Word больше {MOST_TAGS // 1000} тысяч тегов: это не одна статья")
    if b"<!DOCTYPE" in data[:4096]:
        raise UnreadableBytes("в документе Word объявление DTD: такие не читаются")
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def style_names(styles: XmlElement | None) -> dict[str, str]:
    """Maps the ids of styles to what Word calls them, in small letters."""
    found: dict[str, str] = {}
    for style in styles.iterfind("{*}style") if styles is not None else ():
        name = style.find("{*}name")
        found[attribute_value(style, "styleId")] = attribute_value(name, "val").lower()
    return found


def paragraphs_of(body: XmlElement, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Goes through style and text of every paragraph; a table's row of short cells is one paragraph."""
    own = f"{{{etree.QName(body).namespace}}}"
    rows: dict[XmlElement, list[XmlElement]] = {}  # its paragraphs, none where a cell of it has several
    for paragraph in body.iter(own + "p"):
        row = next(paragraph.iterancestors(own + "tr"), None)
        if row is not None and row not in rows:
            inside = list(row.iter(own + "p"))
            rows[row] = inside if len(inside) == sum(1 for _ in row.iter(own + "tc")) else []
        if row is not None and (inside := rows[row]):
            if paragraph is inside[0]:
                yield "", " ".join(filter(None, (text_in(cell, own).strip() for cell in inside)))
            continue
        style = paragraph.find(f"{own}pPr/{own}pStyle")
        yield names.get(attribute_value(style, "val"), attribute_value(style, "val").lower()), text_in(paragraph, own)


def text_in(paragraph: XmlElement, own: str) -> str:
    """Gives the text of a paragraph without that of text boxes in it."""
    pieces: list[str] = []
    for element in paragraph.iter(own + "t", *(own + sign for sign in TEXT_BY_TAG)):
        if next(element.iterancestors(own + "p"), None) is paragraph:
            name = etree.QName(element).localname
            pieces.append((element.text or "") if name == "t" else TEXT_BY_TAG[name])
    return "".join(pieces)


def attribute_value(element: XmlElement | None, name: str) -> str:
    """Gives an attribute whatever its namespace."""
    if element is None:
        return ""
    return next((str(text) for key, text in element.attrib.items() if etree.QName(key).localname == name), "")


def declared_title(core: XmlElement | None) -> str | None:
    """Finds the title among the document's properties, unless Word put it there itself."""
    title = " ".join((core.findtext("{*}title") or "").split()) if core is not None else ""
    return None if not title or PLACEHOLDER.search(title) else title

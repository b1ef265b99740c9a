"""Inputs of any size that once took, or might take, time that grows with the square of the size.

An input is made of so many characters; what reads it is the real reader or rule.
"""

import gzip
import io
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from archive.batches.reading import ReadOptions, read_batch
from archive.readers.exports.field_mapping import BadMapping, read_mapping
from archive.text.dates import date_in_url, names_no_day, read_date, read_stamp
from archive.text.encoding import decode
from archive.text.paragraphs import paragraphs
from indexer.authority.authority_file import read_authority
from indexer.context.quotes import quoted_names
from indexer.names.organisation_names import nominative_body, proper_name
from indexer.names.person_names import nominative_person
from indexer.names.surname_endings import guesses
from indexer.names.word_readings import surname_lemmas
from indexer.pipeline import annotate
from indexer.reprints.near_duplicates import sign
from indexer.text.cut_text import CutText
from indexer.text.lemmas import lemmas
from indexer.text.sentences import pieces_of
from indexer.text.tokens import fold, forms

Made = Callable[[int], str | bytes]
LETTERS = "абвгдежзиклмнпрстуфхцчшщ"


@dataclass(frozen=True, slots=True)
class GrowingInput:
    """What is read, by its name, and how it is made of about so many characters and read."""

    name: str
    made: Made
    read: Callable[[str | bytes], object]


def repeated(unit: str, before: str = "", after: str = "") -> Made:
    """A unit as often as it goes into the size; {} in it is its number, {word} another word each time."""

    def made(size: int) -> str:
        if "{" not in unit or '{"' in unit:
            return before + unit * max(1, size // len(unit)) + after
        count = max(1, size // (len(unit) + 2))
        return before + "".join(unit.format(number, word=word(number)) for number in range(count)) + after

    return made


def word(number: int) -> str:
    """A word of eight letters, another for each number."""
    written = ""
    for _ in range(4):
        number, letter = divmod(number * 7_919 + 3, len(LETTERS))
        written += LETTERS[letter] + "аоеи"[letter % 4]
    return written.capitalize()


def read_as(ending: str, data: str | bytes) -> None:
    """Reads a file of that name to its end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        for _ in read_batch([path], ReadOptions()):
            pass


def read_persons(data: str | bytes) -> None:
    """Reads an authority file."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "persons.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
        read_authority(Path(folder))


def read_as_mapping(data: str | bytes) -> None:
    """Reads a mapping file, or is told why not."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.toml"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        try:
            read_mapping(path)
        except BadMapping:
            return


def read_dates(text: str | bytes) -> None:
    """Looks for a day in a line, a stamp and an address."""
    assert isinstance(text, str)
    read_date(text)
    names_no_day(text)
    read_stamp(text, ZoneInfo("Europe/Moscow"))
    date_in_url(text)


def read_words(text: str | bytes) -> None:
    """Cuts a text into words, forms and pieces, and reads its forms."""
    assert isinstance(text, str)
    pieces_of([CutText(text)])
    for form in {*forms(text)[0], fold(text)}:
        lemmas(form)
        surname_lemmas(form)
        guesses(form)


def read_names(text: str | bytes) -> None:
    """Reads a whole text as the name of a person and of a body."""
    assert isinstance(text, str)
    nominative_person(text)
    nominative_body(text)
    proper_name(text)


def packed_tar(size: int) -> bytes:
    """A tar of many files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for number in range(max(1, size // 1_000)):
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = 10
            tar.addfile(info, io.BytesIO("Сталь".encode()))
    return packed.getvalue()


def packed_zip(size: int) -> bytes:
    """A zip of many files in deep folders."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(max(1, size // 400)):
            archive.writestr("а/" * 40 + f"{number}.txt", "Сталь")
    return packed.getvalue()


def claiming_tar(size: int) -> bytes:
    """A tar whose one file claims to hold a terabyte."""
    info = tarfile.TarInfo("a.txt")
    info.size = 10**12
    return info.tobuf(tarfile.GNU_FORMAT) + b"a" * size


def document(body: str, before: str = "", after: str = "") -> Made:
    """A Word document of a repeated piece."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = repeated(body, f"<w:document {space}><w:body>{before}", f"{after}</w:body></w:document>")

    def made(size: int) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<a/>")
            archive.writestr("word/document.xml", text(size))
        return packed.getvalue()

    return made


def mixed_bytes(size: int) -> bytes:
    """Lines in UTF-8 and in a code page."""
    return ("Сталь шла по цеху.\n".encode() + "Дума приняла закон.\n".encode("cp1251")) * max(1, size // 40)


PARAGRAPH = "<w:p><w:r><w:t>Сталь шла.</w:t></w:r></w:p>"
FEED = '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
POST = "<item><wp:status>publish</wp:status><content:encoded>"
POST_END = "</content:encoded></item></channel></rss>"
RECORD = '{"title":"Дума","text":"Сталь шла по цеху и её катили весь день."}'
AUTHORITY = "id,label,kind,variants\n"

FILES: dict[str, dict[str, Made]] = {
    ".html": {
        "attributes": repeated(" a{}=1", "<p", ">Текст статьи.</p>"),
        "paragraphs": repeated("<p>"),
        "paragraphs of text": repeated("<p>Сталь шла по цеху.</p>"),
        "nested elements": repeated("<time>", "<h1>Дума</h1>"),
        "nested bodies": repeated("<div itemprop=articleBody>а"),
        "nested cells": repeated("<table><tr><td>Сталь шла."),
        "line breaks": repeated("а<br>", "<h1>Дума</h1>Текст"),
        "names of the site in a title": repeated(
            " - Дума", "<meta property='og:site_name' content='Дума'><title>Тема", "</title>"
        ),
        "blanks in a title": repeated(" ", "<title>а", "</title><p>Текст."),
        "headings": repeated("<h1>Дума приняла {} закон</h1>", "<title>Вести</title>"),
        "strings of broken JSON-LD": repeated('"headline":"\\a', "<script type='application/ld+json'>Article"),
        "nested JSON-LD": repeated("[", "<script type='application/ld+json'>"),
        "boilerplate": repeated("<div class=share>а</div>"),
        "open comments": repeated("<!--"),
    },
    ".txt": {
        "dates": repeated("1 января "),
        "lines of dates": repeated("1 января\n"),
        "glued sentences": repeated("конец.Начало"),
        "hyphens at line ends": repeated("завод-{}-\n"),
        "one word": repeated("а"),
        "quotes": repeated('а."Б'),
        "encodings mixed": mixed_bytes,
    },
    ".csv": {
        "quotes never closed": repeated('а,"сталь\n', "title,text\n"),
        "open tags": repeated("<p ", "title,text\nа,"),
        "columns": repeated(",text", "title,text", "\nа,б"),
    },
    ".jsonl": {
        "lines": repeated(RECORD + "\n"),
        "nested line": repeated("[", RECORD + "\n", "\n" + RECORD),
        "nested in an array": repeated("[", f"[{RECORD},", "]"),
        "array never closed": repeated(RECORD + ",", "["),
    },
    ".xml": {
        "captions": repeated("[caption]", FEED + POST, POST_END),
        "shortcodes": repeated("[a ", FEED + POST, POST_END),
        "nested items": repeated("<item>", FEED),
        "ampersands": repeated("&", FEED + POST, POST_END),
        "sitemap": repeated("<url><loc>http://a.example/{}/</loc></url>", "<urlset>", "</urlset>"),
    },
    ".docx": {
        "cells of a row": document(f"<w:tc>{PARAGRAPH}</w:tc>", "<w:tbl><w:tr>", "</w:tr></w:tbl>"),
        "paragraphs of a cell": document(PARAGRAPH, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    },
    ".tar": {"files": packed_tar, "a claim": claiming_tar},
    ".zip": {"files": packed_zip},
    ".txt.gz": {
        "a bomb": lambda size: gzip.compress(b" " * (size * 300)),
        "files": lambda size: gzip.compress(packed_tar(size)),
    },
}
ARTICLES: dict[str, Made] = {
    "initials": repeated("А. "),
    "glued sentences": repeated("конец.Начало"),
    "one word of many prefixes": repeated("не"),
    "surnames": repeated("{word}ов. "),
    "full names": repeated("Иван {word}ов, "),
    "women": repeated("Анна {word}ова пришла к Анне {word}овой. "),
    "namesakes": repeated("{word} Иванов и Иванов сказали. "),
    "persons with initials": repeated("И. Иванов, "),
    "a name of many words": repeated("Завод "),
    "firms": repeated("Завод «{word} {word}» работает. "),
    "abbreviations": repeated("«{word}» (АБВ) "),
    "ministries": repeated("Министерство {word} сообщило. "),
    "schools": repeated("школа № {} "),
    "quoted names": repeated("«{word}» "),
    "opening quotes": repeated("«", "завод ", "Аа»"),
    "brackets": repeated(") «Аа» "),
    "homonyms": repeated("стали "),
    "Latin names": repeated("певица Aa{} "),
    "known bodies": repeated("Газпром, Лукойл и "),
    "letters and digits": repeated("А1"),
}
AUTHORITY_FILES: dict[str, Made] = {
    "good lines": repeated("a-{},{word},,{word} И.\n", AUTHORITY),
    "one quote never closed": repeated("b,Имя\n", AUTHORITY + 'a,"Имя\n'),
    "quotes never closed": repeated('a,"Имя\n', AUTHORITY),
    "open brackets": repeated("[ ", AUTHORITY + "a,Имя,,Имя "),
}
RULES: tuple[GrowingInput, ...] = (
    GrowingInput("dates: a line", repeated("1 января "), read_dates),
    GrowingInput("dates: an address", repeated("/2001/1"), read_dates),
    GrowingInput("words: prefixes", repeated("не"), read_words),
    GrowingInput("words: letters", repeated("а"), read_words),
    GrowingInput("words: hyphens", repeated("а-"), read_words),
    GrowingInput("words: two alphabets", repeated("aа"), read_words),
    GrowingInput("words: marks", repeated("а\u0301"), read_words),
    GrowingInput("names: words", repeated("Завод "), read_names),
    GrowingInput("names: quotes", repeated("«Аа» "), read_names),
    GrowingInput("names: legal forms", repeated("ООО "), read_names),
    GrowingInput(
        "quotes: blanks between",
        repeated("\u00a0", "завод «Аа»", "«Бб»"),
        lambda text: quoted_names(CutText(str(text))),
    ),
    GrowingInput("paragraphs", repeated("а-\n"), lambda text: paragraphs(str(text))),
    GrowingInput("reprints", repeated("{word} шла. "), lambda text: sign(str(text))),
    GrowingInput("encodings", mixed_bytes, lambda data: decode(bytes(data)) if isinstance(data, bytes) else None),
    GrowingInput("mapping: nested lists", repeated("[", "text = "), read_as_mapping),
    GrowingInput("mapping: a long path", repeated("a.", 'text = "', '"'), read_as_mapping),
)
GROWING_INPUTS: tuple[GrowingInput, ...] = (
    *(
        GrowingInput(f"{ending}: {name}", made, partial(read_as, ending))
        for ending, some in FILES.items()
        for name, made in some.items()
    ),
    *(GrowingInput(f"article: {name}", made, lambda text: annotate([str(text)])) for name, made in ARTICLES.items()),
    *(GrowingInput(f"authority: {name}", made, read_persons) for name, made in AUTHORITY_FILES.items()),
    *RULES,
)

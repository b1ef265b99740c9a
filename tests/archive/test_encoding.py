"""Bytes of every Cyrillic encoding come to the text they were; what is no text is refused with a reason."""

import gzip
import json
import math
import random
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.encoding import ALPHABET, CODE_PAGES, PAIR_COSTS, UnreadableBytes, decode

TEXT = "В Волгограде на заводе «Красный Октябрь» пустили новый прокатный стан. Его ждали два года."
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize("declared", [None, "windows-1251", "koi8-r", "utf-8", "latin-1", "нет такой"])
@pytest.mark.parametrize("encoding", [*CODE_PAGES, *UNICODE])
def test_a_sentence_in_every_encoding(encoding: str, declared: str | None) -> None:
    data = TEXT.encode(encoding, "ignore")
    assert decode(data, declared).text == data.decode(encoding)


def test_markup_does_not_distract() -> None:
    page = '<meta charset="utf-8"><div class="a">\n' * 500 + f"<p>{TEXT}</p>"
    assert decode(page.encode("koi8-r", "ignore"), "utf-8").encoding == "koi8-r"


def test_a_declaration_breaks_ties_only() -> None:
    same = "оно же".encode("windows-1251")  # MacCyrillic has these letters at the same places
    assert decode(same).encoding == "windows-1251"
    assert decode(same, "x-mac-cyrillic").encoding == decode(same, "MacCyrillic").encoding == "mac_cyrillic"
    assert decode(TEXT.encode("windows-1251"), "MacCyrillic").encoding == "windows-1251"


def test_tables_of_dos() -> None:
    table = "╔══════════════╦═════════╗\n║ Завод        ║ Тонн    ║\n╚══════════════╩═════════╝\n" + "─" * 200
    assert decode(table.encode("cp866")).text == table


@pytest.mark.parametrize("word", ["Завод", "ЗАВОД", "завод", "заво"])
def test_a_word_of_unicode(word: str) -> None:
    for encoding in UNICODE:
        assert decode(word.encode(encoding)).text == word
    cut = word.encode()[:-1]  # in mid-character
    assert (decode(cut).encoding, decode(cut).text) == ("utf-8", word[:-1])


def test_ascii_is_utf8() -> None:
    assert (decode(b"Volgograd 2022").encoding, decode(b"Volgograd 2022").warnings) == ("utf-8", ())


def test_damage_is_a_warning() -> None:
    data = TEXT.encode() * 20
    cut = decode(data[:-1] + "д".encode()[:1])
    assert cut.encoding == "utf-8"
    assert cut.warnings == ("файл обрывается на середине знака",)
    broken = decode(TEXT.encode() + b"\xff\xfe\xfd" + data)
    assert broken.encoding == "utf-8"
    assert broken.warnings == ("байтов не прочитано: 3",)
    assert decode(TEXT.encode("utf-16")[:-1]).warnings == ("файл обрывается на середине знака",)
    assert decode(TEXT.encode("windows-1251") + b"\x98").warnings == ("байтов не прочитано: 1",)
    assert decode("Łódź, Šiauliai, Çeşme, Ðông".encode("latin-1", "ignore") * 3).warnings


def test_the_mark_of_dos_is_no_text() -> None:
    assert decode(TEXT.encode("cp866", "ignore") + b"\x1a").text.endswith("года.")


REFUSED = {
    b"": "файл пуст",
    b" \r\n\x00\x00": "файл пуст",
    b"\xef\xbb\xbf \n": "файл пуст",
    b"%PDF-1.4 \xe2\xe3": "PDF",
    b"PK\x03\x04\x14\x00": "ZIP",
    b"\xff\xd8\xff\xe0\x00\x10JFIF": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "Word",
    b"{\\rtf1\\ansi": "RTF",
    b"AT&TFORM\x00\x00": "DjVu",
    bytes(range(256)) * 8: "двоичные данные",
}


@pytest.mark.parametrize("data", REFUSED, ids=REFUSED.values())
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableBytes, match=REFUSED[data]):
        decode(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data).text
    except UnreadableBytes as reason:
        text = str(reason)
    assert text.strip()


TRUTH = {
    "IBM855": "cp855",
    "IBM866": "cp866",
    "KOI8-R": "koi8-r",
    "MacCyrillic": "mac_cyrillic",
    "iso-8859-5-russian": "iso-8859-5",
    "utf-8": "utf-8",
    "windows-1251-russian": "windows-1251",
}


def letters(text: str) -> list[str]:
    return re.findall("[а-яё]", text, re.IGNORECASE)


def test_no_real_file_is_read_wrong(gold: Path) -> None:
    """Every file with its own declaration, with none, and with each wrong one: the letters are the right ones."""
    for path in sorted((gold / "encodings").glob("*/*")):
        data = path.read_bytes()
        own = re.search(rb"(?:encoding|charset)=[\"']?([\w-]+)", data)
        right = letters(data.decode(TRUTH[path.parent.name], "replace"))
        for declared in (own and own[1].decode(), None, *CODE_PAGES, "utf-8", "latin-1"):
            assert letters(decode(data, declared).text) == right, (path, declared)


def press(gold: Path, name: str, count: int) -> list[str]:
    with gzip.open(gold / "press" / f"{name}.jsonl.gz", "rt") as lines:
        return [json.loads(line)["text"] for line, _ in zip(lines, range(count), strict=False)]


def test_short_texts(gold: Path) -> None:
    """The beginnings of real sentences, 40 letters long: MacCyrillic differs there from windows-1251 in one capital."""
    sentences = [s for text in press(gold, "regional-daily-2022", 400) for s in re.split(r"(?<=[.!?])\s+", text)]
    starts = [m[0] for s in sentences if (m := re.match(r"(?:[^а-яё]*[а-яё]){40}", s, re.IGNORECASE))]
    wrong: Counter[str] = Counter()
    sample = random.Random(1).sample(starts, 300)
    for start in sample:
        for page in CODE_PAGES:
            data = start.encode(page, "ignore")
            wrong[page] += letters(decode(data).text) != letters(data.decode(page))
    assert wrong.pop("mac_cyrillic", 0) <= 0.12 * len(sample)
    assert sum(wrong.values()) <= 1


def test_pair_costs_are_what_the_press_shows(gold: Path) -> None:
    """The table in the module, counted again."""
    text = " ".join(press(gold, "many-papers-2019", 2000)).lower().replace("ё", "е")
    text = re.sub("[^а-я]+", "·", text)
    pairs, firsts = Counter(pairwise(text)), Counter(text[:-1])
    for a, row in zip(ALPHABET, PAIR_COSTS, strict=True):
        costs = [-2 * math.log((pairs[a, b] + 0.05) / (firsts[a] + 0.05 * len(ALPHABET))) for b in ALPHABET]
        assert [int(digit, 36) for digit in row] == [min(35, round(cost)) for cost in costs]

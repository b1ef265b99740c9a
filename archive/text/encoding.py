"""Decodes bytes: by a mark, as UTF-8 or UTF-16, else by the Cyrillic code page that reads most like Russian.

A code page is judged by the letters alone (markup is ASCII and says nothing): the sum over neighbouring characters of
-ln P(second | first), with fines for capitals inside a word and for signs that newspapers do not print. A declaration
decides only between readings that are about equally good.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

ALPHABET = "·абвгдежзийклмнопрстуфхцчшщъыьэюя"  # «·»: whatever is not a letter of Russian; ё counts as е
# -2 ln P(column | row) as digits 0…9a…z, rows and columns in the order of ALPHABET: counted on 2,000 articles of 535
# news sites (3.2 million characters); tests/test_encoding.py counts it again.
PAIR_COSTS = """
w875769a76h69655465679ab7bhmkq8db 3g8697796996565e8665cc889abpvvf98 75daec5df6ra5c73g48h5laggd684efa9
34hccb4ib5t96b74b8798feee9fh6bika 75cdf76kl5lb6d91e5cc7kjhejrrjrhil 64f8ca39c5t97a54977b6hedbcte8afea
3b9776898d77564b9555ecab9aavvviec 947ef42fq4q8gc49fdak8jqf9qqqkbifq 5296967bg5ra9755b7cf7rreejrd7cld9
39a7986b66776658b765fc788bdvvvj96 1gced8erffr9ba78fd57jefc99frjrrjj 53h9fi79e4td8ea2f6766if9hgtlgjhij
54gibe4ai3ta9f94ed9c7hilfhnta4h86 34bbei4jh4ta98747f9g6dkfelit7bdg9 74ecb84gc3u8fi63fe778bgacfdm59hd8
4f656688897866698556dcbb9acvvved9 95fggh5ti7tc7ha2a2cb7hhdhfnt9djkb 73b98a49g5u9b883cb876bcccbjo7afe7
67b8eb6hi6u5698579637dceabufa7ie6 44c6hc4lg5u9ca73c57e7egfciii85gea 397975869dd6678f6565jd9d688slsd6d
65coco4od3ob7fc3f69778ggggoobeego 16g9ee9kh8qgab83g79b9qeighqjiiejk 65dahe3je1p8efc8be9e8jigpjpp7igpp
84ifll2ir4r8ad5cead38jhrj9rrl9rir 84fbjp2pp3p65c67fbe78phhjpppj8fpi d3ooof2oo2oooo8hodoo8oooooooo8ooo
9ekekk1kkkkkkekkkkkkkkkkkkkkdkkc2 2k96aa4cbd5a659l9977ks4ha8hsssssb 1kacac7r8ar6k93ffi57redac7crrrr78
ahc9ebhgdob4687g9791i7feocooooioo 2d7ca5ha9fdaaa8pj883hjec6c5pppgbp 1k76c88a8eba877sea95km8a9c9ssss9b
""".split()
CAPITAL_FIRST, CAPITAL_AFTER_CAPITAL, CAPITAL_AFTER_SMALL = 4, 2, 12
PRINTED = frozenset("«»„“”—–…№\xa0\xad")  # signs that newspapers print; these are rarer: SELDOM; no other is
SELDOM = frozenset("‘’‚§°©®™•·±×€")
BEFORE_LETTERS, AFTER_LETTERS = frozenset("«„“‘\xa0\xad"), frozenset("»“”’…\xa0\xad®™")
SIGN, SELDOM_SIGN, STRANGE, MISPLACED = 8, 14, 24, 10

CODE_PAGES = ("windows-1251", "koi8-r", "cp866", "cp855", "mac_cyrillic", "iso-8859-5")
RARE = {"mac_cyrillic": 8}  # it differs from windows-1251 in capitals and «я» only, and few papers ever used it
SAMPLE = 4000  # non-ASCII bytes that are judged
FEWEST_MIXED = 20  # bytes of each encoding in a file that mixes two
TIE = 10  # costs closer than this (odds of 150 to 1) are left to the declaration
DOUBT = (
    7.5  # mean cost above which the reading is hardly Russian: prose costs 4.4 to 5.5, a wrong code page 10 and more
)

MARKS = (  # UTF-32 first: its little-endian mark begins like that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"%PDF", "PDF; сканы и PDF не читаются, нужен текст"),
    (b"PK\x03\x04", "архив ZIP или документ DOCX, XLSX, ODT, EPUB"),
    (b"\xd0\xcf\x11\xe0", "документ Word, Excel или PowerPoint старого вида; сохраните статью как DOCX или текст"),
    (b"{\\rtf", "документ RTF; сохраните его как текст"),
    (b"\xff\xd8\xff", "снимок JPEG; сканы не читаются"),
    (b"\x89PNG", "картинка PNG; сканы не читаются"),
    (b"GIF8", "картинка GIF"),
    (b"II*\x00", "снимок TIFF; сканы не читаются"),
    (b"MM\x00*", "снимок TIFF; сканы не читаются"),
    (b"AT&TFORM", "DjVu; сканы не читаются"),
    (b"\x1f\x8b", "сжатый файл gzip"),
    (b"BZh", "сжатый файл bzip2"),
    (b"\xfd7zXZ", "сжатый файл xz"),
    (b"7z\xbc\xaf", "архив 7z"),
    (b"Rar!", "архив RAR"),
    (b"RIFF", "звук, видео или картинка WebP"),
    (b"ID3", "звук MP3"),
    (b"SQLite format 3", "база SQLite"),
)
CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")  # of UTF-8
RUSSIAN_WORD = re.compile("[А-Яа-яЁё]{3}")
BLANK = b"\x00\x1a\t\r\n\f "  # 1A ends the files of DOS
ASCII_BYTES = bytes(range(128))
ASCII = re.compile(rb"[\x00-\x7f]+")
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")


class UnreadableBytes(ValueError):
    """These bytes are no text; the message says why, in Russian."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in (Python's name), and what went wrong on the way, in Russian."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    errors: str = "replace"  # how the rest of a long file is to be decoded


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`; raises UnreadableBytes where there is none.

    >>> decode("Завод пустил стан".encode("koi8-r")).encoding
    'koi8-r'
    """
    decoded = _decoded(data.rstrip(b"\x1a"), declared) if data.strip(BLANK) else None
    if not decoded or not decoded.text.strip():
        raise UnreadableBytes("файл пуст")
    return decoded


def _decoded(data: bytes, declared: str | None) -> Decoded:
    """The text by the first way that fits: a mark, the bytes of UTF-16 or UTF-8, the letters of a code page."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _plain(data[len(mark) :], encoding)
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableBytes(f"это не текст: {what}")
    filled = data.rstrip(b"\x00\x1a")  # as old disks and their rescuers fill up the last sector
    if b"\x00" not in filled and len(data) - len(filled) > 1:
        data = filled
    if wide := _wide(data):
        return _plain(data, wide)
    if len(CONTROL.findall(data[:65536])) > len(data[:65536]) // 200:
        raise UnreadableBytes("это не текст: двоичные данные")
    if _is_utf8(data):
        return _plain(data, "utf-8")
    return _mixed(data, declared) or _code_page(data, declared)


def _plain(data: bytes, encoding: str) -> Decoded:
    """Decode in a known Unicode encoding; a tail cut off in mid-character and stray bytes become warnings."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(data)
    warnings = ["файл обрывается на середине знака"] if decoder.getstate()[0] else []
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        warnings.append(f"байтов не прочитано: {_lost(data, text, encoding)}")
    return Decoded(text, encoding, tuple(warnings))


def _lost(data: bytes, text: str, encoding: str) -> int:
    """How many bytes became U+FFFD that were not U+FFFD before."""
    return text.count("\ufffd") - data.count("\ufffd".encode(encoding))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is 0 (ASCII) or 4 (Cyrillic), the others are anything."""
    head = data[: 2 * SAMPLE]
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(data) > 3 and high.count(0) + high.count(4) > 0.8 * len(high):
            return encoding
    return None


def _is_utf8(data: bytes) -> bool:
    """Strict UTF-8, or so much of it that the few broken bytes are damage and not another encoding."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return not decoder.decode(data).isascii() or not decoder.getstate()[0]
    except UnicodeDecodeError:
        broken = len(CHARACTER.sub(b"", data).translate(None, ASCII_BYTES))
        return len(CHARACTER.findall(data)) > 20 * broken


def _code_page(data: bytes, declared: str | None) -> Decoded:
    """Decode in the code page that makes the most likely Russian of it."""
    sample = ASCII.sub(b" ", data)[:SAMPLE]
    costs = {page: _cost(f" {sample.decode(page, 'replace')} ") + RARE.get(page, 0) for page in CODE_PAGES}
    best = min(costs, key=lambda page: costs[page] - TIE * (page == _known(declared)))
    text = data.decode(best, "replace")
    warnings = [f"байтов не прочитано: {lost}"] if (lost := text.count("\ufffd")) else []
    if costs[best] > DOUBT * len(sample):
        warnings.append(f"кодировка узнана неуверенно: {best}")
    return Decoded(text, best, tuple(warnings))


def _mixed(data: bytes, declared: str | None) -> Decoded | None:
    """The text of a file glued from two: some lines in UTF-8, the others in one code page; None where it is none."""
    lines = data.splitlines(keepends=True)
    wide = [bool(CHARACTER.search(line)) and _is_russian(line) for line in lines]
    others = b"".join(line for line, is_wide in zip(lines, wide, strict=True) if not is_wide)
    rest = len(others.translate(None, ASCII_BYTES))
    if sum(wide) == 0 or rest < FEWEST_MIXED or len(data) - len(others) < FEWEST_MIXED:
        return None
    page = _code_page(others, declared)
    pages = ("utf-8" if is_wide else page.encoding for is_wide in wide)
    text = "".join(line.decode(encoding, "replace") for line, encoding in zip(lines, pages, strict=True))
    warning = f"в файле смешаны кодировки: utf-8 и {page.encoding}"
    return Decoded(text, "utf-8", (warning, *page.warnings), _else(page.encoding))


def _else(page: str) -> str:
    """The name of a handler of errors that reads in this code page what is no UTF-8."""

    def decoded(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode(page, "replace"), error.end

    codecs.register_error(f"else-{page}", decoded)
    return f"else-{page}"


def _is_russian(line: bytes) -> bool:
    """Whether a line is strict UTF-8 with a Russian word in it."""
    try:
        return bool(RUSSIAN_WORD.search(line.decode()))
    except UnicodeDecodeError:
        return False


def _known(declared: str | None) -> str | None:
    """The code page that a declaration names, if it is one of ours."""
    try:
        name = codecs.lookup((declared or "").lower().removeprefix("x-")).name
    except LookupError:
        return None
    return next((page for page in CODE_PAGES if codecs.lookup(page).name == name), None)


def _cost(text: str) -> int:
    """How unlike Russian a reading is: -2 ln of its likelihood."""
    return sum(_pair_cost(*pair) * times for pair, times in Counter(pairwise(text)).items())


@cache
def _pair_cost(first: str, second: str) -> int:
    """The cost of `second` after `first`, signs and capitals included."""
    row, column = _letter(first), _letter(second)
    cost = int(PAIR_COSTS[row][column], 36) if row or column else 0
    if column:
        if second.isupper():
            before = CAPITAL_AFTER_CAPITAL if first.isupper() else CAPITAL_AFTER_SMALL
            cost += before if row else CAPITAL_FIRST
        if first > "\x7f" and not row and first not in BEFORE_LETTERS:
            cost += MISPLACED
    elif first == second and "─" <= second <= "▟":
        cost = 1  # a rule of a table in DOS
    elif second > "\x7f":
        cost += SIGN if second in PRINTED else SELDOM_SIGN if second in SELDOM else STRANGE
        if row and second not in AFTER_LETTERS:
            cost += MISPLACED
    return cost


def _letter(character: str) -> int:
    """Its place in ALPHABET, 0 for anything but a Russian letter."""
    return max(0, ALPHABET.find(character.lower().replace("ё", "е")))

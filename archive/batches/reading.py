"""Reads files and folders as a stream of Articles and Rejections, in sorted order; no bad file stops it."""

import datetime as dt
import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from archive.article import CHARS_WITH_NAMES, MOST_ARTICLE_CHARS, Article, ExportedArticle, Published, Rejection
from archive.batches.archive_files import BROKEN, BUFFER, ZIP, Swollen, buffered, unpacked
from archive.batches.folders import files, reason
from archive.batches.formats import Format, UnknownFormat, format_of
from archive.batches.sitemaps import SiteMaps
from archive.readers.docx import read_docx
from archive.readers.exports.csv_table import read_csv
from archive.readers.exports.field_mapping import FieldMapping
from archive.readers.exports.json_lines import read_json
from archive.readers.exports.rss_wordpress import read_feed
from archive.readers.html.layouts import Layout
from archive.readers.html.markup import TooMuchMarkup
from archive.readers.html.page import read_html
from archive.readers.plain_text import read_plain
from archive.text.datelines import PARAGRAPHS_AT_HEAD
from archive.text.dates import names_no_day
from archive.text.encoding import UnreadableBytes, decode

MOSCOW = ZoneInfo("Europe/Moscow")
LARGEST_PAGE = 20_000_000  # bytes of a file that holds one article
TOO_LARGE = f"файл больше {LARGEST_PAGE // 1_000_000} МБ: это не одна статья"
TOO_LONG = f"текст длиннее {MOST_ARTICLE_CHARS // 1_000_000} млн знаков: это не одна статья"
FEWEST_LETTERS = 50
SITEMAP_ROOTS = (b"urlset", b"sitemapindex")
BROKEN_ARCHIVE = "архив или сжатый файл испорчен"
EXPORTS = ("jsonl", "csv", "xml")
LONE_SITEMAP = "это карта сайта: её читают из файла рядом с сохранёнными страницами"
STDIN = Path("-")
WORD = re.compile(r"\w+")
OF_SITES = set("главная страница официальный сайт новости новостей портал газета сетевое издание онлайн".split())
DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the archivist said about a batch: `source` overrides the files', `date` is for articles without one."""

    source: str | None = None
    date: dt.date | None = None
    format: Format | None = None
    zone: ZoneInfo = MOSCOW
    mapping: FieldMapping | None = None  # of exports in JSON and CSV
    layouts: tuple[Layout, ...] = ()  # the archivists' own


@dataclass(slots=True)
class Meter:
    """How much of a batch is read, in bytes of its files."""

    total: int
    before: int = 0  # in files read whole
    here: int = 0  # in the file that is being read

    @classmethod
    def of(cls, paths: Sequence[Path]) -> "Meter":
        """Nothing read yet; what is piped in has no size."""
        found = [path for path, name in files(paths) if isinstance(name, str)] if STDIN not in paths else []
        return cls(sum(path.stat().st_size for path in found if path.exists()))

    def expected(self, items: int) -> int | None:
        """How many items there will be, if the rest is like what is read; None where that cannot be said."""
        read = self.before + self.here
        return max(items, round(items * self.total / read)) if read and self.total else None


def read_batch(
    paths: Sequence[Path], options: ReadOptions | None = None, meter: Meter | None = None
) -> Iterator[Article | Rejection]:
    """Everything the files and folders hold, readable or not; each file is opened when its turn comes.

    Files of an archive bear its name before their own, unless it is all there is: 2003.zip is the folder 2003.
    """
    options = options or ReadOptions()
    meter = meter or Meter(0)
    maps = sitemaps(paths, options)
    for path, name, prefix in named_files(paths):
        for item in [name] if isinstance(name, Rejection) else read_file(path, name, prefix, options, maps, meter):
            yield delivered(item, options, maps)
        meter.before, meter.here = meter.before + meter.here, 0
    for item in read_stdin(options, maps) if STDIN in paths else ():
        yield delivered(item, options, maps)
    yield from maps.told()


def named_files(paths: Sequence[Path]) -> Iterator[tuple[Path, str | Rejection, str]]:
    """Every file with its name and what stands before the names of files in it; what is piped in has none."""
    alone = len(paths) == 1 and paths[0].is_file()
    for path, name in files([path for path in paths if path != STDIN]):
        yield path, name, "" if alone else f"{name}/"


def sitemaps(paths: Sequence[Path], options: ReadOptions) -> SiteMaps:
    """What the sitemaps of a batch say: its files are looked into once before they are read."""
    found = SiteMaps()
    for path, name, prefix in named_files(paths) if options.format in (None, "xml") else ():
        if isinstance(name, Rejection):
            continue
        with suppress(Exception), path.open("rb") as file:  # what is wrong with it is told when it is read
            for inside, member in unpacked(file, name, prefix):
                with suppress(Exception):
                    if not isinstance(member, Rejection) and (text := sitemap_in(member, inside)):
                        found.read(inside, text, options.zone)
    return found


def sitemap_in(stream: io.BufferedReader, name: str) -> IO[str] | None:
    """The text of a file that is a sitemap, None of any other."""
    head = stream.peek()
    if not any(root in head.replace(b"\0", b"") for root in SITEMAP_ROOTS):
        return None
    decoded = decode(head, declared(head))
    if format_of(name, decoded.text) != "sitemap":
        return None
    return io.TextIOWrapper(stream, decoded.encoding, errors=decoded.errors)


def read_file(
    path: Path, name: str, prefix: str, options: ReadOptions, maps: SiteMaps, meter: Meter
) -> Iterator[Article | Rejection]:
    """The articles of one file or archive; whatever happens inside becomes a Rejection."""
    try:
        with path.open("rb") as file:
            for inside, member in unpacked(file, name, prefix):
                for item in [member] if isinstance(member, Rejection) else read_stream(member, inside, options, maps):
                    meter.here = file.tell()
                    yield item
            meter.here = os.fstat(file.fileno()).st_size
    except Swollen as error:
        yield Rejection(name, str(error))
    except BROKEN:
        yield Rejection(name, BROKEN_ARCHIVE)
    except OSError as error:
        yield Rejection(name, reason(error))
    except Exception as error:  # an archive that met the unforeseen must not stop the batch
        yield Rejection(name, f"{BROKEN_ARCHIVE} ({type(error).__name__})")


def read_stream(
    stream: io.BufferedReader, name: str, options: ReadOptions, maps: SiteMaps
) -> Iterator[Article | Rejection]:
    """The articles of one file opened for reading; a sitemap that was consulted is told of when the batch is read."""
    if name in maps:
        return
    try:
        head = stream.peek()
        if options.format == "docx" or (options.format is None and head.startswith(ZIP)):
            data = stream.read(LARGEST_PAGE + 1)
            yield Rejection(name, TOO_LARGE) if len(data) > LARGEST_PAGE else read_docx(data, name)
            return
        whole = len(head) < BUFFER
        decoded = decode(head if whole else head[: head.rfind(b"\n") + 1] or head, declared(head))
        kind = options.format or format_of(name, decoded.text)
        if kind == "sitemap":
            yield Rejection(name, LONE_SITEMAP)
            return
        if kind in EXPORTS:
            newline = "" if kind == "csv" else None
            text = io.TextIOWrapper(stream, decoded.encoding, errors=decoded.errors, newline=newline)
            mixed = decoded.warnings if decoded.errors != "replace" else ()
            for item in exported(kind, text, name, options):
                if isinstance(item, Article) and not isinstance(item, ExportedArticle):
                    item = replace(item, encoding=decoded.encoding, warnings=(*mixed, *item.warnings))
                yield item
            return
        data = stream.read(LARGEST_PAGE + 1)
        if len(data) > LARGEST_PAGE:
            yield Rejection(name, TOO_LARGE)
            return
        decoded = decoded if whole else decode(data, declared(data))
        if kind == "html":
            page = read_html(decoded.text, name, options.zone, options.layouts)
        else:
            page = read_plain(decoded.text, name)
        if isinstance(page, Article):
            page = replace(page, encoding=decoded.encoding, warnings=(*decoded.warnings, *page.warnings))
        yield page
    except (UnreadableBytes, UnknownFormat, Swollen, TooMuchMarkup) as error:
        yield Rejection(name, str(error))
    except BROKEN:
        yield Rejection(name, BROKEN_ARCHIVE)
    except OSError as error:
        yield Rejection(name, reason(error))
    except Exception as error:  # a parser that met the unforeseen must not stop the batch
        yield Rejection(name, f"файл не удалось разобрать ({type(error).__name__})")


def exported(kind: Format, text: IO[str], name: str, options: ReadOptions) -> Iterator[Article | Rejection]:
    """The articles of an export."""
    if kind == "xml":
        return read_feed(text, name, options.zone)
    return (read_json if kind == "jsonl" else read_csv)(text, name, options.zone, options.mapping)


def read_stdin(options: ReadOptions, maps: SiteMaps) -> Iterator[Article | Rejection]:
    """What is piped in; articles that have neither id nor address are known by their text: they have no file."""
    for item in read_stream(buffered(sys.stdin.buffer, sys.maxsize), "stdin", options, maps):
        if isinstance(item, Article) and not isinstance(item, ExportedArticle) and item.identity.startswith("path:"):
            item = replace(item, path=f"stdin-{item.digest[:12]}")
        yield item


def declared(head: bytes) -> str | None:
    """The encoding that a page says it is in."""
    match = DECLARED.search(head[:4096])
    return match[1].decode() if match else None


def delivered(item: Article | Rejection, options: ReadOptions, maps: SiteMaps) -> Article | Rejection:
    """An article completed from sitemaps and options, or why it is none."""
    if not isinstance(item, Article):
        return item
    chars = sum(map(len, item.paragraphs))
    return Rejection(item.path, TOO_LONG) if chars > MOST_ARTICLE_CHARS else finished(maps.completed(item), options)


def finished(article: Article, options: ReadOptions) -> Article:
    """The article with what the options add, and with warnings about what looks wrong."""
    published = article.published
    if published.day is None and options.date:
        published = Published(options.date, None, "option")
    if isinstance(article, ExportedArticle):
        return replace(article, source=options.source or article.source, published=published)
    warnings = list(article.warnings)
    if article.published.day is None:
        head = article.paragraphs[:PARAGRAPHS_AT_HEAD]
        warnings += [f"дата не понята: «{line}»" for line in head if names_no_day(line)]
    letters = sum(map(str.isalpha, article.text))
    if letters < FEWEST_LETTERS:
        warnings.append(f"короткий текст: букв {letters}")
    if len(article.text) > CHARS_WITH_NAMES:
        warnings.append(f"длинный текст: имена искались в первых {CHARS_WITH_NAMES // 1000} тысячах знаков")
    if article.title and names_the_site(article.title, options.source or article.source or ""):
        warnings.append(f"заголовок похож на название издания: {article.title}")
    if published.day and published.day > dt.date.today() + dt.timedelta(days=1):
        warnings.append(f"дата в будущем: {published.day:%d.%m.%Y}")
    if "\ufffd" in article.text and not any("не прочитано" in warning for warning in warnings):
        warnings.append(f"знаков не прочитано: {article.text.count(chr(0xFFFD))}")
    return replace(article, source=options.source or article.source, published=published, warnings=tuple(warnings))


def names_the_site(title: str, source: str) -> bool:
    """Whether a title names the paper and says nothing of an article.

    >>> names_the_site("Вести Волги – официальный сайт", "«Вести Волги»")
    True
    """
    words = Counter(WORD.findall(title.lower()))
    return bool(words) and not (words - Counter(WORD.findall(source.lower()))).keys() - OF_SITES

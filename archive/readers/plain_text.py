"""Reads a plain text as one article: repairs paragraphs, takes a title and a date line only where they stand out."""

from archive.article import Article, Rejection
from archive.readers.html.boilerplate import BYLINE
from archive.text.datelines import take_date_line
from archive.text.dates import read_date
from archive.text.paragraphs import mend, paragraphs

MAX_TITLE_CHARS = 150
LONG_PARAGRAPH_CHARS = 120  # below a title with no blank line between
LINES_AT_HEAD = 5  # lines where a byline is looked for


def read_plain(text: str, path: str, title: str | None = None) -> Article | Rejection:
    """Reads the article of one text file, with its `title` where it is known; rejects a file without words."""
    lines = text.splitlines()
    if title is None:
        title, lines = split_off_title(lines)
    author, lines = split_off_author(lines)
    date_line, kept = take_date_line(paragraphs("\n".join(lines)))
    if not kept:
        return Rejection(path, "в файле нет текста статьи")
    return Article(
        path=path,
        paragraphs=kept,
        title=title,
        published=date_line.published,
        author=author,
        issue=date_line.issue,
        page=date_line.page,
    )


def split_off_title(lines: list[str]) -> tuple[str | None, list[str]]:
    """Splits off the first line that is no date, if it is a title.

    A title is short, ends without a full stop, and stands above a blank line, a date, or a much longer paragraph.
    """
    start = next((i for i, line in enumerate(lines) if line.strip() and not read_date(line)), len(lines))
    rest = lines[start + 1 :]
    if not any(line.strip() for line in rest):
        return None, lines
    first, below = lines[start].strip(), rest[0].strip()
    short = len(first) <= MAX_TITLE_CHARS and not first.endswith((".", ",", ";", ":", "-")) and first[:1] not in "–—-"
    apart = not below or read_date(below) or (len(below) > LONG_PARAGRAPH_CHARS and len(below) > 2 * len(first))
    if short and apart and any(c.isalpha() for c in first):
        return mend(first), lines[:start] + rest
    return None, lines


def split_off_author(lines: list[str]) -> tuple[str | None, list[str]]:
    """Splits off the author whom a line at the head or at the foot names."""
    for place in (*range(min(LINES_AT_HEAD, len(lines))), *range(max(LINES_AT_HEAD, len(lines) - 2), len(lines))):
        if match := BYLINE.match(lines[place].strip()):
            return match["author"].strip(), lines[:place] + lines[place + 1 :]
    return None, lines

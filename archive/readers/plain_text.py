"""A plain text in, one article out: paragraphs repaired, a title and a date line only where they stand out."""

from archive.article import Article, Rejection
from archive.readers.html.boilerplate import BYLINE
from archive.readers.html.datelines import dated_by_text
from archive.text.dates import read_date
from archive.text.paragraphs import mend, paragraphs

LONGEST_TITLE = 150
LONG_PARAGRAPH = 120  # below a title with no blank line between
HEAD = 5  # lines where a byline is looked for


def read_plain(text: str, path: str, title: str | None = None) -> Article | Rejection:
    """The article of one text file, its `title` where it is known; a file without words is a Rejection."""
    lines = text.splitlines()
    if title is None:
        title, lines = parted_title(lines)
    author, lines = parted_author(lines)
    dated, kept = dated_by_text(paragraphs("\n".join(lines)))
    if not kept:
        return Rejection(path, "в файле нет текста статьи")
    return Article(
        path=path,
        paragraphs=kept,
        title=title,
        published=dated.published,
        author=author,
        issue=dated.issue,
        page=dated.page,
    )


def parted_title(lines: list[str]) -> tuple[str | None, list[str]]:
    """The title, if the first line that is no date is one, and the lines without it.

    A title is short, ends without a full stop, and stands above a blank line, a date, or a much longer paragraph.
    """
    start = next((i for i, line in enumerate(lines) if line.strip() and not read_date(line)), len(lines))
    rest = lines[start + 1 :]
    if not any(line.strip() for line in rest):
        return None, lines
    first, below = lines[start].strip(), rest[0].strip()
    short = len(first) <= LONGEST_TITLE and not first.endswith((".", ",", ";", ":", "-")) and first[:1] not in "–—-"
    apart = not below or read_date(below) or (len(below) > LONG_PARAGRAPH and len(below) > 2 * len(first))
    if short and apart and any(c.isalpha() for c in first):
        return mend(first), lines[:start] + rest
    return None, lines


def parted_author(lines: list[str]) -> tuple[str | None, list[str]]:
    """The author whom a line at the head or at the foot names, and the lines without it."""
    for place in (*range(min(HEAD, len(lines))), *range(max(HEAD, len(lines) - 2), len(lines))):
        if match := BYLINE.match(lines[place].strip()):
            return match["author"].strip(), lines[:place] + lines[place + 1 :]
    return None, lines

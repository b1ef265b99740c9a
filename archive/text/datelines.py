"""Finds the date line of a text: the date, the number of the issue, the page in the paper."""

import re
from dataclasses import dataclass

from archive.article import UNDATED, Published
from archive.text.dates import read_date

PARAGRAPHS_AT_HEAD, PARAGRAPHS_AT_FOOT = 4, 2  # of a text, among which a date line may stand
ISSUE_NUMBER = re.compile(r"№\s*(\d+(?:[-–/]\d+)?(?:\s?\(\d+\))?)")
PAGE_NUMBER = re.compile(
    r"\b(?:стр(?:аница)?|полоса|с)\b\.?\s*(\d{1,3})\b|\b(\d{1,3})(?:-я)? (?:стр|полоса)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """When an article was printed, and in which issue and on which page, where its date line says so."""

    published: Published = UNDATED
    issue: str | None = None
    page: str | None = None


def read_date_line(line: str, published: Published) -> DateLine:
    """Reads what a line says beside its date.

    >>> read_date_line("№ 17 (1203) от 25 апреля 2019 г., стр. 2", UNDATED).issue
    '17 (1203)'
    """
    issue, page = ISSUE_NUMBER.search(line), PAGE_NUMBER.search(line)
    return DateLine(published, issue[1] if issue else None, page[1] or page[2] if page else None)


def take_date_line(kept: tuple[str, ...]) -> tuple[DateLine, tuple[str, ...]]:
    """Reads the date line of a text and takes it out, unless nothing would be left."""
    places = range(len(kept))
    for place in (*places[:PARAGRAPHS_AT_HEAD], *places[PARAGRAPHS_AT_HEAD:][-PARAGRAPHS_AT_FOOT:]):
        if moment := read_date(PAGE_NUMBER.sub("", kept[place])):
            dated = read_date_line(kept[place], Published(*moment, "text"))
            return dated, kept[:place] + kept[place + 1 :] or kept
    return DateLine(), kept

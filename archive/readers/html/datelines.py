"""Paragraphs in, what one of them says as a date line out: the date, the issue's number, the page in the paper."""

import re
from dataclasses import dataclass

from archive.article import UNDATED, Published
from archive.text.dates import read_date

FIRST, LAST = 4, 2  # paragraphs at the head and at the foot of a text where a date line may stand
ISSUE = re.compile(r"№\s*(\d+(?:[-–/]\d+)?(?:\s?\(\d+\))?)")
PAGE = re.compile(r"\b(?:стр(?:аница)?|полоса|с)\b\.?\s*(\d{1,3})\b|\b(\d{1,3})(?:-я)? (?:стр|полоса)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """When an article was printed, and in which issue on which page, where its date line says so."""

    published: Published = UNDATED
    issue: str | None = None
    page: str | None = None


def date_line(line: str, published: Published) -> Dated:
    """What a line beside a date says besides.

    >>> date_line("№ 17 (1203) от 25 апреля 2019 г., стр. 2", UNDATED).issue
    '17 (1203)'
    """
    issue, page = ISSUE.search(line), PAGE.search(line)
    return Dated(published, issue[1] if issue else None, page[1] or page[2] if page else None)


def dated_by_text(kept: tuple[str, ...]) -> tuple[Dated, tuple[str, ...]]:
    """What the text says of its date; the line that says only this is taken out, unless nothing would be left."""
    places = (*range(min(FIRST, len(kept))), *range(max(FIRST, len(kept) - LAST), len(kept)))
    for place in places:
        if moment := read_date(PAGE.sub("", kept[place])):
            dated = date_line(kept[place], Published(*moment, "text"))
            return dated, kept[:place] + kept[place + 1 :] or kept
    return Dated(), kept

"""Paragraphs in, the date that one of them prints out, and the paragraphs without that line."""

from archive.article import UNDATED, Published
from archive.dates import read_date

FIRST, LAST = 4, 2  # paragraphs at the head and at the foot of a text where a date line may stand


def dated_by_text(kept: tuple[str, ...]) -> tuple[Published, tuple[str, ...]]:
    """When the text says it was printed; a line that says only this is taken out, unless nothing would be left."""
    places = (*range(min(FIRST, len(kept))), *range(max(FIRST, len(kept) - LAST), len(kept)))
    for place in places:
        if moment := read_date(kept[place]):
            return Published(*moment, "text"), kept[:place] + kept[place + 1 :] or kept
    return UNDATED, kept

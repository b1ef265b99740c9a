"""Reports what became of a batch: counts that add up, refusals with their reasons, a CSV line a file."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archive.records.log import BatchCounts, BatchItem
from archive.text.harmless import in_one_line, table_cell
from indexer.reprints.reprint_groups import Stories
from scripts.output import messages
from webapp.presenters.russian import OUTCOMES

COLUMNS = ("файл", "исход", "причина", "статья", "дата", "время", "откуда дата", "кодировка", "предупреждения")
ORIGINS = {
    "metadata": "метаданные",
    "page": "страница",
    "text": "текст",
    "url": "адрес",
    "sitemap": "карта сайта",
    "option": "ключ --date",
}
LINES_TOLD = 20  # of one kind, to a person
UNREMOVE = "podshivka unremove"
TAKE_AGAIN = "взять снова: та же команда с ключом --restore-removed"


def reprinted(stories: Stories) -> dict[int, int]:
    """The original of every reprint in the archive."""
    return {id: story[0] for story in stories.members for id in story[1:]}


def told(
    items: Iterable[BatchItem], path: Path | None, what: str, original: Mapping[int, int] | None = None, **fields: Any
) -> int:
    """Say what became of a batch and what was refused and why, a line an item in the CSV file where one is wanted.

    Its sentence begins with `what`, the event of it has `fields`; `original`: those of the reprints, where they were
    looked for. 1 where something was rejected, else 0.
    """
    outcomes: Counter[str] = Counter()
    warned = reprints = 0
    by_number: dict[int, None] = {}
    with open(path or "/dev/null", "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for item in items:
            outcomes[item.outcome] += 1
            source = (original or {}).get(item.article or 0) if item.outcome in ("new", "changed") else None
            reprints += source is not None
            table.writerow(map(table_cell, map(str, line(item, source))))
            warned += bool(item.warnings)
            if item.outcome == "removed" and item.article and len(by_number) < LINES_TOLD:
                by_number[item.article] = None
            tell(item, told=outcomes[item.outcome] <= LINES_TOLD)
    unsaid = outcomes["rejected"] - LINES_TOLD
    if unsaid > 0:
        messages.complain(f"…и ещё отказов: {unsaid}; все они – в файле, который пишет ключ --report.")
    if path:
        messages.say(f"Отчёт: {path}")
    elif warned:
        messages.say(f"С предупреждениями: {warned}; какими – скажет ключ --report.")
    if reprints:
        messages.say(f"Из новых и изменённых перепечаток: {reprints}.")
    tell_of_removed(outcomes, list(by_number))
    counts = BatchCounts(read=outcomes.total(), **outcomes)
    rejected = counts.rejected > 0
    messages.report(
        what + summed_up(counts), wrong=rejected, **fields, **asdict(counts), reprints=reprints, warned=warned
    )
    return int(rejected)


def tell(item: BatchItem, told: bool) -> None:
    """What is wrong with an item, or what a sitemap was good for."""
    if item.outcome == "rejected":
        messages.refuse(item.path, item.reason or "", told)
    elif item.outcome == "sitemap":
        messages.event("sitemap", path=item.path, message=item.reason)
        if told:
            messages.say(f"Карта сайта {in_one_line(item.path)}: {item.reason}.")
    for warning in item.warnings:
        messages.event("warning", path=item.path, article=item.article, message=warning)


def line(item: BatchItem, original: int | None = None) -> tuple[str | int, ...]:
    """The CSV line of an item; `original`: the article that it reprints."""
    published = item.published
    return (
        item.path,
        OUTCOMES[item.outcome],
        reason_of(item) or (f"перепечатка статьи {original}" if original else ""),
        item.article or "",
        published.day.isoformat() if published.day else "",
        published.time.isoformat("minutes") if published.time else "",
        ORIGINS[published.origin] if published.origin else "",
        item.encoding or "",
        "; ".join(item.warnings),
    )


def reason_of(item: BatchItem) -> str:
    """Why an item is not new; of what was taken out, by which command it is brought back."""
    if item.outcome == "removed":
        return f"{item.reason}; вернуть: {UNREMOVE} {item.article}"
    if item.outcome == "removed_batch":
        return f"{item.reason}; {TAKE_AGAIN}"
    return item.reason or ""


def tell_of_removed(outcomes: Mapping[str, int], by_number: Sequence[int]) -> None:
    """Says how to bring back what stays out of the archive; `by_number`: the first articles of these."""
    if by_number:
        more = " …; все номера – в файле, который пишет ключ --report" if outcomes["removed"] > len(by_number) else ""
        messages.say(
            f"Убранное по номерам остаётся убранным. Вернуть: {UNREMOVE} {' '.join(map(str, by_number))}{more}"
        )
    if outcomes["removed_batch"]:
        messages.say(f"Убранное с партией остаётся убранным; {TAKE_AGAIN}")


def summed_up(counts: BatchCounts) -> str:
    """The sentence that ends every run: its numbers add up."""
    return (
        f"Прочитано {counts.read}: новых {counts.new}, изменённых {counts.changed}, "
        f"без изменений {counts.unchanged}, отказов {counts.rejected}"
        + (f", карт сайта {counts.sitemap}" if counts.sitemap else "")
        + (f", убраны раньше: {counts.removed}" if counts.removed else "")
        + (f", убраны раньше с партией: {counts.removed_batch}" if counts.removed_batch else "")
        + (f", уничтожены раньше: {counts.erased}" if counts.erased else "")
        + "."
    )

"""What became of a batch: counts that add up, refusals with their reasons, a CSV line a file."""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from archive.store import Counts, Item

COLUMNS = ("файл", "исход", "причина", "статья", "дата", "время", "откуда дата", "кодировка", "предупреждения")
OUTCOMES = {"new": "новая", "changed": "изменена", "unchanged": "без изменений", "rejected": "отказ"}
ORIGINS = {"metadata": "метаданные", "page": "страница", "text": "текст", "url": "адрес", "option": "ключ --date"}
REFUSALS_TOLD = 20


def told(items: Iterable[Item], path: Path | None) -> Counts:
    """Count the items, write them to the CSV file where one is wanted, say what was refused and why."""
    outcomes: Counter[str] = Counter()
    with open(path or "/dev/null", "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for item in items:
            outcomes[item.outcome] += 1
            table.writerow(line(item))
            if item.outcome == "rejected" and outcomes["rejected"] <= REFUSALS_TOLD:
                click.echo(f"Отказ: {item.path}: {item.reason}", err=True)
    unsaid = outcomes["rejected"] - REFUSALS_TOLD
    if unsaid > 0:
        click.echo(f"…и ещё отказов: {unsaid}; все они – в файле, который пишет ключ --report.", err=True)
    if path:
        click.echo(f"Отчёт: {path}")
    return Counts(read=outcomes.total(), **outcomes)


def line(item: Item) -> tuple[str | int, ...]:
    """The CSV line of an item."""
    published = item.published
    return (
        item.path,
        OUTCOMES[item.outcome],
        item.reason or "",
        item.article or "",
        published.day.isoformat() if published.day else "",
        published.time.isoformat("minutes") if published.time else "",
        ORIGINS[published.origin] if published.origin else "",
        item.encoding or "",
        "; ".join(item.warnings),
    )


def summed_up(counts: Counts) -> str:
    """The sentence that ends every run: its numbers add up."""
    return (
        f"Прочитано {counts.read}: новых {counts.new}, изменённых {counts.changed}, "
        f"без изменений {counts.unchanged}, отказов {counts.rejected}."
    )

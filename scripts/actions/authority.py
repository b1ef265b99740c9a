"""Checks, fills in and explains the authority file; merge and split only write a line into it."""

import csv
import sys
from collections.abc import Callable, Mapping
from itertools import islice

import click

from archive.errors import Refusal
from archive.home import Home
from indexer.authority.authority_file import read_authority, with_current_ids
from indexer.authority.authority_line import COLUMNS
from indexer.entities.clustering import spellings
from indexer.entities.merge_candidates import merge_candidates
from scripts.actions.indexing import searcher_of
from scripts.output import messages
from search.request import ENTITY_FACETS
from webapp.desk import editing
from webapp.desk.editing import KIND_WORDS, UnclearWish, WrittenLine, known, met_together
from webapp.presenters.russian import articles


def check(home: Home, every: bool) -> int:
    """`podshivka authority check`: 1 where a line cannot be used, else 0; `every`: names the spellings that the archive
    lacks, too."""
    who = searcher_of(home).corrected_names()
    for problem in (*who.problems, *(who.unmet if every else ())):
        messages.put(str(problem))
    if not who.problems:
        messages.put("Словарь имён в порядке.")
    if who.unmet and not every:
        messages.put(
            f"Строк с написаниями, которых в архиве нет: {len(who.unmet)}. Это не ошибка; назвать их – ключ --all."
        )
    return int(bool(who.problems))


def show_candidates(home: Home, limit: int) -> int:
    """`podshivka authority candidates`: likely merges with what speaks for them."""
    searcher = searcher_of(home)
    met = ((pair, met_together(searcher, pair.one, pair.other)) for pair in merge_candidates(known(searcher)))
    for pair, together in islice(((pair, number) for pair, number in met if number or not pair.weak), limit):
        one, other = pair.one, pair.other
        messages.put(
            f"{one.label} ({articles(one.articles)}) и {other.label} ({articles(other.articles)}): {pair.why}; "
            f"вместе – {articles(together)}"
        )
        messages.put(f"    podshivka authority merge {one.id} {other.id}")
    return 0


def export(home: Home) -> int:
    """`podshivka authority export`: all entities in the columns of the file, the most mentioned first."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(COLUMNS)
    searcher = searcher_of(home)
    named = searcher.names()
    for entity in sorted(
        known(searcher), key=lambda entity: (ENTITY_FACETS.index(entity.kind), -entity.articles, entity.id)
    ):
        names = dict.fromkeys(named.get(entity.id, {}).values())
        kind = KIND_WORDS[entity.kind]
        table.writerow((entity.id, entity.label, kind, " | ".join(names), "", "", "", "", entity.articles))
    return 0


def merge(home: Home, one: str, other: str) -> int:
    """`podshivka authority merge`: a line that gives everything of `other` to `one`."""
    return told(home, lambda: editing.merge(home, one, other))


def split(home: Home, id: str, label: str, conditions: Mapping[str, str]) -> int:
    """`podshivka authority split`: a line that takes a part of the articles of `id` for a new entity."""
    return told(home, lambda: editing.split(home, id, label, conditions))


def told(home: Home, write: Callable[[], WrittenLine]) -> int:
    """Writes a line and says where, and what it did."""
    searcher_of(home)
    try:
        line = write()
    except UnclearWish as error:
        raise click.UsageError(str(error)) from error
    messages.put(f"Записано: {line.file}, строка {line.number}. Уберите её, и всё вернётся.")
    messages.put(line.said)
    return 0


def explain(home: Home, id: str) -> int:
    """`podshivka authority explain`: what the id stands for, and which lines say so."""
    searcher = searcher_of(home)
    who = searcher.corrected_names()
    if (now := searcher.present_id(id)) != id:
        messages.put(f"{id} теперь {now}.")
    present = who.moved.get(now, now)
    if present != now:
        messages.put(f"{now} присоединено к {present}.")
    ids = {id, now, present, *(one for one, other in who.moved.items() if other == present)}
    entity = next((entity for entity in known(searcher) if entity.id == present), None)
    if entity:
        messages.put(f"{entity.label} ({KIND_WORDS[entity.kind]}, {entity.id}): {articles(entity.articles)}.")
        page = searcher.entity(entity.kind, entity.id)
        for name in page.names if page else ():
            was = ", прежнее имя" if name.former else ""
            messages.put(f"    {name.label}: {articles(name.articles)}{was}")
        for one, other in spellings(entity.names):
            messages.put(f"    «{one.title()}» и «{other.title()}» – одно и то же, только написано по-разному")
    written = with_current_ids(read_authority(home.authority), searcher.present_id).lines
    lines = [line for line in written if not line.speaks_of.isdisjoint(ids)]
    for line in lines:
        said = "; ".join(f"{column}: {value}" for column, value in line.written.items())
        messages.put(f"    так сказано в {line.file}, строка {line.number}: {said}")
    if not entity and any(line.id == present and line.kind in ("none", "hidden") for line in lines):
        messages.put("Эти имена не показываются.")
    if not entity and not lines:
        raise Refusal(f"Ни в архиве, ни в словаре имён нет id «{id}».")
    return 0

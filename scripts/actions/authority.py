"""Checks, fills in and explains the authority file; merge and split only write a line into it."""

import csv
import sys
from collections.abc import Callable, Mapping
from itertools import count, islice

import click

from archive.disk.atomic import sync, write_whole
from archive.disk.lock import in_turn
from archive.errors import Refusal
from archive.home import Home
from indexer.annotation import Kind
from indexer.authority.authority_file import read_authority, with_current_ids
from indexer.authority.authority_line import COLUMNS, Variant
from indexer.authority.authority_table import add_line
from indexer.entities.clustering import spellings
from indexer.entities.merge_candidates import KnownEntity, merge_candidates
from scripts.actions.indexing import searcher_of
from scripts.output import messages
from search.facet_table import ENTITIES
from search.request import ENTITY_FACETS, NONE, SearchRequest
from search.searcher import Searcher
from webapp.presenters.russian import articles

KIND_WORDS: dict[str, str] = {one.kind: one.title.lower() for one in ENTITIES}
LOCK = "authority.lock"  # in the home: who writes a line waits for others that do
ALL_VALUES = 1 << 31  # values asked of a facet: all of them


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


def met_together(searcher: Searcher, one: KnownEntity, other: KnownEntity) -> int:
    """In how many articles both are named."""
    if one.kind == other.kind:
        chosen: dict[str, tuple[str, ...]] = {one.kind: (one.id, other.id)}
    else:
        chosen = {one.kind: (one.id,), other.kind: (other.id,)}
    return searcher.search(SearchRequest(chosen=chosen, size=1)).total


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
    with in_turn(home.path / LOCK):
        searcher = searcher_of(home)
        found, one, other = known_by_id(searcher), searcher.present_id(one), searcher.present_id(other)
        kept, given = found[one], found[other]
        if one == other:
            raise click.UsageError("Назовите два разных id.")
        line = {"id": one, "variants": other, "note": given.label}
        write(home, kept.kind, line, lambda after: other not in known_by_id(after))
        messages.put(f"«{given.label}» теперь – «{kept.label}».")
        return 0


def split(home: Home, id: str, label: str, conditions: Mapping[str, str]) -> int:
    """`podshivka authority split`: a line that takes a part of the articles of `id` for a new entity."""
    with in_turn(home.path / LOCK):
        searcher = searcher_of(home)
        found, id = known_by_id(searcher), searcher.present_id(id)
        if not any(conditions.values()):
            raise click.UsageError("Скажите, какие статьи отделить: --together, --source, --from или --to.")
        if not label.strip():
            raise click.UsageError("Назовите отделённое: имя не может быть пустым.")
        taken = found.keys() | {line.id for line in read_authority(home.authority).lines}
        number = next(number for number in count(2) if f"{id}--{number}" not in taken)
        variant = str(Variant(id, conditions["source"], conditions["together"]))
        new = {"id": f"{id}--{number}", "label": label, "kind": KIND_WORDS[found[id].kind], "variants": variant}
        line = new | {"valid_from": conditions["first"], "valid_to": conditions["last"]}
        write(home, found[id].kind, line, lambda after: new["id"] in known_by_id(after))
        moved = next((entity.articles for entity in known(searcher_of(home)) if entity.id == new["id"]), 0)
        messages.put(f"«{label}» ({new['id']}): {articles(moved)}.")
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


def known(searcher: Searcher) -> list[KnownEntity]:
    """All entities that stand in articles, as corrected."""
    names = searcher.names()
    found = []
    for kind in ENTITY_FACETS:
        for value in searcher.values(kind, SearchRequest(facet_size=ALL_VALUES)).values:
            if value.key != NONE:
                found.append(KnownEntity(value.key, kind, value.label, tuple(names.get(value.key, ())), value.count))
    return found


def known_by_id(searcher: Searcher) -> dict[str, KnownEntity]:
    """The same by id; raises Refusal for an id that nobody has."""
    return _Entities({entity.id: entity for entity in known(searcher)})


class _Entities(dict[str, KnownEntity]):
    def __missing__(self, id: str) -> KnownEntity:
        raise Refusal(f"В архиве нет имени с id «{id}». Ключи стоят в адресах страниц и в podshivka authority export.")


def write(home: Home, kind: Kind, values: Mapping[str, str], took: Callable[[Searcher], bool]) -> None:
    """A line into the file that is about the kind, said to the user; one that changes nothing is taken out again."""
    file = home.authority / ("persons.csv" if kind == "person" else "enterprises.csv")
    before = file.read_bytes() if file.exists() else None
    try:
        number = add_line(file, values)
    except ValueError as error:
        raise Refusal(f"Не записать: {error}.") from error
    after = searcher_of(home)
    if not took(after):
        said = [
            problem.what
            for problem in after.corrected_names().problems
            if (problem.file, problem.line) == (file.name, number)
        ]
        if before is None:
            file.unlink()
        else:
            write_whole(file, before)
        sync(file.parent)
        raise Refusal(f"Такая строка ничего не изменила бы, она не записана. {'; '.join(said)}".strip())
    messages.put(f"Записано: {file}, строка {number}. Уберите её, и всё вернётся.")

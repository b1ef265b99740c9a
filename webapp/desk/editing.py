"""Writes lines into the authority file, each checked by what it changes, and takes them back."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from archive.disk.atomic import sync, write_whole
from archive.disk.lock import in_turn
from archive.errors import Refusal
from archive.home import Home
from indexer.annotation import Kind
from indexer.authority.authority_file import read_authority
from indexer.authority.authority_line import Variant
from indexer.authority.authority_table import add_line, line_text, without_line
from indexer.entities.merge_candidates import KnownEntity
from search.facet_table import ENTITIES
from search.request import ENTITY_FACETS, NONE, SearchRequest
from search.searcher import Searcher
from webapp.presenters.russian import articles

KIND_WORDS: dict[str, str] = {one.kind: one.title.lower() for one in ENTITIES}
LOCK = "authority.lock"  # in the home: who writes a line waits for others that do
ALL_VALUES = 1 << 31  # values asked of a facet: all of them
HIDDEN, NO_NAME = "скрыть", "не имя"


class UnclearWish(Refusal):
    """What is wanted cannot be done as it was said."""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line that was written: where, as printed, and what it changed, in Russian."""

    file: Path
    number: int
    printed: str
    said: str


def merge(home: Home, one: str, other: str) -> WrittenLine:
    """Writes a line that gives everything of `other` to `one`. Raises Refusal."""
    with editing(home) as searcher:
        found, one, other = known_by_id(searcher), searcher.present_id(one), searcher.present_id(other)
        kept, given = found[one], found[other]
        if one == other:
            raise UnclearWish("Назовите два разных id.")
        line = {"id": one, "variants": other, "note": given.label}
        said = f"«{given.label}» теперь – «{kept.label}»."
        return write(home, kept.kind, line, said, lambda after: other not in known_by_id(after))


def split(home: Home, id: str, label: str, conditions: Mapping[str, str]) -> WrittenLine:
    """Writes a line that takes a part of the articles of `id` for a new entity; `conditions`: together, source, first,
    last. Raises Refusal."""
    with editing(home) as searcher:
        found, id = known_by_id(searcher), searcher.present_id(id)
        if not any(conditions.values()):
            raise UnclearWish("Скажите, какие статьи отделить: --together, --source, --from или --to.")
        if not label.strip():
            raise UnclearWish("Назовите отделённое: имя не может быть пустым.")
        taken = found.keys() | {line.id for line in read_authority(home.authority).lines}
        number = next(number for number in count(2) if f"{id}--{number}" not in taken)
        variant = str(Variant(id, conditions["source"], conditions["together"]))
        new = {"id": f"{id}--{number}", "label": label, "kind": KIND_WORDS[found[id].kind], "variants": variant}
        line = new | {"valid_from": conditions["first"], "valid_to": conditions["last"]}
        written = write(home, found[id].kind, line, "", lambda after: new["id"] in known_by_id(after))
        moved = known_by_id(Searcher(home))[new["id"]].articles
        return replace(written, said=f"«{label}» ({new['id']}): {articles(moved)}.")


def rename(home: Home, id: str, label: str) -> WrittenLine:
    """Writes a line that calls the one with that id otherwise. Raises Refusal."""
    with editing(home) as searcher:
        found, id = known_by_id(searcher), searcher.present_id(id)
        label = " ".join(label.split())
        if not label:
            raise UnclearWish("Имя не может быть пустым.")
        said = f"«{found[id].label}» теперь зовётся «{label}»."
        return write(
            home, found[id].kind, {"id": id, "label": label}, said, lambda after: known_by_id(after)[id].label == label
        )


def hide(home: Home, id: str, is_name: bool) -> WrittenLine:
    """Writes a line by which the one with that id is not shown: a name that readers are not to see, or no name at all.
    Raises Refusal."""
    with editing(home) as searcher:
        found, id = known_by_id(searcher), searcher.present_id(id)
        line = {"id": id, "kind": HIDDEN if is_name else NO_NAME, "note": found[id].label}
        said = f"«{found[id].label}» больше не показывается."
        return write(home, found[id].kind, line, said, lambda after: id not in known_by_id(after))


def undo(home: Home, name: str, printed: str) -> None:
    """Takes a line out of a file by what is printed in it: the last such one. Raises Refusal where there is none."""
    with in_turn(home.path / LOCK):
        file = home.authority / name
        rest = without_line(file.read_bytes(), printed) if file.exists() else None
        if rest is None:
            raise Refusal("Такой строки в словаре уже нет: её убрали или исправили.")
        write_whole(file, rest)
        sync(file.parent)


@contextmanager
def editing(home: Home) -> Iterator[Searcher]:
    """What the archive holds, while nobody else writes a line."""
    with in_turn(home.path / LOCK):
        yield Searcher(home)


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


def met_together(searcher: Searcher, one: KnownEntity, other: KnownEntity) -> int:
    """In how many articles both are named."""
    if one.kind == other.kind:
        chosen: dict[str, tuple[str, ...]] = {one.kind: (one.id, other.id)}
    else:
        chosen = {one.kind: (one.id,), other.kind: (other.id,)}
    return searcher.total(SearchRequest(chosen=chosen))


def write(
    home: Home, kind: Kind, values: Mapping[str, str], said: str, took: Callable[[Searcher], bool]
) -> WrittenLine:
    """A line into the file that is about the kind; one that changes nothing is taken out again. Raises Refusal."""
    file = home.authority / ("persons.csv" if kind == "person" else "enterprises.csv")
    before = file.read_bytes() if file.exists() else None
    try:
        number = add_line(file, values)
    except ValueError as error:
        raise Refusal(f"Не записать: {error}.") from error
    after = Searcher(home)
    if not took(after):
        problems = (
            problem.what
            for problem in after.corrected_names().problems
            if (problem.file, problem.line) == (file.name, number)
        )
        if before is None:
            file.unlink()
        else:
            write_whole(file, before)
        sync(file.parent)
        raise Refusal(f"Такая строка ничего не изменила бы, она не записана. {'; '.join(problems)}".strip())
    return WrittenLine(file, number, line_text(file.read_bytes(), number), said)
